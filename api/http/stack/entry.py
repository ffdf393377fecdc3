"""The entry: who asks, and how often. No key, no data."""

from __future__ import annotations

import time

from limits.aio.storage import Storage
from limits.storage import storage_from_string
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ....text import Text
from ...operational.clients import Granted
from ..auth.doorman import Doorman
from ..problems import ForbiddenError, TooManyError, UnauthorisedError
from .common import PAGE, SESSION_COOKIE, add_headers, header, is_open, refuse, state_of

_NO_KEY = Text("需要密钥或访问令牌", "a key or an access token is needed")
_SEND_IT = Text(
    "请在请求头写 Authorization: Bearer <密钥>。", "Send `Authorization: Bearer <key>`."
)
_BAD_KEY = Text("密钥或令牌无效、过期或已吊销", "the key or token is unknown, expired or revoked")
_TOO_MANY = Text("每分钟最多 {rate} 次请求", "at most {rate} requests a minute")
_WAIT = Text("请在 {seconds} 秒后重试。", "Try again in {seconds} seconds.")
_STRANGE_HOST = Text("演示模式只接受本机访问", "demo mode answers on this machine only")
_WINDOW = 60
"""Seconds; a client's requests are counted from its first on, and then anew."""
_LOCAL = ("127.0.0.1", "localhost", "[::1]")


class Entry:
    """Finds out who asks, and refuses those who may not or ask too often.

    Parameters
    ----------
    demo : no key is needed; only requests to a loopback name are answered, so that no page of
        another site can ask by way of a browser on this machine.
    """

    def __init__(
        self, app: ASGIApp, doorman: Doorman, rate: int, storage: str, *, demo: bool
    ) -> None:
        self._app = app
        self._doorman = doorman
        self._rate = rate
        self._demo = demo
        found = storage_from_string(f"async+{storage}")
        assert isinstance(found, Storage)  # noqa: S101 - what "async+" names
        self._counts = found

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._demo and not _is_local(header(scope, "host")):
            await refuse(ForbiddenError(_STRANGE_HOST), scope, receive, send)
            return
        shown = _shown(header(scope, "authorization")) or _session(scope)
        caller = await self._doorman.who(shown)
        state_of(scope)["caller"] = caller
        if caller is None and not is_open(scope["path"]):
            missing = UnauthorisedError(_BAD_KEY if shown else _NO_KEY, _SEND_IT)
            await refuse(missing, scope, receive, send)
            return
        if scope["path"] in ("/v1/health", "/v1/ready"):
            await self._app(scope, receive, send)
            return
        await self._counted(caller, scope, receive, send)

    async def _counted(
        self, caller: Granted | None, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Count the request; tell what is left as draft-ietf-httpapi-ratelimit-headers says."""
        rate = (caller.rate if caller else None) or self._rate
        who = caller.id if caller else f"address:{(scope.get('client') or ('?',))[0]}"
        # Two steps on the storage, which may be over the network; a limiter's own would take four.
        count = await self._counts.incr(f"lianpu/{who}/{rate}", _WINDOW)
        reset = await self._counts.get_expiry(f"lianpu/{who}/{rate}")
        allowed, left = count <= rate, max(0, rate - count)
        wait = max(0, int(reset - time.time()) + 1)

        policy = f'"client";q={rate};w={_WINDOW}'

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = ("ratelimit-policy", policy), ("ratelimit", f'"client";r={left};t={wait}')
                add_headers(message, *told, *(() if allowed else (("retry-after", str(wait)),)))
            await send(message)

        if allowed:
            await self._app(scope, receive, sending)
            return
        error = TooManyError(_TOO_MANY.fill(rate=rate), _WAIT.fill(seconds=wait))
        await refuse(error, scope, receive, sending)


def _shown(authorization: str | None) -> str | None:
    """What is shown: the key or token behind "Bearer", or "" where it is something else."""
    if authorization is None:
        return None
    kind, _, rest = authorization.partition(" ")
    return rest.strip() if kind.lower() == "bearer" else ""


def _session(scope: Scope) -> str | None:
    """Return the session that a browser shows, on the page alone."""
    if not scope["path"].startswith(f"{PAGE}/"):
        return None
    return cookie_parser(header(scope, "cookie") or "").get(SESSION_COOKIE) or None


def _is_local(host: str | None) -> bool:
    name = (host or "").rsplit(":", 1)[0] if not (host or "").endswith("]") else host or ""
    return name in _LOCAL
