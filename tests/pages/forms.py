"""Forms as a browser sends them."""

from __future__ import annotations

import re

import httpx2
from starlette.testclient import TestClient

_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


def token_in(page: str) -> str:
    """Return the token of the first form of a page."""
    found = _TOKEN.search(page)
    assert found, "the page has no form"
    return found.group(1)


def sign_in(client: TestClient, key: str, there: str = "") -> httpx2.Response:
    """Sign in with a key, as the form does it; redirects are not followed."""
    form = client.get("/page/sign-in", follow_redirects=False).text
    sent = {"csrf": token_in(form), "key": key, "next": there}
    return client.post("/page/sign-in", data=sent, follow_redirects=False)


def send(client: TestClient, address: str, page: str, **values: str) -> httpx2.Response:
    """Send a form of a page; redirects are not followed."""
    sent = {"csrf": token_in(page), **values}
    return client.post(address, data=sent, follow_redirects=False)
