"""The workbook that goes back to a sheet's owner: bad cells coloured, a 错误 column in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from ..errors import BadInputError
from ..text import Text
from .report import Marked, marked_cells
from .sheet import Effect, Sheet

_ERROR = Text("错误", "error")
_ROW = Text("原行号", "row")
_UNIT = "单位：{unit}"  # as the reader looks for it above the headers
_NOT_WRITTEN = Text("无法写入 {path}：{why}", "{path} cannot be written: {why}")
_CLOSE = Text(
    "请关闭已打开的文件，或换一个位置。", "Close the file if it is open, or choose another place."
)
_COLOURS = {Effect.REJECTED: "#F8CBAD", Effect.PARTIAL: "#FFE699", Effect.REVIEW: "#BDD7EE"}
_LONGEST_SHEET_NAME = 31
_WHOLE = 100_000
_MOST_ROWS = 1_048_570


def write_marked(sheets: Sequence[Sheet], path: Path) -> None:
    """Write the sheets that have problems, ready to be mended and imported again.

    The last columns hold the problem in words and the row number in the original. All rows are
    given back, since a strict import wrote none of them; of a sheet with more than 100,000 rows
    only those with problems.

    Raises
    ------
    BadInputError
        The file cannot be written.
    """
    try:
        with xlsxwriter.Workbook(str(path), {"strings_to_urls": False}) as book:
            names: set[str] = set()
            for sheet in sheets:
                if sheet.troubles or sheet.doubts or sheet.raw.problems:
                    _write(book, sheet, _sheet_name(sheet, names))
            if not names:
                book.add_worksheet(str(_ERROR))
    except (XlsxWriterException, OSError) as error:
        raise BadInputError(_NOT_WRITTEN.fill(path=path, why=error), _CLOSE) from None


def _sheet_name(sheet: Sheet, taken: set[str]) -> str:
    """Return a free name that tells the template, so that the workbook can be imported again."""
    title = sheet.template.title.zh
    name, number = title, 1
    while name in taken:
        number += 1
        name = f"{title}{number}"[:_LONGEST_SHEET_NAME]
    taken.add(name)
    return name


def _write(book: Any, sheet: Sheet, name: str) -> None:
    marks: defaultdict[int, list[Marked]] = defaultdict(list)
    for mark in marked_cells(sheet):
        marks[mark.row].append(mark)
    page = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7"})
    head = 1 if sheet.raw.unit else 0
    if head:
        page.write_string(0, 0, _UNIT.format(unit=sheet.raw.unit))
    for place, header in enumerate((*sheet.raw.headers, str(_ERROR), str(_ROW))):
        page.write_string(head, place, header, bold)
    page.freeze_panes(head + 1, 0)
    page.set_column(0, len(sheet.raw.headers) - 1, 16)
    page.set_column(len(sheet.raw.headers), len(sheet.raw.headers), 60)
    formats = _formats(book)
    line = head + 1
    for row in range(len(sheet.raw)) if len(sheet.raw) <= _WHOLE else sorted(marks)[:_MOST_ROWS]:
        _write_row(page, line, sheet, row, marks.get(row, []), formats)
        line += 1
    for problem in sheet.raw.problems[: _MOST_ROWS - line]:
        words = f"{problem.wrong}；{problem.right}"
        page.write_string(line, 0, problem.value, formats[Effect.REJECTED])
        page.write_string(line, len(sheet.raw.headers), words)
        page.write_number(line, len(sheet.raw.headers) + 1, problem.row)
        line += 1
    page.autofilter(head, 0, max(line - 1, head + 1), len(sheet.raw.headers) + 1)


def _write_row(
    page: Any, line: int, sheet: Sheet, row: int, marks: list[Marked], formats: dict[Effect, Any]
) -> None:
    by_column = {mark.column: mark for mark in marks}
    for place, column in enumerate(sheet.raw.columns):
        mark = by_column.get(place)
        style = formats[mark.effect] if mark else None
        page.write_string(line, place, _text(column, row), style)
        if mark:
            page.write_comment(line, place, _words(mark), {"x_scale": 2})
    last = len(sheet.raw.columns)
    if marks:
        page.write_string(line, last, "\n".join(map(_words, marks)), formats[marks[0].effect])
    page.write_number(line, last + 1, sheet.raw.rows[row].as_py())


def _formats(book: Any) -> dict[Effect, Any]:
    return {
        effect: book.add_format({"bg_color": colour, "text_wrap": True, "valign": "top"})
        for effect, colour in _COLOURS.items()
    }


def _text(column: pa.Array, row: int) -> str:
    value = column[row].as_py()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _words(mark: Marked) -> str:
    return f"{mark.complaint.wrong}；{mark.complaint.right}（{mark.effect.value}）"
