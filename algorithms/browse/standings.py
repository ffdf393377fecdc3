"""The standings: how every region of a level stands, counted by status and kind of gap."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ...settings import Settings
from ..answers.common import number, product_ref, region_ref, snapshot_answer
from ..answers.models import Ref
from ..chain import Chain
from ..gaps import Assessment, Kind, assess
from ..index import Index
from ..scope import region_scope
from ..status import Status
from .models import RegionStanding, StandingsAnswer, UrgentGap

MOST_URGENT = 3


def standings_answer(
    index: Index, within: int | None, level: str | None, chain: Chain | None, settings: Settings
) -> StandingsAnswer:
    """Return how each region of a level stands, or of all levels, within one or everywhere.

    A region is assessed when it is first asked for; what came of it is kept with the index, so
    that asking again costs next to nothing.
    """
    regions = _regions(index, within, level)
    asked = chain.key if chain else None, *_weighing(settings)

    def standing(region: int) -> RegionStanding:
        name = ("standing", region, *asked)
        return index.remember(name, lambda: _standing(index, region, chain, settings))

    with ThreadPoolExecutor(settings.threads or os.cpu_count()) as threads:
        found = list(threads.map(standing, regions))
    return StandingsAnswer(
        snapshot=snapshot_answer(index.snapshot),
        within=region_ref(index, within) if within is not None else None,
        level=level,
        chain=Ref(id=chain.key, name=chain.name) if chain else None,
        regions=found,
    )


def _regions(index: Index, within: int | None, level: str | None) -> list[int]:
    first, last = 0, len(index.regions) - 1
    if within is not None:
        first, last = within, int(index.regions.last[within])
    levels = index.regions.levels
    return [each for each in range(first, last + 1) if level in (None, levels[each])]


def _weighing(settings: Settings) -> tuple[str, str, float]:
    """What of the settings a standing depends on."""
    priority, half = settings.priority, settings.half
    return priority.model_dump_json(), half.model_dump_json(), settings.neighbour_km


def _standing(index: Index, region: int, chain: Chain | None, settings: Settings) -> RegionStanding:
    found = assess(index, region_scope(index, region), settings, chain=chain)
    status = found.verdict.status.take(found.looked_at)
    return RegionStanding(
        region=region_ref(index, region),
        level=index.regions.levels[region],
        enterprises=len(found.scope.members),
        products=len(found.looked_at),
        counts={each.name.lower(): int(status.is_in(each).sum()) for each in Status},
        kinds={kind.name.lower(): int(found.kinds[kind].sum()) for kind in Kind},
        breaks=int(found.is_break.sum()),
        urgent=[_urgent(index, found, at) for at in range(min(MOST_URGENT, len(found)))],
    )


def _urgent(index: Index, found: Assessment, at: int) -> UrgentGap:
    product = int(found.product[at])
    return UrgentGap(
        product=product_ref(index, product),
        status=found.verdict.status[product].name.lower(),
        priority=number(np.float64(found.score[at])),
    )
