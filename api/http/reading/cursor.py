"""Cursors: where the next page of a list begins.

A cursor names the snapshot, so that pages fit together while newer ones are published, and the
question, so that it cannot be used for another.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass

from starlette.datastructures import QueryParams
from starlette.requests import Request

from ....errors import BadInputError
from ....text import Text

_BAD = Text("cursor 不可用", "the cursor cannot be used")
_FIRST = Text("请从第一页重新开始。", "Begin again with the first page.")
_PAGING = ("cursor", "limit", "snapshot")


@dataclass(frozen=True)
class Place:
    """Where a page begins, and in which snapshot (None: this list is of no snapshot)."""

    offset: int
    snapshot: int | None


def place_of(request: Request, cursor: str | None) -> Place | None:
    """Return the place that a cursor names, None where there is no cursor.

    Raises
    ------
    BadInputError
        It is no cursor of this list and question.
    """
    if cursor is None:
        return None
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii") + b"=="))
        offset, snapshot, question = found
    except (ValueError, TypeError):
        raise BadInputError(_BAD, _FIRST) from None
    good = isinstance(offset, int) and 0 <= offset < 2**31
    good = good and (snapshot is None or isinstance(snapshot, int))
    if not good or question != _question(request):
        raise BadInputError(_BAD, _FIRST)
    return Place(offset, snapshot)


def cursor_at(request: Request, place: Place) -> str:
    """Return the cursor of a place in the list that is asked for."""
    found = json.dumps([place.offset, place.snapshot, _question(request)]).encode()
    return base64.urlsafe_b64encode(found).rstrip(b"=").decode()


def links(request: Request, cursor: str | None) -> str:
    """Return the Link header (RFC 8288) of a page: the first one and, where there is one, next."""
    first = [(k, v) for k, v in request.query_params.multi_items() if k != "cursor"]
    pages = [_link(request, first, "first")]
    if cursor:
        pages.append(_link(request, [*first, ("cursor", cursor)], "next"))
    return ", ".join(pages)


def _link(request: Request, items: list[tuple[str, str]], relation: str) -> str:
    query = str(QueryParams(items))
    return f'<{request.url.path}{f"?{query}" if query else ""}>; rel="{relation}"'


def _question(request: Request) -> str:
    items = [each for each in request.query_params.multi_items() if each[0] not in _PAGING]
    text = json.dumps([request.url.path, sorted(items)])
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
