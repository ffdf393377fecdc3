"""The standings: how every region of a level stands, counted by status and kind of gap."""

from __future__ import annotations

import numpy as np

from ...settings import Settings
from ..answers.common import number, product_ref, region_ref, snapshot_answer
from ..answers.models import Ref
from ..chain import Chain
from ..gaps import Kind
from ..index import Index, Ints
from ..status import Status
from ..together import KINDS, STATUSES, Standings, standings_of
from .models import RegionStanding, StandingsAnswer, UrgentGap


def standings_answer(
    index: Index, within: int | None, level: str | None, chain: Chain | None, settings: Settings
) -> StandingsAnswer:
    """Return how each region of a level stands, or of all levels, within one or everywhere."""
    regions = _regions(index, within, level)
    found = standings_of(index, regions, chain, settings)
    return StandingsAnswer(
        snapshot=snapshot_answer(index.snapshot),
        within=region_ref(index, within) if within is not None else None,
        level=level,
        chain=Ref(id=chain.key, name=chain.name) if chain else None,
        regions=[_standing(index, found, at) for at in range(len(regions))],
    )


def _regions(index: Index, within: int | None, level: str | None) -> Ints:
    first, last = 0, len(index.regions) - 1
    if within is not None:
        first, last = within, int(index.regions.last[within])
    levels = index.regions.levels
    inside = [each for each in range(first, last + 1) if level in (None, levels[each])]
    return np.array(inside, dtype=np.int64)


def _standing(index: Index, found: Standings, at: int) -> RegionStanding:
    region = int(found.region[at])
    urgent = zip(
        found.urgent[at].tolist(), found.status[at].tolist(), found.priority[at], strict=True
    )
    return RegionStanding(
        region=region_ref(index, region),
        level=index.regions.levels[region],
        enterprises=int(found.enterprises[at]),
        products=int(found.products[at]),
        counts=_named(STATUSES, found.counts[at]),
        kinds=_named(KINDS, found.kinds[at]),
        breaks=int(found.breaks[at]),
        urgent=[
            UrgentGap(
                product=product_ref(index, product),
                status=STATUSES[status].name.lower(),
                priority=number(priority),
            )
            for product, status, priority in urgent
            if product >= 0
        ],
    )


def _named(names: tuple[Status, ...] | tuple[Kind, ...], counts: Ints) -> dict[str, int]:
    return {each.name.lower(): int(count) for each, count in zip(names, counts, strict=True)}
