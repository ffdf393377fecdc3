"""Imports as they go out."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from pydantic import Field

from ....algorithms.answers.models import Answer
from ....errors import LianpuError
from ....text import Text
from ...operational.jobs import Job
from ..problems import KINDS, Problem, kind_of, problem
from ..reading.lists import NEXT
from ..reading.params import Paged

State = Literal["queued", "running", "succeeded", "failed", "cancelled"]


class SheetAnswer(Answer):
    """How the rows of one sheet fared: read = taken + rejected + to_review."""

    file: str
    sheet: str | None
    template: str
    read: int
    taken: int
    partial: int = Field(description="of those taken, rows that lack a cell that was not readable")
    rejected: int
    to_review: int = Field(description="rows that wait for a decision")


class NoticeAnswer(Answer):
    """Something about a whole sheet that its owner should know."""

    file: str
    sheet: str | None
    wrong: str
    right: str


class ImportResult(Answer):
    """What an import did."""

    snapshot: int | None = Field(description="number of the newest snapshot when it was over")
    created: int = Field(description="rows that are new in the graph")
    updated: int
    unchanged: int
    rejected: int
    to_review: int
    errors: int = Field(description="rows and cells that were not taken; see /errors")
    reviews: list[int] = Field(description="numbers in the review list")
    sheets: list[SheetAnswer]
    notices: list[NoticeAnswer]


class ImportAnswer(Answer):
    """An import."""

    id: str
    state: State
    stage: str = Field(description="what is being done")
    done: int = Field(description="steps of the stage that are done")
    total: int = Field(description="steps of the stage")
    cancelling: bool = Field(description="a cancel was asked for")
    files: list[str]
    client: str
    created: datetime.datetime
    started: datetime.datetime | None
    finished: datetime.datetime | None
    result: ImportResult | None = Field(description="once it succeeded, or rows were refused")
    problem: Problem | None = Field(description="why it failed")


class ImportsPage(Answer):
    """A page of imports, the newest first."""

    total: int
    imports: list[ImportAnswer]
    next: str | None = Field(description=NEXT)


class RowError(Answer):
    """A row or cell that was not taken."""

    file: str
    sheet: str | None
    row: int = Field(description="as a spreadsheet shows it")
    column: str | None = Field(description="null: the whole row")
    value: str | None
    wrong: str
    right: str = Field(description="what would be right")
    effect: str = Field(description="what became of the row")


class ErrorsPage(Answer):
    """A page of errors."""

    total: int
    errors: list[RowError]
    next: str | None = Field(description=NEXT)


class ImportsAsked(Paged):
    """Which imports."""

    state: State | None = None


def answer_of(job: Job) -> ImportAnswer:
    """Return a job in the language in force."""
    result = _said(job.result) if job.result else None
    return ImportAnswer(
        id=job.id,
        state=job.state,  # type: ignore[arg-type]
        stage=str(Text(*job.stage)),
        done=job.done,
        total=job.total,
        cancelling=job.cancel and job.finished is None,
        files=job.files,
        client=job.client,
        created=job.created,
        started=job.started,
        finished=job.finished,
        result=ImportResult.model_validate(result) if result else None,
        problem=_problem(job.problem, job.id) if job.problem else None,
    )


def kept_problem(error: LianpuError) -> dict[str, Any]:
    """Return an error as jobs keep it."""
    return {
        "kind": kind_of(error).name,
        "detail": kept(error.message),
        "cure": kept(error.cure) if error.cure else None,
    }


def _problem(found: dict[str, Any], job: str) -> Problem:
    kind = next(each for each in KINDS if each.name == found["kind"])
    cure = Text(**found["cure"]) if found["cure"] else None
    return problem(kind, Text(**found["detail"]), job, cure=cure)


def kept(text: Text) -> dict[str, str]:
    """Return a text as results keep it: in both languages."""
    return {"zh": text.zh, "en": text.en}


def _said(value: Any) -> Any:
    """Put every kept text into the language in force."""
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            return str(Text(value["zh"], value["en"]))
        return {name: _said(each) for name, each in value.items()}
    return [_said(each) for each in value] if isinstance(value, list) else value
