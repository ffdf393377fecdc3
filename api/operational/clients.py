"""Clients and their keys: who may ask, for which region, for how much."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from ...errors import NotKnownError
from ...text import Text
from .database import Database, Table, new_id, now

START = "lp_"
_PREFIX = 8
_NO_CLIENT = Text("没有编号为 {id} 的客户", "there is no client {id}")
_NO_KEY = Text("没有以 {prefix} 开头的密钥", "there is no key that starts with {prefix}")


class Client(Table):
    """A system that asks: a CRM, an analyst's notebook, a monitor."""

    __tablename__ = "api_client"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    region: Mapped[str | None]
    """Code of the region it is bound to; None for the whole graph."""
    scopes: Mapped[list[str]]
    rate: Mapped[int | None]
    """Requests a minute; the setting where it is None."""
    created: Mapped[datetime]
    disabled: Mapped[datetime | None]


class Key(Table):
    """A key of a client. Only its SHA-256 is kept: 256 random bits need no slow hash."""

    __tablename__ = "api_key"

    prefix: Mapped[str] = mapped_column(primary_key=True)
    client: Mapped[str] = mapped_column(sa.ForeignKey("api_client.id"))
    digest: Mapped[str]
    created: Mapped[datetime]
    expires: Mapped[datetime | None]
    last_used: Mapped[datetime | None]
    revoked: Mapped[datetime | None]


@dataclass(frozen=True)
class Granted:
    """Who a key or token speaks for, and what it may do."""

    id: str
    name: str
    region: str | None
    scopes: frozenset[str]
    rate: int | None = None
    key: str | None = None
    """The prefix of the key that was shown."""

    def may(self, scope: str) -> bool:
        """Return whether the scope is granted."""
        return scope in self.scopes


def add_client(
    database: Database,
    name: str,
    scopes: list[str],
    region: str | None = None,
    rate: int | None = None,
) -> Client:
    """Add a client."""
    client = Client(
        id=new_id("client"),
        name=name,
        region=region,
        scopes=sorted(set(scopes)),
        rate=rate,
        created=now(),
        disabled=None,
    )
    with database.writing() as session:
        session.add(client)
    return client


def add_key(database: Database, client: str, days: int | None = None) -> tuple[Key, str]:
    """Make a key for a client; return it with the secret, which nobody can show again.

    Raises
    ------
    NotKnownError
        There is no such client.
    """
    prefix, secret = secrets.token_hex(_PREFIX // 2), secrets.token_urlsafe(32)
    shown = f"{START}{prefix}_{secret}"
    key = Key(
        prefix=prefix,
        client=client,
        digest=_digest(shown),
        created=now(),
        expires=now() + timedelta(days=days) if days else None,
        last_used=None,
        revoked=None,
    )
    with database.writing() as session:
        if session.get(Client, client) is None:
            raise NotKnownError(_NO_CLIENT.fill(id=client))
        session.add(key)
    return key, shown


def granted_by_key(database: Database, shown: str) -> Granted | None:
    """Return what a key grants; None where it is unknown, expired or revoked."""
    prefix = shown.removeprefix(START).split("_", 1)[0]
    with database.reading() as session:
        key = session.get(Key, prefix) if shown.isascii() else None
        if key is None or not hmac.compare_digest(key.digest, _digest(shown)):
            return None
        if not _is_good(key):
            return None
        return _granted(session.get_one(Client, key.client), prefix)


def granted_by_prefix(session: Session, prefix: str) -> Granted | None:
    """Return what the key of a prefix grants; None where it is expired or revoked."""
    key = session.get_one(Key, prefix)
    return _granted(session.get_one(Client, key.client), prefix) if _is_good(key) else None


def granted_to_client(database: Database, client: str) -> Granted | None:
    """Return what a client is granted; None where there is none, or it is disabled."""
    with database.reading() as session:
        found = session.get(Client, client)
        return _granted(found, None) if found else None


def clients(database: Database) -> list[tuple[Client, list[Key]]]:
    """Return all clients with their keys."""
    with database.reading() as session:
        keys = session.scalars(sa.select(Key).order_by(Key.created)).all()
        found = session.scalars(sa.select(Client).order_by(Client.created)).all()
        return [(each, [key for key in keys if key.client == each.id]) for each in found]


def keys_of(database: Database, client: str) -> list[Key]:
    """Return the keys of a client, the oldest first."""
    with database.reading() as session:
        query = sa.select(Key).where(Key.client == client).order_by(Key.created)
        return list(session.scalars(query))


def revoke(database: Database, prefix: str) -> Key:
    """Revoke a key; revoking it twice changes nothing.

    Raises
    ------
    NotKnownError
        There is no such key.
    """
    with database.writing() as session:
        key = session.get(Key, prefix)
        if key is None:
            raise NotKnownError(_NO_KEY.fill(prefix=prefix))
        key.revoked = key.revoked or now()
        return key


def disable(database: Database, client: str) -> Client:
    """Disable a client with all its keys and tokens.

    Raises
    ------
    NotKnownError
        There is no such client.
    """
    with database.writing() as session:
        found = session.get(Client, client)
        if found is None:
            raise NotKnownError(_NO_CLIENT.fill(id=client))
        found.disabled = found.disabled or now()
        return found


def note_use(database: Database, prefixes: dict[str, datetime]) -> None:
    """Take note of when keys were last used."""
    with database.writing() as session:
        for prefix, moment in prefixes.items():
            session.execute(sa.update(Key).where(Key.prefix == prefix).values(last_used=moment))


def _granted(client: Client, key: str | None) -> Granted | None:
    if client.disabled:
        return None
    return Granted(
        client.id, client.name, client.region, frozenset(client.scopes), client.rate, key
    )


def _is_good(key: Key) -> bool:
    return not (key.revoked or (key.expires and key.expires <= now()))


def _digest(shown: str) -> str:
    return hashlib.sha256(shown.encode()).hexdigest()
