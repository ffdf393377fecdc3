"""A turn of a page: which rows, of which snapshot, and how they go out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from ....algorithms.browse import Page
from ....text import Text
from ..problems import GoneError
from ..service import Service
from .cursor import Place, place_of
from .forms import CSV, LINES, XLSX, Frame, many
from .params import Paged, Sorted

_GONE = Text(
    "快照 {number} 已不再保留，这份清单翻不到下一页了",
    "snapshot {number} is not kept any more: this list has no next page",
)
_AGAIN = Text("请从第一页重新开始。", "Begin again with the first page.")

NEXT = "cursor of the next page; null on the last one"


class Chosen(BaseModel):
    """A page of a list where `fields` were chosen: its rows have those fields alone."""

    model_config = ConfigDict(extra="allow")

    fields: list[str] = Field(description="the fields that were chosen")
    next: str | None = Field(description=NEXT)


@dataclass(frozen=True)
class Turn:
    """The page that is asked for."""

    request: Request
    asked: Paged
    page: Page
    place: Place

    @property
    def snapshot(self) -> int | None:
        """The snapshot that all pages of this list are read from."""
        return self.place.snapshot

    @property
    def rows(self) -> slice:
        """The rows of the page among all."""
        return slice(self.page.offset, self.page.offset + self.page.limit)

    def give(
        self, model: type[BaseModel], answer: Any, name: str, frame: Frame | None = None
    ) -> Response:
        """Return an answer as a page; `name` is the field that is the list."""
        page = model.model_construct(**(dict(answer) | {"next": None}))
        return many(self.request, page, name, self.asked, self.place, answer.total, frame)


def turn_of(
    service: Service,
    request: Request,
    asked: Paged,
    snapshot: int | None,
    allowed: Sequence[str] = (),
) -> Turn:
    """Return the page that is asked for; without a cursor, of the newest snapshot.

    Raises
    ------
    BadInputError
        The cursor or the order cannot be used.
    GoneError
        The snapshot of the first page is not kept any more.
    """
    place = place_of(request, asked.cursor)
    if place and place.snapshot is not None and place.snapshot not in service.atlas.snapshots():
        raise GoneError(_GONE.fill(number=place.snapshot), _AGAIN)
    place = place or Place(0, snapshot or service.newest())
    order = asked.order(tuple(allowed)) if isinstance(asked, Sorted) else ()
    return Turn(request, asked, Page(asked.limit, place.offset, order), place)


def rows_turn(request: Request, asked: Paged) -> Turn:
    """Return the page of a list that is of no snapshot: jobs, leads, deliveries."""
    place = place_of(request, asked.cursor) or Place(0, None)
    return Turn(request, asked, Page(asked.limit, place.offset), place)


FORMS: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            CSV: {"schema": {"type": "string"}},
            LINES: {"schema": {"type": "string"}},
            XLSX: {"schema": {"type": "string", "format": "binary"}},
        }
    }
}
"""The further forms of lists, for the OpenAPI document."""
