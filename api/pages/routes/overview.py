"""A region or cluster: how far its record reaches, and its chains side by side."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from ....algorithms.browse.models import ChainStanding
from ..guard import PageRoute
from ..view import Viewing, Where
from ..words import STATUSES
from .start import choose

router = APIRouter(route_class=PageRoute)

CHARTED = 8
"""Chains in the chart: those with the most makers here."""


@router.get("/overview")
def overview(view: Viewing, where: Annotated[Where, Query()]) -> Response:
    """Show every chain of a region or cluster side by side."""
    where = view.settle(where)
    if not (where.region or where.cluster):
        return choose(view, where)
    answer = view.atlas.overview(where.region, **where.asked())
    clusters = view.atlas.clusters(region=where.region).clusters if where.region else []
    return view.show(
        "overview.html",
        where,
        answer=answer,
        clusters=clusters,
        chart=_chart(answer.chains[:CHARTED]),
    )


def _chart(chains: list[ChainStanding]) -> dict[str, Any]:
    """Return the links of chains by status as ECharts wants them."""
    return {
        "names": [each.chain.name for each in chains],
        "series": [
            {"code": code, "name": str(text), "data": [each.counts[code] for each in chains]}
            for code, text in STATUSES.items()
        ],
    }
