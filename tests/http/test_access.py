"""Keys and tokens: shown once, stored hashed, they end, and somebody knows who did what."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from lianpu.api.operational.clients import START, revoke
from starlette.testclient import TestClient

from .service import LOCAL, Served, caller, served


@pytest.fixture(scope="module")
def service(example_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Served]:
    folder = shutil.copytree(example_folder, tmp_path_factory.mktemp("access") / "data")
    with served(Path(folder)) as found:
        yield found


@pytest.fixture(scope="module")
def admin(service: Served) -> TestClient:
    return caller(service, "admin")


def test_a_key_is_shown_once_and_not_stored(service: Served, admin: TestClient) -> None:
    key = {"Idempotency-Key": "a client"}
    body = {"name": "县招商局", "scopes": ["read", "leads"], "region": "芜湖市", "rate": 30}
    made = admin.post("/v1/clients", json=body, headers=key)
    secret = made.json()["secret"]
    assert made.status_code == 201 and secret.startswith(START)
    assert made.json()["client"]["region"] == "340200"
    again = admin.post("/v1/clients", json=body, headers=key)
    assert again.status_code == 409 and secret not in again.text
    assert secret not in admin.get("/v1/clients").text
    folder = service.service.settings.data
    assert all(secret.encode() not in each.read_bytes() for each in folder.glob("lianpu.sqlite*"))


def test_a_key_tells_who_shows_it(service: Served) -> None:
    me = caller(service, "read", "leads", region="340200").get("/v1/me").json()
    assert (me["scopes"], me["region"]) == (["leads", "read"], "340200")


def test_a_revoked_key_is_good_for_nothing(service: Served, admin: TestClient) -> None:
    shown = service.key("read")
    who = {"Authorization": f"Bearer {shown}"}
    assert service.client.get("/v1/me", headers=who).status_code == 200
    prefix = shown.removeprefix(START).split("_")[0]
    assert admin.delete(f"/v1/keys/{prefix}").json()["revoked"] is not None
    assert service.client.get("/v1/me", headers=who).status_code == 401


def test_a_disabled_client_loses_its_keys_and_tokens(service: Served, admin: TestClient) -> None:
    shown = service.key("read")
    who = {"Authorization": f"Bearer {shown}"}
    me = service.client.get("/v1/me", headers=who).json()["id"]
    form = {"grant_type": "client_credentials", "client_id": me, "client_secret": shown}
    token = service.client.post("/v1/oauth/token", data=form).json()["access_token"]
    admin.delete(f"/v1/clients/{me}")
    for each in (shown, token):
        bearer = {"Authorization": f"Bearer {each}"}
        assert service.client.get("/v1/me", headers=bearer).status_code == 401


def test_a_key_of_yesterday_is_over(service: Served) -> None:
    shown = service.key("read", days=-1)
    who = {"Authorization": f"Bearer {shown}"}
    assert service.client.get("/v1/me", headers=who).status_code == 401


def test_a_token_is_refused_as_the_standard_says(service: Served) -> None:
    shown = service.key("read")
    form = {"grant_type": "client_credentials"}
    unknown = service.client.post("/v1/oauth/token", data=form, auth=("nobody", shown))
    assert (unknown.status_code, unknown.json()["error"]) == (401, "invalid_client")
    other = service.client.post("/v1/oauth/token", data={"grant_type": "password"})
    assert (other.status_code, other.json()["error"]) == (400, "unsupported_grant_type")
    me = service.client.get("/v1/me", headers={"Authorization": f"Bearer {shown}"}).json()["id"]
    more = service.client.post(
        "/v1/oauth/token", data=form | {"scope": "read admin"}, auth=(me, shown)
    )
    assert (more.status_code, more.json()["error"]) == (400, "invalid_scope")


@pytest.mark.parametrize(
    "shown", ["", "lp_", "lp_00000000_x", "a.b.c", "é" * 40, "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."]
)
def test_what_is_no_key_opens_nothing(service: Served, shown: str) -> None:
    who: Any = {"Authorization": f"Bearer {shown}".encode("latin-1")}
    assert service.client.get("/v1/me", headers=who).status_code == 401


def test_who_did_what_is_written_down(service: Served, admin: TestClient) -> None:
    shown = service.key("leads")
    who = {"Authorization": f"Bearer {shown}", "X-Request-Id": "audit-1"}
    service.client.post("/v1/leads", json={}, headers=who)
    service.client.get("/v1/gaps?region=芜湖市", headers=who | {"X-Request-Id": "audit-2"})
    entries = {each["request"]: each for each in admin.get("/v1/audit").json()["entries"]}
    assert (entries["audit-1"]["method"], entries["audit-1"]["status"]) == ("POST", 422)
    assert entries["audit-2"]["status"] == 403
    assert entries["audit-1"]["key"] == shown.removeprefix(START).split("_")[0]


def test_rates_are_counted_by_client_and_told(service: Served) -> None:
    slow, other = ({"Authorization": f"Bearer {service.key('read', rate=2)}"} for _ in range(2))
    first = service.client.get("/v1/me", headers=slow)
    assert first.headers["ratelimit-policy"] == '"client";q=2;w=60'
    assert first.headers["ratelimit"].startswith('"client";r=1;t=')
    statuses = [service.client.get("/v1/me", headers=slow).status_code for _ in range(2)]
    late = service.client.get("/v1/me", headers=slow)
    assert (statuses, late.status_code) == ([200, 429], 429)
    assert 0 < int(late.headers["retry-after"]) <= 60
    assert service.client.get("/v1/me", headers=other).status_code == 200


def test_when_keys_were_used_is_known(service: Served, admin: TestClient) -> None:
    shown = service.key("read")
    service.client.get("/v1/me", headers={"Authorization": f"Bearer {shown}"})
    service.service.doorman.note_uses()
    prefix = shown.removeprefix(START).split("_")[0]
    keys = [key for each in admin.get("/v1/clients").json()["clients"] for key in each["keys"]]
    assert next(each for each in keys if each["prefix"] == prefix)["last_used"] is not None


def test_a_key_that_was_revoked_elsewhere_is_forgotten_in_moments(
    service: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianpu.api.http.auth.doorman.KEPT_SECONDS", 0.0)
    shown = service.key("read")
    who = {"Authorization": f"Bearer {shown}"}
    client = TestClient(service.client.app, base_url=LOCAL, headers=who)
    assert client.get("/v1/me").status_code == 200
    revoke(service.service.database, shown.removeprefix(START).split("_")[0])
    assert client.get("/v1/me").status_code == 401
