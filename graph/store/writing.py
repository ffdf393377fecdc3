"""Writing a batch into the tables of a connection: the one place where the merge is carried out.

The embedded store writes into its file this way. A store elsewhere brings the rows that a batch
touches into tables of the same kind, writes there, and carries over what differs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from ..ahead import one_ahead
from ..schema import SCHEMA, STATED, NodeType, RelationType
from ..sql import first, literal, rows
from . import merge
from .ordering import in_order
from .protocol import Batch, Counts
from .rekey import apply_rekeys
from .staging import (
    check,
    check_columns,
    check_ended,
    check_references,
    conform,
    tidied,
    type_named,
)
from .tables import all_columns, quoted
from .versions import lay_sql, order_of

Type = NodeType | RelationType


def write_batch(
    connection: duckdb.DuckDBPyConnection, batch: Batch, number: int
) -> tuple[dict[str, Counts], frozenset[str]]:
    """Write a batch under its number; return what it did by type, and the types that changed.

    The caller holds the transaction.

    Raises
    ------
    BadInputError
        See `Store.upsert`.
    """
    names = set(apply_rekeys(connection, batch.rekeys, number))
    stated = _nodes_first([(type_named(name), table) for name, table in batch.tables.items()])
    counts = {
        ready.kind.name: _merge(connection, ready, number) for ready in one_ahead(_ready, stated)
    }
    for name, ended in batch.ended.items():
        retired = _end(connection, type_named(name), ended, number)
        counts[name] = _sum(counts.get(name, Counts()), Counts(retired=retired))
    names |= {name for name, each in counts.items() if each.changed}
    return counts, frozenset(names)


def export_table(connection: duckdb.DuckDBPyConnection, kind: Type, path: Path) -> int:
    """Write all rows of a type, ordered by identity, to a Parquet file; return their number."""
    columns = ", ".join(quoted(each.name) for each in all_columns(kind))
    query = f"SELECT {columns} FROM {quoted(kind.name)} ORDER BY {order_of(kind)}"
    return int(first(connection, f"COPY ({query}) TO {literal(path)} (FORMAT parquet)"))


@dataclass(frozen=True)
class _Ready:
    """Rows of a type as they were stated, and in order; `repeats` where one identity is twice."""

    kind: Type
    stated: pa.Table
    rows: pa.Table
    repeats: bool


def _ready(given: tuple[Type, pa.Table]) -> _Ready:
    kind, stated = given
    wanted = (*kind.columns, *STATED)
    check_columns(kind, stated, wanted)
    stated = tidied(stated)
    ordered, repeats = in_order(kind, stated)
    return _Ready(kind, stated, conform(kind, ordered, wanted), repeats)


def _merge(connection: duckdb.DuckDBPyConnection, ready: _Ready, number: int) -> Counts:
    kind = ready.kind
    _stage(connection, ready.rows)
    check(connection, kind, merge.STAGE)
    check_references(connection, kind, ready.stated)
    if not ready.repeats:
        return _merge_once(connection, kind, number)
    connection.execute(merge.rounds_sql(kind))
    last = first(connection, f"SELECT max({merge.TURN}) FROM numbered")
    counts = Counts()
    for turn in range(1, last + 1):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {merge.STAGE} AS "
            f"SELECT * EXCLUDE ({merge.TURN}) FROM numbered WHERE {merge.TURN} = {turn}"
        )
        counts = _sum(counts, _merge_once(connection, kind, number))
    connection.execute("DROP TABLE numbered")
    return counts


def _merge_once(connection: duckdb.DuckDBPyConnection, kind: Type, number: int) -> Counts:
    values = {"batch": number, "today": date.today()}
    if not _has(connection, f"SELECT 1 FROM {quoted(kind.name)} LIMIT 1"):
        connection.execute(merge.insert_all_sql(kind), values)
        return Counts(created=int(first(connection, f"SELECT count(*) FROM {merge.STAGE}")))
    run = connection.execute
    run(merge.verdict_sql(kind), {"today": values["today"]})
    run(merge.tell_again_sql(kind))
    run(merge.drop_known_sql(kind))
    outcomes = dict(rows(connection, merge.OUTCOMES_SQL))
    woven = outcomes.get("earlier", 0) + outcomes.get("again", 0)
    if woven:
        run(merge.WOVEN_SQL)
        run(merge.weave_sql(kind), {"batch": number})
        run(lay_sql(kind, merge.WOVEN), {"batch": number})
    if outcomes.get("updated"):
        run(merge.retire_replaced_sql(kind), {"batch": number})
    if outcomes.get("updated") or outcomes.get("created"):
        run(merge.insert_new_sql(kind), values)
    run(f"DROP TABLE {merge.VERDICT}")
    created = outcomes.get("created", 0) + woven
    return Counts(created, outcomes.get("updated", 0), outcomes.get("unchanged", 0))


def _end(connection: duckdb.DuckDBPyConnection, kind: Type, ended: pa.Table, number: int) -> int:
    wanted = [each for each in (*kind.columns, *STATED) if each.name in (*kind.identity, "until")]
    _stage(connection, conform(kind, ended, tuple(wanted)))
    check_ended(connection, kind, merge.STAGE)
    values = {"batch": number, "today": date.today()}
    return int(first(connection, merge.end_sql(kind), values))


def _stage(connection: duckdb.DuckDBPyConnection, table: pa.Table) -> None:
    connection.register("incoming", table)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {merge.STAGE} AS SELECT * FROM incoming")
    connection.unregister("incoming")


def _has(connection: duckdb.DuckDBPyConnection, sql: str) -> bool:
    return first(connection, sql) is not None


def _nodes_first(stated: list[tuple[Type, pa.Table]]) -> list[tuple[Type, pa.Table]]:
    return sorted(stated, key=lambda each: SCHEMA.types.index(each[0]))


def _sum(one: Counts, other: Counts) -> Counts:
    return Counts(
        one.created + other.created,
        one.updated + other.updated,
        one.unchanged + other.unchanged,
        one.retired + other.retired,
    )
