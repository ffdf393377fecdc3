"""Small helpers over a DuckDB connection: a result is always read to its end."""

from __future__ import annotations

from collections.abc import Iterable
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


def literal(text: Path | str) -> str:
    """Return a path or a text as an SQL string literal."""
    return "'" + str(text).replace("'", "''") + "'"


def one_of(column: str, values: Iterable[str]) -> str:
    """Return the condition that a column has one of some values.

    They stand in it as literals: by what a file says of its parts DuckDB then leaves out those that
    can have none of them, which it does not for a list that is a parameter.
    """
    listed = ", ".join(literal(each) for each in sorted(set(values)))
    return f"{column} IN ({listed})" if listed else "false"
