"""Watching: a request id, the language, one log line and the metrics of every request."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import structlog
from prometheus_client import Counter, Gauge, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ....text import Language, use_language
from .common import READING_POSTS, add_headers, header, state_of

_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_DEFAULTS = (("x-content-type-options", "nosniff"), ("cache-control", "no-store"))
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_LOG = structlog.get_logger("lianpu.http")

REQUESTS = Counter("lianpu_requests", "Requests answered", ("method", "route", "status"))
SECONDS = Histogram(
    "lianpu_request_seconds",
    "Seconds that requests took",
    ("method", "route"),
    buckets=(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30),
)
UNDER_WAY = Gauge("lianpu_requests_under_way", "Requests under way", multiprocess_mode="livesum")

Audit = Callable[[Scope, int], Any]


class Watch:
    """The outermost layer.

    Parameters
    ----------
    language : of people who name none that is spoken here.
    audit : is awaited with every request that changed something or was refused.
    """

    def __init__(self, app: ASGIApp, language: Language, audit: Audit) -> None:
        self._app = app
        self._language: Language = language
        self._audit = audit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = state_of(scope)
        state["request_id"] = request = _request_id(header(scope, "x-request-id"))
        language = spoken(header(scope, "accept-language"), self._language)
        use_language(language)
        began = time.perf_counter()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                state["status"] = message["status"]
                told = ("x-request-id", request), ("content-language", language)
                add_headers(message, *told, *_DEFAULTS)
            await send(message)

        UNDER_WAY.inc()
        try:
            await self._app(scope, receive, sending)
        finally:
            UNDER_WAY.dec()
            status: int = state.get("status", 500)
            self._note(scope, status, time.perf_counter() - began)
            if _changes(scope) or status in (401, 403):
                await self._audit(scope, status)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        state = state_of(scope)
        route = state.get("route") or getattr(scope.get("route"), "path", None) or "none"
        requests, took = _counts(scope["method"], route, status)
        requests.inc()
        took.observe(seconds)
        caller = state.get("caller")
        _LOG.info(
            "request",
            request=state["request_id"],
            method=scope["method"],
            path=scope["path"],
            route=route,
            status=status,
            milliseconds=round(seconds * 1000, 1),
            client=caller.id if caller else None,
        )


@cache
def _counts(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    """Return what counts such requests and what times them; there are few kinds."""
    named = method if method in _METHODS else "other"
    return REQUESTS.labels(named, route, status), SECONDS.labels(named, route)


def _changes(scope: Scope) -> bool:
    asks = scope["method"] in ("GET", "HEAD", "OPTIONS") or scope["path"] in READING_POSTS
    return not asks


def spoken(accepted: str | None, otherwise: Language) -> Language:
    """Return the language that a request prefers among those spoken here (RFC 9110, 12.5.4)."""
    if not accepted:
        return otherwise
    best: tuple[float, Language] = (0.0, otherwise)
    for part in accepted.split(","):
        word, _, rest = part.strip().partition(";")
        weight = rest.strip().removeprefix("q=")
        quality = float(weight) if re.fullmatch(r"[01](\.\d{1,3})?", weight) else 1.0
        name = word.strip().lower()[:2]
        if name in ("zh", "en") and quality > best[0]:
            best = (quality, "zh" if name == "zh" else "en")
    return best[1]


def _request_id(given: str | None) -> str:
    return given if given and _ID.fullmatch(given) else secrets.token_hex(16)
