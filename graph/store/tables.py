"""The embedded tables, derived from the schema."""

from __future__ import annotations

import duckdb

from ..schema import FACT, SCHEMA, NodeType, Property, RelationType
from ..sql import rows

LEDGER = "lianpu_batch"
_LEDGER_DDL = f"""
CREATE TABLE IF NOT EXISTS {LEDGER} (
    number BIGINT PRIMARY KEY, label VARCHAR, written TIMESTAMP, touched JSON
)"""


def quoted(name: str) -> str:
    """Return a name of the schema as an SQL identifier."""
    return f'"{name}"'


def all_columns(kind: NodeType | RelationType) -> tuple[Property, ...]:
    """Return the columns of a type's table: its own and what every fact carries."""
    return (*kind.columns, *FACT)


def bring_up_to_date(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables that are missing and add the columns that are missing."""
    connection.execute(_LEDGER_DDL)
    sql = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
    there = set(rows(connection, sql))
    tables = {table for table, _ in there}
    for kind in SCHEMA.types:
        if kind.name not in tables:
            create_table(connection, kind)
            continue
        for each in all_columns(kind):
            if (kind.name, each.name) not in there:
                table = quoted(kind.name)
                connection.execute(f"ALTER TABLE {table} ADD COLUMN {_declared(each)}")


def create_table(connection: duckdb.DuckDBPyConnection, kind: NodeType | RelationType) -> None:
    """Create the table of a type."""
    columns = ", ".join(map(_declared, all_columns(kind)))
    connection.execute(f"CREATE TABLE {quoted(kind.name)} ({columns})")


def _declared(column: Property) -> str:
    return f"{quoted(column.name)} {column.kind.duckdb}"
