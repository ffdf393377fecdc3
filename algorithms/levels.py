"""Regions by level: for each region the city, province or country that it is or lies in."""

from __future__ import annotations

import numpy as np

from .index import Index, Ints


def at_level(index: Index, level: str) -> Ints:
    """Return for each region the one of `level` that it is or lies in; -1 where there is none."""

    def work_out() -> Ints:
        found = np.full(len(index.regions), -1, dtype=np.int64)
        for region, its_level in enumerate(index.regions.levels):
            if its_level == level:
                found[region : int(index.regions.last[region]) + 1] = region
        return found

    return index.remember(("at level", level), work_out)


def count_homes(index: Index, firms: Ints, level: str) -> dict[int, int]:
    """Count enterprises by the region of `level` that their home lies in."""
    homes = index.firms.home[firms]
    regions, counts = np.unique(at_level(index, level)[homes[homes >= 0]], return_counts=True)
    return {int(r): int(n) for r, n in zip(regions, counts, strict=True) if r >= 0}
