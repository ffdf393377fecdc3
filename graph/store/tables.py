"""The embedded tables, derived from the schema."""

from __future__ import annotations

import duckdb

from ..schema import FACT, SCHEMA, NodeType, Property, RelationType

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
    for kind in SCHEMA.types:
        columns = all_columns(kind)
        ddl = ", ".join(f"{quoted(each.name)} {each.kind.duckdb}" for each in columns)
        connection.execute(f"CREATE TABLE IF NOT EXISTS {quoted(kind.name)} ({ddl})")
        for each in columns:
            connection.execute(
                f"ALTER TABLE {quoted(kind.name)} "
                f"ADD COLUMN IF NOT EXISTS {quoted(each.name)} {each.kind.duckdb}"
            )
