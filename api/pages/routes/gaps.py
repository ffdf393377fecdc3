"""Gaps as a table, and one of them with everything that is known about it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import Field

from ....algorithms.action import Action
from ....algorithms.choose import ORDERS, GapFilter
from ....algorithms.gaps import GAPS, Kind
from ....algorithms.status import Status
from ...cli.ask import gap_sheets
from ...http.reading.params import Name
from ...http.routes.gaps import ActionName, KindName, StatusName
from ..download import workbook
from ..guard import PageRoute
from ..view import Viewing, Where
from .start import choose

router = APIRouter(route_class=PageRoute)

ROWS = 50
_GAPS: list[StatusName] = ["weak", "missing", "unknown"]


class GapsAsked(Where):
    """Which gaps, in which order."""

    status: list[StatusName] = Field(default_factory=list[StatusName])
    kind: list[KindName] = Field(default_factory=list[KindName])
    action: list[ActionName] = Field(default_factory=list[ActionName])
    least: int | None = Field(default=None, ge=0, le=100)
    sort: str = Field(default="-priority", pattern=f"^-?({'|'.join(ORDERS)})$")
    page: int = Field(default=1, ge=1, le=10_000)

    def wanted(self) -> GapFilter:
        """Return the filter that is asked for."""
        return GapFilter(
            statuses=tuple(Status[each.upper()] for each in self.status) or GAPS,
            kinds=tuple(Kind[each.upper()] for each in self.kind),
            actions=tuple(Action[each.upper()] for each in self.action),
            min_priority=self.least / 100 if self.least else None,
            order=((self.sort.removeprefix("-"), self.sort.startswith("-")),),
        )

    def query(self) -> dict[str, Any]:
        """Return what makes the same list again, without its page."""
        return self.model_dump(exclude_defaults=True, exclude={"page"})


class GapAsked(Where):
    """Which product."""

    product: Name


@router.get("/gaps")
def gaps(view: Viewing, asked: Annotated[GapsAsked, Query()]) -> Response:
    """Show what a region lacks as a table."""
    where = view.settle(asked)
    if not (where.region or where.cluster):
        return choose(view, where)
    answer = view.atlas.gaps(
        where.region,
        where.chain,
        **where.asked(),
        wanted=asked.wanted(),
        offset=(asked.page - 1) * ROWS,
        limit=ROWS,
        evidence=False,
    )
    pages = -(-answer.total // ROWS)
    return view.show(
        "gaps.html",
        where,
        answer=answer,
        asked=asked,
        pages=pages,
        first_row=(asked.page - 1) * ROWS,
    )


@router.get("/gaps.xlsx")
def gaps_workbook(view: Viewing, asked: Annotated[GapsAsked, Query()]) -> Response:
    """Give the same gaps as a workbook, with the facts behind them."""
    where = view.settle(asked)
    answer = view.atlas.gaps(where.region, where.chain, **where.asked(), wanted=asked.wanted())
    return workbook("gaps", gap_sheets(answer))


@router.get("/gap")
def gap(view: Viewing, asked: Annotated[GapAsked, Query()]) -> Response:
    """Show how one product stands, with the workings of every figure."""
    where = view.settle(asked)
    if not (where.region or where.cluster):
        return choose(view, where)
    answer = view.atlas.explanation(where.region, asked.product, chain=where.chain, **where.asked())
    targets = view.atlas.targets(where.region, asked.product, **where.asked(), limit=5)
    return view.show("gap.html", where, answer=answer, gap=answer.explained, targets=targets)
