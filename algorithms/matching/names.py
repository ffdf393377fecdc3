"""The names of a snapshot's enterprises or products, ready to be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..index import Index

if TYPE_CHECKING:
    from ...ingest.resolve.index import NameIndex

_NAMES = {
    "Enterprise": 'SELECT id, name FROM "Enterprise" WHERE name IS NOT NULL',
    "Product": 'SELECT id, unnest(list_append(coalesce(aliases, []), name)) AS name FROM "Product"',
}


def names_of(index: Index, label: str) -> NameIndex:
    """Return the names of a label, with the keys they stand for.

    Building it takes about ten seconds a million names: done when first asked for.
    """
    return index.remember(("names", label), lambda: _names_of(index, label))


def _names_of(index: Index, label: str) -> NameIndex:
    from ...ingest.resolve.index import NameIndex

    found = index.snapshot.table(_NAMES[label])
    return NameIndex(found.column("name").to_pylist(), found.column("id").to_pylist())
