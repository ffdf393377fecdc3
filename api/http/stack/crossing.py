"""Pages and programs of other origins that reconcile names: OpenRefine runs in a browser.

Only paths under /reconcile are open to them. A client that cannot send a header may carry its key
in the path, /reconcile/lp_…: it is taken out here, before anything is logged.
"""

from __future__ import annotations

import re
from typing import Any

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from .common import state_of

ROOT = "/reconcile"
_WITH_KEY = re.compile(rf"{ROOT}/(lp_[A-Za-z0-9_-]{{1,200}})(/.*)?")
_LOOPBACK = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?"
_STATE = "key_in_path"


def key_in_path(scope: Scope) -> str | None:
    """Return the key that came in the path of a request."""
    found: str | None = state_of(scope).get(_STATE)
    return found


class KeyInPath:
    """Takes a key out of the path and shows it as if it had come in a header."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        carries = scope["type"] == "http" and scope["path"].startswith(f"{ROOT}/")
        found = _WITH_KEY.fullmatch(scope["path"]) if carries else None
        if found is None:
            await self._app(scope, receive, send)
            return
        key, rest = found[1], found[2] or ""
        others = [(name, value) for name, value in scope["headers"] if name != b"authorization"]
        inner: Scope = {
            **scope,
            "path": ROOT + rest,
            "raw_path": (ROOT + rest).encode(),
            "headers": [*others, (b"authorization", f"Bearer {key}".encode())],
        }
        state_of(inner)[_STATE] = key
        await self._app(inner, receive, send)


class CrossOrigin:
    """Lets scripts of other origins reconcile; no cookies are used, so nothing is lent to them.

    Parameters
    ----------
    demo : no key protects the data, so only pages of this machine are let in.
    """

    def __init__(self, app: ASGIApp, *, demo: bool) -> None:
        self._app = app
        options: dict[str, Any] = (
            {"allow_origin_regex": _LOOPBACK} if demo else {"allow_origins": ["*"]}
        )
        self._crossing = CORSMiddleware(
            app, allow_methods=["GET", "POST"], allow_headers=["Authorization"], **options
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        opened = path == ROOT or path.startswith(f"{ROOT}/")
        await (self._crossing if opened else self._app)(scope, receive, send)
