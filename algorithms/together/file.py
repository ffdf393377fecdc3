"""Standings as a Parquet file that appears whole or not at all."""

from __future__ import annotations

import time
import uuid
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from ...graph.disk import sync
from ..index import Index
from .standings import KINDS, STATUSES, Standings
from .urgent import MOST_URGENT

_pq: Any = pyarrow.parquet

_NAME = b"lianpu"
_FILES = 64
"""So many files of a snapshot are kept: any day in the past and any chain may be asked for."""
_ABANDONED = 3600.0
"""Seconds after which a draft is of a process that died."""
_WIDTHS = {
    "counts": len(STATUSES),
    "kinds": len(KINDS),
    "urgent": MOST_URGENT,
    "status": MOST_URGENT,
    "priority": MOST_URGENT,
}


def write_file(path: Path, name: str, found: Standings) -> None:
    """Write the standings of all regions; where that cannot be done, there is no file."""
    draft = path.with_name(f".{uuid.uuid4().hex}.draft")
    try:
        path.parent.mkdir(exist_ok=True)
        _make_room(path.parent)
        _pq.write_table(_table(found, name), draft, write_page_checksum=True)
        sync(draft)
        draft.replace(path)
    except OSError:
        _remove(draft)


def read_file(path: Path, name: str, index: Index) -> Standings | None:
    """Return the standings of all regions, None where there is no such file or it is damaged."""
    try:
        table = _pq.read_table(path, page_checksum_verification=True)
        found = Standings(**{each.name: _array(table, each.name) for each in fields(Standings)})
    except (OSError, ValueError, KeyError, pa.ArrowException):
        return None
    named = (table.schema.metadata or {}).get(_NAME) == name.encode()
    return found if named and _fits(found, index) else None


def _table(found: Standings, name: str) -> pa.Table:
    columns = {each.name: getattr(found, each.name) for each in fields(Standings)}
    arrays = {
        title: pa.FixedSizeListArray.from_arrays(pa.array(array.ravel()), array.shape[1])
        if array.ndim > 1
        else pa.array(array)
        for title, array in columns.items()
    }
    return pa.table(arrays).replace_schema_metadata({_NAME: name.encode()})


def _array(table: pa.Table, name: str) -> Any:
    column = table.column(name).combine_chunks()
    if name not in _WIDTHS:
        return column.to_numpy()
    return column.flatten().to_numpy(zero_copy_only=False).reshape(table.num_rows, _WIDTHS[name])


def _fits(found: Standings, index: Index) -> bool:
    """Tell whether all numbers are those of things that there are."""
    return (
        np.array_equal(found.region, np.arange(len(index.regions)))
        and bool(((found.urgent >= -1) & (found.urgent < index.width)).all())
        and bool(((found.status >= -1) & (found.status < len(STATUSES))).all())
    )


def _make_room(folder: Path) -> None:
    """Remove what dead processes left, and the oldest files where there are too many."""
    for draft in folder.glob(".*.draft"):
        if draft.stat().st_mtime < time.time() - _ABANDONED:
            _remove(draft)
    files = sorted(folder.glob("*.parquet"), key=lambda each: each.stat().st_mtime)
    for old in files[: max(0, len(files) + 1 - _FILES)]:
        _remove(old)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:  # a folder that cannot be written: it stays
        return
