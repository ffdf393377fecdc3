"""Gaps, how regions stand side by side, the explanation of a gap, and what changed."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BeforeValidator, Field

from ....algorithms.action import Action
from ....algorithms.answers import ExplainAnswer
from ....algorithms.browse.standings import SORTED_BY
from ....algorithms.choose import ORDERS, GapFilter
from ....algorithms.gaps import Kind
from ....algorithms.status import Status
from ..auth.access import Reader
from ..pages import ChangesPage, GapsPage, StandingsPage
from ..problems import documented
from ..reading.forms import one
from ..reading.lists import FORMS, Chosen, rows_turn, turn_of
from ..reading.params import Asked, Name, Paged, Scoped, Sorted, split
from ..service import Here

router = APIRouter(prefix="/v1", tags=["gaps"], responses=documented(401, 403, 404, 422))

StatusName = Literal["strong", "adequate", "weak", "missing", "unknown"]
KindName = Literal["fill", "strengthen", "extend"]
ActionName = Literal["cooperate", "attract", "cultivate", "tackle", "verify"]

_CHAIN = "id or name of a chain; where none is named, all products that firms here use"


class GapsAsked(Sorted, Scoped):
    """Which gaps."""

    chain: Name | None = Field(default=None, description=_CHAIN, examples=["新能源汽车"])
    status: Annotated[list[StatusName], BeforeValidator(split)] = Field(
        default_factory=list[StatusName],
        description="of one of these; weak, missing and unknown by default",
    )
    kind: Annotated[list[KindName], BeforeValidator(split)] = Field(
        default_factory=list[KindName], description="补链 fill, 强链 strengthen, 延链 extend"
    )
    action: Annotated[list[ActionName], BeforeValidator(split)] = Field(
        default_factory=list[ActionName],
        description="whose main action is 协作 cooperate, 招引 attract, 培育 cultivate, "
        "攻关 tackle or 核实 verify",
    )
    min_priority: float | None = Field(default=None, ge=0, le=1, description="0 to 1")
    evidence: bool = Field(default=True, description="with the facts behind each gap")

    def wanted(self) -> GapFilter:
        """Return the filter that is asked for."""
        return GapFilter(
            statuses=tuple(Status[each.upper()] for each in self.status),
            kinds=tuple(Kind[each.upper()] for each in self.kind),
            actions=tuple(Action[each.upper()] for each in self.action),
            min_priority=self.min_priority,
            order=self.order(ORDERS),
        )


class StandingsAsked(Sorted, Asked):
    """Which regions."""

    within: Name | None = Field(
        default=None, description="in this region; code or name", examples=["安徽省"]
    )
    level: Literal["country", "province", "city", "county", "zone"] | None = Field(
        default=None, description="of this level; all levels by default"
    )
    chain: Name | None = Field(default=None, description=_CHAIN, examples=["新能源汽车"])


class ExplainAsked(Scoped):
    """Which product, where."""

    product: Name = Field(description="id or name", examples=["动力电池"])
    chain: Name | None = Field(default=None, description="id or name")


class ChangesAsked(Paged):
    """Since when, where."""

    region: Name | None = Field(default=None, description="code or name; this or cluster")
    cluster: Name | None = Field(default=None, description="id or name; this or region")
    chain: Name | None = Field(default=None, description=_CHAIN)
    since: int | None = Field(
        default=None, ge=1, le=999_999, description="a snapshot; the one before the newest"
    )
    since_day: datetime.date | None = Field(
        default=None,
        ge=datetime.date(1950, 1, 1),
        le=datetime.date(2100, 1, 1),
        description="a day, instead of a snapshot",
    )
    until: int | None = Field(
        default=None, ge=1, le=999_999, description="a snapshot; the newest by default"
    )


@router.get("/gaps", operation_id="list_gaps", response_model=GapsPage | Chosen, responses=FORMS)
def list_gaps(
    service: Here, caller: Reader, request: Request, asked: Annotated[GapsAsked, Query()]
) -> Response:
    """List what a region or cluster lacks 缺口, the most urgent first.

    Every gap carries its priority with the parts and raw figures, and the facts behind it. Sorted
    by falling priority, or by `priority`, `need`, `users`, `certainty`, `tier`, `product`.
    """
    service.ensure_may_ask(caller, asked.region, asked.cluster)
    turn = turn_of(service, request, asked, asked.snapshot, ORDERS)
    answer = service.atlas.gaps(
        asked.region,
        asked.chain,
        cluster=asked.cluster,
        as_of=asked.as_of,
        snapshot=turn.snapshot,
        wanted=asked.wanted(),
        offset=turn.page.offset,
        limit=turn.page.limit,
        evidence=asked.evidence,
    )
    return turn.give(GapsPage, answer, "gaps", answer.frame)


@router.get(
    "/standings",
    operation_id="list_standings",
    response_model=StandingsPage | Chosen,
    responses=FORMS,
)
def list_standings(
    service: Here, caller: Reader, request: Request, asked: Annotated[StandingsAsked, Query()]
) -> Response:
    """List how regions stand side by side: products by status, gaps by kind, the most urgent.

    Each region comes before what lies within it; or sorted by `enterprises`, `products`, a status
    (`strong`, `adequate`, `weak`, `missing`, `unknown`), a kind (`fill`, `strengthen`, `extend`),
    `breaks`, or the `priority` of the most urgent gap.
    """
    service.ensure_may_ask(caller, asked.within, None)
    turn = turn_of(service, request, asked, asked.snapshot, SORTED_BY)
    answer = service.atlas.standings(
        asked.level,
        within=asked.within,
        chain=asked.chain,
        page=turn.page,
        as_of=asked.as_of,
        snapshot=turn.snapshot,
    )
    return turn.give(StandingsPage, answer, "regions", answer.frame)


@router.get("/explain", operation_id="explain_product", response_model=ExplainAnswer)
def explain_product(
    service: Here, caller: Reader, request: Request, asked: Annotated[ExplainAsked, Query()]
) -> Response:
    """Explain how one product stands: every figure with its formula, its terms and its facts."""
    service.ensure_may_ask(caller, asked.region, asked.cluster)
    answer = service.atlas.explanation(
        asked.region,
        asked.product,
        chain=asked.chain,
        cluster=asked.cluster,
        as_of=asked.as_of,
        snapshot=asked.snapshot,
    )
    return one(request, answer)


@router.get(
    "/changes", operation_id="list_changes", response_model=ChangesPage | Chosen, responses=FORMS
)
def list_changes(
    service: Here, caller: Reader, request: Request, asked: Annotated[ChangesAsked, Query()]
) -> Response:
    """List which gaps opened and closed between two snapshots, or since a day, and by what.

    `projects` tells which projects are new or have come to another stage: leads that landed, and
    matches that were rejected.
    """
    service.ensure_may_ask(caller, asked.region, asked.cluster)
    turn = rows_turn(request, asked)
    answer = service.atlas.changes(
        asked.region,
        asked.chain,
        cluster=asked.cluster,
        since=asked.since,
        since_day=asked.since_day,
        until=asked.until,
    )
    cut = ChangesPage.model_validate(
        dict(answer)
        | {"changes": answer.changes[turn.rows], "total": len(answer.changes), "next": None}
    )
    return turn.give(ChangesPage, cut, "changes")
