"""The board 产业地图: which chains lead in which places, and where neighbours overlap."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from ....algorithms.browse.models import BoardAnswer
from ...http.reading.params import Name
from ..guard import PageRoute
from ..places import draw
from ..view import View, Viewing, Where
from .start import choose

router = APIRouter(route_class=PageRoute)


class BoardAsked(Where):
    """Which places."""

    level: Literal["city", "county", "zone"] = "county"
    around: Name | None = None
    """The region whose places are shown; by default the province one is at home in."""


@router.get("/board")
def board(view: Viewing, asked: Annotated[BoardAsked, Query()]) -> Response:
    """Show places by chains, and the places of one chain where they lie."""
    where = view.settle(asked)
    around = asked.around or _province(view, where.region)
    if around is None:
        return choose(view, where)
    view.service.ensure_may_ask(view.caller, around, None)
    answer = view.atlas.board(around, level=asked.level, as_of=asked.as_of, snapshot=asked.snapshot)
    columns = _columns(answer)
    chosen = _chosen(answer, columns, asked.chain)
    return view.show(
        "board.html",
        where,
        asked=asked,
        answer=answer,
        around=around,
        filled=[row for row in answer.rows if row.enterprises],
        empty=[row.region.name for row in answer.rows if not row.enterprises],
        columns=columns,
        chosen=chosen,
        picture=draw(answer, chosen, view.service.settings.page),
    )


def _province(view: View, region: str | None) -> str | None:
    """Return the province that a region is or lies in; the region itself where there is none."""
    code = view.atlas.region_of(region) if region else None
    while code:
        row = next(each for each in view.atlas.regions(code).regions if each.id == code)
        if row.level in ("province", "country") or row.within is None:
            return row.name
        code = row.within.id
    return region


def _columns(answer: BoardAnswer) -> list[int]:
    """Return the chains that anybody here makes something of, those that lead most often first."""
    makers = [sum(row.cells[at].makers for row in answer.rows) for at in range(len(answer.chains))]
    leads = [sum(row.cells[at].leads for row in answer.rows) for at in range(len(answer.chains))]
    found = [at for at, count in enumerate(makers) if count]
    return sorted(found, key=lambda at: (-leads[at], -makers[at], at))


def _chosen(answer: BoardAnswer, columns: list[int], chain: str | None) -> int:
    """Return the chain that is drawn: the one asked for, else the one that leads most often."""
    named = [at for at, each in enumerate(answer.chains) if chain in (each.id, each.name)]
    return next(iter([*named, *columns]), 0)
