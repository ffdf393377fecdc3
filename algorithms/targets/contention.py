"""Contention: the other regions that have the same gap and pull harder."""

from __future__ import annotations

import numpy as np

from ..index import Index, Ints
from ..scope import Scope


def rivals(index: Index, scope: Scope, product: int) -> Ints:
    """Return the regions of the scope's level without a maker of a product and with more users.

    Users stand for pull, since the need in money is known for few regions. For a cluster, the
    regions of the level of its own region are looked at.
    """
    if scope.region < 0:
        return np.empty(0, dtype=np.int64)
    makers = _by_region(index, scope, index.by_product.of(np.array([product])))
    users = _by_region(index, scope, _users_of(index, product))
    own = users.get(scope.region, 0)
    found = [r for r, n in users.items() if n > own and r not in makers and r != scope.region]
    return np.array(sorted(found, key=lambda each: -users[each]), dtype=np.int64)


def _users_of(index: Index, product: int) -> Ints:
    return np.unique(index.by_product.of(index.used_in.of(np.array([product]))))


def _by_region(index: Index, scope: Scope, firms: Ints) -> dict[int, int]:
    """Count enterprises by the region of the scope's level that their home lies in."""
    around = _around(index, index.regions.levels[scope.region])
    homes = index.firms.home[firms]
    regions, counts = np.unique(around[homes[homes >= 0]], return_counts=True)
    return {int(r): int(n) for r, n in zip(regions, counts, strict=True) if r >= 0}


def _around(index: Index, level: str) -> Ints:
    """For each region the one of that level that it is or lies in; -1 where there is none."""

    def work_out() -> Ints:
        found = np.full(len(index.regions), -1, dtype=np.int64)
        for region, its_level in enumerate(index.regions.levels):
            if its_level == level:
                found[region : int(index.regions.last[region]) + 1] = region
        return found

    return index.remember(("around", level), work_out)
