"""Facts in force: for every type a view of the rows that hold on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from ..schema import SCHEMA, NodeType, RelationType
from ..sql import literal


def facts_path(folder: Path, name: str) -> Path:
    """Return where a snapshot keeps the facts of a type."""
    return folder / "facts" / f"{name}.parquet"


def create_views(
    connection: duckdb.DuckDBPyConnection, folder: Path, published: date, as_of: date | None
) -> None:
    """Create a view of each type's facts in force: now, or on the day `as_of`."""
    for kind in SCHEMA.types:
        rule = _in_force_now(published) if as_of is None else _in_force(kind, as_of)
        path = literal(facts_path(folder, kind.name))
        connection.execute(
            f'CREATE VIEW "{kind.name}" AS SELECT * FROM read_parquet({path}) {rule}'
        )


def _in_force_now(published: date) -> str:
    return f"WHERE retired IS NULL AND (until IS NULL OR until > DATE '{published}')"


def _in_force(kind: NodeType | RelationType, day: date) -> str:
    """A structural fact holds back in time: its first statement counts before its day too."""
    not_over = f"(until IS NULL OR until > DATE '{day}')"
    if not kind.structural:
        begun = f'coalesce("{kind.starts}", as_of)' if kind.starts else "as_of"
        return f"WHERE {begun} <= DATE '{day}' AND {not_over}"
    keys = ", ".join(f'"{name}"' for name in kind.identity)
    return (
        f"WHERE {not_over} QUALIFY as_of <= DATE '{day}' "
        f"OR as_of = min(as_of) OVER (PARTITION BY {keys})"
    )
