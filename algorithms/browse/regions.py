"""Regions as a list."""

from __future__ import annotations

from typing import Any

from ..answers.common import snapshot_answer
from ..answers.models import Ref
from ..index import Index
from ..lookup import find_region
from .listing import Page, page_of
from .models import RegionRow, RegionsAnswer

KEYS = {"name": "name", "level": "depth", "id": "id"}

_SQL = """
SELECT r.code AS id, r.name, t.level, t.depth, t.first, t.last, t.parent,
    p.name AS parent_name, r.longitude, r.latitude
FROM region_tree AS t
JOIN "Region" AS r ON r.code = t.region
LEFT JOIN "Region" AS p ON p.code = t.parent
WHERE ($q IS NULL OR r.code = $q OR contains(r.name, $q)
       OR list_bool_or(list_transform(r.aliases, lambda a: contains(a, $q))))
  AND ($level IS NULL OR t.level = $level)
  AND t.first BETWEEN $first AND $last
"""


def regions_answer(
    index: Index, q: str | None, within: str | None, level: str | None, page: Page
) -> RegionsAnswer:
    """Return the regions, or those with a text in their name, within another, or of a level.

    Raises
    ------
    NotKnownError
        There is no region called `within`.
    """
    around = find_region(index, within) if within else None
    values: dict[str, Any] = {
        "q": q,
        "level": level,
        "first": 0 if around is None else around,
        "last": len(index.regions) if around is None else int(index.regions.last[around]),
    }
    total, rows = page_of(index, _SQL, values, page, KEYS)
    return RegionsAnswer(
        snapshot=snapshot_answer(index.snapshot),
        total=total,
        regions=[_row(index, row) for row in rows],
    )


def _row(index: Index, row: dict[str, Any]) -> RegionRow:
    parent = Ref(id=row["parent"], name=row["parent_name"]) if row["parent"] else None
    own = ("id", "name", "level", "longitude", "latitude")
    firms = len(index.within(row["first"]))
    return RegionRow(within=parent, enterprises=firms, **{name: row[name] for name in own})
