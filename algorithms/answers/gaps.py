"""Gaps as an answer."""

from __future__ import annotations

from collections import Counter

import numpy as np

from ..chain import Chain
from ..choose import GapFilter, choose
from ..evidence import Fact, evidence_of_gaps
from ..gaps import Assessment
from ..index import Index
from ..workings import workings
from .common import (
    coverage_of,
    number,
    part_answers,
    product_ref,
    scope_answer,
    snapshot_answer,
    term,
)
from .models import (
    ChainRate,
    ExplainAnswer,
    GapAnswer,
    GapsAnswer,
    MakersAnswer,
    NearestAnswer,
    QuotientAnswer,
    RateAnswer,
    ScoreAnswer,
    WorkingAnswer,
)
from .words import LEVELS


def gaps_answer(
    index: Index,
    found: Assessment,
    *,
    wanted: GapFilter | None = None,
    offset: int = 0,
    limit: int | None = None,
    evidence: bool = True,
) -> GapsAnswer:
    """Return an assessment as an answer; `offset` and `limit` cut the list, not the counts."""
    every = choose(index, found, wanted) if wanted else np.arange(len(found))
    chosen = every[offset:] if limit is None else every[offset : offset + limit]
    facts = evidence_of_gaps(index, found, chosen) if evidence else {}
    places = _places(found.chain)
    return GapsAnswer(
        scope=scope_answer(found.scope, found.chain),
        snapshot=snapshot_answer(index.snapshot),
        coverage=coverage_of(index, found.scope),
        local_rate=chain_rate(found),
        counts=_counts(found),
        total=len(every),
        gaps=[_gap(index, found, int(each), places, facts) for each in chosen],
    )


def explained(index: Index, found: Assessment) -> GapAnswer:
    """Return the one product of an assessment with the workings of its figures."""
    given = [
        WorkingAnswer(
            name=each.name,
            text=str(each.title),
            formula=each.formula,
            terms=each.terms,
            result=each.result,
        )
        for each in workings(index, found, 0)
    ]
    return gaps_answer(index, found).gaps[0].model_copy(update={"workings": given})


def explanation(index: Index, found: Assessment) -> ExplainAnswer:
    """Return the same with what was asked and which snapshot answers."""
    return ExplainAnswer(
        scope=scope_answer(found.scope, found.chain),
        snapshot=snapshot_answer(index.snapshot),
        coverage=coverage_of(index, found.scope),
        explained=explained(index, found),
    )


def _gap(
    index: Index,
    found: Assessment,
    at: int,
    places: dict[int, int],
    facts: dict[str, list[Fact]],
) -> GapAnswer:
    product, figures = int(found.product[at]), found.figures
    place, chain = places.get(product, -1), found.chain
    return GapAnswer(
        product=product_ref(index, product),
        stage=chain.stage[place] if chain else None,
        tier=chain.tier[place] if chain else None,
        group=chain.group[place] if chain else None,
        key=bool(found.key[at]),
        status=term(found.verdict.status[product]),
        kinds=[term(kind) for kind, holds in found.kinds.items() if holds[at]],
        is_break=bool(found.is_break[at]),
        reasons=[term(reason) for reason in found.verdict.reasons_of(product)],
        certainty=number(found.certainty[at]),
        users=int(figures.users[product]),
        need=number(figures.need[product]),
        supply=number(figures.supply[product]),
        potential=number(found.potential[at]),
        makers=_makers(found, product),
        local_rate=_rate(found, at),
        location_quotient=QuotientAnswer(
            value=number(found.quotient[at]), basis=found.quotient_basis[at]
        ),
        action=term(found.main_action[at]),
        other_actions=[
            term(action)
            for action, holds in found.actions.items()
            if holds[at] and action is not found.main_action[at]
        ],
        priority=ScoreAnswer(score=number(found.score[at]), parts=part_answers(found.parts, at)),
        evidence=facts.get(str(index.products.keys[product]), []),
    )


def _makers(found: Assessment, product: int) -> MakersAnswer:
    figures, level = found.figures, found.outside.level[product]
    return MakersAnswer(
        local=int(figures.makers[product]),
        titled=int(figures.titled[product]),
        national=int(figures.national[product]),
        by_statistics=bool(figures.by_statistics[product]),
        hhi=number(figures.hhi[product]),
        nearest=NearestAnswer(
            level=level,
            text=str(LEVELS[level]),
            count=int(found.outside.count[product]),
            outside=int(found.outside.outside[product]),
        ),
    )


def _rate(found: Assessment, at: int) -> RateAnswer:
    value = number(found.rate[at])
    if value is None:
        return RateAnswer(value=None, basis="none")
    return RateAnswer(value=value, basis="observed" if found.rate_observed[at] else "upper_bound")


def chain_rate(found: Assessment) -> ChainRate:
    """Return the local content rate of the chain that was looked at."""
    value, covered = found.chain_rate
    return ChainRate(value=number(value), covered=number(covered))


def _counts(found: Assessment) -> dict[str, int]:
    counted = Counter(status.name.lower() for status in found.verdict.status.take(found.looked_at))
    return dict(counted)


def _places(chain: Chain | None) -> dict[int, int]:
    """Where each product stands in the chain's lists."""
    return {int(p): at for at, p in enumerate(chain.product)} if chain else {}
