"""Clients, keys, tokens and the audit log as they come in and go out."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ....algorithms.answers.models import Answer
from ...operational.audit import Entry
from ...operational.clients import Client, Granted, Key
from ..reading.lists import NEXT
from ..reading.params import Name, Paged
from .scopes import SCOPES

ScopeName = Literal["read", "import", "leads", "contacts", "review", "admin"]
_SCOPES = "; ".join(f"{name}: {text.en}" for name, text in SCOPES.items())


class KeyAsked(BaseModel):
    """A key that is to be made."""

    model_config = ConfigDict(extra="forbid")

    days: int | None = Field(
        default=365, ge=1, le=3650, description="days it is good for; null: without end"
    )


class ClientIn(KeyAsked):
    """A client that is to be made, with its first key."""

    name: Name
    scopes: list[ScopeName] = Field(min_length=1, max_length=len(SCOPES), description=_SCOPES)
    region: Name | None = Field(
        default=None, description="code or name: it sees its own leads and imports only"
    )
    rate: int | None = Field(
        default=None, ge=1, le=1_000_000, description="requests a minute; the setting where null"
    )


class KeyAnswer(Answer):
    """A key; its secret is shown once, when it is made."""

    prefix: str = Field(description="how it starts after `lp_`; names the key")
    client: str
    created: datetime.datetime
    expires: datetime.datetime | None
    last_used: datetime.datetime | None = Field(description="to within some seconds")
    revoked: datetime.datetime | None


class ClientAnswer(Answer):
    """A client."""

    id: str
    name: str
    scopes: list[ScopeName]
    region: str | None = Field(description="code of the region it is bound to")
    rate: int | None = Field(description="requests a minute; the setting where null")
    created: datetime.datetime
    disabled: datetime.datetime | None
    keys: list[KeyAnswer]


class NewKey(Answer):
    """A key that was made just now."""

    secret: str = Field(description="the key itself: it is never shown again")
    key: KeyAnswer


class NewClient(Answer):
    """A client that was made just now."""

    client: ClientAnswer
    secret: str = Field(description="its first key: it is never shown again")


class ClientsPage(Answer):
    """A page of clients, the oldest first."""

    total: int
    clients: list[ClientAnswer]
    next: str | None = Field(description=NEXT)


class Me(Answer):
    """Who asks."""

    id: str
    name: str
    scopes: list[ScopeName]
    region: str | None = Field(description="code of the region it is bound to")
    rate: int = Field(description="requests a minute")


class Token(Answer):
    """An access token (RFC 6749, 5.1)."""

    access_token: str
    token_type: Literal["bearer"]
    expires_in: int = Field(description="seconds")
    scope: str = Field(description="the scopes that it grants, separated by spaces")


class TokenRefused(Answer):
    """Why there is no token (RFC 6749, 5.2)."""

    error: Literal["invalid_client", "invalid_scope", "unsupported_grant_type"]
    error_description: str


class AuditAnswer(Answer):
    """A request that changed something, or was refused."""

    id: int
    at: datetime.datetime
    client: str | None
    key: str | None = Field(description="prefix of the key that was shown")
    method: str
    path: str
    status: int
    request: str = Field(description="the request's id, as in the log")
    address: str | None


class AuditPage(Answer):
    """A page of the audit log, the newest first."""

    total: int
    entries: list[AuditAnswer]
    next: str | None = Field(description=NEXT)


class AuditAsked(Paged):
    """Which entries."""

    client: Annotated[Name | None, BeforeValidator(lambda value: value or None)] = Field(
        default=None, description="id of a client"
    )


def client_of(client: Client, keys: list[Key]) -> ClientAnswer:
    """Return a client with its keys."""
    return ClientAnswer.model_validate(
        {
            "id": client.id,
            "name": client.name,
            "scopes": client.scopes,
            "region": client.region,
            "rate": client.rate,
            "created": client.created,
            "disabled": client.disabled,
            "keys": [key_of(each) for each in keys],
        }
    )


def key_of(key: Key) -> KeyAnswer:
    """Return a key without its secret."""
    return KeyAnswer(
        prefix=key.prefix,
        client=key.client,
        created=key.created,
        expires=key.expires,
        last_used=key.last_used,
        revoked=key.revoked,
    )


def me_of(caller: Granted, rate: int) -> Me:
    """Return who asks; `rate` where none of its own is set."""
    return Me.model_validate(
        {
            "id": caller.id,
            "name": caller.name,
            "scopes": sorted(caller.scopes),
            "region": caller.region,
            "rate": caller.rate or rate,
        }
    )


def entry_of(entry: Entry) -> AuditAnswer:
    """Return an entry of the audit log."""
    return AuditAnswer(
        id=entry.id,
        at=entry.at,
        client=entry.client,
        key=entry.key,
        method=entry.method,
        path=entry.path,
        status=entry.status,
        request=entry.request,
        address=entry.address,
    )
