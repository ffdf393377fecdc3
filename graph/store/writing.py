"""Writing a batch into the tables of a connection: the one place where the merge is carried out.

The embedded store writes into its file this way. A store elsewhere brings the rows that a batch
touches into tables of the same kind, writes there, and carries over what differs.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from ..schema import SCHEMA, STATED, NodeType, RelationType
from ..sql import first, literal, rows
from . import merge
from .ordering import in_order
from .protocol import Batch, Counts
from .rekey import apply_rekeys
from .staging import check, check_columns, check_ended, check_references, conform, type_named
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
    staged = [type_named(name) for name in batch.tables]
    counts = {
        kind.name: _merge(connection, kind, batch.tables[kind.name], number)
        for kind in _nodes_first(staged)
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


def _merge(
    connection: duckdb.DuckDBPyConnection, kind: Type, stated: pa.Table, number: int
) -> Counts:
    wanted = (*kind.columns, *STATED)
    check_columns(kind, stated, wanted)
    ordered, repeats = in_order(kind, stated)
    _stage(connection, conform(kind, ordered, wanted))
    check(connection, kind, merge.STAGE)
    check_references(connection, kind, stated)
    if not repeats:
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


def _nodes_first(kinds: list[Type]) -> list[Type]:
    order: Callable[[Type], int] = SCHEMA.types.index
    return sorted(kinds, key=order)


def _sum(one: Counts, other: Counts) -> Counts:
    return Counts(
        one.created + other.created,
        one.updated + other.updated,
        one.unchanged + other.unchanged,
        one.retired + other.retired,
    )
