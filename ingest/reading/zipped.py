"""What a workbook unpacks to, looked at before it is read: a small file can hold a huge sheet.

The reader keeps a sheet as a full rectangle. One stray cell in the last row and column makes that
17 thousand million cells, for which no machine has the memory.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

from ...errors import BadInputError
from ...text import Text

MOST_BYTES = 1 << 30
MOST_CELLS = 50_000_000
_CHUNK = 1 << 20
_OVERLAP = 1 << 12
_FAR = re.compile(rb'<(?:\w+:)?c\s(?:[^<>]*?\s)?r="([A-Z]{2,3})\d')
_ROW = re.compile(rb'<(?:\w+:)?row\s(?:[^<>]*?\s)?r="(\d{1,7})"')
# A formula that yields an empty text has t="str": that one has been calculated.
_BLANK_FORMULA = re.compile(
    rb'<c (?![^<>]*t="str")(?:[^<>]*?\s)?r="([A-Z]+\d+)"[^<>]*>\s*<f[^<>]*>[^<]*</f>\s*'
    rb"(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_ELEMENT = re.compile(r"<(?:\w+:)?(?:sheet|Relationship)\s[^<>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_BOOK, _RELATIONS, _SHEETS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/"

_BROKEN = Text("工作簿 {file} 打不开，可能不完整", "the workbook {file} cannot be opened")
_BROKEN_CURE = Text(
    "它可能损坏或没有传完；请在 Excel 里打开并另存为 .xlsx。",
    "It may be damaged or cut off; open it in Excel and save it as .xlsx again.",
)
_HUGE = Text("工作簿 {file} 解开后超过 1 GB", "the workbook {file} unpacks to more than 1 GB")
_HUGE_CURE = Text("请拆成几个文件，或另存为 CSV。", "Split it, or save it as CSV.")
_WIDE = Text(
    "{file}[{sheet}] 的内容一直铺到第 {rows} 行、第 {columns} 列，太大了",
    "{file}[{sheet}] reaches to row {rows} and column {columns}, which is too large",
)
_WIDE_CURE = Text(
    "多半是在很远的地方误填了一格；请删除数据以外的行和列后再导入。",
    "Most likely a cell far away was filled by mistake; delete the rows and columns beyond the "
    "data.",
)
_NOT_CALCULATED = Text(
    "{file}[{sheet}] 的 {cell} 是公式，文件里没有它的计算结果",
    "{file}[{sheet}]: {cell} is a formula whose result is not in the file",
)
_NOT_CALCULATED_CURE = Text(
    "请用 Excel 或 WPS 打开，保存一次再导入。", "Open it in Excel or WPS and save it once."
)


def refuse_bombs(path: Path) -> dict[str, str]:
    """Look through a zipped workbook; return by sheet the first formula without a result.

    Raises
    ------
    BadInputError
        It is broken, unpacks to more than `MOST_BYTES`, or a sheet spans more than `MOST_CELLS`.
    """
    if not is_zipfile(path):
        return {}
    try:
        with ZipFile(path) as book:
            if sum(each.file_size for each in book.infolist()) > MOST_BYTES:
                raise BadInputError(_HUGE.fill(file=path.name), _HUGE_CURE)
            return _looked_through(book, path.name)
    except (BadZipFile, zlib.error, OSError, RuntimeError):
        # Also a part that unpacks to something else than the file says of it.
        raise cannot_open(path) from None


def cannot_open(path: Path) -> BadInputError:
    """Say that a workbook is damaged."""
    return BadInputError(_BROKEN.fill(file=path.name), _BROKEN_CURE)


def refuse_uncalculated(file: str, sheet: str, blank: dict[str, str]) -> None:
    """Refuse a sheet with a formula whose result nobody has worked out: empty it is not.

    Raises
    ------
    BadInputError
        Names the cell.
    """
    if sheet in blank:
        values = {"file": file, "sheet": sheet, "cell": blank[sheet]}
        raise BadInputError(_NOT_CALCULATED.fill(**values), _NOT_CALCULATED_CURE)


def _looked_through(book: ZipFile, file: str) -> dict[str, str]:
    names, blank = _sheet_names(book), dict[str, str]()
    for part in book.namelist():
        columns, rows, formula = 0, 0, ""
        for chunk in _chunks(book, part):
            if part.startswith(_SHEETS):
                columns = max([columns, *map(_column, _FAR.findall(chunk))])
                rows = max([rows, *map(int, _ROW.findall(chunk))])
                found = None if formula else _BLANK_FORMULA.search(chunk)
                formula = found[1].decode() if found else formula
        if columns * rows > MOST_CELLS:
            values = {
                "file": file,
                "sheet": names.get(part, part),
                "rows": rows,
                "columns": columns,
            }
            raise BadInputError(_WIDE.fill(**values), _WIDE_CURE)
        if formula:
            blank[names.get(part, part)] = formula
    return blank


def _chunks(book: ZipFile, part: str) -> Iterator[bytes]:
    """Yield a part in pieces that overlap, so that no cell falls between two."""
    tail = b""
    with book.open(part) as stream:
        while piece := stream.read(_CHUNK):
            yield tail + piece
            tail = piece[-_OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheet_names(book: ZipFile) -> dict[str, str]:
    """Return the name of the sheet that each part holds; none for other kinds of workbook."""
    if not {_BOOK, _RELATIONS} <= set(book.namelist()):
        return {}
    target = {each.get("Id", ""): each.get("Target", "") for each in _elements(book, _RELATIONS)}
    named = ((target.get(each.get("r:id", ""), ""), each) for each in _elements(book, _BOOK))
    return {_part(where): unescape(each["name"]) for where, each in named if "name" in each}


def _elements(book: ZipFile, part: str) -> Iterator[dict[str, str]]:
    """Yield the attributes of sheets or relations; the little that is wanted needs no parser."""
    for element in _ELEMENT.findall(book.read(part).decode(errors="replace")):
        yield dict(_ATTRIBUTE.findall(element))


def _part(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
