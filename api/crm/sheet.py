"""Rows under the headers of a CRM."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..workbook import no_formula
from .mapping import Column, Kind, Mapping
from .rows import Row


def frame_of(mapping: Mapping, kind: Kind, rows: list[Row]) -> pd.DataFrame:
    """Return rows as the CRM wants them; a header stands even where there is no row."""
    columns = mapping.columns_for(kind)
    table = [[_value(mapping, column, row) for column in columns] for row in rows]
    return pd.DataFrame(table, columns=[each.header for each in columns], dtype=object)


def csv_of(mapping: Mapping, frame: pd.DataFrame) -> bytes:
    """Return a frame as CSV in UTF-8; text that looks like a formula is led by a quote."""
    text = frame.map(no_formula).to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig" if mapping.byte_order_mark else "utf-8")


def _value(mapping: Mapping, column: Column, row: Row) -> Any:
    if column.value is None:
        stands = column.only_with is None or row.get(column.only_with) is not None
        return column.constant if stands else None
    value = row.get(column.value)
    if column.value == "stage":
        return mapping.words.get("stage", {}).get(row["stage_code"], value)
    return mapping.words.get(column.value, {}).get(str(value), value)
