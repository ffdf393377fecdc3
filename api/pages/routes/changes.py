"""What changed: gaps that opened and closed, and projects that came further."""

from __future__ import annotations

import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from ....graph.snapshot import Manifest
from ..guard import PageRoute
from ..view import Viewing, Where
from .start import choose

router = APIRouter(route_class=PageRoute)

MONTH = datetime.timedelta(days=30)


class ChangesAsked(Where):
    """Since when: a snapshot, or a day."""

    since: int | None = Field(default=None, ge=1, le=999_999)
    since_day: datetime.date | None = Field(
        default=None, ge=datetime.date(1950, 1, 1), le=datetime.date(2100, 1, 1)
    )


@router.get("/changes")
def changes(view: Viewing, asked: Annotated[ChangesAsked, Query()]) -> Response:
    """Show what changed since last month, since a snapshot or since a day."""
    where = view.settle(asked)
    if not (where.region or where.cluster):
        return choose(view, where)
    # The oldest goes with the next publication, perhaps before it has been read.
    kept = view.atlas.manifests()[: max(2, view.atlas.settings.snapshots_kept - 1)]
    since, day = asked.since, asked.since_day
    if since is None and day is None:
        since = month_ago(kept)
        day = datetime.date.today() - MONTH if since is None else None
    answer = view.atlas.changes(
        where.region, where.chain, cluster=where.cluster, since=since, since_day=day
    )
    counts = {kind: sum(each.change == kind for each in answer.changes) for kind in KINDS}
    return view.show(
        "changes.html",
        where,
        answer=answer,
        asked=asked,
        kept=kept,
        since=since,
        day=day,
        counts=counts,
    )


KINDS = ("opened", "closed", "changed")


def month_ago(kept: list[Manifest]) -> int | None:
    """Return the newest snapshot that is a month older than the newest; else the oldest kept.

    None where there is only one: then only days can be compared.
    """
    if len(kept) < 2:
        return None
    newest = kept[0].published
    old = [each for each in kept if newest - each.published >= MONTH]
    return (old[0] if old else kept[-1]).number
