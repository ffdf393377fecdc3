"""What the store knows already, as the import looks at it."""

from __future__ import annotations

from typing import Protocol

import pyarrow as pa

from ..graph.arrow_compute import pc
from ..graph.schema import FACT, SCHEMA
from ..graph.store import Store


class Known(Protocol):
    """The current rows of each type."""

    def table(self, name: str) -> pa.Table:
        """Return the current rows of a type, with all its columns and those of every fact."""
        ...


class StoreKnown:
    """The current rows of a store, read once each.

    Valid until something is written: make a new one for each import.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tables: dict[str, pa.Table] = {}

    def table(self, name: str) -> pa.Table:
        """Return the current rows of a type."""
        if name not in self._tables:
            rows = self._store.scan(name).read_all()
            self._tables[name] = rows.filter(pc.is_null(rows["retired"]))
        return self._tables[name]


class NothingKnown:
    """An empty graph."""

    def table(self, name: str) -> pa.Table:
        """Return the type's columns without any row."""
        columns = (*SCHEMA.by_name[name].columns, *FACT)
        return pa.schema([(each.name, each.kind.arrow) for each in columns]).empty_table()
