"""Answers for machines: JSON, CSV and XLSX."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from ...errors import BadInputError
from ...text import Text

if TYPE_CHECKING:
    import pandas as pd

_NEEDS_FILE = Text("xlsx 格式需要用 --out 指定文件", "the format xlsx needs a file: --out FILE")
CANNOT_WRITE = Text("无法写入 {path}：{why}", "{path} cannot be written: {why}")


class Format(StrEnum):
    """How an answer is given."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


def chosen_format(wanted: Format | None, out: Path | None) -> Format:
    """Return the format asked for, else that of the file's ending, else a table."""
    if wanted is not None:
        return wanted
    endings = {".json": Format.JSON, ".csv": Format.CSV, ".xlsx": Format.XLSX}
    return endings.get(out.suffix.lower(), Format.JSON) if out else Format.TABLE


def write_answer(
    answer: BaseModel, sheets: dict[str, pd.DataFrame], wanted: Format, out: Path | None
) -> None:
    """Write an answer to a file, or where none is named to standard output.

    Raises
    ------
    BadInputError
        A workbook without a file, or a file that cannot be written.
    """
    with _in_words(out):
        if wanted is Format.XLSX:
            if out is None:
                raise BadInputError(_NEEDS_FILE)
            from ..workbook import write_sheets

            write_sheets(out, sheets)
        else:
            _write_text(_text(answer, next(iter(sheets.values())), wanted), wanted, out)


def write_bytes(content: bytes, out: Path | None) -> None:
    """Write what is ready to a file, or where none is named to standard output.

    Raises
    ------
    BadInputError
        The file cannot be written.
    """
    with _in_words(out):
        if out is None:
            sys.stdout.buffer.write(content)
        else:
            out.write_bytes(content)


@contextmanager
def _in_words(out: Path | None) -> Generator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise BadInputError(CANNOT_WRITE.fill(path=out, why=why)) from None


def _text(answer: BaseModel, frame: pd.DataFrame, wanted: Format) -> str:
    if wanted is Format.CSV:
        from ..workbook import no_formula

        return frame.map(no_formula).to_csv(index=False)
    return answer.model_dump_json(indent=2) + "\n"


def _write_text(text: str, wanted: Format, out: Path | None) -> None:
    """A CSV file starts with a byte order mark: without it Excel misreads Chinese."""
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8-sig" if wanted is Format.CSV else "utf-8")
