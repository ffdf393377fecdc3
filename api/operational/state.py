"""What the service remembers of itself: leases among workers, marks, the secret of tokens."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Mapped, Session, mapped_column

from .database import Database, Table, now

TOKEN_SECRET, ANNOUNCED = "token_secret", "announced_snapshot"


class Mark(Table):
    """A named value."""

    __tablename__ = "api_mark"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Lease(Table):
    """Who does a piece of work that only one worker may do at a time, and until when."""

    __tablename__ = "api_lease"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime]


def mark(database: Database, name: str) -> str | None:
    """Return a named value."""
    with database.reading() as session:
        found = session.get(Mark, name)
        return found.value if found else None


def set_mark(database: Database, name: str, value: str) -> None:
    """Set a named value."""
    with database.writing() as session:
        put_mark(session, name, value)


def put_mark(session: Session, name: str, value: str) -> None:
    """Set a named value in a transaction of the caller's."""
    session.merge(Mark(name=name, value=value))


def token_secret(database: Database) -> str:
    """Return the secret that access tokens are signed with, made when first asked for."""
    if found := mark(database, TOKEN_SECRET):
        return found
    with database.writing() as session:
        there = session.get(Mark, TOKEN_SECRET)
        if there is None:
            there = Mark(name=TOKEN_SECRET, value=secrets.token_hex(32))
            session.add(there)
        return there.value


def take_lease(database: Database, name: str, holder: str, seconds: float) -> bool:
    """Take or renew a lease; return whether it is held now."""
    with database.writing() as session:
        found = session.get(Lease, name)
        if found and found.holder != holder and found.until > now():
            return False
        session.merge(Lease(name=name, holder=holder, until=now() + timedelta(seconds=seconds)))
        return True


def drop_lease(database: Database, name: str, holder: str) -> None:
    """Give a lease up."""
    with database.writing() as session:
        found = session.get(Lease, name)
        if found and found.holder == holder:
            session.delete(found)
