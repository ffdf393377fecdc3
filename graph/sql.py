"""Small helpers over a DuckDB connection: a result is always read to its end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

Values = dict[str, Any]


def rows(
    connection: duckdb.DuckDBPyConnection, sql: str, values: Values | None = None
) -> list[tuple[Any, ...]]:
    """Run a statement and return all its rows."""
    return connection.execute(sql, values).fetchall()


def first(connection: duckdb.DuckDBPyConnection, sql: str, values: Values | None = None) -> Any:
    """Run a statement and return the first value of its first row, None where there is no row."""
    found = rows(connection, sql, values)
    return found[0][0] if found else None


def literal(path: Path) -> str:
    """Return a path as an SQL string literal."""
    return "'" + str(path).replace("'", "''") + "'"
