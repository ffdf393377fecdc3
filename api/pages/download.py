"""Files to take away."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
from fastapi import Response

from ..http.reading.forms import XLSX
from ..workbook import write_sheets


def workbook(name: str, sheets: dict[str, pd.DataFrame]) -> Response:
    """Return frames as a workbook of that name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.xlsx"
        write_sheets(path, sheets)
        return attached(path.read_bytes(), f"lianpu-{name}.xlsx", XLSX)


def attached(data: bytes | str, name: str, kind: str) -> Response:
    """Return a file that the browser keeps under that name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=kind, headers=headers)
