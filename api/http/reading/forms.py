"""Forms of an answer: JSON, and for lists CSV, XLSX and lines of JSON, as Accept asks."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from ....text import Text
from ...workbook import no_formula, write_sheets
from ..problems import NotAcceptableError
from ..stack.answers import SNAPSHOT
from .cursor import Place, cursor_at, links
from .fields import chosen, flat
from .params import Paged

JSON, CSV, LINES = "application/json", "text/csv", "application/x-ndjson"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OF_LISTS = (JSON, CSV, XLSX, LINES)

_NO_FORM = Text("可用的格式：{forms}", "the forms there are: {forms}")

Frame = Callable[[], pd.DataFrame]


def one(request: Request, answer: BaseModel) -> Response:
    """Return an answer as JSON."""
    form_of(request, (JSON,))
    return Response(answer.model_dump_json(), media_type=JSON, headers=_headers(answer))


def as_file(answer: BaseModel, made: bytes, name: str, media_type: str) -> Response:
    """Return what was made of an answer as a file of that name."""
    headers = _headers(answer) | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(made, media_type=media_type, headers=headers)


def many(
    request: Request,
    answer: BaseModel,
    name: str,
    page: Paged,
    place: Place,
    total: int,
    frame: Frame | None = None,
) -> Response:
    """Return a page of a list in the form asked for.

    Parameters
    ----------
    name : of the field of `answer` that is the list.
    place : where the page begins.
    frame : makes the table for people, for XLSX; else the rows are taken as they are.
    """
    form = form_of(request, OF_LISTS)
    rows = len(getattr(answer, name))
    after = place.offset + rows
    cursor = cursor_at(request, Place(after, place.snapshot)) if rows and after < total else None
    headers = _headers(answer) | {"Link": links(request, cursor)}
    if form == JSON and page.fields is None:
        body = answer.model_copy(update={"next": cursor}).model_dump_json()
        return Response(body, media_type=JSON, headers=headers)
    if form == XLSX and frame and page.fields is None:
        return Response(_workbook(name, frame()), media_type=XLSX, headers=headers | _file(name))
    whole: dict[str, Any] = answer.model_dump(mode="json") | {"next": cursor}
    if page.fields is not None:
        whole["fields"] = page.fields
        whole[name] = chosen(whole[name], page.fields)
    return _shaped(form, whole, name, headers)


def _shaped(form: str, whole: dict[str, Any], name: str, headers: dict[str, str]) -> Response:
    rows: list[dict[str, Any]] = whole[name]
    if form == JSON:
        return Response(_json(whole), media_type=JSON, headers=headers)
    if form == LINES:
        lines = "".join(f"{_json(row)}\n" for row in rows)
        return Response(lines, media_type=LINES, headers=headers)
    cells = [flat(row) for row in rows]
    if form == CSV:
        return Response(_csv(cells), media_type=CSV, headers=headers)
    return Response(
        _workbook(name, pd.DataFrame(cells)), media_type=XLSX, headers=headers | _file(name)
    )


def form_of(request: Request, forms: tuple[str, ...]) -> str:
    """Return the form that Accept prefers among those there are (RFC 9110, 12.5.1)."""
    accepted = request.headers.get("accept") or "*/*"
    best: tuple[float, str] | None = None
    for part in accepted.split(","):
        kind, *rest = (each.strip() for each in part.split(";"))
        weight = next((each[2:] for each in rest if each.startswith("q=")), "1")
        quality = float(weight) if weight.replace(".", "", 1).isdigit() else 1.0
        for form in forms:
            family = f"{form.split('/')[0]}/*"
            if kind.lower() in (form, family, "*/*") and quality > (best[0] if best else 0):
                best = (quality, form)
    if best is None:
        raise NotAcceptableError(_NO_FORM.fill(forms=", ".join(forms)))
    return best[1]


def _headers(answer: BaseModel) -> dict[str, str]:
    """The snapshot stands in the headers too, for those who do not look into the body."""
    found = getattr(answer, "snapshot", None) or getattr(answer, "after", None)
    if found is None:
        return {}
    day = found.as_of or found.date
    return {SNAPSHOT: str(found.number), "X-Lianpu-As-Of": day.isoformat()}


def _file(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _csv(rows: list[dict[str, Any]]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows({name: no_formula(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _workbook(name: str, frame: pd.DataFrame) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer.xlsx"
        write_sheets(path, {name: frame})
        return path.read_bytes()
