"""Every operation × scope × region: what must be refused is, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from lianpu.api.http.auth.scopes import SCOPES
from starlette.testclient import TestClient

from .service import caller, served

OPEN, ANY = "open", "any key"
NEEDED = {
    # operation: the scope that it needs
    "get_health": OPEN,
    "get_readiness": OPEN,
    "get_version": OPEN,
    "get_problem_kind": OPEN,
    "create_token": OPEN,
    "get_me": ANY,
    "get_metrics": "read",
    "list_gaps": "read",
    "list_standings": "read",
    "explain_product": "read",
    "list_changes": "read",
    "list_targets": "read",
    "get_shortlist": "read",
    "list_enterprises": "read",
    "get_enterprise": "read",
    "get_neighbourhood": "read",
    "list_openings": "read",
    "get_path": "read",
    "list_chains": "read",
    "get_chain_map": "read",
    "draw_chain_map": "read",
    "get_report": "read",
    "list_products": "read",
    "list_regions": "read",
    "list_clusters": "read",
    "list_sources": "read",
    "get_coverage": "read",
    "list_snapshots": "read",
    "create_lead": "leads",
    "list_leads": "leads",
    "get_lead": "leads",
    "get_lead_history": "leads",
    "update_lead": "leads",
    "create_import": "import",
    "list_imports": "import",
    "get_import": "import",
    "follow_import": "import",
    "list_import_errors": "import",
    "cancel_import": "import",
    "list_reviews": "review",
    "decide_review": "review",
    "create_subscription": "leads",
    "list_subscriptions": "leads",
    "get_subscription": "leads",
    "update_subscription": "leads",
    "delete_subscription": "leads",
    "rotate_secret": "leads",
    "ping_subscription": "leads",
    "list_deliveries": "leads",
    "get_delivery": "leads",
    "redeliver": "leads",
    "list_clients": "admin",
    "create_client": "admin",
    "disable_client": "admin",
    "create_key": "admin",
    "revoke_key": "admin",
    "list_audit": "admin",
    "get_reconciliation": OPEN,
    "reconcile": "read",
    "suggest_entities": "read",
    "suggest_types": "read",
    "suggest_properties": "read",
    "preview_entity": "read",
    "propose_properties": "read",
    "list_crms": "read",
    "get_crm_targets": "read",
    "get_crm_leads": "leads",
}
OF_A_REGION = {
    "get_lead",
    "get_lead_history",
    "update_lead",
    "get_import",
    "follow_import",
    "list_import_errors",
    "cancel_import",
}
"""What these give belongs to a region."""
OF_ALL = {
    "list_reviews",
    "decide_review",
    "list_clients",
    "create_client",
    "disable_client",
    "create_key",
    "revoke_key",
    "list_audit",
}
"""These are about the whole graph: nobody who is bound to a region may."""
OF_CONCLUSIONS = {
    "list_gaps",
    "list_standings",
    "explain_product",
    "list_changes",
    "list_targets",
    "get_shortlist",
    "get_chain_map",
    "draw_chain_map",
    "get_report",
    "get_coverage",
    "list_openings",
    "get_crm_targets",
}
"""Answers about a region: where the operator says so, a client may ask about its own only."""

REFUSED = (401, 403)
WUHU, HEFEI, ANHUI = "340200", "340100", "340000"
ASKED = {"region": "芜湖市", "product": "动力电池", "chain": "新能源汽车", "id": "none"}

BODIES: dict[str, dict[str, Any]] = {
    "update_lead": {"note": "已联系"},
    "decide_review": {"same": True},
    "create_client": {"name": "测试", "scopes": ["read"]},
    "create_key": {},
}
"""Bodies where a wrong one would be told before the region is looked at."""


class World:
    """A service with something to ask for behind every path."""

    def __init__(self, folder: Path, **http: Any) -> None:
        self.opened = served(folder, **http)
        self.service = self.opened.__enter__()
        self.document: dict[str, Any] = self.service.client.get("/openapi.json").json()
        self.operations = {
            operation["operationId"]: (method.upper(), path, operation)
            for path, methods in self.document["paths"].items()
            for method, operation in methods.items()
        }
        everything = caller(self.service, *SCOPES)
        firm = everything.get(
            "/v1/targets", params={"region": "芜湖市", "product": "动力电池"}
        ).json()["targets"][0]["enterprise"]["id"]
        lead = caller(self.service, "leads", region=WUHU).post(
            "/v1/leads", json={"region": WUHU, "product": "动力电池", "enterprise": firm}
        )
        sheet = [("files", ("a.csv", "企业名称\n芜湖甲公司\n".encode(), "text/csv"))]
        job = caller(self.service, "import", region=WUHU).post("/v1/imports", files=sheet)
        self.values = {
            "chain": "新能源汽车",
            "enterprise": firm,
            "lead": lead.json()["id"],
            "job": job.json()["id"],
            "number": "1",
            "name": "conflict",
            "crm": "hubspot",
            "form": "mmd",
            "kind": "worklist",
            "ending": "xlsx",
        }

    def ask(self, client: TestClient, operation: str, **query: str) -> int:
        """Return the status of an operation; where a body is left out, it is wrong, not refused."""
        method, path, described = self.operations[operation]
        for parameter in described.get("parameters", []):
            if parameter["in"] == "path":
                value = self.values.get(parameter["name"], "none")
                path = path.replace(f"{{{parameter['name']}}}", value)
        names = {each["name"] for each in described.get("parameters", []) if each["in"] == "query"}
        wanted = ASKED | query
        wanted |= {"within": wanted["region"]}
        params = {name: value for name, value in wanted.items() if name in names and value}
        body, headers = BODIES.get(operation), {"If-Match": "*"}
        return client.request(method, path, params=params, json=body, headers=headers).status_code


@pytest.fixture(scope="module")
def world(example_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[World]:
    found = World(Path(shutil.copytree(example_folder, tmp_path_factory.mktemp("matrix") / "data")))
    yield found
    found.opened.__exit__(None, None, None)


def _scoped(world: World) -> dict[str, str]:
    return {
        operation: scope
        for operation, scope in NEEDED.items()
        if scope not in (OPEN, ANY) and operation in world.operations
    }


def test_every_operation_stands_in_the_table(world: World) -> None:
    assert set(world.operations) == set(NEEDED)


def test_nothing_is_answered_without_a_key_but_what_holds_no_data(world: World) -> None:
    statuses = {each: world.ask(world.service.client, each) for each in world.operations}
    assert {each for each, status in statuses.items() if status != 401} == {
        each for each, needed in NEEDED.items() if needed == OPEN
    }


def test_each_scope_opens_what_it_is_for_and_nothing_else(world: World) -> None:
    for scope in SCOPES:
        client = caller(world.service, scope)
        let_in = {each for each in _scoped(world) if world.ask(client, each) not in REFUSED}
        assert let_in == {each for each, needed in _scoped(world).items() if needed == scope}, scope


def test_a_token_is_good_for_the_scopes_that_were_asked_for(world: World) -> None:
    key = world.service.key("read", "leads")
    client = caller(world.service, "read")
    who = TestClient(client.app, base_url=str(client.base_url))
    me = who.get("/v1/me", headers={"Authorization": f"Bearer {key}"}).json()
    form = {"grant_type": "client_credentials", "scope": "read"}
    token = who.post("/v1/oauth/token", data=form, auth=(me["id"], key)).json()
    who.headers["Authorization"] = f"Bearer {token['access_token']}"
    assert (world.ask(who, "list_gaps"), world.ask(who, "list_leads")) == (200, 403)


def test_what_belongs_to_a_region_is_for_those_around_it(world: World) -> None:
    inside, outside = (caller(world.service, *SCOPES, region=each) for each in (ANHUI, HEFEI))
    assert all(world.ask(inside, each) not in REFUSED for each in OF_A_REGION)
    assert all(world.ask(outside, each) == 403 for each in OF_A_REGION)


def test_what_is_about_all_is_for_nobody_bound_to_a_region(world: World) -> None:
    bound = caller(world.service, *SCOPES, region=ANHUI)
    assert {world.ask(bound, each) for each in OF_ALL} == {403}


def test_conclusions_are_for_all_or_for_their_own_region_as_the_operator_says(
    world: World, example_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    bound = caller(world.service, *SCOPES, region=HEFEI)
    assert all(world.ask(bound, each) not in REFUSED for each in OF_CONCLUSIONS)
    folder = shutil.copytree(example_folder, tmp_path_factory.mktemp("own") / "data")
    own = World(Path(folder), answers="own")
    try:
        bound = caller(own.service, *SCOPES, region=HEFEI)
        asked = OF_CONCLUSIONS - {"list_openings"}
        assert {own.ask(bound, each) for each in OF_CONCLUSIONS} == {403}
        assert {own.ask(bound, each, region="") for each in OF_CONCLUSIONS} == {403}
        assert all(own.ask(bound, each, region="合肥市") not in REFUSED for each in asked)
    finally:
        own.opened.__exit__(None, None, None)
