"""Answers given before: a snapshot never changes, so what was answered from it still holds.

The ETag names the snapshot and the question. An answer is kept as the bytes that went out, up to
a limit of memory, and given again to whoever may ask the same; If-None-Match is told 304 at once.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ....text import language
from .common import header, state_of

SNAPSHOT = "x-lianpu-snapshot"
"""The header in which a route tells which snapshot it answered from."""
_NAMED = ("accept", "accept-encoding")
_VARY = "Accept, Accept-Encoding, Accept-Language, Authorization"
_DEEP = 8_000_000
"""Larger answers are not kept."""


@dataclass(frozen=True)
class Answer:
    """An answer as it went out."""

    tag: str
    headers: list[tuple[bytes, bytes]]
    body: bytes
    route: str


Question = tuple[Hashable, ...]
"""What is asked: snapshot, path, query, form and language, and what may be seen."""


class Answers:
    """Keeps answers to readings. All of it is done on the event loop, by one request at a time.

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
        self._kept: OrderedDict[Question, Answer] = OrderedDict()
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["method"] not in ("GET", "HEAD")
            or not scope["path"].startswith(self._paths)
        ):
            await self._app(scope, receive, send)
            return
        number = self._current()
        question = _question(scope, number)
        if kept := self._kept.get(question):
            self._kept.move_to_end(question)
            await self._again(kept, scope, send)
        else:
            await self._ask(number, question, scope, receive, send)

    async def _again(self, kept: Answer, scope: Scope, send: Send) -> None:
        state_of(scope)["route"] = kept.route
        if _matches(header(scope, "if-none-match"), kept.tag):
            await _not_modified(kept.headers, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": [*kept.headers]})
        body = b"" if scope["method"] == "HEAD" else kept.body
        await send({"type": "http.response.body", "body": body})

    async def _ask(
        self,
        number: int | None,
        question: Question,
        scope: Scope,
        receive: Receive,
        send: Send,
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
            tag = f'W/"{number}-{self._name(question)}"'
            headers["ETag"] = tag
            headers["Cache-Control"] = "private, no-cache"
            headers["Vary"] = _VARY
            newest = answered == str(number) or b"snapshot=" in scope["query_string"]
            if newest and scope["method"] == "GET":
                route = getattr(scope.get("route"), "path", "none")
                self._keep(question, Answer(tag, [*start["headers"]], bytes(body), route))
            if _matches(header(scope, "if-none-match"), tag):
                await _not_modified(start["headers"], send)
                return
        for message in held:
            await send(message)

    def _keep(self, question: Question, answer: Answer) -> None:
        size = len(answer.body)
        if size > min(_DEEP, self._room):
            return
        if before := self._kept.pop(question, None):
            self._size -= len(before.body)
        self._size += size
        self._kept[question] = answer
        while self._size > self._room:
            _, gone = self._kept.popitem(last=False)
            self._size -= len(gone.body)

    def _name(self, question: Question) -> str:
        """Name a question of this edition, the same after a restart and in every worker."""
        parts = [self._edition, *(_written(each) for each in question)]
        return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()


def _question(scope: Scope, number: int | None) -> Question:
    caller = state_of(scope).get("caller")
    return (
        number,
        scope["path"],
        scope["query_string"],
        language(),
        *(header(scope, each) for each in _NAMED),
        caller.region if caller else "nobody",
        caller.scopes if caller else frozenset[str](),
    )


def _written(part: Hashable) -> str:
    if isinstance(part, frozenset):
        return " ".join(sorted(str(each) for each in part))
    return part.decode("latin-1") if isinstance(part, bytes) else str(part)


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
