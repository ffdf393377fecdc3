"""Targets turned round: which regions need what an enterprise makes."""

from __future__ import annotations

import numpy as np

from ...settings import Settings
from ..answers.common import number, product_ref, region_ref, snapshot_answer, term
from ..answers.models import Ref
from ..gaps import GAPS, Assessment, assess
from ..index import Index
from ..levels import at_level, count_makers
from ..lookup import Named
from ..scope import region_scope
from .listing import Page
from .models import Opening, OpeningsAnswer

LOOKED_AT = 60
"""How many pairs of region and product are assessed: those with the most users."""


def openings_answer(
    index: Index, who: Named, level: str, settings: Settings, page: Page
) -> OpeningsAnswer:
    """Return the regions of a level where what an enterprise makes is missing, unknown or weak.

    Regions that it is in already are left out. Of the pairs of region and product with users, the
    `LOOKED_AT` with the most are assessed; they are given by falling priority.
    """
    found = [
        _opening(index, region, standing)
        for region, product in _pairs(index, who, level)
        if len(standing := _standing(index, region, product, settings))
    ]
    found.sort(key=lambda each: (-(each.priority or 0), each.region.id, each.product.id))
    return OpeningsAnswer(
        enterprise=Ref(id=who.key, name=who.name),
        level=level,
        snapshot=snapshot_answer(index.snapshot),
        total=len(found),
        openings=found[page.offset : page.offset + page.limit],
    )


def _pairs(index: Index, who: Named, level: str) -> list[tuple[int, int]]:
    firm = index.firms.ids.number(who.key)
    if firm < 0:
        return []
    sites = index.firms.site_region[index.firms.site_firm == firm]
    there = set(at_level(index, level)[sites].tolist())
    counted = [
        (users, region, product)
        for product in index.making.by_firm.of(np.array([firm])).tolist()
        for region, users in _users(index, product, level).items()
        if region not in there
    ]
    counted.sort(key=lambda each: (-each[0], each[1], each[2]))
    return [(region, product) for _, region, product in counted[:LOOKED_AT]]


def _users(index: Index, product: int, level: str) -> dict[int, int]:
    return count_makers(index, index.used_in.of(np.array([product])), level)


def _standing(index: Index, region: int, product: int, settings: Settings) -> Assessment:
    return assess(index, region_scope(index, region), settings, statuses=GAPS, only=product)


def _opening(index: Index, region: int, standing: Assessment) -> Opening:
    product = int(standing.product[0])
    return Opening(
        region=region_ref(index, region),
        product=product_ref(index, product),
        status=term(standing.verdict.status[product]),
        kinds=[term(kind) for kind, holds in standing.kinds.items() if holds[0]],
        is_break=bool(standing.is_break[0]),
        priority=number(standing.score[0]),
        users=int(standing.figures.users[product]),
        makers=int(standing.figures.makers[product]),
        need=number(standing.figures.need[product]),
    )
