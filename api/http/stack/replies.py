"""The same POST twice: the reply to an Idempotency-Key is kept and given again."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from typing import IO

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ....text import Text
from ...operational.database import Database
from ...operational.replies import Kept, claim, release, settle
from ..problems import RepeatError
from .common import header, refuse, state_of

HEADER = "idempotency-key"
SHOWN_ONCE = "no-store, secret"
"""Cache-Control of an answer with a secret: it is not kept, and so not given again."""
_LONGEST = 255
_IN_MEMORY = 1 << 20
_CHUNK = 1 << 16
_NOT_KEPT = (401, 403, 429)

_LONG = Text(
    "Idempotency-Key 最长 255 个可见字符", "Idempotency-Key: 255 visible characters at most"
)
_OTHER = Text(
    "这个 Idempotency-Key 已用于另一个请求", "this Idempotency-Key was used for another request"
)
_NEW_ONE = Text("新的请求请用新的键。", "Use a new key for a new request.")
_UNDER_WAY = Text("同一请求正在处理", "the same request is under way")
_LATER = Text("请稍后重试。", "Try again in a moment.")
_SECRET = Text(
    "已经办过；其中的密钥只显示一次，不再重复",
    "it was done; the secret in its answer is shown only once",
)


class Replies:
    """Keeps the replies to POSTs with an Idempotency-Key, for each client."""

    def __init__(self, app: ASGIApp, database: Database) -> None:
        self._app = app
        self._database = database

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = header(scope, HEADER) if scope["type"] == "http" else None
        caller = state_of(scope).get("caller") if key is not None else None
        if key is None or caller is None or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        if not (0 < len(key) <= _LONGEST and key.isprintable()):
            await refuse(RepeatError(_LONG), scope, receive, send)
            return
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as body:
            digest = await _take(body, scope, receive)
            kept = await asyncio.to_thread(claim, self._database, caller.id, key, digest)
            if kept:
                await _again(kept, digest, scope, receive, send)
            else:
                await self._first(caller.id, key, scope, _reread(body, receive), send)

    async def _first(
        self, client: str, key: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        status, headers, body = 500, Headers(), bytearray()

        async def sending(message: Message) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status, headers = message["status"], Headers(raw=message["headers"])
            else:
                body.extend(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            await asyncio.to_thread(self._settle, (client, key), status, headers, bytes(body))

    def _settle(self, who: tuple[str, str], status: int, headers: Headers, body: bytes) -> None:
        if status >= 500 or status in _NOT_KEPT:
            release(self._database, *who)
            return
        secret = headers.get("cache-control") == SHOWN_ONCE
        wanted = ("content-type", "location", "etag")
        kept = [f"{name}: {headers[name]}" for name in wanted if name in headers]
        settle(self._database, *who, 0 if secret else status, kept, b"" if secret else body)


async def _again(kept: Kept, digest: str, scope: Scope, receive: Receive, send: Send) -> None:
    if kept.digest != digest:
        await refuse(RepeatError(_OTHER, _NEW_ONE), scope, receive, send)
    elif kept.status is None:
        await refuse(RepeatError(_UNDER_WAY, _LATER), scope, receive, send)
    elif kept.status == 0:
        await refuse(RepeatError(_SECRET), scope, receive, send)
    else:
        pairs = [each.partition(": ") for each in kept.headers]
        start: Message = {
            "type": "http.response.start",
            "status": kept.status,
            "headers": [(name.encode(), value.encode("latin-1")) for name, _, value in pairs],
        }
        headers = MutableHeaders(scope=start)
        headers["Idempotency-Replayed"] = "true"
        headers["Content-Length"] = str(len(kept.body))
        await send(start)
        await send({"type": "http.response.body", "body": kept.body})


async def _take(body: IO[bytes], scope: Scope, receive: Receive) -> str:
    """Put the body aside; return the digest of what is asked.

    The boundary of a multipart form is chosen anew each time it is sent, so it is left out.
    """
    digest = hashlib.blake2b(f"{scope['method']} {scope['path']}\n".encode(), digest_size=32)
    boundary = _boundary(header(scope, "content-type"))
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        chunk: bytes = message.get("body", b"")
        body.write(chunk)
        if not message.get("more_body"):
            break
    body.seek(0)
    held = b""
    while chunk := body.read(_CHUNK):
        held += chunk
        if boundary:
            held = held.replace(boundary, b"")
            digest.update(held[: -len(boundary)])
            held = held[-len(boundary) :]
        else:
            digest.update(held)
            held = b""
    digest.update(held)
    body.seek(0)
    return digest.hexdigest()


def _boundary(content_type: str | None) -> bytes:
    _, _, rest = (content_type or "").partition("boundary=")
    return rest.split(";")[0].strip('" ').encode("latin-1")


def _reread(body: IO[bytes], receive: Receive) -> Receive:
    done = False

    async def receiving() -> Message:
        nonlocal done
        if done:
            return await receive()
        chunk = body.read(_CHUNK)
        done = len(chunk) < _CHUNK
        return {"type": "http.request", "body": chunk, "more_body": not done}

    return receiving
