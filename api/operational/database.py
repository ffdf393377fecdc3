"""The database of operational data: its engine, its transactions, its tables."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Session

from ...ingest.review import FILE
from ...settings import Settings

BUSY_SECONDS = 30
"""How long a writer waits for another one in SQLite."""


class Moment(sa.TypeDecorator[datetime]):
    """A moment in UTC, whatever the database makes of time zones."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment as the database keeps it."""
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment as the code has it."""
        return value.replace(tzinfo=UTC) if value else None


class Table(DeclarativeBase):
    """The root of all tables."""

    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as it stands
        datetime: Moment,
        dict[str, Any]: sa.JSON,
        list[str]: sa.JSON,
        list[dict[str, Any]]: sa.JSON,
    }


class Database:
    """The operational database.

    Parameters
    ----------
    url : of the database; tables that are missing are made.
    """

    def __init__(self, url: sa.URL) -> None:
        self.url = url
        self._engine = sa.create_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite")
        if url.get_backend_name() == "sqlite":
            _tune_sqlite(self._engine)
        self._writer = self._engine.execution_options(writes=True)
        Table.metadata.create_all(self._engine)

    @contextmanager
    def reading(self) -> Generator[Session]:
        """Open a session to look things up."""
        with Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Generator[Session]:
        """Open a transaction: all of it or nothing, durable once the block is left."""
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def open_database(settings: Settings) -> Database:
    """Open the database that the settings name; SQLite in the data folder where they name none."""
    # The tables are declared in these modules.
    for name in ("audit", "clients", "events", "jobs", "leads", "replies", "sessions", "state"):
        import_module(f"{__package__}.{name}")
    named = settings.http.database.get_secret_value()
    if named:
        return Database(sa.make_url(named))
    settings.data.mkdir(parents=True, exist_ok=True)
    return Database(sa.URL.create("sqlite", database=str(settings.data / FILE)))


Clock = Callable[[], datetime]


def _wall_clock() -> datetime:
    return datetime.now(UTC)


_CLOCKS: list[Clock] = [_wall_clock]


def now() -> datetime:
    """Return the moment it is, in UTC."""
    return _CLOCKS[-1]()


@contextmanager
def by_clock(clock: Clock) -> Generator[None]:
    """Let a clock of the caller's say what moment it is: a month is simulated in seconds."""
    _CLOCKS.append(clock)
    try:
        yield
    finally:
        _CLOCKS.remove(clock)


def new_id(prefix: str) -> str:
    """Return a new random id, such as `lead_3f9a…`."""
    return f"{prefix}_{secrets.token_hex(10)}"


def _tune_sqlite(engine: sa.Engine) -> None:
    """Readers do not block the writer; a transaction that writes takes its turn at the start.

    Without the latter, two that read first and then write refuse each other instead of waiting.
    """

    def tune(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={BUSY_SECONDS * 1000}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", tune)
    event.listen(engine, "begin", begin)
