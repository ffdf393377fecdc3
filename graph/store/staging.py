"""Rows on their way in: brought to the declared types and checked before anything is written."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from ...errors import BadInputError
from ...text import Text
from ..arrow_compute import pc
from ..coded import distinct, encode, joined, places, used
from ..schema import SCHEMA, STATED, Kind, NodeType, Property, RelationType
from ..sql import rows
from .tables import quoted

_UNKNOWN_TYPE = Text("没有 {name} 这种节点或关系", "there is no node or relation type {name}")
_UNKNOWN_COLUMN = Text("{type} 没有 {columns} 这些列", "{type} has no columns {columns}")
_COLUMN_TWICE = Text("{type} 的 {columns} 列重复", "{type} has the columns {columns} twice")
_MISSING_COLUMN = Text("{type} 缺少 {columns} 列", "{type} lacks the columns {columns}")
_WRONG_TYPE = Text("{type}.{column} 不是{kind}：{why}", "{type}.{column} is no {kind}: {why}")
_BAD_VALUES = Text(
    "{type}.{column} 有 {count} 行的值不可用（{rule}）",
    "{type}.{column}: {count} rows have an unusable value ({rule})",
)
_DANGLING = Text(
    "{type}.{column} 有 {count} 行指向不存在的 {label}，例如 {example}",
    "{type}.{column}: {count} rows refer to a {label} that does not exist, such as {example}",
)

_EMPTY = Text("不能为空", "must not be empty")
_SHARE = Text("应在 0 到 1 之间", "must lie between 0 and 1")
_FINITE = Text("应为有限数", "must be finite")
_NOT_NEGATIVE = Text("不能为负", "must not be negative")

Rule = tuple[str, Text, str]
"""A column, what is asked of its values, and the same as an SQL condition."""


def type_named(name: str) -> NodeType | RelationType:
    """Return the type of that name.

    Raises
    ------
    BadInputError
        The schema has no such type.
    """
    try:
        return SCHEMA.by_name[name]
    except KeyError:
        raise BadInputError(_UNKNOWN_TYPE.fill(name=name)) from None


def conform(
    kind: NodeType | RelationType, stated: pa.Table, wanted: tuple[Property, ...]
) -> pa.Table:
    """Return `stated` with exactly the `wanted` columns in their declared types.

    A column that is absent is filled with nulls.

    Raises
    ------
    BadInputError
        See `check_columns`; or a value has the wrong type.
    """
    check_columns(kind, stated, wanted)
    return pa.table(
        [_column(kind, stated, each) for each in wanted],
        schema=pa.schema([(each.name, each.kind.arrow) for each in wanted]),
    )


def tidied(stated: pa.Table) -> pa.Table:
    """Return rows with each column in one piece, and each text of a dictionary there once."""
    return pa.table({name: distinct(joined(stated[name])) for name in stated.column_names})


def check_columns(
    kind: NodeType | RelationType, stated: pa.Table, wanted: tuple[Property, ...]
) -> None:
    """Refuse a table whose columns are not those of a type.

    Raises
    ------
    BadInputError
        A column is unknown or there twice, or an identity column is missing.
    """
    given, known = set(stated.column_names), {each.name for each in wanted}
    if twice := sorted(name for name in given if stated.column_names.count(name) > 1):
        raise BadInputError(_COLUMN_TWICE.fill(type=kind.name, columns="、".join(twice)))
    if unknown := sorted(given - known):
        raise BadInputError(_UNKNOWN_COLUMN.fill(type=kind.name, columns="、".join(unknown)))
    if missing := sorted(set(_obligatory(kind)) - given):
        raise BadInputError(_MISSING_COLUMN.fill(type=kind.name, columns="、".join(missing)))


def check(
    connection: duckdb.DuckDBPyConnection, kind: NodeType | RelationType, staged: str
) -> None:
    """Refuse the staged rows of a type if any value breaks the schema's rules.

    Raises
    ------
    BadInputError
        An empty key or source, or a value out of its choices or bounds.
    """
    _apply(connection, kind, staged, _rules(kind))


def check_ended(
    connection: duckdb.DuckDBPyConnection, kind: NodeType | RelationType, staged: str
) -> None:
    """Refuse rows that end facts if any does not say which fact, or when.

    Raises
    ------
    BadInputError
        An empty key or `until`.
    """
    _apply(connection, kind, staged, [_filled(name) for name in (*_obligatory(kind), "until")])


def _apply(
    connection: duckdb.DuckDBPyConnection,
    kind: NodeType | RelationType,
    staged: str,
    rules: list[Rule],
) -> None:
    counts = ", ".join(f"count(*) FILTER (WHERE NOT coalesce({sql}, true))" for _, _, sql in rules)
    found = rows(connection, f"SELECT {counts} FROM {staged}")[0]
    for (column, rule, _), count in zip(rules, found, strict=True):
        if count:
            message = _BAD_VALUES.fill(type=kind.name, column=column, count=count, rule=rule)
            raise BadInputError(message)


def check_references(
    connection: duckdb.DuckDBPyConnection, kind: NodeType | RelationType, stated: pa.Table
) -> None:
    """Refuse the stated rows of a type if they refer to a node that is not there.

    Raises
    ------
    BadInputError
        Names how many rows do, and one of them.
    """
    for column, label in references(kind):
        if column not in stated.column_names:
            continue
        named = used(encode(joined(stated[column])))
        missing = _missing(connection, label, pc.cast(named.dictionary, pa.string()))
        if missing:
            lost = [key in missing for key in map(str, named.dictionary.to_pylist())]
            values = {"type": kind.name, "column": column, "label": label}
            count = int(np.append(lost, False)[places(named)].sum())
            raise BadInputError(_DANGLING.fill(count=count, example=min(missing), **values))


def _missing(connection: duckdb.DuckDBPyConnection, label: str, keys: pa.Array) -> set[str]:
    """Return those of the keys that no node of a label has."""
    name = quoted(SCHEMA.node(label).key.name)
    connection.register("named", pa.table({"key": keys}))
    sql = f"SELECT key FROM named ANTI JOIN {quoted(label)} AS n ON n.{name} = named.key"
    found = rows(connection, sql)
    connection.unregister("named")
    return {key for (key,) in found}


def references(kind: NodeType | RelationType) -> tuple[tuple[str, str], ...]:
    """Return the columns of a type that hold keys of nodes, with the label they refer to."""
    pairs: list[tuple[str, str]] = [] if kind.name == "Source" else [("source", "Source")]
    if isinstance(kind, RelationType):
        pairs += [("start", kind.start), ("end", kind.end)]
    if kind.name == "SUPPLIES":
        pairs.append(("product", "Product"))
    return tuple(pairs)


def _obligatory(kind: NodeType | RelationType) -> tuple[str, ...]:
    return ("start", "end") if isinstance(kind, RelationType) else (kind.key.name,)


def _column(kind: NodeType | RelationType, stated: pa.Table, wanted: Property) -> pa.ChunkedArray:
    if wanted.name not in stated.column_names:
        return pa.chunked_array([pa.nulls(stated.num_rows, wanted.kind.arrow)])
    try:
        return stated.column(wanted.name).cast(wanted.kind.arrow)
    except pa.ArrowException as error:
        values = {"type": kind.name, "column": wanted.name, "kind": wanted.kind.word}
        raise BadInputError(_WRONG_TYPE.fill(why=str(error)[:200], **values)) from None


def _filled(name: str) -> Rule:
    return name, _EMPTY, f"(coalesce({quoted(name)}::VARCHAR, '') <> '')"


def _rules(kind: NodeType | RelationType) -> list[Rule]:
    needed = [*_obligatory(kind), *(["source"] if kind.name != "Source" else [])]
    rules = [_filled(name) for name in needed]
    for each in (*kind.columns, *STATED):
        rules += _value_rules(each)
    return rules


def _value_rules(column: Property) -> list[Rule]:
    name = quoted(column.name)
    rules: list[Rule] = []
    if column.choices:
        allowed = [choice.value for choice in column.choices]
        listed = ", ".join(f"'{value}'" for value in allowed)
        text = "、".join(allowed)
        rules.append((column.name, Text(f"应为 {text}", f"one of {text}"), f"{name} IN ({listed})"))
    if column.kind is Kind.SHARE:
        rules.append((column.name, _SHARE, f"({name} BETWEEN 0 AND 1)"))
    if column.kind is Kind.MONEY:
        rules.append((column.name, _NOT_NEGATIVE, f"({name} >= 0 AND isfinite({name}))"))
    if column.kind is Kind.NUMBER:
        rules.append((column.name, _FINITE, f"isfinite({name})"))
    return rules
