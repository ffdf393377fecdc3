"""What a file really is, by its content; its name is only believed where both agree."""

from __future__ import annotations

import codecs
from pathlib import Path

from ...errors import BadInputError
from ...text import Text

EXCEL, CSV, JSONL, PARQUET = "excel", "csv", "jsonl", "parquet"
ENDINGS = {
    ".xlsx": EXCEL,
    ".xlsm": EXCEL,
    ".xls": EXCEL,
    ".xlsb": EXCEL,
    ".ods": EXCEL,
    ".csv": CSV,
    ".tsv": CSV,
    ".txt": CSV,
    ".jsonl": JSONL,
    ".ndjson": JSONL,
    ".json": JSONL,
    ".parquet": PARQUET,
    ".pq": PARQUET,
}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 22
_KINDS = {
    EXCEL: Text("Excel 工作簿", "an Excel workbook"),
    CSV: Text("文本表格（CSV）", "a text table (CSV)"),
    JSONL: Text("JSON Lines 文件", "a JSON Lines file"),
    PARQUET: Text("Parquet 文件", "a Parquet file"),
}

_NO_FILE = Text("找不到文件 {file}", "there is no file {file}")
_NO_FILE_CURE = Text("请检查路径和文件名。", "Check the path and the name.")
_UNREADABLE = Text("读不了文件 {file}：{why}", "the file {file} cannot be read: {why}")
_ENDING = Text("不认识 {file} 的类型", "the type of {file} is not known")
_ENDING_CURE = Text(
    "可导入 .xlsx、.xls、.csv、.jsonl、.parquet。",
    "What can be imported: .xlsx, .xls, .csv, .jsonl, .parquet.",
)
_VOID = Text("文件 {file} 是空的", "the file {file} is empty")
_VOID_CURE = Text("请确认导出或传送已完成。", "Make sure that the export or transfer was finished.")
_DIFFERENT = Text(
    "{file} 的扩展名说它是{named}，内容却是{real}",
    "by its ending {file} is {named}, by its content {real}",
)
_DIFFERENT_CURE = Text("请改正扩展名，或重新导出。", "Correct the ending or export it again.")
_BINARY = Text(
    "{file} 不是文本表格，里面是二进制数据", "{file} is no text table: it is binary data"
)
_BINARY_CURE = Text(
    "请从原软件另存为 .xlsx 或 .csv。", "Save it as .xlsx or .csv from the program it came from."
)
_ENCODING = Text(
    "{file} 的文字编码无法识别（第 {place} 个字节处）",
    "the text encoding of {file} is not known (at byte {place})",
)
_ENCODING_CURE = Text(
    "请另存为 UTF-8 编码的 CSV，或存为 .xlsx。", "Save it as CSV in UTF-8, or as .xlsx."
)


def kind_of(path: Path) -> str:
    """Return which of the four kinds a file is.

    Raises
    ------
    BadInputError
        It is not there, empty, of no known kind, or its content contradicts its ending.
    """
    head = _head(path)
    named = ENDINGS.get(path.suffix.lower())
    if named is None:
        raise BadInputError(_ENDING.fill(file=path.name), _ENDING_CURE)
    if not head:
        raise BadInputError(_VOID.fill(file=path.name), _VOID_CURE)
    real = _by_content(head)
    if real == named or (real == CSV and named == JSONL):
        return named
    if real == CSV and b"\x00" in head and not head.startswith(_UTF16):
        raise BadInputError(_BINARY.fill(file=path.name), _BINARY_CURE)
    values = {"file": path.name, "named": _KINDS[named], "real": _KINDS[real]}
    raise BadInputError(_DIFFERENT.fill(**values), _DIFFERENT_CURE)


_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def encoding_of(path: Path) -> str:
    """Return the encoding of a text file: UTF-8, with or without BOM, UTF-16 with BOM or GB18030.

    Raises
    ------
    BadInputError
        It is binary, or none of these.
    """
    head = _head(path)
    if head.startswith(_UTF16) and _decodes(path, "utf-16") is None:
        return "utf-16"
    if b"\x00" in head:
        raise BadInputError(_BINARY.fill(file=path.name), _BINARY_CURE)
    if _decodes(path, "utf-8") is None:
        return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"
    place = _decodes(path, "gb18030")
    if place is None:
        return "gb18030"
    raise BadInputError(_ENCODING.fill(file=path.name, place=place), _ENCODING_CURE)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except FileNotFoundError:
        raise BadInputError(_NO_FILE.fill(file=path), _NO_FILE_CURE) from None
    except OSError as error:
        raise BadInputError(_UNREADABLE.fill(file=path, why=error.strerror)) from None


def _by_content(head: bytes) -> str:
    if head.startswith((_ZIP, _OLE)):
        return EXCEL
    if head.startswith(b"PAR1"):
        return PARQUET
    return CSV


def _decodes(path: Path, encoding: str) -> int | None:
    """Return None where the whole file decodes, else the place of the first byte that does not."""
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return done + error.start
            done += len(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return done
    return None
