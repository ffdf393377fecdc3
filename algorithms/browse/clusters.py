"""Clusters as a list."""

from __future__ import annotations

from typing import Any

from ..answers.common import snapshot_answer
from ..answers.models import Ref
from ..index import Index
from ..lookup import find_region
from .listing import Page, page_of
from .models import ClusterRow, ClustersAnswer

KEYS = {"members": "members", "name": "name", "id": "id"}

_SQL = """
SELECT k.id, k.name, coalesce(k.aliases, []) AS aliases, k.level, a."end" AS region,
    r.name AS region_name,
    (SELECT coalesce(list({'id': c.id, 'name': c.name} ORDER BY c.id), [])
     FROM "FOCUSES_ON" AS f JOIN "Chain" AS c ON c.id = f."end" WHERE f.start = k.id) AS chains,
    (SELECT count(*) FROM "MEMBER_OF" AS m WHERE m."end" = k.id) AS members
FROM "Cluster" AS k
LEFT JOIN "ANCHORED_IN" AS a ON a.start = k.id
LEFT JOIN "Region" AS r ON r.code = a."end"
LEFT JOIN region_tree AS t ON t.region = a."end"
WHERE ($q IS NULL OR k.id = $q OR contains(k.name, $q)
       OR list_bool_or(list_transform(k.aliases, lambda x: contains(x, $q))))
  AND ($first < 0 OR t.first BETWEEN $first AND $last)
"""


def clusters_answer(index: Index, q: str | None, region: str | None, page: Page) -> ClustersAnswer:
    """Return the clusters, or those with a text in their name, or in a region.

    Raises
    ------
    NotKnownError
        There is no such region.
    """
    around = find_region(index, region) if region else -1
    last = int(index.regions.last[around]) if around >= 0 else -1
    total, rows = page_of(index, _SQL, {"q": q, "first": around, "last": last}, page, KEYS)
    return ClustersAnswer(
        snapshot=snapshot_answer(index.snapshot), total=total, clusters=[_row(row) for row in rows]
    )


def _row(row: dict[str, Any]) -> ClusterRow:
    region = Ref(id=row["region"], name=row["region_name"] or "") if row["region"] else None
    own = ("id", "name", "aliases", "level", "members")
    chains = [Ref(**each) for each in row["chains"] or []]
    return ClusterRow(region=region, chains=chains, **{name: row[name] for name in own})
