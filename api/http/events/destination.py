"""Where webhooks may go: not to this machine's neighbours, unless the operator says so.

A name is looked up and judged when a subscription is made, and again at every connection, which
then goes to the very address that was judged: a name that changes its mind in between leads
nowhere. Redirects are not followed, and no proxy of the environment is used.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from typing import Any, cast

import httpcore
import httpx

from ....errors import BadInputError
from ....text import Text

_BAD = Text("推送地址不可用：{why}", "the destination cannot be used: {why}")
_NO_URL = Text("不是网址", "it is no URL")
_SCHEME = Text("必须以 https:// 开头", "it has to begin with https://")
_USER = Text("网址里不能有用户名、密码或片段", "no user, password or fragment in the URL")
_LOST = Text("找不到主机 {host}", "the host {host} cannot be found")
_PRIVATE = Text(
    "{host} 是内网或保留地址（{address}）", "{host} is a private or reserved address ({address})"
)
_ALLOW = Text(
    "CRM 若在同一内网，请打开设置 http.private_destinations。",
    "For a CRM on the same intranet turn on the setting http.private_destinations.",
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def ensure_allowed(url: str, *, private: bool) -> None:
    """Refuse a destination that webhooks may not go to.

    Parameters
    ----------
    private : whether private addresses, and http without TLS, are allowed.

    Raises
    ------
    BadInputError
        It is no https URL, its host cannot be found, or leads to an address that is not allowed.
    """
    host, port = _parts(url, private=private)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise BadInputError(_BAD.fill(why=_LOST.fill(host=host))) from None
    for address in _addresses(found):
        if not allowed(address, private=private):
            why = _PRIVATE.fill(host=host, address=address)
            raise BadInputError(_BAD.fill(why=why), None if private else _ALLOW)


def allowed(address: Address, *, private: bool) -> bool:
    """Return whether webhooks may go to an address.

    Link-local addresses, where clouds keep their secrets, are never allowed.
    """
    inner = _inner(address)
    if inner.is_multicast or inner.is_unspecified or inner.is_link_local:
        return False
    return inner.is_global or (private and (inner.is_private or inner.is_loopback))


class GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to allowed addresses alone."""

    def __init__(self, *, private: bool) -> None:
        self._private = private
        self._inner = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Look the host up, and connect to the first allowed address that answers."""
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise httpcore.ConnectError(_LOST.fill(host=host).en) from None
        failed: Exception | None = None
        for address in _addresses(found):
            if not allowed(address, private=self._private):
                failed = httpcore.ConnectError(_PRIVATE.fill(host=host, address=address).en)
                continue
            try:
                return await self._inner.connect_tcp(
                    str(address), port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed or httpcore.ConnectError(_LOST.fill(host=host).en)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._inner.sleep(seconds)


def as_target(url: str) -> httpcore.URL:
    """Return a URL as the connection wants it."""
    found = httpx.URL(url)
    return httpcore.URL(
        scheme=found.raw_scheme, host=found.raw_host, port=found.port, target=found.raw_path
    )


def _parts(url: str, *, private: bool) -> tuple[str, int]:
    try:
        found = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise BadInputError(_BAD.fill(why=_NO_URL)) from None
    if found.scheme != "https" and not (private and found.scheme == "http"):
        raise BadInputError(_BAD.fill(why=_SCHEME), None if private else _ALLOW)
    if found.userinfo or found.fragment or not found.host:
        raise BadInputError(_BAD.fill(why=_USER if found.host else _NO_URL))
    return found.raw_host.decode("ascii"), found.port or (443 if found.scheme == "https" else 80)


def _addresses(found: Iterable[tuple[Any, ...]]) -> list[Address]:
    """Return the addresses of a look-up, each once; a zone such as %eth0 is cut off."""
    names = dict.fromkeys(str(each[4][0]).split("%")[0] for each in found)
    return [ipaddress.ip_address(name) for name in names]


def _inner(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one stands for, where it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour or address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address
