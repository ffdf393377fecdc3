"""Which rows of the graph a batch may touch; they are read before it is judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from ...schema import SCHEMA, STATED, NodeType, RelationType
from ..protocol import Batch, Rekey
from ..staging import conform, references, type_named
from .connection import Connection
from .judge import Judge
from .reading import all_rows, known_keys, rows_by_end, rows_by_property, rows_of_nodes

Type = NodeType | RelationType


@dataclass
class _Wanted:
    """Keys by what they stand for: touched nodes, touched relations by start, nodes referred to."""

    touched: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    referred: dict[str, set[str]] = field(default_factory=dict[str, set[str]])


def bring_touched(
    connection: Connection, judge: Judge, batch: Batch, counts: Mapping[str, int], retired: bool
) -> None:
    """Bring the rows that a batch may touch, and the keys that it refers to, before the judge.

    `counts` are the current rows by type; `retired` tells whether there are any retired ones.

    Raises
    ------
    BadInputError
        An unknown type or column, or a value of the wrong type.
    """
    wanted = _wanted(batch)
    for name, keys in wanted.touched.items():
        if counts[name] or retired:
            kind = SCHEMA.by_name[name]
            judge.know(kind, _touched_rows(connection, kind, sorted(keys), counts[name]))
    for label in dict.fromkeys(each.label for each in batch.rekeys):
        _bring_moved(connection, judge, label, [e for e in batch.rekeys if e.label == label])
    judge.settle()
    for label, keys in wanted.referred.items():
        if counts[label] or retired:
            new = sorted(keys - wanted.touched.get(label, set()))
            judge.know_keys(label, known_keys(connection, label, new, counts[label]))


def _wanted(batch: Batch) -> _Wanted:
    wanted = _Wanted()
    for name, stated in batch.tables.items():
        kind = type_named(name)
        rows = conform(kind, stated, (*kind.columns, *STATED))
        _add(wanted.touched, name, rows[_first(kind)])
        for column, label in references(kind):
            _add(wanted.referred, label, rows[column])
    for name, ended in batch.ended.items():
        kind = type_named(name)
        said = [each for each in (*kind.columns, *STATED) if each.name in (*kind.identity, "until")]
        _add(wanted.touched, name, conform(kind, ended, tuple(said))[_first(kind)])
    return wanted


def _add(to: dict[str, set[str]], name: str, values: pa.ChunkedArray) -> None:
    found = to.setdefault(name, set())
    found.update(value for value in values.unique().to_pylist() if value is not None)


def _first(kind: Type) -> str:
    return kind.key.name if isinstance(kind, NodeType) else "start"


def _touched_rows(connection: Connection, kind: Type, keys: list[str], count: int) -> pa.Table:
    """One pass over the type is quicker where much of it is touched."""
    if len(keys) * 4 > count:
        return all_rows(connection, kind)
    if isinstance(kind, NodeType):
        return rows_of_nodes(connection, kind, keys)
    return rows_by_end(connection, kind, "start", keys)


def _bring_moved(connection: Connection, judge: Judge, label: str, rekeys: Iterable[Rekey]) -> None:
    """A key that changes touches its node and every row that refers to it."""
    kind = type_named(label)
    if not isinstance(kind, NodeType):
        return  # the judge says why it is refused
    keys = sorted({key for each in rekeys for key in (each.old, each.new)})
    judge.know(kind, rows_of_nodes(connection, kind, keys))
    for each in SCHEMA.types:
        for column, target in references(each):
            if target != label:
                continue
            if isinstance(each, RelationType) and column in ("start", "end"):
                judge.know(each, rows_by_end(connection, each, column, keys))
            else:
                judge.know(each, rows_by_property(connection, each, column, keys))
