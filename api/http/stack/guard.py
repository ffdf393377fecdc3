"""Guarding: how many requests at a time, how large a body, how long an answer may take."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ....text import Text
from ..problems import BusyError, TimeOutError, TooLargeError
from .common import header, refuse

_BUSY = Text("同时处理的请求已达上限", "as many requests as can be handled are under way")
_LARGE = Text("内容超过 {megabytes} MB", "the body exceeds {megabytes} MB")
_LATE = Text("处理超过 {seconds:g} 秒", "the answer took more than {seconds:g} seconds")
_NARROW = Text("请缩小范围后重试。", "Ask for less, or try again.")
_ALWAYS = ("/v1/health", "/v1/ready")
_LONG = "/events"
"""Streams of events last as long as they are listened to."""


class Guard:
    """Refuses what is too much at a time and what is too large."""

    def __init__(self, app: ASGIApp, concurrency: int, megabytes: int) -> None:
        self._app = app
        self._most = concurrency
        self._megabytes = megabytes
        self._under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _ALWAYS:
            await self._app(scope, receive, send)
            return
        if self._under_way >= self._most:
            await refuse(BusyError(_BUSY), scope, receive, send)
            return
        length = header(scope, "content-length") or ""
        if length.isdigit() and int(length) > self._megabytes << 20:
            await refuse(self._too_large(), scope, receive, send)
            return
        self._under_way += 1
        # The body of a reading is read by nobody, so it cannot be too large.
        through = self._app if scope["method"] in ("GET", "HEAD") else self._counted
        try:
            await through(scope, receive, send)
        finally:
            self._under_way -= 1

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A body without a stated length is counted as it comes in."""
        read, started = 0, False

        async def receiving() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._megabytes << 20:
                raise self._too_large()
            return message

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receiving, sending)
        except TooLargeError as error:
            if started:
                raise
            await refuse(error, scope, receive, send)

    def _too_large(self) -> TooLargeError:
        return TooLargeError(_LARGE.fill(megabytes=self._megabytes))


class Deadline:
    """Answers 504 when a route takes too long; the route's thread ends on its own."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds
        self._late: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].endswith(_LONG):
            await self._app(scope, receive, send)
            return
        started, over = False, False

        async def sending(message: Message) -> None:
            nonlocal started
            if not over:
                started = True
                await send(message)

        task = asyncio.ensure_future(self._run(scope, receive, sending))
        try:
            done, _ = await asyncio.wait({task}, timeout=self._seconds)
        except asyncio.CancelledError:
            task.cancel()
            raise
        if done or started:
            await task
            return
        over = True
        self._late.add(task)
        task.add_done_callback(self._forget)
        late = TimeOutError(_LATE.fill(seconds=self._seconds), _NARROW)
        await refuse(late, scope, receive, send)

    async def _run(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._late.discard(task)
        if not task.cancelled():
            task.exception()
