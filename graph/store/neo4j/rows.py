"""Rows between Arrow and the server: what is read, and what is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

import pyarrow as pa

from ....errors import StoreError
from ....text import Text
from ...schema import SCHEMA, Kind, NodeType, Property, RelationType
from ..tables import all_columns

Type = NodeType | RelationType
Row = dict[str, Any]
Value = TypeVar("Value")

PLACE = "place"
"""The column that says where in the database a row stands."""
ENDS = ("start", "end")

_WRONG = Text(
    "Neo4j 中 {type}.{column} 的值不是{kind}：{why}",
    "{type}.{column} in Neo4j is no {kind}: {why}",
)
_MEND = Text(
    "可能有人直接改过数据库，请改回声明的类型。",
    "Somebody may have edited the database by hand; mend the value.",
)


def escaped(name: str) -> str:
    """Return a name of the schema as Cypher; some (`end`, `group`) are words of the language."""
    return f"`{name}`"


def key_of(label: str) -> str:
    """Return the name of the key of a label, as Cypher."""
    return escaped(SCHEMA.node(label).key.name)


def arrow_schema(kind: Type, *, place: bool = False) -> pa.Schema:
    """Return the columns of a type's rows in their order."""
    fields = [(each.name, each.kind.arrow) for each in all_columns(kind)]
    return pa.schema([(PLACE, pa.string()), *fields] if place else fields)


def read_columns(kind: Type, *, retired: bool = False, place: bool = False) -> str:
    """Return what a query gives for the rows `x` of a type: a list of expressions.

    Dates come as text, which Arrow reads faster than the driver makes dates.
    """
    given = [_expression(kind, each, retired) for each in all_columns(kind)]
    return ", ".join(["elementId(x)", *given] if place else given)


def as_table(kind: Type, records: Sequence[Sequence[Any]], *, place: bool = False) -> pa.Table:
    """Return what a query over `read_columns` gave as a table.

    Raises
    ------
    StoreError
        A value is not of its declared type.
    """
    schema = arrow_schema(kind, place=place)
    columns = list(zip(*records, strict=True)) or [()] * len(schema)
    declared = {each.name: each for each in all_columns(kind)}
    arrays = [
        _array(kind, declared.get(name), values)
        for name, values in zip(schema.names, columns, strict=True)
    ]
    return pa.table(arrays, schema=schema)


def node_rows(table: pa.Table) -> list[Row]:
    """Return rows as maps of the properties that say something."""
    return _maps(table)


@dataclass(frozen=True)
class Sending:
    """How rows of a table are sent as lists of values, which is quicker than as maps.

    `varying` are the columns of a row, in its order; `fixed` the values that all rows share. What
    is empty in all rows is left out: the server keeps no empty properties.
    """

    varying: tuple[str, ...]
    fixed: Row

    @classmethod
    def of(cls, table: pa.Table, first: tuple[str, ...] = ()) -> Sending:
        """Look at a table; the columns `first` come first and are no properties of their own."""
        said = [name for name in table.column_names if table[name].null_count < table.num_rows]
        rest = [name for name in said if name not in first]
        fixed = {name: table[name][0].as_py() for name in rest if _is_constant(table[name])}
        return cls((*first, *(name for name in rest if name not in fixed)), fixed)

    def properties(self, first: tuple[str, ...] = ()) -> str:
        """Return the properties as Cypher, of `row` and `fixed`."""
        own = [(name, f"row[{place}]") for place, name in enumerate(self.varying)]
        own = [(name, value) for name, value in own if name not in first]
        own += [(name, f"fixed.{escaped(name)}") for name in self.fixed]
        return ", ".join(f"{escaped(name)}: {value}" for name, value in own)

    def rows(self, table: pa.Table) -> list[tuple[Any, ...]]:
        """Return the rows of a part of the table."""
        return list(zip(*(table[name].to_pylist() for name in self.varying), strict=True))


def in_parts(values: Iterable[Value], size: int) -> Iterator[list[Value]]:
    """Return values in lists of at most `size`."""
    left = iter(values)
    while part := list(islice(left, size)):
        yield part


def parts(table: pa.Table, size: int) -> Iterator[pa.Table]:
    """Return a table in slices of at most `size` rows."""
    for start in range(0, table.num_rows, size):
        yield table.slice(start, size)


def _is_constant(column: pa.ChunkedArray) -> bool:
    if column.null_count or pa.types.is_list(column.type):
        return False
    return len(column.unique()) == 1


def _maps(table: pa.Table) -> list[Row]:
    """Leave empty cells out: the server keeps no empty properties."""
    said = [name for name in table.column_names if table[name].null_count < table.num_rows]
    if not said:
        return [{} for _ in range(table.num_rows)]
    full = all(table[name].null_count == 0 for name in said)
    cells = zip(*(table[name].to_pylist() for name in said), strict=True)
    if full:
        return [dict(zip(said, row, strict=True)) for row in cells]
    return [
        {name: value for name, value in zip(said, row, strict=True) if value is not None}
        for row in cells
    ]


def _expression(kind: Type, column: Property, retired: bool) -> str:
    if column.name in ENDS and isinstance(kind, RelationType) and not retired:
        node, label = ("a", kind.start) if column.name == "start" else ("b", kind.end)
        return f"{node}.{key_of(label)}"
    value = f"x.{escaped(column.name)}"
    return f"toString({value})" if column.kind is Kind.DATE else value


def _array(kind: Type, column: Property | None, values: Iterable[Any]) -> pa.Array:
    if column is None:
        return pa.array(values, pa.string())
    try:
        if column.kind is Kind.DATE:
            return pa.array(values, pa.string()).cast(pa.date32())
        return pa.array(values, column.kind.arrow)
    except (pa.ArrowException, TypeError) as error:
        said = {"type": kind.name, "column": column.name, "kind": column.kind.word}
        raise StoreError(_WRONG.fill(why=str(error)[:200], **said), _MEND) from None
