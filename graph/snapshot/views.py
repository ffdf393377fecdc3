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
    """A structural fact holds back in time: its first statement counts before its day too.

    A version that was corrected for its own day never was in force.
    """
    not_over = f"(until IS NULL OR until > DATE '{day}')"
    keys = ", ".join(f'"{name}"' for name in kind.identity)
    if kind.structural:
        return (
            f"WHERE {not_over} AND (until IS NULL OR until > as_of) QUALIFY as_of <= DATE '{day}' "
            f"OR as_of = min(as_of) OVER (PARTITION BY {keys})"
        )
    if kind.starts is None:
        return f"WHERE as_of <= DATE '{day}' AND {not_over}"
    return (
        f"WHERE coalesce(\"{kind.starts}\", as_of) <= DATE '{day}' AND {not_over} "
        f"QUALIFY row_number() OVER (PARTITION BY {keys} "
        f"ORDER BY as_of DESC, confidence DESC, batch DESC) = 1"
    )
