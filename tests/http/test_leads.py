"""A CRM takes targets over, says what became of them, and the graph learns of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from lianpu.api.http.leads.facts import write_leads
from lianpu.api.operational.events import Event
from starlette.testclient import TestClient

from .service import Served, caller, served

WUHU, CHAIN = "芜湖市", "新能源汽车"
NEVER = 1e9


@pytest.fixture(scope="module")
def service(example_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Served]:
    """A service that writes leads to the graph when the tests say so."""
    folder = shutil.copytree(example_folder, tmp_path_factory.mktemp("leads") / "data")
    with served(Path(folder), write_seconds=NEVER) as found:
        yield found


@pytest.fixture(scope="module")
def crm(service: Served) -> TestClient:
    """The service as a CRM without contacts calls it."""
    return caller(service, "read", "leads")


def _gap(crm: TestClient, nth: int) -> str:
    """The id of a product that nobody makes in 芜湖 and that makers can be attracted for."""
    found = crm.get(
        "/v1/gaps", params={"region": WUHU, "chain": CHAIN, "status": "missing", "kind": "fill"}
    ).json()["gaps"]
    products = [gap["product"]["id"] for gap in found if gap["action"]["code"] == "attract"]
    return str(products[nth])


def _targets(crm: TestClient, product: str) -> dict[str, Any]:
    answer = crm.get("/v1/targets", params={"region": WUHU, "product": product})
    found: dict[str, Any] = answer.json()
    return found


def _offered(crm: TestClient, product: str) -> list[str]:
    return [each["enterprise"]["id"] for each in _targets(crm, product)["targets"]]


def _lead(crm: TestClient, product: str, nth: int = 0, **told: Any) -> Any:
    firm = _offered(crm, product)[nth]
    body = {"region": WUHU, "product": product, "enterprise": firm} | told
    return crm.post("/v1/leads", json=body)


def test_a_lead_is_taken_over_and_reported_on(crm: TestClient) -> None:
    made = _lead(crm, _gap(crm, 0), reference="CRM-1")
    assert made.status_code == 201
    lead = made.json()
    assert lead["stage"] == {"code": "lead", "text": "线索"} and lead["region"]["name"] == WUHU
    assert made.headers["location"] == f"/v1/leads/{lead['id']}"
    tag = made.headers["etag"]
    update = crm.patch(made.headers["location"], json={"stage": "talks"}, headers={"If-Match": tag})
    assert update.status_code == 200 and update.json()["version"] == 2
    history = crm.get(f"/v1/leads/{lead['id']}/history").json()["versions"]
    assert [each["stage"]["code"] for each in history] == ["lead", "talks"]
    assert crm.get("/v1/leads", params={"reference": "CRM-1"}).json()["total"] == 1


def test_an_update_of_what_was_not_read_is_refused(crm: TestClient) -> None:
    lead = _lead(crm, _gap(crm, 1)).json()
    path = f"/v1/leads/{lead['id']}"
    assert crm.patch(path, json={"stage": "talks"}).status_code == 428
    first = crm.patch(path, json={"stage": "talks"}, headers={"If-Match": '"v1"'})
    late = crm.patch(path, json={"stage": "signed"}, headers={"If-Match": '"v1"'})
    assert (first.status_code, late.status_code) == (200, 412)
    assert crm.get(path, headers={"If-None-Match": '"v2"'}).status_code == 304


def test_the_same_match_is_one_lead(crm: TestClient) -> None:
    product = _gap(crm, 2)
    first = _lead(crm, product).json()
    again = _lead(crm, product)
    assert again.status_code == 409 and first["id"] in again.json()["detail"]


def test_a_repeated_post_gets_the_same_answer_and_another_body_is_refused(crm: TestClient) -> None:
    product, key = _gap(crm, 9), {"Idempotency-Key": "once"}
    firm = _offered(crm, product)[0]
    body = {"region": WUHU, "product": product, "enterprise": firm}
    first = crm.post("/v1/leads", json=body, headers=key)
    again = crm.post("/v1/leads", json=body, headers=key)
    assert first.status_code == again.status_code == 201
    assert first.content == again.content and again.headers["idempotency-replayed"] == "true"
    other = crm.post("/v1/leads", json=body | {"note": "另一条"}, headers=key)
    assert (other.status_code, other.json()["type"]) == (409, "/problems/repeat")


def test_an_end_needs_a_reason(crm: TestClient) -> None:
    assert _lead(crm, _gap(crm, 3), stage="ended").status_code == 422
    lead = _lead(crm, _gap(crm, 3)).json()
    path, tag = f"/v1/leads/{lead['id']}", {"If-Match": '"v1"'}
    assert crm.patch(path, json={"stage": "ended"}, headers=tag).status_code == 422
    ended = crm.patch(path, json={"stage": "ended", "reason": "用地谈不拢"}, headers=tag)
    assert ended.json()["ended_on"] is not None


def test_contact_data_is_for_those_with_its_scope(service: Served, crm: TestClient) -> None:
    person = {"name": "王经理", "phone": "13800000000"}
    product = _gap(crm, 4)
    assert _lead(crm, product, contact=person).status_code == 403
    sees = caller(service, "read", "leads", "contacts")
    made = _lead(sees, product, contact=person)
    assert made.json()["contact"]["name"] == "王经理"
    assert crm.get(made.headers["location"]).json()["contact"] is None
    assert "13800000000" not in json.dumps(_events(service, made.json()["id"]))


def _events(service: Served, lead: str) -> list[dict[str, Any]]:
    query = sa.select(Event).where(Event.subject == lead).order_by(Event.number)
    with service.service.database.reading() as session:
        return [each.data for each in session.scalars(query)]


def test_every_version_is_told_once_and_none_that_was_refused(
    service: Served, crm: TestClient
) -> None:
    lead = _lead(crm, _gap(crm, 5)).json()["id"]
    for tag, stage in (('"v1"', "talks"), ('"v1"', "signed"), ('"v2"', "signed")):
        crm.patch(f"/v1/leads/{lead}", json={"stage": stage}, headers={"If-Match": tag})
    told = _events(service, lead)
    assert [(each["version"], each["stage"]["code"]) for each in told] == [
        (1, "lead"),
        (2, "talks"),
        (3, "signed"),
    ]


def test_a_county_sees_its_own_leads_only(service: Served, crm: TestClient) -> None:
    lead = _lead(crm, _gap(crm, 6)).json()["id"]
    hefei = caller(service, "read", "leads", region="340100")
    anhui = caller(service, "read", "leads", region="340000")
    assert hefei.get(f"/v1/leads/{lead}").status_code == 403
    assert hefei.get("/v1/leads").json()["total"] == 0
    assert anhui.get(f"/v1/leads/{lead}").status_code == 200
    assert _lead(hefei, _gap(crm, 6), nth=1).status_code == 403


def test_who_was_turned_down_is_not_offered_again_and_the_changes_say_so(
    service: Served, crm: TestClient
) -> None:
    product = _gap(crm, 7)
    firm = _offered(crm, product)[0]
    before = crm.get("/v1/ready").json()["snapshot"]
    _lead(crm, product, stage="ended", reason="对方无扩产计划")
    assert write_leads(service.service) > 0
    assert firm not in _offered(crm, product)
    excluded = {each["enterprise"]["id"]: each for each in _targets(crm, product)["excluded"]}
    assert "对方无扩产计划" in json.dumps(excluded[firm], ensure_ascii=False)
    changes = crm.get("/v1/changes", params={"region": WUHU, "chain": CHAIN, "since": before})
    ended = [each for each in changes.json()["projects"] if each["after"] == "ended"]
    assert firm in {each["enterprise"]["id"] for each in ended}


def test_a_landed_project_closes_its_gap_and_the_changes_say_by_what(
    service: Served, crm: TestClient
) -> None:
    product = _gap(crm, 8)
    lead = _lead(crm, product, stage="operating", investment=2e8).json()
    before = crm.get("/v1/ready").json()["snapshot"]
    write_leads(service.service)
    gaps = crm.get("/v1/gaps", params={"region": WUHU, "chain": CHAIN, "limit": 1000}).json()
    missing = [
        each["product"]["id"] for each in gaps["gaps"] if each["status"]["code"] == "missing"
    ]
    assert product not in missing
    changes = crm.get(
        "/v1/changes",
        params={"region": WUHU, "chain": CHAIN, "since": before, "limit": 1000},
    ).json()["changes"]
    change = next(each for each in changes if each["product"]["id"] == product)
    assert change["before"]["code"] == "missing"
    assert lead["id"] in {fact["start"] for fact in change["by"]}
    assert crm.get(f"/v1/leads/{lead['id']}").json()["in_graph"] is True
