"""Imports: hand in spreadsheets, follow them, get the errors back, cancel."""

from __future__ import annotations

import asyncio
import datetime
import pathlib
import shutil
import time
from collections.abc import AsyncIterator
from typing import Annotated

import pyarrow as pa
import pyarrow.parquet as pq
from fastapi import APIRouter, File, Form, Path, Query, Request, Response, UploadFile
from starlette.responses import FileResponse, StreamingResponse

from ....errors import BadInputError, NotKnownError
from ....ingest.report import SCHEMA
from ....ingest.templates import TEMPLATES
from ....text import Text, language
from ...operational import jobs
from ...operational.clients import Granted
from ...operational.jobs import Job
from ..auth.access import Importer
from ..imports.models import (
    ErrorsPage,
    ImportAnswer,
    ImportsAsked,
    ImportsPage,
    RowError,
    answer_of,
)
from ..imports.run import ERRORS, MARKED, folder_of
from ..problems import documented
from ..reading.forms import OF_LISTS, XLSX, form_of
from ..reading.lists import FORMS, Chosen, rows_turn
from ..reading.params import Name, Paged
from ..service import Here, Service

router = APIRouter(prefix="/v1/imports", tags=["imports"], responses=documented(401, 403, 404, 422))

Key = Annotated[str, Path(max_length=60, description="id of an import")]

_NO_TEMPLATE = Text("没有模板“{name}”，可用：{names}", "there is no template “{name}”: {names}")
_NO_FILE = Text("没有上传文件", "no file was uploaded")
_NO_MARKED = Text("这次导入没有出错的行", "no row of this import was refused")
_LONGEST_NAME = 120
_LOOK_SECONDS = 0.5
_BEAT_SECONDS = 15.0


@router.post(
    "",
    operation_id="create_import",
    status_code=202,
    response_model=ImportAnswer,
    responses=documented(409, 413),
)
def create_import(
    service: Here,
    caller: Importer,
    response: Response,
    files: Annotated[list[UploadFile], File(description="XLSX, XLS, CSV, JSON Lines or Parquet")],
    template: Annotated[
        Name | None, Form(description="which template; told from the sheets where it is not named")
    ] = None,
    strict: Annotated[bool, Form(description="write nothing where a row cannot be taken")] = False,
    source: Annotated[Name | None, Form(description="title of the source")] = None,
    as_of: Annotated[
        datetime.date | None, Form(description="the day of rows that do not state theirs")
    ] = None,
    confidence: Annotated[
        float | None, Form(ge=0, le=1, description="0 to 1, of rows that do not state theirs")
    ] = None,
) -> ImportAnswer:
    """Hand in spreadsheets. All files of one import go in together or not at all.

    Follow it by asking again (`GET /v1/imports/{id}`) or as server-sent events
    (`GET /v1/imports/{id}/events`).
    """
    if template is not None and template not in TEMPLATES:
        raise BadInputError(_NO_TEMPLATE.fill(name=template, names=", ".join(TEMPLATES)))
    options = {
        "template": template,
        "strict": strict,
        "source": source,
        "as_of": as_of.isoformat() if as_of else None,
        "confidence": confidence,
    }
    key = jobs.new_job_id()
    names = _keep(folder_of(service, key), files)
    with service.database.writing() as session:
        job = jobs.new_job(key, caller.id, caller.region, names, options)
        session.add(job)
    response.headers["Location"] = f"/v1/imports/{key}"
    return answer_of(job)


@router.get("", operation_id="list_imports", response_model=ImportsPage | Chosen, responses=FORMS)
def list_imports(
    service: Here, caller: Importer, request: Request, asked: Annotated[ImportsAsked, Query()]
) -> Response:
    """List imports, the newest first."""
    turn = rows_turn(request, asked)
    found = [
        each
        for each in jobs.jobs(service.database, asked.state)
        if service.sees(caller, each.region)
    ]
    rows = [answer_of(each) for each in found[turn.rows]]
    page = ImportsPage(total=len(found), imports=rows, next=None)
    return turn.give(ImportsPage, page, "imports")


@router.get("/{job}", operation_id="get_import", response_model=ImportAnswer)
def get_import(service: Here, caller: Importer, job: Key) -> ImportAnswer:
    """Tell how far an import has come, and what came of it."""
    return answer_of(job_for(service, caller, job))


@router.get(
    "/{job}/events",
    operation_id="follow_import",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def follow_import(service: Here, caller: Importer, job: Key) -> StreamingResponse:
    """Follow an import as server-sent events.

    `progress` whenever it has come further, `finished` at its end; the data of each is the import
    as `GET /v1/imports/{id}` gives it.
    """
    await asyncio.to_thread(job_for, service, caller, job)
    return StreamingResponse(_stream(service, job), media_type="text/event-stream")


@router.get(
    "/{job}/errors",
    operation_id="list_import_errors",
    response_model=ErrorsPage | Chosen,
    responses=FORMS,
)
def list_import_errors(
    service: Here, caller: Importer, request: Request, job: Key, asked: Annotated[Paged, Query()]
) -> Response:
    """List the rows and cells that were not taken, in words that the owner understands.

    As XLSX it is the workbook with the bad cells marked, to be mended and handed in again.
    """
    found = job_for(service, caller, job)
    folder = folder_of(service, found.id)
    if form_of(request, OF_LISTS) == XLSX:
        return marked_in(folder)
    turn = rows_turn(request, asked)
    table = errors_in(folder)
    rows = table.slice(turn.page.offset, turn.page.limit).to_pylist()
    errors = [RowError.model_validate(row) for row in rows]
    page = ErrorsPage(total=table.num_rows, errors=errors, next=None)
    return turn.give(ErrorsPage, page, "errors")


@router.post("/{job}/cancel", operation_id="cancel_import", response_model=ImportAnswer)
def cancel_import(service: Here, caller: Importer, job: Key) -> ImportAnswer:
    """Cancel an import: at once where it waits, else at its next step.

    Once its rows are being written it is too late: they go in as a whole.
    """
    job_for(service, caller, job)
    return answer_of(jobs.cancel(service.database, job))


def job_for(service: Service, caller: Granted, key: str) -> Job:
    """Return an import that the caller may see."""
    job = jobs.job_of(service.database, key)
    service.ensure_sees(caller, job.region)
    return job


def _keep(folder: pathlib.Path, files: list[UploadFile]) -> list[str]:
    """Put uploads into a folder, each in one of its own so that names cannot clash."""
    names: list[str] = []
    for number, each in enumerate(files):
        name = _safe(each.filename or "")
        if not name:
            raise BadInputError(_NO_FILE)
        path = folder / str(number) / name
        path.parent.mkdir(parents=True)
        with path.open("wb") as out:
            shutil.copyfileobj(each.file, out)
        names.append(name)
    return names


def _safe(name: str) -> str:
    """Return a file name without folders and without what no file system likes."""
    last = name.replace("\\", "/").split("/")[-1]
    plain = "".join(each for each in last if each.isprintable() and each not in '<>:"|?*')
    return plain.strip(" .")[-_LONGEST_NAME:]


def errors_in(folder: pathlib.Path) -> pa.Table:
    """Return the rows and cells of an import that were not taken, in the language in force."""
    path = folder / ERRORS.format(language=language())
    return pq.read_table(path) if path.exists() else SCHEMA.empty_table()


def marked_in(folder: pathlib.Path) -> FileResponse:
    """Return the workbook with the bad cells marked.

    Raises
    ------
    NotKnownError
        No row was refused.
    """
    path = folder / MARKED.format(language=language())
    if not path.exists():
        raise NotKnownError(_NO_MARKED)
    return FileResponse(path, media_type=XLSX, filename="errors.xlsx")


async def _stream(service: Service, key: str) -> AsyncIterator[str]:
    told, beat = "", time.monotonic()
    while not service.draining:
        job = await asyncio.to_thread(jobs.job_of, service.database, key)
        said = answer_of(job).model_dump_json()
        if said != told:
            kind = "finished" if job.state in jobs.OVER else "progress"
            yield f"event: {kind}\ndata: {said}\n\n"
            told, beat = said, time.monotonic()
        if job.state in jobs.OVER:
            return
        if time.monotonic() - beat > _BEAT_SECONDS:
            yield ": still there\n\n"
            beat = time.monotonic()
        await asyncio.sleep(_LOOK_SECONDS)
