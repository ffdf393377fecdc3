"""Whom a chain map names: the leading makers here, and the best targets of what is a gap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...settings import Settings
from ..answers.common import region_ref
from ..gaps import GAPS, Assessment
from ..index import Index, Ints
from ..targets import find_targets
from .models import NamedFirm


@dataclass(frozen=True)
class Named:
    """Firms by the number of the product that they are named for, the foremost first."""

    leaders: dict[int, list[NamedFirm]]
    targets: dict[int, list[NamedFirm]]


NOBODY = Named({}, {})


def firms_of(
    index: Index, standing: Assessment, products: Ints, settings: Settings, most: int
) -> Named:
    """Return up to `most` leading makers here of each product, and targets where it is a gap."""
    leaders = {int(each): _leaders(index, standing, int(each), most) for each in products}
    targets = {
        int(each): _targets(index, standing, int(each), settings, most)
        for each in products
        if standing.verdict.status[int(each)] in GAPS
    }
    cards = _cards(index, [*leaders.values(), *targets.values()])
    return Named(_named(leaders, cards), _named(targets, cards))


def _leaders(index: Index, standing: Assessment, product: int, most: int) -> list[int]:
    """The largest output first; titles speak where outputs are not known."""
    rows = standing.figures.rows
    here = rows.product == product
    firm, output = rows.firm[here], np.nan_to_num(rows.output[here])
    titles, national = index.firms.titles[firm], index.firms.national[firm]
    order = np.lexsort((firm, -titles, -national, -output))
    return [int(each) for each in firm[order][:most]]


def _targets(
    index: Index, standing: Assessment, product: int, settings: Settings, most: int
) -> list[int]:
    found = find_targets(index, standing.scope, product, settings)
    return [int(each) for each in found.candidates.firm[:most]]


def _named(wanted: dict[int, list[int]], cards: dict[int, NamedFirm]) -> dict[int, list[NamedFirm]]:
    return {product: [cards[each] for each in firms] for product, firms in wanted.items()}


def _cards(index: Index, wanted: list[list[int]]) -> dict[int, NamedFirm]:
    firms = sorted({each for firms in wanted for each in firms})
    ids = [index.firms.ids[each] for each in firms]
    rows = index.snapshot.table(
        'SELECT id, name, short_name FROM "Enterprise" WHERE list_contains($ids, id)',
        {"ids": ids},
    ).to_pylist()
    names = {row["id"]: (row["name"] or row["id"], row["short_name"]) for row in rows}
    return {
        firm: _card(index, firm, key, *names[key]) for firm, key in zip(firms, ids, strict=True)
    }


def _card(index: Index, firm: int, key: str, name: str, short: str | None) -> NamedFirm:
    home = int(index.firms.home[firm])
    place = region_ref(index, _city(index, home)) if home >= 0 else None
    return NamedFirm(id=key, name=name, short_name=short, place=place)


def _city(index: Index, region: int) -> int:
    """The city that a region lies in, or the province that is one; else the region itself."""
    around = (region, *index.regions.ancestors(region))
    levels = {index.regions.levels[each]: each for each in reversed(around)}
    return levels.get("city", levels.get("province", region))
