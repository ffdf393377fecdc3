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
DEAD_AFTER = timedelta(seconds=60)
"""When a running job that shows no sign of life is taken up by another worker."""

_NO_JOB = Text("没有编号为 {id} 的导入任务", "there is no import job {id}")


class Job(Table):
    """One upload. Its files lie in the data folder under `jobs/<id>`."""

    __tablename__ = "api_job"

    id: Mapped[str] = mapped_column(primary_key=True)
    client: Mapped[str]
    region: Mapped[str | None]
    """Region of the client that handed it in."""
    state: Mapped[str] = mapped_column(index=True)
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
    alive: Mapped[datetime | None]
    """When the worker last showed a sign of life."""


def add_job(
    database: Database, client: str, region: str | None, files: list[str], options: dict[str, Any]
) -> Job:
    """Write a job down; nothing is queued before `queue` is called."""
    job = Job(
        id=new_id("job"),
        client=client,
        region=region,
        state="uploading",
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
        alive=None,
    )
    with database.writing() as session:
        session.add(job)
    return job


def queue(database: Database, job: str) -> Job:
    """Let a job whose files are there wait for its turn."""
    return change(database, job, state=QUEUED)


def next_job(database: Database) -> Job | None:
    """Take the oldest job that waits, or whose worker has died; it is running from here on."""
    with database.writing() as session:
        dead = sa.and_(Job.state == RUNNING, Job.alive < now() - DEAD_AFTER)
        waiting = sa.select(Job).where(sa.or_(Job.state == QUEUED, dead)).order_by(Job.created)
        job = session.scalars(waiting.limit(1)).first()
        if job:
            job.state, job.started, job.alive = RUNNING, job.started or now(), now()
        return job


def change(database: Database, job: str, **values: Any) -> Job:
    """Change a job and return it."""
    with database.writing() as session:
        found = _found(session, job)
        for name, value in values.items():
            setattr(found, name, value)
        return found


def cancel(database: Database, job: str) -> Job:
    """Cancel a job: at once where it waits, at its next step where it runs."""
    with database.writing() as session:
        found = _found(session, job)
        if found.state in (QUEUED, "uploading"):
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


def _found(session: Session, job: str) -> Job:
    found = session.get(Job, job)
    if found is None:
        raise NotKnownError(_NO_JOB.fill(id=job))
    return found
