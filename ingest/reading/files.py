"""Any file or frame to raw tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from .arrow import read_frame_as, read_parquet
from .delimited import read_delimited
from .excel import read_workbook
from .jsonlines import read_json_lines
from .raw import RawTable, Recognise, refuse_huge_cells
from .sniff import CSV, EXCEL, JSONL, kind_of


def read_path(path: Path, recognise: Recognise) -> list[RawTable]:
    """Read all tables of a file.

    Parameters
    ----------
    path : .xlsx, .xls, .csv, .jsonl or .parquet.
    recognise : says which headers are known; the header row is found by it.

    Raises
    ------
    BadInputError
        The file cannot be used; the message says why and what to do.
    """
    readers: dict[str, Callable[[], list[RawTable]]] = {
        EXCEL: lambda: read_workbook(path, recognise),
        CSV: lambda: [read_delimited(path, recognise)],
        JSONL: lambda: [read_json_lines(path)],
    }
    read = readers.get(kind_of(path), lambda: [read_parquet(path)])
    return [refuse_huge_cells(table) for table in read()]


def read_frame(frame: pd.DataFrame, name: str) -> RawTable:
    """Take a pandas frame under the name by which it is called in messages."""
    return refuse_huge_cells(read_frame_as(frame, name))
