"""The steps that turn a raw table of any layout into one that a template understands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from ...errors import BadInputError
from ...graph.arrow_compute import pc
from ...text import Text
from ..cells.base import as_text, to_mask
from ..reading import RawTable
from ..resolve.names import region_of_name

_NO_COLUMN = Text("{where} 没有“{column}”列", "{where} has no column “{column}”")
_HAS = Text("映射文件提到了它；现有列：{columns}", "the mapping names it; columns: {columns}")
_ONE_FIRM = Text(
    "“{column}”与前面某行相同，是同一家企业，名称记为别名",
    "the same “{column}” as a row above: one firm, its name kept as an alias",
)
_NO_MATCH = Text("“{column}”中的值在对照表里没有", "the value in “{column}” is not in the lookup")


@dataclass(frozen=True)
class Condition:
    """Which rows are kept: a column matches a pattern or lies in a range.

    `drop` turns it round: such rows are left out. `reason` is shown with their number.
    """

    column: str
    reason: Text
    pattern: str | None = None
    least: float | None = None
    most: float | None = None
    drop: bool = False
    same_as: str | None = None

    def keeps(self, table: RawTable) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Return a mask of the rows to keep."""
        met = self._met(table)
        return ~met if self.drop else met

    def _met(self, table: RawTable) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        cells = as_text(column_of(table, self.column))
        met = np.ones(len(table), dtype=bool)
        if self.pattern is not None:
            met &= to_mask(pc.match_substring_regex(cells, self.pattern))
        if self.same_as is not None:
            met &= to_mask(pc.equal(cells, as_text(column_of(table, self.same_as))))
        if self.least is not None or self.most is not None:
            numbers = pc.cast(cells, pa.float64())
            if self.least is not None:
                met &= to_mask(pc.greater_equal(numbers, self.least))
            if self.most is not None:
                met &= to_mask(pc.less_equal(numbers, self.most))
        return met


@dataclass(frozen=True)
class Lookup:
    """A value of one file found by a value of another: `table` maps the one to the other.

    Rows whose value is not in it are left out, with the reason shown.
    """

    column: str
    to: str
    table: Mapping[str, str]


@dataclass(frozen=True)
class OneEach:
    """Rows that speak of one firm under several names: the same value in `by`.

    The first row stands and the `name` of the others goes into the list column `into`. With more
    than `at_most` rows the value in `by` is plainly wrong: all rows stay, without what they say in
    the columns `doubtful`.
    """

    by: str
    name: str
    into: str
    at_most: int = 2
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """What to do with a raw table, in this order.

    where : which rows are kept.
    bounds : column -> (least, most): numbers outside say nothing and become empty.
    patterns : column -> (pattern, replacement) by regular expression.
    lookups : columns made from another file.
    one_each : rows of one firm under several names joined.
    copies : new column -> (existing one, pattern, replacement); the pattern may be empty.
    regions : new column -> column with full names of firms, whose place it gets where they tell.
    values : column -> {value: value that the template understands}.
    separators : column -> the pattern that separates several values in a cell; an empty pattern
        says that a cell is one value, whatever stands in it.
    columns : header -> header of the template.
    units : header of the template -> unit of bare numbers (万元, %).
    constants : header of the template -> value of every row.
    ignore : columns that are known and not wanted.
    """

    where: tuple[Condition, ...] = ()
    bounds: Mapping[str, tuple[float, float]] = field(
        default_factory=dict[str, tuple[float, float]]
    )
    patterns: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    lookups: tuple[Lookup, ...] = ()
    one_each: OneEach | None = None
    copies: Mapping[str, tuple[str, str, str]] = field(
        default_factory=dict[str, tuple[str, str, str]]
    )
    regions: Mapping[str, str] = field(default_factory=dict[str, str])
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    separators: Mapping[str, str] = field(default_factory=dict[str, str])
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    units: Mapping[str, str] = field(default_factory=dict[str, str])
    constants: Mapping[str, str] = field(default_factory=dict[str, str])
    ignore: tuple[str, ...] = ()

    @property
    def headers(self) -> frozenset[str]:
        """Headers that the layout speaks of, by which the header row is found."""
        spoken = (self.columns, self.patterns, self.values, self.separators, self.bounds)
        named = [column for column, _, _ in self.copies.values()]
        named += [*self.regions.values(), *(each.column for each in self.where)]
        named += [each.column for each in self.lookups]
        return frozenset([*(name for names in spoken for name in names), *named, *self.ignore])

    def apply(self, table: RawTable) -> RawTable:
        """Return the table in the template's layout.

        Raises
        ------
        BadInputError
            The layout names a column that the table lacks.
        """
        for condition in self.where:
            table = _keep(table, condition)
        for column, (least, most) in self.bounds.items():
            table = with_column(table, column, _bounded(column_of(table, column), least, most))
        for column, pattern in self.patterns.items():
            table = with_column(table, column, _changed(column_of(table, column), *pattern))
        for lookup in self.lookups:
            table = _look_up(table, lookup)
        if self.one_each:
            table = _joined(table, self.one_each)
        for new, (column, find, put) in self.copies.items():
            table = with_column(table, new, _changed(column_of(table, column), find, put))
        for new, column in self.regions.items():
            table = with_column(table, new, _places(column_of(table, column)))
        for column, values in self.values.items():
            table = with_column(table, column, _mapped(column_of(table, column), values))
        for column, separator in self.separators.items():
            cells = _changed(column_of(table, column), separator, "|")
            # A | at the end tells that nothing else separates.
            whole = pc.binary_join_element_wise(cells, "|", "")
            table = with_column(table, column, whole)
        return self._renamed(table)

    def _renamed(self, table: RawTable) -> RawTable:
        for column in (*self.columns, *self.ignore):
            column_of(table, column)
        kept = [i for i, header in enumerate(table.headers) if header not in self.ignore]
        headers = [self.columns.get(table.headers[i], table.headers[i]) for i in kept]
        columns = [table.columns[i] for i in kept]
        headers = [f"{h}（{self.units[h]}）" if h in self.units else h for h in headers]
        for header, value in self.constants.items():
            headers.append(header)
            columns.append(pa.array([value]).take(pa.array(np.zeros(len(table), np.int64))))
        return replace(table, headers=tuple(headers), columns=tuple(columns))


def column_of(table: RawTable, header: str) -> pa.Array:
    """Return the cells below a header.

    Raises
    ------
    BadInputError
        The table has no such header.
    """
    if header not in table.headers:
        message = _NO_COLUMN.fill(where=table.where, column=header)
        raise BadInputError(message, _HAS.fill(columns="、".join(table.headers)))
    return table.columns[table.headers.index(header)]


def with_column(table: RawTable, header: str, cells: pa.Array) -> RawTable:
    """Return the table with a column put in or replaced."""
    columns = dict(zip(table.headers, table.columns, strict=True))
    columns[header] = cells
    return replace(table, headers=tuple(columns), columns=tuple(columns.values()))


def keep_rows(
    table: RawTable, mask: np.ndarray[tuple[int], np.dtype[np.bool_]], reason: Text
) -> RawTable:
    """Return the table with the rows of the mask; the others are counted with a reason."""
    dropped = len(table) - int(mask.sum())
    if not dropped:
        return table
    kept = pa.array(mask)
    return replace(
        table,
        columns=tuple(column.filter(kept) for column in table.columns),
        rows=table.rows.filter(kept),
        skipped=(*table.skipped, (reason, dropped)),
    )


def _changed(cells: pa.Array, pattern: str, replacement: str) -> pa.Array:
    text = as_text(cells)
    return pc.replace_substring_regex(text, pattern, replacement) if pattern else text


def _bounded(cells: pa.Array, least: float, most: float) -> pa.Array:
    numbers = pc.cast(as_text(cells), pa.float64())
    inside = pc.and_(pc.greater_equal(numbers, least), pc.less_equal(numbers, most))
    return pc.if_else(pc.fill_null(inside, False), numbers, pa.scalar(None, pa.float64()))


def _places(cells: pa.Array) -> pa.Array:
    coded = as_text(cells).dictionary_encode()
    codes = [region_of_name(name) for name in coded.dictionary.to_pylist()]
    return pa.array(codes, pa.string()).take(coded.indices)


def _joined(table: RawTable, rule: OneEach) -> RawTable:
    """Keep the first row of each firm, with the names of its other rows in a list."""
    keys = as_text(column_of(table, rule.by)).to_pylist()
    names = as_text(column_of(table, rule.name)).to_pylist()
    groups: dict[str, list[int]] = {}
    for row, key in enumerate(keys):
        groups.setdefault(key if key is not None else f"\0{row}", []).append(row)
    others: list[str | None] = [None] * len(keys)
    keep, wrong = np.ones(len(keys), dtype=bool), np.zeros(len(keys), dtype=bool)
    for rows in groups.values():
        if len(rows) > rule.at_most:
            wrong[rows] = True
        elif len(rows) > 1:
            keep[rows[1:]] = False
            others[rows[0]] = "|".join(names[row] or "" for row in rows[1:]) + "|"
    for column in rule.doubtful:
        cells = as_text(column_of(table, column))
        empty = pa.scalar(None, pa.string())
        table = with_column(table, column, pc.if_else(pa.array(wrong), empty, cells))
    table = with_column(table, rule.into, pa.array(others, pa.string()))
    return keep_rows(table, keep, _ONE_FIRM.fill(column=rule.by))


def _keep(table: RawTable, condition: Condition) -> RawTable:
    return keep_rows(table, condition.keeps(table), condition.reason)


def _look_up(table: RawTable, lookup: Lookup) -> RawTable:
    cells = as_text(column_of(table, lookup.column))
    found = _mapped(cells, lookup.table, strict=True)
    table = with_column(table, lookup.to, found)
    known = to_mask(pc.is_valid(found))
    return keep_rows(table, known, _NO_MATCH.fill(column=lookup.column))


def _mapped(cells: pa.Array, values: Mapping[str, str], *, strict: bool = False) -> pa.Array:
    """Replace whole values; others stay, or become empty where `strict`."""
    text = as_text(cells)
    place = pc.index_in(text, value_set=pa.array(list(values), pa.string()))
    found = pa.array(list(values.values()), pa.string()).take(place)
    return found if strict else pc.coalesce(found, text)
