"""The standings: how every region of a level stands, counted by status and kind of gap."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from ...settings import Settings
from ..answers.common import number, product_ref, region_ref, snapshot_answer
from ..answers.models import Ref
from ..chain import Chain
from ..index import Floats, Index, Ints
from ..together import KINDS, STATUSES, Standings, standings_of
from .listing import Page
from .models import RegionStanding, StandingsAnswer, UrgentGap

_STATUSES, _KINDS = ([each.name.lower() for each in names] for names in (STATUSES, KINDS))

SORTED_BY = ("enterprises", "products", *_STATUSES, *_KINDS, "breaks", "priority")
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
    if page is not None:
        found = found.take(_page(found, page))
    return StandingsAnswer(
        snapshot=snapshot_answer(index.snapshot),
        total=len(regions),
        within=region_ref(index, within) if within is not None else None,
        level=level,
        chain=Ref(id=chain.key, name=chain.name) if chain else None,
        regions=_standings(index, found),
    )


def _page(found: Standings, page: Page) -> Ints:
    """Return the places of the regions of a page; ties stay as they are."""
    keys: list[Ints | Floats] = [np.arange(len(found.region))]
    for name, falls in reversed(page.order):
        values = _sorted_by(found, name)
        keys.append(-values if falls else values)
    order: Ints = np.lexsort(keys)
    return order[page.offset : page.offset + page.limit]


def _sorted_by(found: Standings, name: str) -> Ints | Floats:
    if name in _STATUSES:
        return found.counts[:, _STATUSES.index(name)]
    if name in _KINDS:
        return found.kinds[:, _KINDS.index(name)]
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


def _standings(index: Index, found: Standings) -> list[RegionStanding]:
    """Put the standings into words; each product is looked up once, however often it is urgent."""
    products = {
        each: product_ref(index, each)
        for each in np.unique(found.urgent[found.urgent >= 0]).tolist()
    }
    return [
        RegionStanding(
            region=region_ref(index, region),
            level=index.regions.levels[region],
            enterprises=enterprises,
            products=looked_at,
            counts=dict(zip(_STATUSES, counts, strict=True)),
            kinds=dict(zip(_KINDS, kinds, strict=True)),
            breaks=breaks,
            urgent=[
                UrgentGap(
                    product=products[product], status=_STATUSES[status], priority=number(priority)
                )
                for product, status, priority in zip(*urgent, strict=True)
                if product >= 0
            ],
        )
        for region, enterprises, looked_at, counts, kinds, breaks, *urgent in zip(
            *(getattr(found, each.name).tolist() for each in fields(Standings)), strict=True
        )
    ]
