"""Who is let in, and what another site cannot make a browser do."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from lianpu.api.operational.clients import clients, revoke
from lianpu.api.pages.app import VIEWS as ROUTERS
from lianpu.api.pages.guard import OpenRoute, PageRoute
from starlette.testclient import TestClient

from ..http.service import Served
from .forms import sign_in, token_in
from .test_views import VIEWS


@pytest.mark.parametrize("address", VIEWS)
def test_without_a_key_every_view_leads_to_the_sign_in(guarded: Served, address: str) -> None:
    found = guarded.client.get(address, follow_redirects=False)
    assert found.status_code == 303
    assert urlsplit(found.headers["location"]).path == "/page/sign-in"
    assert "奇瑞" not in found.text


def test_every_route_of_the_page_asks_who_is_there() -> None:
    """A view that is forgotten here would show data to everybody."""
    open_views = {
        route.path for router in ROUTERS for route in router.routes if isinstance(route, OpenRoute)
    }
    assert open_views == {"/sign-in", "/sign-out", "/language/{language}"}
    assert all(isinstance(route, PageRoute) for router in ROUTERS for route in router.routes)


def test_a_good_key_leads_on_to_where_one_wanted_to_go(guarded: Served) -> None:
    wanted = guarded.client.get("/page/gaps?region=芜湖市", follow_redirects=False)
    there = parse_qs(urlsplit(wanted.headers["location"]).query)["next"][0]
    found = sign_in(guarded.client, guarded.key("read"), there)
    assert found.status_code == 303
    assert "缺口清单" in guarded.client.get(found.headers["location"]).text


def test_a_bad_key_is_refused_in_words(guarded: Served) -> None:
    found = sign_in(guarded.client, "lp_00000000_nothing")
    assert found.status_code == 401
    assert "密钥无效" in found.text


def test_signing_in_leads_nowhere_else(guarded: Served) -> None:
    found = sign_in(guarded.client, guarded.key("read"), "https://elsewhere.example/page/")
    assert found.headers["location"] == "/page/"


def test_the_session_is_a_cookie_that_scripts_cannot_read(guarded: Served) -> None:
    cookie = sign_in(guarded.client, guarded.key("read")).headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "path=/page" in cookie
    guarded.client.base_url = "https://127.0.0.1"
    guarded.client.cookies.clear()
    cookie = sign_in(guarded.client, guarded.key("read")).headers["set-cookie"].lower()
    assert "secure" in cookie


def test_signing_out_ends_the_session_for_copies_of_its_cookie_too(guarded: Served) -> None:
    client = guarded.client
    sign_in(client, guarded.key("read"))
    copy = dict(client.cookies)
    page = client.get("/page/overview?region=芜湖市")
    client.post("/page/sign-out", data={"csrf": token_in(page.text)})
    client.cookies.update(copy)
    assert client.get("/page/overview", follow_redirects=False).status_code == 303


def test_revoking_a_key_ends_its_sessions(guarded: Served) -> None:
    sign_in(guarded.client, guarded.key("read"))
    newest = clients(guarded.service.database)[-1][1][0]
    revoke(guarded.service.database, newest.prefix)
    guarded.service.doorman.forget()
    assert guarded.client.get("/page/overview", follow_redirects=False).status_code == 303


def test_the_icon_is_for_everybody(guarded: Served) -> None:
    found = guarded.client.get("/favicon.ico")
    assert found.status_code == 200
    assert found.headers["content-type"].startswith("image/svg")


def test_the_api_takes_no_session(guarded: Served) -> None:
    sign_in(guarded.client, guarded.key("read"))
    assert guarded.client.get("/v1/chains").status_code == 401


def test_a_key_without_the_scope_is_told_so(guarded: Served) -> None:
    sign_in(guarded.client, guarded.key("import"))
    found = guarded.client.get("/page/overview")
    assert found.status_code == 403 and "权限" in found.text


def test_a_key_bound_to_a_region_begins_there(guarded: Served) -> None:
    sign_in(guarded.client, guarded.key("read", region="360100"))
    assert "南昌市" in guarded.client.get("/page/").text


@pytest.mark.parametrize(
    ("headers", "data"),
    [
        ({}, {}),
        ({}, {"csrf": "made.up"}),
        ({"Origin": "https://elsewhere.example"}, {"csrf": "own"}),
        ({"Sec-Fetch-Site": "cross-site"}, {"csrf": "own"}),
    ],
)
def test_a_form_of_another_site_is_refused(
    demo: TestClient, headers: dict[str, str], data: dict[str, str]
) -> None:
    if data.get("csrf") == "own":
        page = demo.get("/page/sign-in", follow_redirects=False)
        assert page.status_code == 303
    found = demo.post("/page/sign-out", data=data, headers=headers, follow_redirects=False)
    assert found.status_code == 403


def test_the_token_of_one_browser_is_no_good_in_another(guarded: Served) -> None:
    token = token_in(guarded.client.get("/page/sign-in").text)
    guarded.client.cookies.clear()
    guarded.client.get("/page/sign-in")
    found = guarded.client.post("/page/sign-in", data={"csrf": token, "key": "x"})
    assert found.status_code == 403
