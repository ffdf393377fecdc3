"""Write the examples of the OpenAPI document: real answers of the example data, long lists cut.

python tools/write_examples.py [DIR] [--check]

A tour of the service over the example, or a copy of DIR where it is loaded already, asks every
operation once, as a CRM and its administrator would; what is asked and answered is kept as
`api/http/examples/<operation>.request.json` and `<operation>.json`. Only what is another one each
time (ids, secrets, moments) is replaced. With --check nothing is written: what differs is named.
"""

from __future__ import annotations

import json
import math
import re
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from lianpu.api.cli.demo import load_example
from lianpu.api.cli.session import Session
from lianpu.api.http import create_app
from lianpu.api.http.auth.scopes import SCOPES
from lianpu.api.http.events.announce import announce
from lianpu.api.http.events.message import body_of
from lianpu.api.http.service import Service
from lianpu.api.operational.clients import add_client, add_key
from lianpu.api.operational.events import Event
from lianpu.settings import load_settings
from starlette.testclient import TestClient

FOLDER = Path(__file__).parents[1] / "api" / "http" / "examples"
REGION, CHAIN, PRODUCT, FIRM = "芜湖市", "新能源汽车", "动力电池", "国轩高科股份有限公司"
SCOPE = {"region": REGION, "chain": CHAIN}
FORM = "text/csv"
SOUGHT = "印制电路板"
"""Missing in the region: who newly makes it elsewhere enters the targets."""
SHEET = f"""企业名称,所在地区,主要产品,营业收入
芜湖示例电驱动有限公司,{REGION},驱动电机,3000万
国轩高科动力能源股份公司,合肥市,{PRODUCT},
合肥示例电路有限公司,合肥市,{SOUGHT},8000万
芜湖示例电机有限公司,{REGION},驱动电机,很多
"""
NEVER = 1e6
"""Seconds until a duty of the service does something by itself: the tour says when."""
BASE = "http://127.0.0.1:8000"
RECEIVER, SHOWN = "https://192.0.2.7/lianpu", "https://crm.example/lianpu"
LONGEST = 2
SETTLED: tuple[tuple[str, str], ...] = (
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?", "2026-11-21T08:00:00Z"),
    (r"whsec_[A-Za-z0-9+/=]+", "whsec_c2hvd24tb25jZS1hbmQtbmV2ZXItYWdhaW4="),
    (r"lp_[A-Za-z0-9]+_[A-Za-z0-9_-]{20,}", "lp_k3y0f0ne_shown-once-and-never-again"),
    (r"eyJ[\w-]+\.[\w-]+\.[\w-]+", "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl"),
    (r"\b[0-9a-f]{32}\b", "0123456789abcdef0123456789abcdef"),
    (re.escape(RECEIVER), SHOWN),
    (r"\btestclient\b", "203.0.113.9"),
)
IDS = re.compile(r"\b(lead|client|job|sub|evt)_[0-9a-f]{16,24}\b")


class Tour:
    """Everything that is asked, with its answers by operation."""

    def __init__(self, client: TestClient, service: Service) -> None:
        self.client, self.service = client, service
        self.taken: dict[str, Any] = {}

    def ask(self, operation: str, path: str, method: str = "GET", **how: Any) -> Any:
        """Ask, and keep the answer as that of the operation."""
        answer = self.client.request(method, path, **how)
        if not answer.is_success:
            sys.exit(f"{operation}: {answer.status_code} {answer.text}")
        for form in ("json", "data"):
            if form in how:
                self.taken[f"{operation}.request"] = how[form]
        if answer.headers.get("content-type", "").startswith("application/json"):
            self.taken[operation] = cut(answer.json())
        elif answer.content:
            self.taken[operation] = "\n".join(answer.text.splitlines()[:12])
        return answer

    def look(self) -> None:
        """Ask what a CRM asks."""
        firm = self.client.get("/v1/enterprises", params={"q": "宁德时代"}).json()["enterprises"][0]
        at = f"/v1/enterprises/{firm['id']}"
        ends = {"start": firm["id"], "end": "奇瑞汽车股份有限公司"}
        for operation, path, asked in (
            ("list_gaps", "/v1/gaps", SCOPE | {"limit": 1}),
            ("explain_product", "/v1/explain", SCOPE | {"product": PRODUCT}),
            ("list_targets", "/v1/targets", {"region": REGION, "product": PRODUCT, "limit": 1}),
            ("list_standings", "/v1/standings", {"level": "city", "within": "安徽省", "limit": 1}),
            ("get_shortlist", "/v1/shortlist", SCOPE | {"gaps": 1, "each": 1}),
            ("list_enterprises", "/v1/enterprises", {"q": "宁德时代", "limit": 1}),
            ("get_enterprise", at, {}),
            ("get_neighbourhood", f"{at}/neighbourhood", {"limit": 4}),
            ("list_openings", f"{at}/openings", {"limit": 1}),
            ("get_path", "/v1/path", ends),
            ("list_chains", "/v1/chains", {"limit": 2}),
            ("get_chain_map", f"/v1/chains/{CHAIN}/map", {"region": REGION}),
            ("draw_chain_map", f"/v1/chains/{CHAIN}/drawing/mmd", {"region": REGION}),
            ("list_products", "/v1/products", {"q": "电池", "limit": 2}),
            ("list_regions", "/v1/regions", {"q": "芜湖", "limit": 2}),
            ("list_clusters", "/v1/clusters", {"limit": 1}),
            ("list_sources", "/v1/sources", {"limit": 2}),
            ("get_coverage", "/v1/coverage", {"region": REGION}),
            ("list_snapshots", "/v1/snapshots", {}),
            ("get_problem_kind", "/problems/not-known", {}),
            ("get_health", "/v1/health", {}),
            ("get_readiness", "/v1/ready", {}),
            ("get_version", "/v1/version", {}),
            ("get_me", "/v1/me", {}),
        ):
            self.ask(operation, path, params=asked)
        nowhere = self.client.get("/v1/gaps", params={"region": "芜胡市"})
        self.taken["problem"] = nowhere.json()

    def reconcile(self) -> None:
        """Ask what OpenRefine asks."""
        names = {"q0": {"query": "国轩高科", "limit": 1}}
        found = self.ask("reconcile", "/reconcile", "POST", data={"queries": json.dumps(names)})
        self.taken["reconcile.request"] = {"queries": json.dumps(names, ensure_ascii=False)}
        firm = found.json()["q0"]["result"][0]["id"]
        self.ask("get_reconciliation", "/reconcile")
        self.ask("suggest_entities", "/reconcile/suggest/entity", params={"prefix": "国轩"})
        self.ask("suggest_types", "/reconcile/suggest/type", params={"prefix": ""})
        self.ask("suggest_properties", "/reconcile/suggest/property", params={"prefix": "地"})
        self.ask("propose_properties", "/reconcile/properties", params={"limit": 2})
        self.ask("preview_entity", "/reconcile/preview", params={"id": firm})

    def listen(self) -> None:
        """Subscribe, test it, change the secret."""
        announce(self.service)  # what was published so far is no news
        types = ["gap.opened", "gap.closed", "target.entered", "target.left"]
        body = {"url": RECEIVER, "types": types, **SCOPE}
        made = self.ask("create_subscription", "/v1/subscriptions", "POST", json=body)
        at = f"/v1/subscriptions/{made.json()['id']}"
        self.ask("get_subscription", at)
        self.ask("list_subscriptions", "/v1/subscriptions")
        match = {"If-Match": made.headers["etag"]}
        self.ask("update_subscription", at, "PATCH", json={"active": True}, headers=match)
        self.ask("rotate_secret", f"{at}/secret", "POST", json={"overlap_hours": 24})
        sent = self.ask("ping_subscription", f"{at}/ping", "POST").json()["id"]
        self.ask("list_deliveries", "/v1/deliveries", params={"subscription": made.json()["id"]})
        self.ask("get_delivery", f"/v1/deliveries/{sent}")
        self.ask("redeliver", f"/v1/deliveries/{sent}/redeliver", "POST")

    def take_over(self) -> None:
        """Take a target over as a lead and report on it."""
        body = {"region": REGION, "product": PRODUCT, "enterprise": FIRM, "reference": "CRM-1024"}
        made = self.ask("create_lead", "/v1/leads", "POST", json=body)
        at, match = f"/v1/leads/{made.json()['id']}", {"If-Match": made.headers["etag"]}
        told = {"stage": "signed", "investment": 1.2e9}
        self.ask("update_lead", at, "PATCH", json=told, headers=match)
        self.ask("get_lead", at)
        self.ask("get_lead_history", f"{at}/history")
        self.ask("list_leads", "/v1/leads", params={"region": REGION})
        self.ask("list_crms", "/v1/crm")
        asked = {"region": REGION, "product": PRODUCT, "limit": 1}
        self.ask("get_crm_targets", "/v1/crm/hubspot/targets", params=asked, headers=_csv())
        self.ask("get_crm_leads", "/v1/crm/hubspot/leads", headers=_csv())

    def hand_in(self) -> None:
        """Hand in a sheet with a row in doubt and a bad one; see what changed; decide."""
        since = self.client.get("/v1/chains").json()["snapshot"]["number"]
        files = {"files": ("企业.csv", SHEET.encode(), "text/csv")}
        made = self.ask(
            "create_import", "/v1/imports", "POST", files=files, data={"source": "招商局台账"}
        )
        self.taken["create_import.request"] |= {"files": ["企业.csv"]}
        at = f"/v1/imports/{made.json()['id']}"
        while self.client.get(at).json()["finished"] is None:
            time.sleep(0.2)
        self.ask("get_import", at)
        self.ask("list_imports", "/v1/imports")
        self.ask("follow_import", f"{at}/events")
        self.ask("list_import_errors", f"{at}/errors")
        self.ask("cancel_import", f"{at}/cancel", "POST")
        self.ask("list_changes", "/v1/changes", params={"region": REGION, "since": since})
        review = self.ask("list_reviews", "/v1/reviews").json()["reviews"][0]["number"]
        self.ask("decide_review", f"/v1/reviews/{review}/decision", "POST", json={"same": True})

    def hear(self) -> None:
        """Take in the messages that receivers get, one of each kind."""
        announce(self.service)
        with self.service.database.reading() as session:
            for event in session.scalars(sa.select(Event).order_by(Event.at, Event.id)):
                kind = event.type.split(".")[0]
                self.taken.setdefault(f"receive_{kind}.request", cut(json.loads(body_of(event))))

    def administer(self) -> None:
        """Let a county's CRM in, and out again."""
        body = {"name": "芜湖市招商局 CRM", "scopes": ["read", "leads"], "region": REGION}
        made = self.ask("create_client", "/v1/clients", "POST", json=body).json()
        who, first = made["client"]["id"], made["client"]["keys"][0]["prefix"]
        form = {"grant_type": "client_credentials", "client_id": who}
        form["client_secret"] = made["secret"]
        self.ask("create_token", "/v1/oauth/token", "POST", data=form)
        self.ask("create_key", f"/v1/clients/{who}/keys", "POST", json={"days": 90})
        self.service.doorman.note_uses()
        self.ask("list_clients", "/v1/clients")
        self.ask("revoke_key", f"/v1/keys/{first}", "DELETE")
        self.ask("disable_client", f"/v1/clients/{who}", "DELETE")
        self.ask("list_audit", "/v1/audit", params={"limit": 2})


def cut(value: Any) -> Any:
    """Return an answer with its lists cut short."""
    if isinstance(value, dict):
        return {name: cut(each) for name, each in value.items()}
    return [cut(each) for each in value[:LONGEST]] if isinstance(value, list) else value


def settled(taken: dict[str, Any]) -> dict[str, Any]:
    """Return what was taken with another word for what is another one each time."""
    text = json.dumps(taken, ensure_ascii=False)
    for prefix in set(re.findall(r'"prefix": "(\w+)"', text)):
        text = text.replace(prefix, "k3y0f0ne")
    for pattern, instead in SETTLED:
        text = re.sub(pattern, instead, text)
    text = text.replace(date.today().isoformat(), "2026-11-21")
    known: dict[str, str] = {}

    def numbered(found: re.Match[str]) -> str:
        return known.setdefault(found[0], f"{found[1]}_{len(known) + 1:020x}")

    settled: dict[str, Any] = json.loads(IDS.sub(numbered, text))
    return settled


def alike(one: Any, other: Any) -> bool:
    """Tell whether two answers are the same; figures may differ in their last digits."""
    if isinstance(one, float) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return bool(one == other)


def take(data: Path | None) -> dict[str, Any]:
    """Take the tour over the example, or a copy of a folder with it; return what it shows."""
    http = {
        "write_seconds": NEVER,
        "events_seconds": NEVER,
        "private_destinations": True,
    }
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(data=Path(folder) / "data", http=http)
        if data:
            shutil.copytree(data, settings.data)
        else:
            load_example(Session(settings))
        app = create_app(settings)
        service: Service = app.state.service
        client = add_client(service.database, "示例管理员", [*SCOPES])
        key = add_key(service.database, client.id, days=365)[1]
        shown = {"Authorization": f"Bearer {key}"}
        with TestClient(app, base_url=BASE, headers=shown) as asking:
            tour = Tour(asking, service)
            tour.look()
            tour.reconcile()
            tour.listen()
            tour.take_over()
            tour.hand_in()
            tour.hear()
            tour.administer()
    return settled(tour.taken)


def main(data: Path | None, *, check: bool) -> int:
    """Write the examples, or tell which of them are stale."""
    taken = take(data)
    kept = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.iterdir()}
    stale = [name for name in taken.keys() | kept.keys() if not _same(name, taken, kept)]
    for name in sorted(stale):
        path = FOLDER / f"{name}.json"
        if check:
            print(f"{path.name} is stale: run tools/write_examples.py")
        elif name in taken:
            text = json.dumps(taken[name], ensure_ascii=False, indent=1)
            path.write_text(f"{text}\n", encoding="utf-8")
        else:
            path.unlink()
    return len(stale) if check else 0


def _same(name: str, taken: dict[str, Any], kept: dict[str, Any]) -> bool:
    return name in taken and name in kept and alike(taken[name], kept[name])


def _csv() -> dict[str, str]:
    return {"Accept": FORM}


if __name__ == "__main__":
    named = [each for each in sys.argv[1:] if each != "--check"]
    sys.exit(main(Path(named[0]) if named else None, check="--check" in sys.argv))
