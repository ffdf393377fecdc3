"""The standings: how every region of a level stands, counted by status and kind of gap."""

from __future__ import annotations

import numpy as np

from ...settings import Settings
from ..answers.common import number, product_ref, region_ref, snapshot_answer
from ..answers.models import Ref
from ..chain import Chain
from ..gaps import Kind
from ..index import Floats, Index, Ints
from ..status import Status
from ..together import KINDS, STATUSES, Standings, standings_of
from .listing import Page
from .models import RegionStanding, StandingsAnswer, UrgentGap

SORTED_BY = (
    "enterprises",
    "products",
    *(each.name.lower() for each in (*STATUSES, *KINDS)),
    "breaks",
    "priority",
)
"""What the regions may be sorted by: `priority` is that of the most urgent gap."""


def standings_answer(
    index: Index,
    within: int | None,
    level: str | None,
    chain: Chain | None,
    settings: Settings,
    page: Page | None = None,
) -> StandingsAnswer:
    """Return how each region of a level stands, or of all levels, within one or everywhere.

    Those of a page alone where one is given, else all, each before what lies within it.
    """
    regions = _regions(index, within, level)
    found = standings_of(index, regions, chain, settings)
    places = range(len(regions)) if page is None else _page(found, page)
    return StandingsAnswer(
        snapshot=snapshot_answer(index.snapshot),
        total=len(regions),
        within=region_ref(index, within) if within is not None else None,
        level=level,
        chain=Ref(id=chain.key, name=chain.name) if chain else None,
        regions=[_standing(index, found, at) for at in places],
    )


def _page(found: Standings, page: Page) -> list[int]:
    """Return the places of the regions of a page; ties stay as they are."""
    keys: list[Ints | Floats] = [np.arange(len(found.region))]
    for name, falls in reversed(page.order):
        values = _sorted_by(found, name)
        keys.append(-values if falls else values)
    order: Ints = np.lexsort(keys)
    return [int(place) for place in order[page.offset : page.offset + page.limit]]


def _sorted_by(found: Standings, name: str) -> Ints | Floats:
    statuses, kinds = ([each.name.lower() for each in names] for names in (STATUSES, KINDS))
    if name in statuses:
        return found.counts[:, statuses.index(name)]
    if name in kinds:
        return found.kinds[:, kinds.index(name)]
    if name == "priority":
        return np.nan_to_num(found.priority[:, 0], nan=-1.0)
    values: Ints = getattr(found, name)
    return values


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
