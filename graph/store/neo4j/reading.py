"""Reading rows of a type: all of them, or those that a batch may touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import neo4j
import pyarrow as pa

from ...schema import SCHEMA, NodeType, RelationType
from .connection import Connection, run, text_of
from .rows import arrow_schema, as_table, escaped, in_parts, key_of, read_columns

Type = NodeType | RelationType
Rows = list[list[Any]]

_PART = 10_000


def scan(
    connection: Connection, kind: Type, since: int, *, place: bool = False
) -> Iterator[pa.Table]:
    """Read current rows and then retired ones, in tables as they come."""
    current = scan_text(kind, place)
    retired = text_of("scan_versions", columns=read_columns(kind, retired=True, place=place))
    for query, values in ((current, {}), (retired, {"type": kind.name})):
        with connection.streaming(query, since=since, **values) as result:
            for records in in_parts((row for (row,) in result), _PART):
                yield as_table(kind, records, place=place)


def scan_text(kind: Type, place: bool = False) -> str:
    """Return the query that reads the current rows of a type."""
    columns = read_columns(kind, place=place)
    if isinstance(kind, NodeType):
        return text_of("scan_nodes", label=escaped(kind.label), columns=columns)
    return text_of("scan_relations", type=escaped(kind.type), columns=columns)


def all_rows(connection: Connection, kind: Type) -> pa.Table:
    """Read all rows of a type with their places."""
    found = list(scan(connection, kind, -1, place=True))
    return _joined(kind, found)


def rows_of_nodes(connection: Connection, kind: NodeType, keys: list[str]) -> pa.Table:
    """Read all versions of the nodes of those keys, with their places."""
    return rows_by_property(connection, kind, kind.key.name, keys)


def rows_by_end(connection: Connection, kind: RelationType, end: str, keys: list[str]) -> pa.Table:
    """Read all versions of the relations with one of those keys at an end (`start`, `end`)."""
    label = kind.start if end == "start" else kind.end
    current = text_of(
        "find_relations_by_end",
        relation=escaped(kind.type),
        end="a" if end == "start" else "b",
        label=escaped(label),
        key=key_of(label),
        columns=read_columns(kind, place=True),
    )
    found = _collected(keys, lambda part: connection.read(current, type=label, values=part))
    return _joined(
        kind, [as_table(kind, found, place=True), _versions(connection, kind, end, keys)]
    )


def rows_by_property(
    connection: Connection, kind: Type, column: str, values: list[str]
) -> pa.Table:
    """Read all versions of the rows with one of those values in a column, with their places."""
    names = {"property": escaped(column), "columns": read_columns(kind, place=True)}
    if isinstance(kind, NodeType):
        current = text_of("find_nodes", label=escaped(kind.label), **names)
    else:
        current = text_of("find_relations", relation=escaped(kind.type), **names)
    found = _collected(values, lambda part: connection.read(current, values=part))
    versions = _versions(connection, kind, column, values)
    return _joined(kind, [as_table(kind, found, place=True), versions])


def known_keys(connection: Connection, label: str, keys: list[str], count: int) -> list[str]:
    """Return those of the keys that nodes have; `count` is how many nodes there are."""
    names = {"label": escaped(label), "key": key_of(label)}
    if len(keys) * 4 > count:
        found = {key for (key,) in connection.read(text_of("all_keys", **names), type=label)}
        return [key for key in keys if key in found]
    query = text_of("find_keys", **names)
    parts = (connection.read(query, type=label, values=part) for part in in_parts(keys, _PART))
    return [key for part in parts for (key,) in part]


def current_counts(connection: Connection) -> dict[str, int]:
    """Return the number of current rows of every type; the server keeps these counts."""

    def count(tx: neo4j.ManagedTransaction) -> dict[str, int]:
        found = {kind.name: run(tx, count_text(kind), {}).single() for kind in SCHEMA.types}
        return {name: row[0] if row else 0 for name, row in found.items()}

    return connection.reading(count)


def count_text(kind: Type) -> str:
    """Return the query that counts the current rows of a type."""
    if isinstance(kind, NodeType):
        return text_of("count_nodes", label=escaped(kind.label))
    return text_of("count_relations", type=escaped(kind.type))


def _versions(connection: Connection, kind: Type, column: str, values: list[str]) -> pa.Table:
    columns = read_columns(kind, retired=True, place=True)
    query = text_of("find_versions", property=escaped(column), columns=columns)
    found = _collected(values, lambda part: connection.read(query, type=kind.name, values=part))
    return as_table(kind, found, place=True)


def _collected(values: list[str], read: Callable[[list[str]], Iterable[tuple[Any, ...]]]) -> Rows:
    return [row for part in in_parts(values, _PART) for (row,) in read(part)]


def _joined(kind: Type, found: list[pa.Table]) -> pa.Table:
    return pa.concat_tables([arrow_schema(kind, place=True).empty_table(), *found])
