"""Where enterprises have their seat, level by level."""

from __future__ import annotations

from collections.abc import Sequence

from ..index import Index


def seats(index: Index, ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return by enterprise the names of the regions that its seat lies in, by their level."""
    found = index.snapshot.table(
        'SELECT h.start AS id, t.first AS region FROM "LOCATED_IN" AS h '
        'JOIN region_tree AS t ON t.region = h."end" WHERE list_contains($ids::VARCHAR[], h.start)',
        {"ids": [*ids]},
    ).to_pylist()
    return {row["id"]: _levels(index, row["region"]) for row in found}


def _levels(index: Index, region: int) -> dict[str, str]:
    around = [*reversed(index.regions.ancestors(region)), region]
    return {index.regions.levels[each]: index.regions.names[each] for each in around}
