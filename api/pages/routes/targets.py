"""Whom to call: for one gap, or for the most urgent gaps of a region or chain."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from ...cli.ask import target_sheets
from ...http.reading.params import Name
from ..download import workbook
from ..guard import PageRoute
from ..view import Viewing, Where
from .leads import leads_by_firm
from .start import choose

router = APIRouter(route_class=PageRoute)

ROWS = 20
GAPS, EACH = 8, 3


class TargetsAsked(Where):
    """For which product; without one, for the most urgent gaps."""

    product: Name | None = None
    page: int = Field(default=1, ge=1, le=10_000)


@router.get("/targets")
def targets(view: Viewing, asked: Annotated[TargetsAsked, Query()]) -> Response:
    """Show whom to call and why."""
    where = view.settle(asked)
    if not (where.region or where.cluster):
        return choose(view, where)
    if asked.product is None:
        _, found = view.atlas.shortlist(
            where.region, where.chain, **where.asked(), gaps=GAPS, each=EACH
        )
        return view.show("shortlist.html", where, found=found)
    answer = view.atlas.targets(
        where.region, asked.product, **where.asked(), offset=(asked.page - 1) * ROWS, limit=ROWS
    )
    lands = view.atlas.region_of(where.region, where.cluster)
    return view.show(
        "targets.html",
        where,
        answer=answer,
        lands=lands,
        product_id=answer.product.id,
        taken=leads_by_firm(view, lands, answer.product.id),
        asked=asked,
        pages=-(-answer.total // ROWS),
        first_row=(asked.page - 1) * ROWS,
    )


@router.get("/targets.xlsx")
def targets_workbook(view: Viewing, asked: Annotated[TargetsAsked, Query()]) -> Response:
    """Give the same targets as a workbook, with the facts behind them."""
    where = view.settle(asked)
    if asked.product is None:
        _, found = view.atlas.shortlist(where.region, where.chain, **where.asked(), gaps=GAPS)
    else:
        found = [view.atlas.targets(where.region, asked.product, **where.asked())]
    return workbook("targets", target_sheets(found))
