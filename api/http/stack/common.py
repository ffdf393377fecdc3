"""What the layers have in common."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from ....errors import LianpuError
from .. import problems

PAGE = "/page"
"""Where the views for people lie: they send those who are not signed in to the sign-in."""
SESSION_COOKIE = "lianpu_session"
"""What a browser shows there instead of a key. Nothing else takes it: a page of another site can
make a browser send it, so it must be good for nothing that has no guard against that."""
OPEN = frozenset(
    (
        "/",
        PAGE,
        "/favicon.ico",
        "/v1/health",
        "/v1/ready",
        "/v1/version",
        "/v1/oauth/token",
        "/openapi.json",
        "/reconcile",
    )
)
"""Paths that answer without a key: they hold no data, or guard themselves."""
OPEN_UNDER = ("/problems/", f"{PAGE}/")


READING_POSTS = frozenset(("/reconcile", "/mcp"))
"""Paths whose POSTs only ask: they change nothing, and the audit log need not know of them."""


def is_open(path: str) -> bool:
    """Return whether a path answers without a key."""
    return path in OPEN or path.startswith(OPEN_UNDER)


def state_of(scope: Scope) -> dict[str, Any]:
    """Return what the layers tell each other about a request."""
    found: dict[str, Any] = scope.setdefault("state", {})
    return found


def request_id(scope: Scope) -> str:
    """Return the id of a request."""
    return str(state_of(scope).get("request_id", ""))


def header(scope: Scope, name: str) -> str | None:
    """Return a header of a request, the first where it came several times.

    Parameters
    ----------
    name : in small letters, as they come in.
    """
    wanted = name.encode()
    # A handful is looked up for every request: less than a microsecond each counts.
    for key, value in scope["headers"]:
        if key == wanted:
            text: str = value.decode("latin-1")
            return text
    return None


def add_headers(message: Message, *headers: tuple[str, str]) -> None:
    """Add those of the headers that the start of an answer does not have yet.

    Parameters
    ----------
    headers : names in small letters, and values.
    """
    there = {name.lower() for name, _ in message["headers"]}
    more = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    message["headers"] = [*message["headers"], *(each for each in more if each[0] not in there)]


async def refuse(error: LianpuError, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with a problem."""
    found = problems.problem_of(error, request_id(scope))
    response = Response(
        found.model_dump_json(),
        status_code=found.status,
        media_type=problems.MEDIA_TYPE,
        headers=problems.headers_of(error),
    )
    await response(scope, receive, send)
