"""Hints: what else is known of the one that is looked for, and how far it speaks for a candidate.

A hint that agrees takes a part of what the score lacks away; one that contradicts cuts it down.
What the graph does not know speaks neither for nor against: unknown is not different.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...errors import NotKnownError
from ..index import Index
from ..lookup import find, find_region

_WORDS = {
    "code": 'SELECT id, list_has_any([code, id], $values) AS agrees FROM "Enterprise" '
    "WHERE list_contains($ids, id) AND code IS NOT NULL",
    "region": 'SELECT h.start AS id, t.first BETWEEN $low AND $high AS agrees FROM "LOCATED_IN" '
    'AS h JOIN region_tree AS t ON t.region = h."end" WHERE list_contains($ids, h.start)',
    "products": "SELECT enterprise AS id, true AS agrees FROM maker "
    "WHERE list_contains($ids, enterprise) AND list_contains($products, product)",
    "website": 'SELECT id, list_contains($values, website) AS agrees FROM "Enterprise" '
    "WHERE list_contains($ids, id) AND website IS NOT NULL",
}


@dataclass(frozen=True)
class Weight:
    """How much a hint counts: what is lacking is cut to `lacks`, the score to `differs`."""

    lacks: float
    differs: float


WEIGHTS = {
    "code": Weight(0.0, 0.3),
    "region": Weight(0.8, 0.6),
    "products": Weight(0.8, 1.0),
    "website": Weight(0.5, 1.0),
}
"""The hints that are understood; others are left aside."""


@dataclass(frozen=True)
class Hint:
    """An attribute and the values given for it."""

    name: str
    values: tuple[str, ...]


def agreeing(index: Index, hint: Hint, ids: list[str]) -> dict[str, bool]:
    """Return for enterprises whether a hint agrees; those of whom nothing is known are left out."""
    values = _bound(index, hint, ids)
    if values is None:
        return {}
    found = index.snapshot.table(_WORDS[hint.name], values).to_pylist()
    return {
        key: any(row["agrees"] for row in found if row["id"] == key)
        for key in {row["id"] for row in found}
    }


def weighed(score: float, name: str, *, agrees: bool) -> float:
    """Return a score after a hint."""
    weight = WEIGHTS[name]
    return 1 - (1 - score) * weight.lacks if agrees else score * weight.differs


def _bound(index: Index, hint: Hint, ids: list[str]) -> dict[str, Any] | None:
    """Return what the query wants; None where the graph does not know what the hint names."""
    if hint.name in ("code", "website"):
        return {"ids": ids, "values": list(hint.values)}
    try:
        if hint.name == "region":
            region = find_region(index, hint.values[0])
            return {"ids": ids, "low": region, "high": int(index.regions.last[region])}
        products = [find(index, "Product", each).key for each in hint.values]
        return {"ids": ids, "products": products}
    except NotKnownError:
        return None
