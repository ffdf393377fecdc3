"""Webhooks go to nobody's neighbours by a trick."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import Any

import httpcore
import pytest
from lianpu.api.http.events.destination import (
    GuardedNetwork,
    allowed,
    as_target,
    ensure_allowed,
)
from lianpu.errors import BadInputError

from ..support.listening import listening
from ..support.receiver import Receiver

INTRANET = ("127.0.0.1", "10.1.2.3", "192.168.0.9", "172.16.0.1", "::1", "fd00::1")
NEVER = (
    "169.254.169.254",
    "0.0.0.0",  # noqa: S104 - an address to be refused
    "224.0.0.1",
    "fe80::1",
    "::",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
)
PUBLIC = ("1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1")


@pytest.mark.parametrize("address", INTRANET)
def test_addresses_of_an_intranet_are_for_those_who_allow_them(address: str) -> None:
    found = ipaddress.ip_address(address)
    assert not allowed(found, private=False)
    assert allowed(found, private=True)


@pytest.mark.parametrize("address", NEVER)
def test_some_addresses_are_for_nobody(address: str) -> None:
    found = ipaddress.ip_address(address)
    assert not allowed(found, private=False)
    assert not allowed(found, private=True)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_allowed(address: str) -> None:
    assert allowed(ipaddress.ip_address(address), private=False)


@pytest.mark.parametrize(
    "url",
    [
        "http://1.1.1.1/",
        "ftp://1.1.1.1/",
        "https://user:secret@1.1.1.1/",
        "https://1.1.1.1/#part",
        "https:///nothing",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::ffff:127.0.0.1]/",
        "https://localhost/",
        "https://nobody.invalid/",
    ],
)
def test_a_destination_that_is_not_allowed_is_refused_in_words(url: str) -> None:
    with pytest.raises(BadInputError) as refused:
        ensure_allowed(url, private=False)
    assert refused.value.message.zh.startswith("推送地址不可用")


def test_a_crm_on_the_intranet_may_be_allowed() -> None:
    ensure_allowed("http://127.0.0.1:8080/hook", private=True)
    with pytest.raises(BadInputError):
        ensure_allowed("http://169.254.169.254/latest", private=True)


def _post(url: str, *, private: bool) -> int:
    async def post() -> int:
        network = GuardedNetwork(private=private)
        async with httpcore.AsyncConnectionPool(network_backend=network) as pool:
            found = await pool.request("POST", as_target(url), content=b"{}")
            return found.status

    return asyncio.run(post())


def test_a_name_that_changes_its_mind_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first look-up gives a public address, the one for the connection a private one."""
    with listening(Receiver()) as port:
        url = f"http://rebound.example:{port}/"
        looked: list[str] = []

        def look_up(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
            looked.append(host)
            address = "1.1.1.1" if len(looked) == 1 else "127.0.0.1"
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        ensure_allowed(url.replace("http:", "https:"), private=False)
        with pytest.raises(httpcore.ConnectError, match="private or reserved"):
            _post(url, private=False)
        assert looked == ["rebound.example"] * 2


def test_the_judged_address_is_the_one_that_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(Receiver(secrets=["whsec_c2VjcmV0"])) as port:

        def look_up(_: str, port: int, *__: Any, **___: Any) -> list[Any]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        assert _post(f"http://crm.example:{port}/", private=True) == 401
