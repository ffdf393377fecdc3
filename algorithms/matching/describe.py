"""What tells an enterprise or product from others of a similar name."""

from __future__ import annotations

from typing import Any

from ...graph.schema import SCHEMA
from ..index import Index

_FIRMS = (
    "SELECT e.id, e.name, e.code, coalesce(e.status, 'active') AS status, r.name AS home "
    'FROM "Enterprise" AS e LEFT JOIN "LOCATED_IN" AS h ON h.start = e.id '
    'LEFT JOIN "Region" AS r ON r.code = h."end" WHERE list_contains($ids, e.id)'
)
_PRODUCTS = (
    'SELECT id, name, kind, coalesce(aliases, []) AS aliases FROM "Product" '
    "WHERE list_contains($ids, id)"
)


def described(
    index: Index, wanted: list[tuple[str, str]]
) -> dict[tuple[str, str], tuple[str, str]]:
    """Return name and description of each (label, id)."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for label, sql, words in (
        ("Enterprise", _FIRMS, _firm_words),
        ("Product", _PRODUCTS, _product_words),
    ):
        ids = [key for each, key in wanted if each == label]
        for row in index.snapshot.table(sql, {"ids": ids}).to_pylist() if ids else ():
            text = " · ".join(each for each in words(row) if each)
            found[label, row["id"]] = (row["name"] or row["id"], text)
    return found


def said(label: str, name: str, value: Any) -> Any:
    """Return a value as people read it: that of a choice in the language in force."""
    (column,) = (each for each in SCHEMA.node(label).columns if each.name == name)
    words = {choice.value: str(choice.text) for choice in column.choices}
    return words.get(value, value) if isinstance(value, str) else value


def _firm_words(row: dict[str, Any]) -> list[str | None]:
    return [row["home"], row["code"], said("Enterprise", "status", row["status"])]


def _product_words(row: dict[str, Any]) -> list[str | None]:
    return [said("Product", "kind", row["kind"]), "、".join(row["aliases"])]
