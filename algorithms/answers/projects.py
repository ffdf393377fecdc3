"""Projects whose stage has changed: what became of those who were called."""

from __future__ import annotations

from typing import Any

from ..index import Index
from ..scope import Scope
from .models import ProjectChange, Ref

_PROJECTS = """
SELECT p.id, p.name, p.stage, p.description, u.start AS enterprise, e.name AS enterprise_name,
    l."end" AS region, r.name AS region_name, f."end" AS product, o.name AS product_name
FROM "Project" AS p
JOIN "LANDED_IN" AS l ON l.start = p.id
JOIN "Region" AS r ON r.code = l."end"
JOIN region_tree AS t ON t.region = l."end"
LEFT JOIN "UNDERTAKES" AS u ON u."end" = p.id
LEFT JOIN "Enterprise" AS e ON e.id = u.start
LEFT JOIN "FILLS" AS f ON f.start = p.id
LEFT JOIN "Product" AS o ON o.id = f."end"
WHERE t.first BETWEEN $first AND $last
ORDER BY p.id, product, enterprise
"""


def project_changes(before: Index, after: Index, scope: Scope) -> list[ProjectChange]:
    """Return the projects of a scope's region that are new or have come to another stage."""
    if scope.region < 0:
        return []
    code = after.regions.codes[scope.region]
    was = {row["id"]: row["stage"] for row in _projects(before, code)}
    return [
        _change(row, was.get(row["id"]))
        for row in _projects(after, code)
        if row["id"] not in was or was[row["id"]] != row["stage"]
    ]


def _projects(index: Index, code: str) -> list[dict[str, Any]]:
    region = index.regions.codes.number(code)
    if region < 0:
        return []
    values = {"first": region, "last": int(index.regions.last[region])}
    rows: list[dict[str, Any]] = index.snapshot.table(_PROJECTS, values).to_pylist()
    return rows


def _change(row: dict[str, Any], before: str | None) -> ProjectChange:
    return ProjectChange(
        project=Ref(id=row["id"], name=row["name"] or row["id"]),
        enterprise=_ref(row, "enterprise"),
        region=_ref(row, "region"),
        product=_ref(row, "product"),
        before=before,
        after=row["stage"],
        description=row["description"],
    )


def _ref(row: dict[str, Any], name: str) -> Ref | None:
    return Ref(id=row[name], name=row[f"{name}_name"] or row[name]) if row[name] else None
