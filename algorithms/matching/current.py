"""Ids as they are now: an enterprise's changes once its credit code is known."""

from __future__ import annotations

from collections.abc import Sequence

from ..index import Index


def current_ids(index: Index, ids: Sequence[str]) -> dict[str, str]:
    """Return what enterprises that had one of these ids have now; others are left out."""
    found = index.snapshot.table(
        'SELECT f.former, f.id FROM (SELECT id, unnest(former_ids) AS former FROM "Enterprise" '
        "WHERE list_has_any(former_ids, $ids::VARCHAR[])) AS f "
        "WHERE list_contains($ids::VARCHAR[], f.former)",
        {"ids": [*ids]},
    ).to_pylist()
    return {row["former"]: row["id"] for row in found}
