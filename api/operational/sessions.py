"""Sessions of the page: a browser that has shown a good key, until it signs out.

A session is good for as long as its key is: revoking the key ends it.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from .clients import Granted, granted_by_prefix
from .database import Database, Table, now

START = "lps_"
HOURS = 12
"""How long a session lasts."""


class PageSession(Table):
    """A session. Only the SHA-256 of what the browser holds is kept."""

    __tablename__ = "api_page_session"

    digest: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.ForeignKey("api_key.prefix"))
    expires: Mapped[datetime]


def start_session(database: Database, key: str) -> str:
    """Start a session for the key of that prefix; return what the browser is to hold."""
    shown = f"{START}{secrets.token_urlsafe(32)}"
    session = PageSession(digest=_digest(shown), key=key, expires=now() + timedelta(hours=HOURS))
    with database.writing() as transaction:
        transaction.execute(sa.delete(PageSession).where(PageSession.expires < now()))
        transaction.add(session)
    return shown


def granted_by_session(database: Database, shown: str) -> Granted | None:
    """Return what a session grants; None where it is over, or its key is not good any more."""
    with database.reading() as transaction:
        found = transaction.get(PageSession, _digest(shown))
        if found is None or found.expires <= now():
            return None
        return granted_by_prefix(transaction, found.key)


def end_session(database: Database, shown: str) -> None:
    """End a session."""
    with database.writing() as transaction:
        transaction.execute(sa.delete(PageSession).where(PageSession.digest == _digest(shown)))


def _digest(shown: str) -> str:
    return hashlib.sha256(shown.encode()).hexdigest()
