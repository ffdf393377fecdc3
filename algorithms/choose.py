"""Choosing among gaps: filters and orders over an assessment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .action import Action
from .gaps import GAPS, Assessment, Kind
from .index import Floats, Index, Ints
from .status import Status

ORDERS = ("priority", "need", "users", "certainty", "tier", "product")
"""What gaps may be sorted by."""


@dataclass(frozen=True)
class GapFilter:
    """Which gaps are wanted; an empty choice takes all."""

    statuses: tuple[Status, ...] = ()
    """Where none is named: weak, missing and unknown."""
    kinds: tuple[Kind, ...] = ()
    actions: tuple[Action, ...] = ()
    """One of them is the main action."""
    min_priority: float | None = None
    order: tuple[tuple[str, bool], ...] = ()
    """(one of `ORDERS`, falling); by falling priority where none is named."""

    @property
    def looked_for(self) -> tuple[Status, ...]:
        """The statuses that are looked for."""
        return self.statuses or GAPS


def choose(index: Index, found: Assessment, wanted: GapFilter) -> Ints:
    """Return the positions of the wanted gaps in an assessment, in the wanted order."""
    keep = np.ones(len(found), dtype=bool)
    if wanted.kinds:
        keep &= np.any([found.kinds[kind] for kind in wanted.kinds], axis=0)
    if wanted.actions:
        keep &= found.main_action.is_in(*wanted.actions)
    if wanted.min_priority is not None:
        keep &= np.nan_to_num(found.score) >= wanted.min_priority
    chosen = np.flatnonzero(keep)
    for name, falls in reversed(wanted.order):
        figures = _figures(index, found, name)[chosen]
        chosen = chosen[np.argsort(-figures if falls else figures, kind="stable")]
    return chosen


def _figures(index: Index, found: Assessment, name: str) -> Floats:
    """What is sorted by; NaN, which comes last either way, where it is not known."""
    by_name = {
        "priority": found.score,
        "need": found.figures.need[found.product],
        "users": found.figures.users[found.product],
        "certainty": found.certainty,
        "tier": _tiers(found),
        "product": np.argsort(np.argsort(np.array(index.products.names)))[found.product],
    }
    return np.asarray(by_name[name], dtype=np.float64)


def _tiers(found: Assessment) -> Floats:
    tiers = np.full(len(found), np.nan)
    if found.chain:
        pairs = zip(found.chain.product.tolist(), found.chain.tier, strict=True)
        tier_of = {product: tier for product, tier in pairs if tier is not None}
        tiers = np.array([tier_of.get(each, np.nan) for each in found.product.tolist()], float)
    return tiers
