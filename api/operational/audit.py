"""The audit log: who did what, when, and what came of it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from .database import Database, Table, now


class Entry(Table):
    """One request that changed something, or was refused."""

    __tablename__ = "api_audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    client: Mapped[str | None]
    key: Mapped[str | None]
    method: Mapped[str]
    path: Mapped[str]
    status: Mapped[int]
    request: Mapped[str]
    address: Mapped[str | None]


def note(database: Database, entry: Entry) -> None:
    """Write an entry down."""
    with database.writing() as session:
        session.add(entry)


def entries(
    database: Database, client: str | None, limit: int, offset: int
) -> tuple[int, list[Entry]]:
    """Return how many entries there are, and a page of them, the newest first."""
    query = sa.select(Entry)
    if client:
        query = query.where(Entry.client == client)
    with database.reading() as session:
        total = session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
        page = query.order_by(Entry.id.desc()).limit(limit).offset(offset)
        return total, list(session.scalars(page))


def entry_of(
    client: str | None,
    key: str | None,
    method: str,
    path: str,
    status: int,
    request: str,
    address: str | None,
) -> Entry:
    """Return an entry for this moment."""
    return Entry(
        at=now(),
        client=client,
        key=key,
        method=method,
        path=path[:500],
        status=status,
        request=request,
        address=address,
    )
