"""Stored replies: the same POST with the same Idempotency-Key gets the same answer again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from .database import Database, Table, now

KEPT = timedelta(days=7)
"""How long replies are kept."""
ABANDONED = timedelta(minutes=5)
"""When a request that has not answered counts as dead."""


class Reply(Table):
    """What was answered, or that an answer is under way."""

    __tablename__ = "api_reply"

    client: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    """Of method, path and body: another request under the same key is refused."""
    asked: Mapped[datetime]
    status: Mapped[int | None]
    headers: Mapped[list[str] | None]
    body: Mapped[bytes | None]


@dataclass(frozen=True)
class Kept:
    """A reply as it was given."""

    digest: str
    status: int | None
    headers: list[str]
    body: bytes


def claim(database: Database, client: str, key: str, digest: str) -> Kept | None:
    """Claim a key for a request; return what is kept under it, None where the claim succeeds."""
    with database.writing() as session:
        session.execute(sa.delete(Reply).where(Reply.asked < now() - KEPT))
        found = session.get(Reply, (client, key))
        if found and not (found.status is None and found.asked < now() - ABANDONED):
            return Kept(found.digest, found.status, found.headers or [], found.body or b"")
        if found:
            session.delete(found)
            session.flush()
        session.add(
            Reply(
                client=client,
                key=key,
                digest=digest,
                asked=now(),
                status=None,
                headers=None,
                body=None,
            )
        )
    return None


def settle(
    database: Database, client: str, key: str, status: int, headers: list[str], body: bytes
) -> None:
    """Keep the reply to a claimed request."""
    with database.writing() as session:
        found = session.get_one(Reply, (client, key))
        found.status, found.headers, found.body = status, headers, body


def release(database: Database, client: str, key: str) -> None:
    """Give a claim up: the request failed on our side and may be tried again."""
    with database.writing() as session:
        session.execute(sa.delete(Reply).where(Reply.client == client, Reply.key == key))
