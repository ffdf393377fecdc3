"""The overview of a scope: every chain side by side."""

from __future__ import annotations

import numpy as np

from ...settings import Settings
from ..answers.common import coverage_of, number, product_ref, scope_answer, snapshot_answer
from ..answers.models import ChainRate, Ref
from ..chain import Chain, all_chains
from ..gaps import Kind, assess
from ..index import Index
from ..scope import Scope
from ..status import Status
from .models import ChainStanding, OverviewAnswer

MOST_URGENT = 3


def overview_answer(index: Index, scope: Scope, settings: Settings) -> OverviewAnswer:
    """Return how every chain stands in a scope, those with the most makers here first."""
    found = [_standing(index, scope, chain, settings) for chain in all_chains(index)]
    found.sort(key=lambda each: (-each.makers, each.chain.id))
    return OverviewAnswer(
        scope=scope_answer(scope, None),
        snapshot=snapshot_answer(index.snapshot),
        coverage=coverage_of(index, scope),
        chains=found,
    )


def _standing(index: Index, scope: Scope, chain: Chain, settings: Settings) -> ChainStanding:
    found = assess(index, scope, settings, chain=chain)
    rows, status = found.figures.rows, found.verdict.status.take(found.looked_at)
    makers = np.unique(rows.firm[np.isin(rows.product, chain.product)])
    kinds = {kind.name.lower(): int(holds.sum()) for kind, holds in found.kinds.items()}
    rate, covered = found.chain_rate
    return ChainStanding(
        chain=Ref(id=chain.key, name=chain.name),
        products=len(found.looked_at),
        counts={each.name.lower(): int(status.is_in(each).sum()) for each in Status},
        kinds={kind.name.lower(): kinds[kind.name.lower()] for kind in Kind},
        breaks=int(found.is_break.sum()),
        makers=len(makers),
        local_rate=ChainRate(value=number(rate), covered=number(covered)),
        urgent=[product_ref(index, each) for each in found.product[:MOST_URGENT].tolist()],
    )
