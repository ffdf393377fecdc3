"""A sheet as it was handed in: headers, columns of unread cells, true row numbers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import pyarrow as pa

from ...errors import BadInputError
from ...text import Text

# Says whether a header is known; the header row is the one with most known headers.
Recognise = Callable[[str], bool]

LONGEST_CELL = 32_767  # Excel's own limit
_HEADER_WITHIN = 20
_UNIT_NOTE = re.compile(r"单位\s*:\s*(?:人民币)?\s*((?:千|万|百万|千万|亿|万亿)?元)(?!\w)")
Range = tuple[tuple[int, int], tuple[int, int]]

_EMPTY = Text("{where} 里没有数据", "{where} holds no data")
_EMPTY_CURE = Text(
    "第一行应为表头，下面每行一条；可用 lianpu template 取得模板。",
    "The first row should hold the headers, each row below it one record; "
    "`lianpu template` writes a template.",
)
_TWICE = Text("{where} 的表头“{header}”出现了两次", "{where} has the header “{header}” twice")
_TWICE_CURE = Text("请改名或删去其中一列。", "Rename or drop one of the two columns.")
_HUGE = Text(
    "{where} 第 {row} 行“{header}”列有一个超过 {limit} 字的单元格",
    "{where}, row {row}, column “{header}”: a cell of more than {limit} characters",
)
_HUGE_CURE = Text(
    "多半是引号没有成对，使后面的行都并进了这一格；请检查该行。",
    "Most likely a quotation mark is not closed, so that the rows after it ran into this cell.",
)


@dataclass(frozen=True)
class Problem:
    """A row of the source that cannot be taken, found while reading the file."""

    row: int
    value: str
    wrong: Text
    right: Text


@dataclass(frozen=True)
class RawTable:
    """The cells of one sheet.

    `columns[i]` stands below `headers[i]`; `rows[j]` is the number of the j-th record's row as a
    spreadsheet program shows it (for files without a header row: the record's number). `problems`
    are rows that could not be read, `skipped` reasons and numbers of rows left out on purpose.
    `unit` is what a note above the header (单位：万元) says of amounts of money; "" without one.
    """

    file: str
    sheet: str | None
    headers: tuple[str, ...]
    columns: tuple[pa.Array, ...]
    rows: pa.Array
    problems: tuple[Problem, ...] = ()
    skipped: tuple[tuple[Text, int], ...] = ()
    unit: str = ""

    @property
    def name(self) -> str:
        """What the table is called: its sheet, or else its file without the ending."""
        return self.sheet or PurePath(self.file).stem

    @property
    def where(self) -> str:
        """File and sheet, for messages."""
        return where(self.file, self.sheet)

    def __len__(self) -> int:
        return len(self.rows)


def where(file: str, sheet: str | None) -> str:
    """Return file and sheet in one, for messages."""
    return f"{file}[{sheet}]" if sheet else file


def nothing_in(file: str, sheet: str | None = None) -> BadInputError:
    """Say that a file or sheet is empty."""
    return BadInputError(_EMPTY.fill(where=where(file, sheet)), _EMPTY_CURE)


def header_place(rows: Sequence[Sequence[Any]], recognise: Recognise) -> int | None:
    """Return which of the first rows holds the headers; None where no row has anything.

    That is the row with most known headers; where none is known, the first row with the most
    cells, so that the message can show what was found.
    """
    best, found = (0, 0), None
    for place, row in enumerate(rows[:_HEADER_WITHIN]):
        cells = [str(cell) for cell in row if cell not in (None, "")]
        score = sum(recognise(cell) for cell in cells), len(cells)
        if score > best:
            best, found = score, place
    return found


def header_block(
    rows: Sequence[Sequence[Any]], recognise: Recognise, merged: Sequence[Range]
) -> tuple[int, int] | None:
    """Return the first and the last row of the headers; None where no row has anything.

    A header merged over several rows stands beside headings over several columns: all these rows
    belong to it. `merged` are the merged ranges, each by its first and its last row and column.
    """
    place = header_place(rows, recognise)
    if place is None:
        return None
    over = [(top, end) for (top, _), (end, _) in merged if top <= place <= end < _HEADER_WITHIN]
    first, last = min([place, *(a for a, _ in over)]), max([place, *(b for _, b in over)])
    return first, min(last, len(rows) - 1)


def money_unit(above: Sequence[Sequence[Any]]) -> str:
    """Return the unit of money that a note above the headers states, or ""."""
    cells = [unicodedata.normalize("NFKC", str(cell)) for row in above for cell in row if cell]
    found = [match[1] for cell in cells for match in _UNIT_NOTE.finditer(cell)]
    return found[0] if len(set(found)) == 1 else ""


def clean_headers(cells: Sequence[Any], file: str, sheet: str | None) -> list[str]:
    """Return headers trimmed, on one line; "" where there is none.

    Raises
    ------
    BadInputError
        Two columns have the same header.
    """
    headers = ["".join(str(cell).split("\n")).strip() if cell is not None else "" for cell in cells]
    folded = Counter(unicodedata.normalize("NFKC", each).casefold() for each in headers if each)
    for header in headers:
        if folded[unicodedata.normalize("NFKC", header).casefold()] > 1:
            message = _TWICE.fill(where=where(file, sheet), header=header)
            raise BadInputError(message, _TWICE_CURE)
    return headers


def refuse_huge_cells(table: RawTable) -> RawTable:
    """Return the table.

    Raises
    ------
    BadInputError
        A cell is longer than any spreadsheet could hold.
    """
    from ...graph.arrow_compute import pc

    for header, column in zip(table.headers, table.columns, strict=True):
        by_number = pa.types.is_dictionary(column.type)
        texts = column.dictionary if by_number else column
        if not pa.types.is_string(texts.type) or texts.nbytes <= LONGEST_CELL:
            continue
        length = pc.utf8_length(texts)
        longest = pc.max(length).as_py() or 0
        if longest > LONGEST_CELL:
            place = pc.index(length, longest).as_py()
            first = pc.index(column.indices, place).as_py() if by_number else place
            row = table.rows[first].as_py()
            values = {"where": table.where, "row": row, "header": header, "limit": LONGEST_CELL}
            raise BadInputError(_HUGE.fill(**values), _HUGE_CURE)
    return table
