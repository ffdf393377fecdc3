"""Running imports: one at a time, in the order in which they came."""

from __future__ import annotations

import asyncio
import shutil
import time
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import structlog

from ....errors import LianpuError, StoreBusyError
from ....graph.progress import Progress
from ....ingest.pipeline import WRITING, run
from ....ingest.report import ImportReport, StrictImportError, problems_of
from ....text import Language, Text, speaking
from ...operational import jobs
from ...operational.database import now
from ...operational.events import new_event, note_event
from ...operational.jobs import Job
from ..duties import Duty
from ..graph import writing
from ..service import Service
from .models import answer_of, kept, kept_problem

ERRORS, MARKED = "errors-{language}.parquet", "marked-{language}.xlsx"
LANGUAGES: tuple[Language, ...] = ("zh", "en")
_LOOK_SECONDS = 1.0
_TELL_SECONDS = 0.5

_LOG = structlog.get_logger("lianpu.imports")
_DIED = Text("导入多次中断，已放弃", "the import was interrupted again and again; it is given up")
_BROKE = Text(
    "导入时服务内部出错，已记入日志", "an internal error during the import; it is in the log"
)


class StoppedError(Exception):
    """The import is to stop: it was cancelled, or the service goes down."""


class DiedError(LianpuError):
    """The import takes its worker down."""


def folder_of(service: Service, job: str) -> Path:
    """Return where the files of a job are."""
    return service.settings.data / "jobs" / job


async def step(service: Service) -> bool:
    """Run the next job; return whether there was one."""
    return await asyncio.to_thread(_next, service)


DUTY = Duty("imports", step, lambda _: _LOOK_SECONDS)


def _next(service: Service) -> bool:
    for old in jobs.forget_old(service.database):
        shutil.rmtree(folder_of(service, old), ignore_errors=True)
    job = jobs.next_job(service.database)
    if job is None:
        return False
    try:
        if job.attempts > jobs.ATTEMPTS:
            raise DiedError(_DIED)
        report = _run(service, job)
        _finish(service, job, jobs.SUCCEEDED, report=report)
    except StoreBusyError:
        jobs.change(service.database, job.id, state=jobs.QUEUED, attempts=job.attempts - 1)
        return False
    except StoppedError:
        return _stop(service, job)
    except StrictImportError as error:
        _finish(service, job, jobs.FAILED, report=error.report, error=error)
    except LianpuError as error:
        _finish(service, job, jobs.FAILED, error=error)
    except Exception as error:
        _LOG.error("import failed", job=job.id, exc_info=error)
        _finish(service, job, jobs.FAILED, error=LianpuError(_BROKE))
    return True


def _run(service: Service, job: Job) -> ImportReport:
    options = job.options
    with service.reviews() as reviews, writing(service) as store:
        folder = folder_of(service, job.id)
        files = [folder / str(number) / name for number, name in enumerate(job.files)]
        return run(
            store,
            files or reviews.ready(),
            settings=service.settings,
            template=options.get("template"),
            strict=bool(options.get("strict")),
            source=options.get("source"),
            as_of=date.fromisoformat(options["as_of"]) if options.get("as_of") else None,
            confidence=options.get("confidence"),
            reviews=reviews,
            progress=_teller(service, job.id),
        )


def _teller(service: Service, job: str) -> Progress:
    """Return what writes down how far an import has come, and stops it where it can be stopped."""
    told = 0.0

    def tell(stage: Text, done: int, total: int) -> None:
        nonlocal told
        if service.draining and stage is not WRITING:
            raise StoppedError
        if time.monotonic() - told < _TELL_SECONDS and stage is not WRITING:
            return
        told = time.monotonic()
        values = {"stage": [stage.zh, stage.en], "done": done, "total": total}
        found = jobs.change(service.database, job, **values)
        # Once the batch is being written it is too late: it goes in as a whole.
        if found.cancel and (stage is not WRITING or not done):
            raise StoppedError

    return tell


def _stop(service: Service, job: Job) -> bool:
    """Cancel a job, or where the service goes down leave it to the next worker."""
    if jobs.job_of(service.database, job.id).cancel:
        _finish(service, job, jobs.CANCELLED)
        return True
    jobs.change(service.database, job.id, state=jobs.QUEUED, attempts=job.attempts - 1)
    return False


def _finish(
    service: Service,
    job: Job,
    state: str,
    *,
    report: ImportReport | None = None,
    error: LianpuError | None = None,
) -> None:
    folder = folder_of(service, job.id)
    result = _result(service, report, folder) if report else None
    problem = kept_problem(error) if error else None
    with service.database.writing() as session:
        found = jobs.change_in(
            session, job.id, state=state, finished=now(), result=result, problem=problem
        )
        data = answer_of(found).model_dump(mode="json")
        note_event(session, new_event("import.finished", job.id, job.region, data, f"{job.id}.end"))
    for number in range(len(job.files)):
        shutil.rmtree(folder / str(number), ignore_errors=True)


def _result(service: Service, report: ImportReport, folder: Path) -> dict[str, Any]:
    _keep_errors(report, folder)
    return {
        "snapshot": next(reversed(service.atlas.snapshots()), None),
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": report.rejected,
        "to_review": report.to_review,
        "errors": report.problems.num_rows,
        "reviews": [*report.review_ids],
        "sheets": [
            {
                "file": each.file,
                "sheet": each.sheet,
                "template": kept(each.template),
                "read": each.read,
                "taken": each.taken,
                "partial": each.partial,
                "rejected": each.rejected,
                "to_review": each.to_review,
            }
            for each in report.sheets
        ],
        "notices": [
            {
                "file": each.file,
                "sheet": each.sheet,
                "wrong": kept(each.wrong),
                "right": kept(each.right),
            }
            for each in report.notices
        ],
    }


def _keep_errors(report: ImportReport, folder: Path) -> None:
    """Keep the errors as a table and as the marked workbook, in both languages."""
    if not report.problems.num_rows:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        with speaking(language):
            pq.write_table(problems_of(report.work), folder / ERRORS.format(language=language))
            report.write_marked_workbook(folder / MARKED.format(language=language))
