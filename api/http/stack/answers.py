"""Answers given before: a snapshot never changes, so what was answered from it still holds.

The ETag names the snapshot and the question. An answer is kept as the bytes that went out, up to
a limit of memory, and given again to whoever may ask the same; If-None-Match is told 304 at once.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ....text import language
from .common import state_of

SNAPSHOT = "x-lianpu-snapshot"
"""The header in which a route tells which snapshot it answered from."""
_NAMED = ("accept", "accept-encoding")
_VARY = "Accept, Accept-Encoding, Accept-Language, Authorization"
_DEEP = 8_000_000
"""Larger answers are not kept."""


@dataclass(frozen=True)
class Answer:
    """An answer as it went out."""

    headers: list[tuple[bytes, bytes]]
    body: bytes
    route: str


class Answers:
    """Keeps answers to readings.

    Parameters
    ----------
    current : returns the number of the newest snapshot, None where there is none.
    edition : what else an answer depends on: the version of the program and its settings.
    """

    def __init__(
        self,
        app: ASGIApp,
        current: Callable[[], int | None],
        edition: str,
        paths: tuple[str, ...],
        megabytes: int,
    ) -> None:
        self._app = app
        self._current = current
        self._edition = edition
        self._paths = paths
        self._room = megabytes << 20
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["method"] not in ("GET", "HEAD")
            or not scope["path"].startswith(self._paths)
        ):
            await self._app(scope, receive, send)
            return
        number = self._current()
        tag = f'W/"{number}-{self._name(scope, number)}"'
        if kept := self._kept.get(tag):
            await self._again(kept, tag, scope, send)
        else:
            await self._ask(number, tag, scope, receive, send)

    async def _again(self, kept: Answer, tag: str, scope: Scope, send: Send) -> None:
        with self._lock:
            if tag in self._kept:
                self._kept.move_to_end(tag)
        state_of(scope)["route"] = kept.route
        if _matches(Headers(scope=scope).get("if-none-match"), tag):
            await _not_modified(kept.headers, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": [*kept.headers]})
        body = b"" if scope["method"] == "HEAD" else kept.body
        await send({"type": "http.response.body", "body": body})

    async def _ask(
        self, number: int | None, tag: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        held: list[Message] = []
        body = bytearray()

        async def sending(message: Message) -> None:
            held.append(message)
            if message["type"] == "http.response.body":
                body.extend(message.get("body", b""))

        await self._app(scope, receive, sending)
        start = held[0]
        headers = MutableHeaders(scope=start)
        answered = headers.get(SNAPSHOT)
        if start["status"] == 200 and answered is not None:
            headers["ETag"] = tag
            headers["Cache-Control"] = "private, no-cache"
            headers["Vary"] = _VARY
            newest = answered == str(number) or b"snapshot=" in scope["query_string"]
            if newest and scope["method"] == "GET":
                route = getattr(scope.get("route"), "path", "none")
                self._keep(tag, Answer([*start["headers"]], bytes(body), route))
            if _matches(Headers(scope=scope).get("if-none-match"), tag):
                await _not_modified(start["headers"], send)
                return
        for message in held:
            await send(message)

    def _keep(self, tag: str, answer: Answer) -> None:
        size = len(answer.body)
        if size > min(_DEEP, self._room):
            return
        with self._lock:
            self._size += size - len(self._kept[tag].body if tag in self._kept else b"")
            self._kept[tag] = answer
            while self._size > self._room:
                _, gone = self._kept.popitem(last=False)
                self._size -= len(gone.body)

    def _name(self, scope: Scope, number: int | None) -> str:
        """Name the question: path, query, form and language asked for, and what may be seen."""
        headers = Headers(scope=scope)
        caller = state_of(scope).get("caller")
        parts = [
            self._edition,
            str(number),
            scope["path"],
            scope["query_string"].decode("latin-1"),
            language(),
            *(headers.get(each, "") for each in _NAMED),
            *([str(caller.region), *sorted(caller.scopes)] if caller else ["nobody"]),
        ]
        return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()


def _matches(wanted: str | None, tag: str) -> bool:
    """Return whether If-None-Match names the tag (weak comparison, RFC 9110)."""
    if wanted is None:
        return False
    tags = [each.strip().removeprefix("W/") for each in wanted.split(",")]
    return "*" in tags or tag.removeprefix("W/") in tags


async def _not_modified(headers: list[tuple[bytes, bytes]], send: Send) -> None:
    left_out = (b"content-length", b"content-type", b"content-encoding")
    kept = [(name, value) for name, value in headers if name.lower() not in left_out]
    await send({"type": "http.response.start", "status": 304, "headers": kept})
    await send({"type": "http.response.body", "body": b""})
