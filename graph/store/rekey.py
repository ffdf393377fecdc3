"""A node changes its key without loss: every row that refers to it follows."""

from __future__ import annotations

import duckdb

from ...errors import ConflictError
from ...text import Text
from ..schema import SCHEMA, NodeType, RelationType
from ..sql import first
from .protocol import Rekey
from .staging import references
from .tables import quoted

_ABSENT = Text("没有编号为 {key} 的{label}", "there is no {label} with the key {key}")


def apply_rekey(connection: duckdb.DuckDBPyConnection, rekey: Rekey, batch: int) -> frozenset[str]:
    """Give a node its new key everywhere; return the names of the types that changed.

    Where the new key is a node already, the two become one: the old node's row is retired, and so
    is each of its facts that the other node has too. The new node remembers the old key.

    Raises
    ------
    ConflictError
        There is no node with the old key.
    """
    kind = SCHEMA.node(rekey.label)
    if not _exists(connection, kind, rekey.old):
        raise ConflictError(_ABSENT.fill(key=rekey.old, label=rekey.label))
    _move_node(connection, kind, rekey, batch)
    touched = {kind.name}
    for each in SCHEMA.types:
        for column, label in references(each):
            if label == rekey.label and _move_references(connection, each, column, rekey, batch):
                touched.add(each.name)
    return frozenset(touched)


def _move_node(
    connection: duckdb.DuckDBPyConnection, kind: NodeType, rekey: Rekey, batch: int
) -> None:
    table, key = quoted(kind.name), quoted(kind.key.name)
    if _exists(connection, kind, rekey.new):
        connection.execute(
            f"UPDATE {table} SET retired = coalesce(retired, $batch), "
            f"until = coalesce(until, current_date) WHERE {key} = $old",
            {"batch": batch, "old": rekey.old},
        )
    connection.execute(
        f"UPDATE {table} SET {key} = $new WHERE {key} = $old", {"new": rekey.new, "old": rekey.old}
    )
    if any(each.name == "former_ids" for each in kind.properties):
        connection.execute(
            f"UPDATE {table} SET batch = $batch, "
            f"former_ids = list_distinct(list_append(coalesce(former_ids, []), $old)) "
            f"WHERE {key} = $new AND retired IS NULL",
            {"batch": batch, "old": rekey.old, "new": rekey.new},
        )


def _move_references(
    connection: duckdb.DuckDBPyConnection,
    kind: NodeType | RelationType,
    column: str,
    rekey: Rekey,
    batch: int,
) -> bool:
    table, name = quoted(kind.name), quoted(column)
    moved = first(
        connection,
        f"UPDATE {table} SET {name} = $new, batch = CASE WHEN retired IS NULL THEN $batch "
        f"ELSE batch END WHERE {name} = $old",
        {"new": rekey.new, "old": rekey.old, "batch": batch},
    )
    if not moved:
        return False
    keys = ", ".join(quoted(each) for each in kind.identity)
    connection.execute(
        f"UPDATE {table} SET retired = $batch, until = coalesce(until, current_date) "
        f"WHERE retired IS NULL AND rowid NOT IN ("
        f"SELECT max(rowid) FROM {table} WHERE retired IS NULL GROUP BY {keys})",
        {"batch": batch},
    )
    return True


def _exists(connection: duckdb.DuckDBPyConnection, kind: NodeType, key: str) -> bool:
    sql = f"SELECT 1 FROM {quoted(kind.name)} WHERE {quoted(kind.key.name)} = $key LIMIT 1"
    return first(connection, sql, {"key": key}) is not None
