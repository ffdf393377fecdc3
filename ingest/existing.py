"""Tables out of somebody else's Neo4j graph: each of a label, or of types of relations.

They are written as files of JSON Lines under the names that a mapping's tables speak of, so that
the one mapping reads the files and the graph alike. The graph is only read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from ..cypher import load
from ..errors import BadInputError
from ..graph.progress import Progress
from ..graph.store.neo4j import Connection
from ..text import Text
from .mapping.graph import GraphTable

_READING = Text("读取原有的图", "reading the existing graph")
_NOTHING = Text("图 {url} 里没有 {wanted}", "the graph at {url} has no {wanted}")
_THERE = Text("现有：{names}", "there are: {names}")
_NO_VALUE = Text(
    "图 {url} 里，{wanted} 全都没有 {names}", "in the graph at {url} no {wanted} has {names}"
)
_NAME_RIGHT = Text(
    "请在映射文件的 [graph] 部分改正属性名，或去掉它。",
    "Put the name of the property right in the mapping’s [graph], or take it out.",
)


def write_tables(
    connection: Connection, tables: Mapping[str, GraphTable], folder: Path, tell: Progress
) -> None:
    """Write each table of a graph as a file into a folder.

    Raises
    ------
    BadInputError
        The graph has nothing that a table could be made of, or not the properties that are named.
    StoreError
        The server fails.
    """
    for done, (name, table) in enumerate(tables.items()):
        tell(_READING, done, len(tables))
        rows = _nodes(connection, table) if table.nodes else _relations(connection, table)
        count, said = _write(folder / name, rows)
        if not count:
            raise _nothing(connection, table)
        missing = [column for column, named in table.columns.items() if named not in said]
        if missing:
            values = {"wanted": _wanted(table), "names": "、".join(missing)}
            raise BadInputError(_NO_VALUE.fill(url=connection.url, **values), _NAME_RIGHT)
    tell(_READING, len(tables), len(tables))


def _nodes(connection: Connection, table: GraphTable) -> Iterator[dict[str, Any]]:
    query = load("adopt/read_nodes").fill(label=_quoted(table.nodes or ""))
    with connection.streaming(query) as result:
        for (row,) in result:
            named: dict[str, Any] = row
            yield {table.columns.get(key, key): _plain(value) for key, value in named.items()}


def _relations(connection: Connection, table: GraphTable) -> Iterator[dict[str, Any]]:
    query = load("adopt/read_relations").fill(
        types="|".join(_quoted(each) for each in table.types),
        start=f":{_quoted(table.start)}" if table.start else "",
        end=f":{_quoted(table.end)}" if table.end else "",
        columns=", ".join(_expression(each) for each in table.columns),
    )
    names = list(table.columns.values())
    with connection.streaming(query) as result:
        for (row,) in result:
            yield dict(zip(names, map(_plain, row), strict=True))


def _expression(column: str) -> str:
    """`start.x` and `end.x` are properties of the ends, `type` is that of the relation itself."""
    if column == "type":
        return "type(x)"
    end, dot, name = column.partition(".")
    if dot and end in ("start", "end"):
        return f"{'a' if end == 'start' else 'b'}.{_quoted(name)}"
    return f"x.{_quoted(column)}"


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _write(path: Path, rows: Iterator[dict[str, Any]]) -> tuple[int, set[str]]:
    """Write rows; return their number and the columns that say something.

    They have an order of their own: a graph has none, and the first spelling is kept.
    """
    said, lines = set[str](), list[str]()
    for row in rows:
        full = {name: value for name, value in row.items() if value is not None}
        said |= full.keys()
        lines.append(json.dumps(full, ensure_ascii=False, sort_keys=True) + "\n")
    with path.open("w", encoding="utf-8") as file:
        file.writelines(sorted(lines))
    return len(lines), said


def _plain(value: Any) -> Any:
    """Return what the driver gives as JSON knows it; times as text, a point as its coordinates."""
    if isinstance(value, Date | DateTime | Time | Duration):
        return value.iso_format()
    if isinstance(value, Point):
        return ", ".join(map(str, value))
    if isinstance(value, bytes | bytearray):
        return value.hex()
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _wanted(table: GraphTable) -> str:
    return table.nodes or "、".join(table.types)


def _nothing(connection: Connection, table: GraphTable) -> BadInputError:
    listing = "adopt/list_labels" if table.nodes else "adopt/list_relations"
    names = "、".join(name for (name,) in connection.read(load(listing).text)) or "—"
    message = _NOTHING.fill(url=connection.url, wanted=_wanted(table))
    return BadInputError(message, _THERE.fill(names=names))
