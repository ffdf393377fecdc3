"""Enterprises as a list, and those that may be meant by a name that nobody has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..answers.common import snapshot_answer
from ..answers.models import Ref
from ..index import Index
from ..lookup import find, find_region
from ..matching.names import names_of
from .listing import Page, page_of
from .models import EnterpriseRow, EnterprisesAnswer, Suggestion

KEYS = {"revenue": "revenue", "name": "name", "rank": "rank", "id": "id"}
SUGGESTIONS = 5
"""How many suggestions are given at the most."""
REASONS = 3

_RANK = """CASE WHEN e.id = $q OR e.code = $q OR e.name = $q THEN 0
WHEN e.short_name = $q OR list_contains(e.aliases, $q) OR list_contains(e.former_ids, $q) THEN 1
WHEN contains(e.name, $q) OR contains(e.short_name, $q) THEN 2 END"""


@dataclass(frozen=True)
class EnterpriseFilter:
    """Which enterprises are wanted; what is None does not matter."""

    q: str | None = None
    """A code, or a part of a name."""
    region: str | None = None
    """Its seat lies in this region."""
    product: str | None = None
    """It makes this product, or a kind of it."""
    title: str | None = None
    """It holds the title of this code or name."""
    status: str | None = None


def enterprises_answer(index: Index, wanted: EnterpriseFilter, page: Page) -> EnterprisesAnswer:
    """Return the enterprises that a filter asks for, exact names first.

    Raises
    ------
    NotKnownError
        There is no such region or product.
    """
    sql, values = _query(index, wanted)
    total, rows = page_of(index, sql, values, _ranked(page, wanted), KEYS)
    near = wanted.q if wanted.q and not total else None
    return EnterprisesAnswer(
        snapshot=snapshot_answer(index.snapshot),
        total=total,
        enterprises=[_row(row) for row in rows],
        suggestions=similar_names(index, [near], SUGGESTIONS)[0] if near else [],
    )


def similar_names(index: Index, names: Sequence[str], limit: int) -> list[list[Suggestion]]:
    """Return for each name the enterprises with the most similar names, the best first."""
    return [
        [
            Suggestion(
                enterprise=Ref(id=each.key, name=each.name),
                score=each.score,
                why=[str(r.label) for r in sorted(each.reasons, key=lambda r: -r.weight)[:REASONS]],
            )
            for each in found
        ]
        for found in names_of(index, "Enterprise").search_many(list(names), limit)
    ]


def _query(index: Index, wanted: EnterpriseFilter) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {
        name: value for name, value in asdict(wanted).items() if value is not None
    }
    conditions = ["true"]
    rank = _RANK if wanted.q else "0"
    if wanted.q:
        conditions.append(f"({_RANK}) IS NOT NULL")
    if wanted.region:
        region = find_region(index, wanted.region)
        values["region"], values["last"] = region, int(index.regions.last[region])
        conditions.append("t.first BETWEEN $region AND $last")
    if wanted.product:
        values["product"] = find(index, "Product", wanted.product).key
        conditions.append("e.id IN (SELECT enterprise FROM maker WHERE product = $product)")
    if wanted.title:
        conditions.append(
            'e.id IN (SELECT h.start FROM "HOLDS" AS h JOIN "Title" AS o ON o.code = h."end" '
            "WHERE o.code = $title OR o.name = $title OR list_contains(o.aliases, $title))"
        )
    if wanted.status:
        conditions.append("coalesce(e.status, 'active') = $status")
    return (
        "SELECT e.id, e.name, e.short_name, coalesce(e.status, 'active') AS status, e.revenue, "
        f'h."end" AS home, r.name AS home_name, {rank} AS rank FROM "Enterprise" AS e '
        'LEFT JOIN "LOCATED_IN" AS h ON h.start = e.id '
        'LEFT JOIN "Region" AS r ON r.code = h."end" '
        'LEFT JOIN region_tree AS t ON t.region = h."end" '
        f"WHERE {' AND '.join(conditions)}"
    ), values


def _ranked(page: Page, wanted: EnterpriseFilter) -> Page:
    """Exact names come first where a name is looked for and no order is asked for."""
    return Page(page.limit, page.offset, page.order or ((("rank", False),) if wanted.q else ()))


def _row(row: dict[str, Any]) -> EnterpriseRow:
    home = Ref(id=row["home"], name=row["home_name"] or row["home"]) if row["home"] else None
    own = ("id", "short_name", "status", "revenue")
    name = row["name"] or row["id"]
    return EnterpriseRow(name=name, home=home, **{each: row[each] for each in own})
