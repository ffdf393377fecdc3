"""Workbooks: tables as people like to get them, with widths, filters and a frozen header."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

_WIDEST = 60
_NARROWEST = 8
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes text in a CSV file that starts so for a formula."""


def no_formula(value: Any) -> Any:
    """Return a cell for a CSV file: what would be taken for a formula gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def write_sheets(path: Path, sheets: dict[str, pd.DataFrame]) -> None:
    """Write frames as sheets of one workbook.

    Text stays text: a cell that starts with "=" is no formula.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with path.open("wb") as file, xlsxwriter.Workbook(file, options) as book:
        styles = {
            "header": book.add_format({"bold": True, "bg_color": "#DDE8F3", "border": 1}),
            "cell": book.add_format({"text_wrap": True, "valign": "top"}),
            "number": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        }
        for name, frame in sheets.items():
            _write_sheet(book.add_worksheet(name[:31]), frame, styles)


def _write_sheet(sheet: Any, frame: pd.DataFrame, styles: dict[str, Any]) -> None:
    for column, title in enumerate(frame.columns):
        sheet.write_string(0, column, str(title), styles["header"])
        values = frame[title].tolist()
        for row, value in enumerate(values, start=1):
            _write_cell(sheet, row, column, value, styles)
        sheet.set_column(column, column, _width(str(title), values))
    sheet.freeze_panes(1, 1)
    if len(frame):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)


def _write_cell(sheet: Any, row: int, column: int, value: Any, styles: dict[str, Any]) -> None:
    if value is None or value is pd.NaT or value != value:  # noqa: PLR0124 - NaN is not itself
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, "是" if value else "", styles["cell"])
    elif isinstance(value, int | float):
        style = styles["number"] if isinstance(value, float) else styles["cell"]
        sheet.write_number(row, column, value, style)
    elif hasattr(value, "isoformat"):
        sheet.write_datetime(row, column, value, styles["date"])
    else:
        sheet.write_string(row, column, str(value), styles["cell"])


def _width(title: str, values: list[Any]) -> float:
    longest = max((_columns(str(each)) for each in [title, *values[:200]]), default=0)
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _columns(text: str) -> int:
    """How many columns a text takes: a Chinese character takes two."""
    return sum(2 if ord(each) > 0x2E80 else 1 for each in text)
