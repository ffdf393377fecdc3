"""Parquet files and pandas frames."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from ...errors import BadInputError
from ...graph.coded import distinct, joined, used
from ...text import Text
from .excel import column_of
from .raw import RawTable, clean_headers, nothing_in

_BROKEN = Text("Parquet 文件 {file} 读不了，可能不完整", "the Parquet file {file} cannot be read")
_BROKEN_CURE = Text("请重新导出或重新传送。", "Export or transfer it again.")


def read_parquet(path: Path) -> RawTable:
    """Read a Parquet file, its texts by number; the number of a row is that of the record.

    Raises
    ------
    BadInputError
        It is damaged or holds no row.
    """
    try:
        found = parquet.ParquetFile(path)
        texts = [each.name for each in found.schema_arrow if pa.types.is_string(each.type)]
        found = parquet.ParquetFile(path, read_dictionary=texts)
        return table_of_arrow(found.read(), path.name)
    except (pa.ArrowInvalid, OSError):
        raise BadInputError(_BROKEN.fill(file=path.name), _BROKEN_CURE) from None


def read_frame_as(frame: pd.DataFrame, name: str) -> RawTable:
    """Take a pandas frame; columns of mixed types are read as text."""
    columns = {str(header): _series(frame[header]) for header in frame.columns}
    headers = clean_headers([str(header) for header in frame.columns], name, None)
    if frame.empty:
        raise nothing_in(name)
    rows = pa.array(np.arange(1, len(frame) + 1, dtype=np.int64))
    return RawTable(name, None, tuple(headers), tuple(columns.values()), rows)


def table_of_arrow(table: pa.Table, name: str) -> RawTable:
    """Take an Arrow table."""
    if not table.num_columns or not table.num_rows:
        raise nothing_in(name)
    headers = clean_headers(table.column_names, name, None)
    columns = tuple(joined(column) for column in table.columns)
    rows = pa.array(np.arange(1, table.num_rows + 1, dtype=np.int64))
    return RawTable(name, None, tuple(headers), columns, rows)


def _series(series: Any) -> pa.Array:
    try:
        found = pa.Array.from_pandas(series)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return column_of([None if cell is None or cell != cell else cell for cell in series])  # noqa: PLR0124
    found = joined(found)
    # A category that no cell holds is nothing that was handed in.
    return used(distinct(found)) if pa.types.is_dictionary(found.type) else found
