"""Import jobs: what was uploaded, how far its import has come, what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from ...errors import NotKnownError
from ...text import Text
from .database import Database, Table, new_id, now

QUEUED, RUNNING, SUCCEEDED, FAILED, CANCELLED = (
    "queued",
    "running",
    "succeeded",
    "failed",
    "cancelled",
)
OVER = (SUCCEEDED, FAILED, CANCELLED)
ATTEMPTS = 3
"""How often a job is begun: one that kills its worker is given up."""
KEPT = timedelta(days=30)
"""How long jobs and their errors are kept once they are over."""

_NO_JOB = Text("没有编号为 {id} 的导入任务", "there is no import job {id}")


class Job(Table):
    """One upload. Its files lie in the data folder under `jobs/<id>`."""

    __tablename__ = "api_job"

    id: Mapped[str] = mapped_column(primary_key=True)
    client: Mapped[str]
    region: Mapped[str | None]
    """Region of the client that handed it in."""
    state: Mapped[str] = mapped_column(index=True)
    attempts: Mapped[int]
    files: Mapped[list[str]]
    options: Mapped[dict[str, Any]]
    stage: Mapped[list[str]]
    """What is being done, in Chinese and English."""
    done: Mapped[int]
    total: Mapped[int]
    cancel: Mapped[bool]
    result: Mapped[dict[str, Any] | None]
    problem: Mapped[dict[str, Any] | None]
    created: Mapped[datetime]
    started: Mapped[datetime | None]
    finished: Mapped[datetime | None]


def new_job(
    key: str, client: str, region: str | None, files: list[str], options: dict[str, Any]
) -> Job:
    """Return a job that waits for its turn, not yet written down."""
    return Job(
        id=key,
        client=client,
        region=region,
        state=QUEUED,
        attempts=0,
        files=files,
        options=options,
        stage=["", ""],
        done=0,
        total=0,
        cancel=False,
        result=None,
        problem=None,
        created=now(),
        started=None,
        finished=None,
    )


def new_job_id() -> str:
    """Return the id of a job to be."""
    return new_id("job")


def next_job(database: Database) -> Job | None:
    """Take the oldest job that waits, or that a worker left undone; it is running from here on.

    Only the worker on duty calls this, so a job that is running is one whose worker died.
    """
    with database.writing() as session:
        begun = Job.state.in_((QUEUED, RUNNING))
        job = session.scalars(sa.select(Job).where(begun).order_by(Job.created).limit(1)).first()
        if job:
            job.state, job.started, job.attempts = RUNNING, job.started or now(), job.attempts + 1
        return job


def change(database: Database, job: str, **values: Any) -> Job:
    """Change a job and return it."""
    with database.writing() as session:
        return change_in(session, job, **values)


def change_in(session: Session, job: str, **values: Any) -> Job:
    """Change a job in a transaction of the caller's, and return it."""
    found = _found(session, job)
    for name, value in values.items():
        setattr(found, name, value)
    return found


def cancel(database: Database, job: str) -> Job:
    """Cancel a job: at once where it waits, at its next step where it runs."""
    with database.writing() as session:
        found = _found(session, job)
        if found.state == QUEUED:
            found.state, found.finished = CANCELLED, now()
        found.cancel = True
        return found


def job_of(database: Database, job: str) -> Job:
    """Return a job.

    Raises
    ------
    NotKnownError
        There is none of that id.
    """
    with database.reading() as session:
        return _found(session, job)


def jobs(database: Database, state: str | None) -> list[Job]:
    """Return the jobs, or those in a state, the newest first."""
    query = sa.select(Job).order_by(Job.created.desc(), Job.id)
    if state:
        query = query.where(Job.state == state)
    with database.reading() as session:
        return list(session.scalars(query))


def forget_old(database: Database) -> list[str]:
    """Forget the jobs that have been over for long; return their ids."""
    old = sa.and_(Job.state.in_(OVER), Job.finished < now() - KEPT)
    with database.writing() as session:
        found = list(session.scalars(sa.select(Job.id).where(old)))
        session.execute(sa.delete(Job).where(old))
        return found


def _found(session: Session, job: str) -> Job:
    found = session.get(Job, job)
    if found is None:
        raise NotKnownError(_NO_JOB.fill(id=job))
    return found
