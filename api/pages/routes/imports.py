"""Imports: hand sheets in, watch them go, get the bad rows back, mend them, hand them in again."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Query, Response, UploadFile
from fastapi.responses import RedirectResponse
from pydantic import BeforeValidator, Field

from ....ingest.templates import TEMPLATES
from ....ingest.templates.write import write_template
from ...http.imports.models import answer_of
from ...http.imports.run import folder_of
from ...http.reading.forms import XLSX
from ...http.reading.params import Name
from ...http.routes.imports import cancel_import, create_import, errors_in, job_for, marked_in
from ...operational import jobs
from ..download import attached
from ..guard import PageRoute
from ..view import Viewing, Where

router = APIRouter(route_class=PageRoute)

LISTED, SHOWN = 50, 200
"""Imports in the list; errors in the table (the workbook has all of them)."""


def _nothing(value: object) -> object:
    """Take an empty field for one that says nothing."""
    return None if value == "" else value


Optional = BeforeValidator(_nothing)


class ImportsAsked(Where):
    """Which page of imports."""

    page: int = Field(default=1, ge=1, le=10_000)


@router.get("/imports")
def imports(view: Viewing, asked: Annotated[ImportsAsked, Query()]) -> Response:
    """Show the form and what was handed in."""
    view.need("import")
    found = [
        each
        for each in jobs.jobs(view.service.database, None)
        if view.service.sees(view.caller, each.region)
    ]
    start = (asked.page - 1) * LISTED
    return view.show(
        "imports.html",
        asked,
        asked=asked,
        found=[answer_of(each) for each in found[start : start + LISTED]],
        pages=-(-len(found) // LISTED),
        templates=TEMPLATES.values(),
    )


@router.post("/imports")
def hand_in(
    view: Viewing,
    response: Response,
    files: Annotated[list[UploadFile], Form()],
    template: Annotated[Name | None, Form(), Optional] = None,
    strict: Annotated[bool, Form()] = False,
    source: Annotated[Name | None, Form(), Optional] = None,
    as_of: Annotated[datetime.date | None, Form(), Optional] = None,
) -> Response:
    """Hand sheets in and lead to their progress."""
    view.need("import")
    job = create_import(view.service, view.caller, response, files, template, strict, source, as_of)
    return RedirectResponse(view.link(f"imports/{job.id}"), status_code=303)


@router.get("/imports/template/{name}.xlsx")
def template_of(view: Viewing, name: str) -> Response:
    """Give an empty sheet to fill in."""
    view.need("import")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(name, path)
        return attached(path.read_bytes(), f"lianpu-{name}.xlsx", XLSX)


@router.get("/imports/{job}")
def one(view: Viewing, job: str) -> Response:
    """Show how far an import has come, and what came of it."""
    view.need("import")
    found = job_for(view.service, view.caller, job)
    errors = errors_in(folder_of(view.service, job))
    return view.show(
        "import.html",
        Where(),
        job=answer_of(found),
        over=found.state in jobs.OVER,
        errors=errors.slice(0, SHOWN).to_pylist(),
        count=errors.num_rows,
    )


@router.get("/imports/{job}/marked.xlsx")
def marked(view: Viewing, job: str) -> Response:
    """Give the sheets back with the bad cells marked."""
    view.need("import")
    found = job_for(view.service, view.caller, job)
    return marked_in(folder_of(view.service, found.id))


@router.post("/imports/{job}/cancel")
def cancel(view: Viewing, job: str) -> Response:
    """Cancel an import."""
    view.need("import")
    cancel_import(view.service, view.caller, job)
    return RedirectResponse(view.link(f"imports/{job}"), status_code=303)
