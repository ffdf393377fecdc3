"""Excel workbooks by calamine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from ...errors import BadInputError
from ...text import Text
from .raw import RawTable, Recognise, clean_headers, header_block, money_unit, nothing_in
from .zipped import cannot_open, refuse_bombs, refuse_uncalculated

_PASSWORD = Text("工作簿 {file} 有打开密码", "the workbook {file} is protected by a password")
_PASSWORD_CURE = Text(
    "请在 Excel 里打开它，去掉密码后另存。", "Open it in Excel and save it without the password."
)
NOTES_SHEET, EXAMPLE_SHEET = "填写说明", "示例"
"""Sheets that a written template has beside the one to fill in: never read as data."""

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_workbook(path: Path, recognise: Recognise) -> list[RawTable]:
    """Read every visible sheet that holds anything.

    Raises
    ------
    BadInputError
        The workbook has a password, is damaged, or holds nothing at all.
    """
    if _is_encrypted(path):
        raise BadInputError(_PASSWORD.fill(file=path.name), _PASSWORD_CURE)
    blank = refuse_bombs(path)
    workbook = _open(path)
    tables: list[RawTable] = []
    for sheet in workbook.sheets_metadata:
        shown = sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        shown = shown and sheet.name not in (NOTES_SHEET, EXAMPLE_SHEET)
        table = _sheet(workbook, path, sheet.name, recognise) if shown else None
        if table is not None and len(table):
            refuse_uncalculated(path.name, sheet.name, blank)
            tables.append(table)
    if not tables:
        raise nothing_in(path.name)
    return tables


def _open(path: Path) -> CalamineWorkbook:
    try:
        return load_workbook(path)
    except PasswordError:
        raise BadInputError(_PASSWORD.fill(file=path.name), _PASSWORD_CURE) from None
    except (CalamineError, OSError):
        raise cannot_open(path) from None


def _is_encrypted(path: Path) -> bool:
    """Say whether it is the container in which Office keeps encrypted workbooks."""
    with path.open("rb") as file:
        return file.read(8).startswith(b"\xd0\xcf\x11\xe0") and _ENCRYPTED in path.read_bytes()


def _sheet(
    workbook: CalamineWorkbook, path: Path, name: str, recognise: Recognise
) -> RawTable | None:
    try:
        sheet = workbook.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError):
        raise cannot_open(path) from None
    block = header_block(rows, recognise, sheet.merged_cell_ranges or [])
    if block is None:
        return None
    first, last = block
    headers = [_lowest(cells) for cells in zip(*rows[first : last + 1], strict=True)]
    unit = money_unit(rows[:first])
    return table_of_rows(path.name, name, headers, rows[last + 1 :], last + 2, unit)


def _lowest(cells: Sequence[Any]) -> Any:
    """Return what stands lowest: below a heading over several columns, their own headers."""
    return next((cell for cell in reversed(cells) if cell not in (None, "")), "")


def table_of_rows(
    file: str,
    sheet: str | None,
    header_row: Sequence[Any],
    body: Sequence[Sequence[Any]],
    first_row: int,
    unit: str = "",
) -> RawTable:
    """Make a table of Python cells; rows without any content are left out but counted."""
    headers = clean_headers(header_row, file, sheet)
    filled = [any(cell not in (None, "") for cell in row) for row in body]
    kept = [row for row, has in zip(body, filled, strict=True) if has]
    numbers = np.flatnonzero(np.array(filled, dtype=bool)) + first_row
    columns = list(zip(*kept, strict=True)) if kept else [()] * len(headers)
    used = [i for i, header in enumerate(headers) if header or _any(columns[i])]
    return RawTable(
        file,
        sheet,
        tuple(headers[i] or f"第{i + 1}列" for i in used),
        tuple(column_of(columns[i]) for i in used),
        pa.array(numbers, pa.int64()),
        unit=unit,
    )


def column_of(cells: Sequence[Any]) -> pa.Array:
    """Return cells as an array of their common type, or else as text."""
    kinds = {type(cell) for cell in cells if cell not in (None, "")}
    blank = [None if cell == "" else cell for cell in cells]
    if kinds <= {int, float} and kinds and not any(map(_beyond_float, cells)):
        return pa.array(blank, pa.float64())
    if kinds == {bool}:
        return pa.array(blank, pa.bool_())
    if kinds and kinds <= {date, datetime}:
        return pa.array([_day(cell) for cell in blank], pa.date32())
    return pa.array([_as_text(cell) for cell in blank], pa.string())


def _beyond_float(cell: Any) -> bool:
    """Say whether it is a whole number that floating point would change: a code, no quantity."""
    return isinstance(cell, int) and abs(cell) > 1 << 53


def _any(cells: Sequence[Any]) -> bool:
    return any(cell not in (None, "") for cell in cells)


def _day(cell: Any) -> date | None:
    return cell.date() if isinstance(cell, datetime) else cell


def _as_text(cell: Any) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return str(cell)
