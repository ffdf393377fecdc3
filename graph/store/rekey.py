"""Nodes change their keys without loss: every row that refers to them follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa

from ...errors import BadInputError, ConflictError
from ...text import Text
from ..schema import SCHEMA, NodeType, RelationType
from ..sql import first, rows
from .protocol import Rekey
from .staging import references, type_named
from .tables import quoted
from .versions import identity, lay_sql

_ABSENT = Text("没有编号为 {key} 的{label}", "there is no {label} with the key {key}")
_NO_NODE = Text("{name} 不是节点类型", "{name} is no type of node")
_NO_KEY = Text("{label} 的新编号不能为空", "the new key of a {label} must not be empty")

_MOVES = "moves"
_TOUCHED = "touched"


def apply_rekeys(
    connection: duckdb.DuckDBPyConnection, rekeys: Sequence[Rekey], batch: int
) -> frozenset[str]:
    """Give nodes their new keys everywhere; return the names of the types that changed.

    Where the new key is a node already, the two become one: the versions of both are laid one
    after another, of the nodes as of the facts that both have. The node remembers the old key.

    Raises
    ------
    BadInputError
        The type is not one of nodes, or a new key is empty.
    ConflictError
        There is no node with an old key.
    """
    changed: set[str] = set()
    for label in dict.fromkeys(each.label for each in rekeys):
        moves = _moves(connection, label, [each for each in rekeys if each.label == label])
        if moves:
            changed |= _move(connection, SCHEMA.node(label), moves, batch)
    return frozenset(changed)


def _moves(
    connection: duckdb.DuckDBPyConnection, label: str, rekeys: list[Rekey]
) -> dict[str, str]:
    """Follow the changes in their order; return each old key with the key it ends up with."""
    kind = type_named(label)
    if not isinstance(kind, NodeType):
        raise BadInputError(_NO_NODE.fill(name=label))
    there = _present(connection, kind, [each.old for each in rekeys])
    moves: dict[str, str] = {}
    for each in rekeys:
        if not each.new:
            raise BadInputError(_NO_KEY.fill(label=label))
        if each.old not in there:
            raise ConflictError(_ABSENT.fill(key=each.old, label=label))
        moves |= {old: each.new for old, new in moves.items() if new == each.old}
        moves.setdefault(each.old, each.new)
        there = (there - {each.old}) | {each.new}
    return {old: new for old, new in moves.items() if old != new}


def _move(
    connection: duckdb.DuckDBPyConnection, kind: NodeType, moves: Mapping[str, str], batch: int
) -> set[str]:
    table = pa.table({"old": list(moves.keys()), "new": list(moves.values())})
    connection.register("given", table)
    connection.execute(f"CREATE TEMP TABLE {_MOVES} AS SELECT * FROM given")
    connection.unregister("given")
    _move_column(connection, kind, kind.key.name, batch)
    _remember(connection, kind, batch)
    changed = {kind.name}
    for each in SCHEMA.types:
        for column, label in references(each):
            if label == kind.label and _move_column(connection, each, column, batch):
                changed.add(each.name)
    connection.execute(f"DROP TABLE {_MOVES}")
    return changed


def _move_column(
    connection: duckdb.DuckDBPyConnection,
    kind: NodeType | RelationType,
    column: str,
    batch: int,
) -> bool:
    table, name = quoted(kind.name), quoted(column)
    moved = first(
        connection,
        f"UPDATE {table} AS t SET {name} = m.new, "
        f"batch = CASE WHEN t.retired IS NULL THEN $batch ELSE t.batch END "
        f"FROM {_MOVES} AS m WHERE t.{name} = m.old",
        {"batch": batch},
    )
    if moved and column in kind.identity:
        keys = ", ".join(identity(kind))
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {_TOUCHED} AS SELECT DISTINCT {keys} FROM {table} "
            f"WHERE {name} IN (SELECT new FROM {_MOVES})"
        )
        connection.execute(lay_sql(kind, _TOUCHED), {"batch": batch})
    return bool(moved)


def _remember(connection: duckdb.DuckDBPyConnection, kind: NodeType, batch: int) -> None:
    """Let a node keep its former keys, and those of the nodes that became one with it."""
    if not any(each.name == "former_ids" for each in kind.properties):
        return
    table, key = quoted(kind.name), quoted(kind.key.name)
    connection.execute(
        f"""
        WITH former AS (
            SELECT new AS id, old AS was FROM {_MOVES}
            UNION
            SELECT {key}, unnest(former_ids) FROM {table}
            WHERE {key} IN (SELECT new FROM {_MOVES})
        ),
        listed AS (SELECT id, list(was ORDER BY was) AS ids FROM former WHERE was <> id GROUP BY id)
        UPDATE {table} AS t SET batch = $batch, former_ids = listed.ids
        FROM listed WHERE t.{key} = listed.id AND t.retired IS NULL
        """,
        {"batch": batch},
    )


def _present(
    connection: duckdb.DuckDBPyConnection, kind: NodeType, keys: list[str]
) -> frozenset[str]:
    key = quoted(kind.key.name)
    sql = f"SELECT DISTINCT {key} FROM {quoted(kind.name)} WHERE list_contains($keys, {key})"
    return frozenset(str(found) for (found,) in rows(connection, sql, {"keys": keys}))
