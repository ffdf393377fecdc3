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
        columns = [f"{quoted(each.name)} {each.kind.duckdb}" for each in all_columns(kind)]
        if kind.name not in tables:
            connection.execute(f"CREATE TABLE {quoted(kind.name)} ({', '.join(columns)})")
            continue
        for each, ddl in zip(all_columns(kind), columns, strict=True):
            if (kind.name, each.name) not in there:
                connection.execute(f"ALTER TABLE {quoted(kind.name)} ADD COLUMN {ddl}")
