"""Targets: whom to call for a gap, for a region, for a chain."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from ....algorithms.answers.models import Shortlist
from ..auth.access import Reader
from ..pages import TargetsPage
from ..problems import documented
from ..reading.forms import one
from ..reading.lists import FORMS, Chosen, turn_of
from ..reading.params import Name, Paged, Scoped
from ..service import Here

router = APIRouter(prefix="/v1", tags=["targets"], responses=documented(401, 403, 404, 422))


class TargetsAsked(Paged, Scoped):
    """For which gap."""

    product: Name = Field(description="id or name of what is sought", examples=["动力电池"])


class ShortlistAsked(Scoped):
    """For which region or cluster, and which chain."""

    chain: Name | None = Field(default=None, description="id or name of a chain; all where none")
    gaps: int = Field(default=5, ge=1, le=20, description="how many gaps, the most urgent first")
    each: int = Field(default=5, ge=1, le=20, description="how many targets for each")


@router.get(
    "/targets", operation_id="list_targets", response_model=TargetsPage | Chosen, responses=FORMS
)
def list_targets(
    service: Here, caller: Reader, request: Request, asked: Annotated[TargetsAsked, Query()]
) -> Response:
    """List whom to call 招引对象 so that a product is made here, the best first, and why.

    `excluded` tells who was left out and why: not active, already here, turned down before.
    """
    service.ensure_may_ask(caller, asked.region, asked.cluster)
    turn = turn_of(service, request, asked, asked.snapshot)
    answer = service.atlas.targets(
        asked.region,
        asked.product,
        cluster=asked.cluster,
        as_of=asked.as_of,
        snapshot=turn.snapshot,
        offset=turn.page.offset,
        limit=turn.page.limit,
    )
    return turn.give(TargetsPage, answer, "targets", answer.frame)


@router.get("/shortlist", operation_id="get_shortlist", response_model=Shortlist)
def get_shortlist(
    service: Here, caller: Reader, request: Request, asked: Annotated[ShortlistAsked, Query()]
) -> Response:
    """Give whom to call for a whole region, or for a chain in it.

    For each of the most urgent gaps that somebody can be attracted or won for, its best targets.
    """
    service.ensure_may_ask(caller, asked.region, asked.cluster)
    found = service.atlas.shortlist(
        asked.region,
        asked.chain,
        cluster=asked.cluster,
        as_of=asked.as_of,
        snapshot=asked.snapshot,
        gaps=asked.gaps,
        each=asked.each,
    )
    return one(request, Shortlist(snapshot=found[0], shortlist=found[1]))
