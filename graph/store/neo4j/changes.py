"""Carrying a verdict over to the server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import neo4j
import pyarrow as pa

from ....errors import ConflictError
from ....text import Text
from ...schema import NodeType, RelationType
from .connection import run, text_of
from .judge import NodeChanges, RelationChanges
from .rows import ENDS, Sending, escaped, in_parts, key_of, node_rows, parts

_CHANGED = Text(
    "写入 {name} 时图被别人改动（应为 {wanted} 行，实为 {written} 行），未写入任何内容",
    "the graph was changed by somebody else while {name} was written ({written} rows instead of "
    "{wanted}); nothing was written",
)
_AGAIN = Text("请重试。", "Try again.")


@dataclass(frozen=True)
class Step:
    """One statement to send: its text, its values, and how many rows it must write."""

    name: str
    text: str
    values: dict[str, Any]
    wanted: int | None

    def take(self, tx: neo4j.ManagedTransaction) -> None:
        """Send it.

        Raises
        ------
        ConflictError
            It did not write as many rows as it must: somebody else has changed the graph.
        """
        found = run(tx, self.text, self.values).single()
        written = found[0] if found else 0
        if self.wanted is not None and written != self.wanted:
            values = {"name": self.name, "wanted": self.wanted, "written": written}
            raise ConflictError(_CHANGED.fill(**values), _AGAIN)


Nodes = Sequence[NodeChanges]
Relations = Sequence[RelationChanges]


def additions(nodes: Nodes, relations: Relations, size: int, ended: bool) -> Iterator[Step]:
    """Yield what only adds: nothing that counts now is changed by it."""
    for each in nodes:
        yield from create_nodes(each.kind, each.created, size)
    for one in relations:
        yield from create_relations(one.kind, one.created, size, ended)


def alterations(nodes: Nodes, relations: Relations, size: int) -> Iterator[Step]:
    """Yield what changes or removes what counts now, after the additions."""
    yield from _losses(nodes, relations, size)
    for each in nodes:
        yield from _alter_nodes(each, size)
    for one in relations:
        yield from create_relations(one.kind, one.replacing, size, True)
    for change in _both(nodes, relations):
        yield from create_versions(change.kind, change.versions, size)


def everything(nodes: Nodes, relations: Relations, size: int) -> Iterator[Step]:
    """Yield all that changes, for one transaction."""
    yield from _losses(nodes, relations, size)
    for each in nodes:
        yield from create_nodes(each.kind, each.created, size)
        yield from _alter_nodes(each, size)
    for one in relations:
        rows = pa.concat_tables([one.created, one.replacing])
        yield from create_relations(one.kind, rows, size, True)
    for change in _both(nodes, relations):
        yield from create_versions(change.kind, change.versions, size)


def number_of_rows(nodes: Nodes, relations: Relations) -> int:
    """Return how many rows are written or removed."""
    tables = [table for each in nodes for table in (each.created, each.changed, each.revived)]
    tables += [table for one in relations for table in (one.created, one.replacing)]
    tables += [each.versions for each in _both(nodes, relations)]
    rows: int = sum(table.num_rows for table in tables)
    return rows + sum(len(one.lost) for one in relations)


def _both(nodes: Nodes, relations: Relations) -> list[NodeChanges | RelationChanges]:
    return [*nodes, *relations]


def _losses(nodes: Nodes, relations: Relations, size: int) -> Iterator[Step]:
    for one in relations:
        text = text_of("delete_relations", type=escaped(one.kind.type))
        yield from _places(one.kind.name, text, one.lost, size)
    for change in _both(nodes, relations):
        yield from _places(change.kind.name, text_of("delete_versions"), change.lost_versions, size)


def create_nodes(kind: NodeType, table: pa.Table, size: int) -> Iterator[Step]:
    """Yield what creates current nodes that were not there."""
    if not table.num_rows:
        return
    sending = Sending.of(table, (kind.key.name,))
    properties = sending.properties()
    text = text_of("create_nodes", label=escaped(kind.label), properties=properties)
    for part in parts(table, size):
        values = {"rows": sending.rows(part), "fixed": sending.fixed}
        yield Step(kind.name, text, values, part.num_rows)


def create_relations(kind: RelationType, table: pa.Table, size: int, ended: bool) -> Iterator[Step]:
    """Yield what creates relations; `ended` tells whether they may refer to nodes that are over."""
    if not table.num_rows:
        return
    sending = Sending.of(table, ENDS)
    names = {
        "type": escaped(kind.type),
        "start": escaped(kind.start),
        "start_key": key_of(kind.start),
        "end": escaped(kind.end),
        "end_key": key_of(kind.end),
        "properties": sending.properties(ENDS),
    }
    text = text_of("create_relations_anywhere" if ended else "create_relations", **names)
    types = {"start_type": kind.start, "end_type": kind.end} if ended else {}
    for part in parts(table, size):
        values = {"rows": sending.rows(part), "fixed": sending.fixed, **types}
        yield Step(kind.name, text, values, part.num_rows)


def create_versions(kind: NodeType | RelationType, table: pa.Table, size: int) -> Iterator[Step]:
    """Yield what creates retired versions."""
    for part in parts(table, size):
        values = {"rows": node_rows(part), "type": kind.name}
        yield Step(kind.name, text_of("create_versions"), values, part.num_rows)


def keep_ends(kind: NodeType, keys: list[str], size: int) -> Iterator[Step]:
    """Yield what lets relations refer to nodes of which only history is left."""
    text = text_of("keep_ends", key=key_of(kind.label))
    yield from _keyed(kind, text, keys, size)


def _alter_nodes(changes: NodeChanges, size: int) -> Iterator[Step]:
    kind = changes.kind
    names = {"label": escaped(kind.label), "key": key_of(kind.label)}
    for part in parts(changes.changed, size):
        text = text_of("set_nodes", **names)
        yield Step(kind.name, text, {"rows": node_rows(part)}, part.num_rows)
    for part in parts(changes.revived, size):
        values = {"rows": node_rows(part), "type": kind.name}
        yield Step(kind.name, text_of("revive_nodes", **names), values, part.num_rows)
    yield from _keyed(kind, text_of("forget_nodes", **names), changes.forgotten, size)
    yield from _keyed(kind, text_of("end_nodes", **names), changes.ended, size)
    yield from keep_ends(kind, changes.kept, size)


def _keyed(kind: NodeType, text: str, keys: list[str], size: int) -> Iterator[Step]:
    for part in in_parts(keys, size):
        yield Step(kind.name, text, {"keys": part, "type": kind.name}, len(part))


def _places(name: str, text: str, places: list[str], size: int) -> Iterator[Step]:
    for part in in_parts(places, size):
        yield Step(name, text, {"places": part}, len(part))
