"""Delimited text: CSV in UTF-8 or GB18030, separated by comma, semicolon or tab.

A regular file is read by Arrow on all cores. At the first line that does not fit (cells too many or
too few, blank lines) the file is read again record by record, so that each row keeps its number.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from ...errors import BadInputError
from ...graph.coded import joined
from ...text import Text
from .raw import (
    Problem,
    RawTable,
    Recognise,
    clean_headers,
    header_place,
    money_unit,
    nothing_in,
)
from .sniff import encoding_of

_DELIMITERS = (",", ";", "\t", "，")
_SAMPLE_ROWS = 25
_SAMPLE_CHARACTERS = 1 << 18

_RAGGED = Text(
    "这一行有 {found} 格，表头有 {wanted} 格", "the row has {found} cells, the header {wanted}"
)
_RAGGED_RIGHT = Text(
    "请检查多余或缺少的分隔符“{mark}”；含分隔符的内容要加英文双引号",
    "look for a missing or superfluous “{mark}”; content that holds one must stand in quotes",
)
_UNCLOSED = Text(
    "{file} 里有一个引号没有成对（第 {row} 行之后）",
    "{file}: a quotation mark is never closed (after row {row})",
)
_UNCLOSED_CURE = Text("请补上或删去这个引号。", "Close it or take it away.")


@dataclass(frozen=True)
class _Layout:
    """How a file is written, and where its header stands (0 for the first record)."""

    path: Path
    encoding: str
    delimiter: str
    headers: list[str]
    header_at: int
    unit: str


def read_delimited(path: Path, recognise: Recognise) -> RawTable:
    """Read a delimited text file.

    Raises
    ------
    BadInputError
        It is empty, binary, of unknown encoding, has a header twice or an unclosed quotation mark.
    """
    layout = _layout(path, recognise)
    columns = _regular(layout)
    if columns is None:
        return _record_by_record(layout)
    count = len(columns[0]) if columns else 0
    rows = pa.array(np.arange(count, dtype=np.int64) + layout.header_at + 2)
    return _table(layout, columns, rows, ())


def _layout(path: Path, recognise: Recognise) -> _Layout:
    encoding = encoding_of(path)
    sample = _sample(path, encoding)
    delimiter = _delimiter(sample, recognise)
    first = [row for _, row in zip(range(_SAMPLE_ROWS), _records(sample, delimiter), strict=False)]
    place = header_place(first, recognise)
    if place is None:
        raise nothing_in(path.name)
    headers = clean_headers(first[place], path.name, None)
    while headers and not headers[-1]:
        headers.pop()
    return _Layout(path, encoding, delimiter, headers, place, money_unit(first[:place]))


def _sample(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, newline="") as file:
        return file.read(_SAMPLE_CHARACTERS)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(1 << 30)
    return iter(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _delimiter(sample: str, recognise: Recognise) -> str:
    """Return the delimiter under which most headers are known, or else most cells are found."""

    def score(delimiter: str) -> tuple[int, int]:
        rows = [r for _, r in zip(range(_SAMPLE_ROWS), _records(sample, delimiter), strict=False)]
        known = max((sum(recognise(cell) for cell in row) for row in rows), default=0)
        return known, max(map(len, rows), default=0)

    return max(_DELIMITERS, key=score)


def _regular(layout: _Layout) -> list[pa.Array] | None:
    """Read the whole file as text columns; None where any line does not fit."""
    if layout.encoding == "utf-16" or not all(layout.headers) or not layout.delimiter.isascii():
        return None
    names = [str(i) for i in range(len(layout.headers))]
    # A leading title row may itself have any number of cells: skip it with the header.
    read = arrow_csv.ReadOptions(
        column_names=names,
        skip_rows=layout.header_at + 1,
        encoding="utf8" if layout.encoding.startswith("utf-8") else layout.encoding,
        block_size=1 << 24,
    )
    parse = arrow_csv.ParseOptions(
        delimiter=layout.delimiter,
        newlines_in_values=True,
        ignore_empty_lines=False,
        invalid_row_handler=_irregular,
    )
    convert = arrow_csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()),
        strings_can_be_null=False,
        quoted_strings_can_be_null=False,
    )
    try:
        table = arrow_csv.read_csv(str(layout.path), read, parse, convert)
    except pa.ArrowInvalid:
        return None
    if not table.num_rows:
        raise nothing_in(layout.path.name)
    columns = [joined(column) for column in table.columns]
    # A quotation mark that is never closed swallows the rest of the file into the last record.
    return None if any("\n" in (column[-1].as_py() or "") for column in columns) else columns


def _irregular(_row: Any) -> str:
    return "error"


def _record_by_record(layout: _Layout) -> RawTable:
    wanted = len(layout.headers)
    cells: list[list[str]] = [[] for _ in range(wanted)]
    rows: list[int] = []
    problems: list[Problem] = []
    for number, record in _numbered(layout):
        while len(record) > wanted and record[-1] == "":
            record.pop()
        if not any(map(str.strip, record)):
            continue
        if len(record) != wanted:
            problems.append(_ragged(layout, number, record))
            continue
        rows.append(number)
        for column, cell in zip(cells, record, strict=True):
            column.append(cell)
    if not rows and not problems:
        raise nothing_in(layout.path.name)
    columns = [pa.array(column, pa.string()) for column in cells]
    return _table(layout, columns, pa.array(rows, pa.int64()), tuple(problems))


def _numbered(layout: _Layout) -> Iterator[tuple[int, list[str]]]:
    """Yield the records below the header with their row numbers."""
    csv.field_size_limit(1 << 30)
    number = 0
    with layout.path.open(encoding=layout.encoding, newline="") as file:
        reader = csv.reader(file, delimiter=layout.delimiter, strict=True)
        try:
            for number, record in enumerate(reader, start=1):
                if number > layout.header_at + 1:
                    yield number, record
        except csv.Error:
            message = _UNCLOSED.fill(file=layout.path.name, row=number)
            raise BadInputError(message, _UNCLOSED_CURE) from None


def _ragged(layout: _Layout, number: int, record: list[str]) -> Problem:
    mark = "Tab" if layout.delimiter == "\t" else layout.delimiter
    wrong = _RAGGED.fill(found=len(record), wanted=len(layout.headers))
    shown = layout.delimiter.join(record)[:200]
    return Problem(number, shown, wrong, _RAGGED_RIGHT.fill(mark=mark))


def _table(
    layout: _Layout, columns: list[pa.Array], rows: pa.Array, problems: tuple[Problem, ...]
) -> RawTable:
    used = [i for i, header in enumerate(layout.headers) if header or _says_anything(columns[i])]
    headers = tuple(layout.headers[i] or f"第{i + 1}列" for i in used)
    kept = tuple(columns[i] for i in used)
    return RawTable(layout.path.name, None, headers, kept, rows, problems, unit=layout.unit)


def _says_anything(column: pa.Array) -> bool:
    from ...graph.arrow_compute import pc

    return bool(pc.any(pc.not_equal(column, "")).as_py())
