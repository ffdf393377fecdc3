"""Subscriptions and deliveries as they go in and out, and the messages that receivers get."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ....algorithms.answers.models import Answer, Ref
from ....algorithms.evidence import Fact
from ..imports.models import ImportAnswer
from ..leads.models import LeadAnswer
from ..reading.lists import NEXT
from ..reading.params import Name, Paged
from .audience import OF_A_SCOPE

TypeName = Literal[
    "gap.opened",
    "gap.closed",
    "target.entered",
    "target.left",
    "lead.updated",
    "import.finished",
    "snapshot.published",
]
StateName = Literal["pending", "delivered", "dead"]
Url = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^https?://[^\s\x00]+$")]
_URL = "where messages are posted: https, and no private address unless the operator allows it"
_REGION = "code or name; gap.* and target.* are worked out for it; that of the key where none"
_CHAIN = "id or name; gap.* and target.* are worked out for it; all products where none"
_OVERLAP = "hours for which the old secret still signs beside the new one"


class SubscriptionIn(BaseModel):
    """What a CRM wants to be told, and where."""

    model_config = ConfigDict(extra="forbid")

    url: Url = Field(description=_URL, examples=["https://crm.example/lianpu"])
    types: list[TypeName] = Field(min_length=1, max_length=7)
    region: Name | None = Field(default=None, description=_REGION, examples=["芜湖市"])
    chain: Name | None = Field(default=None, description=_CHAIN, examples=["新能源汽车"])


class SubscriptionPatch(BaseModel):
    """What has changed; what is not named stays."""

    model_config = ConfigDict(extra="forbid")

    url: Url | None = Field(default=None, description=_URL)
    types: list[TypeName] | None = Field(default=None, min_length=1, max_length=7)
    region: Name | None = Field(default=None, description=f"{_REGION}; null: no region")
    chain: Name | None = Field(default=None, description=f"{_CHAIN}; null: all")
    active: bool | None = Field(
        default=None, description="false: events are not collected for it any more"
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("nothing is to be changed")
        for name in ("url", "types", "active"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class RotateIn(BaseModel):
    """How to change the secret."""

    model_config = ConfigDict(extra="forbid")

    overlap_hours: int = Field(default=24, ge=0, le=168, description=_OVERLAP)


class SubscriptionAnswer(Answer):
    """A subscription."""

    id: str
    version: int = Field(description="as in its ETag; counts up with every change")
    url: str
    types: list[TypeName]
    region: str | None = Field(description="code")
    chain: str | None = Field(description="id")
    active: bool = Field(description="false also when the receiver answered 410")
    secrets: int = Field(description="secrets that sign now: 2 while an old one runs out")
    created: datetime.datetime


class SubscriptionSecret(SubscriptionAnswer):
    """A subscription with its secret, which is shown this once."""

    secret: str = Field(description="whsec_…, as Standard Webhooks writes it")


class SubscriptionsPage(Answer):
    """A page of subscriptions, the oldest first."""

    total: int
    subscriptions: list[SubscriptionAnswer]
    next: str | None = Field(description=NEXT)


class DeliveryAnswer(Answer):
    """An event on its way to a subscription."""

    id: int
    subscription: str
    event: str = Field(description="id of the event: the header webhook-id")
    type: str
    subject: str = Field(description="events about one subject are delivered in order")
    state: StateName = Field(description="dead: given up after about three days, or on a 410")
    attempts: int
    due: datetime.datetime = Field(description="of the next attempt, where it is pending")
    status: int | None = Field(description="HTTP status of the last attempt")
    error: str | None = Field(description="why the last attempt failed")
    delivered: datetime.datetime | None
    at: datetime.datetime = Field(description="when it happened")
    data: dict[str, Any] = Field(description="what the message says")


class DeliveriesPage(Answer):
    """A page of deliveries, the newest first."""

    total: int
    deliveries: list[DeliveryAnswer]
    next: str | None = Field(description=NEXT)


class DeliveriesAsked(Paged):
    """Which deliveries."""

    subscription: Name | None = Field(default=None, description="id")
    state: StateName | None = Field(default=None, description="dead: the dead letters")
    type: TypeName | Literal["ping"] | None = Field(default=None, description="of events")


class ScopeData(Answer):
    """Of which region and chain."""

    region: Ref
    chain: Ref | None


class GapData(Answer):
    """A gap that opened or closed between two snapshots."""

    snapshot: int
    since: int = Field(description="the snapshot that it is compared with")
    scope: ScopeData
    product: Ref
    before: str | None = Field(description="status: strong, adequate, weak, missing, unknown")
    after: str | None
    by: list[Fact] = Field(description="facts that are new since then and bear on it")


class TargetData(Answer):
    """An enterprise that has come among the first 20 targets of a gap, or left them."""

    snapshot: int
    since: int
    scope: ScopeData
    product: Ref
    enterprise: Ref
    score: float | None = Field(description="0 to 1")


class SnapshotData(Answer):
    """A snapshot that was published."""

    snapshot: int
    date: datetime.date
    batch: int


class PingData(Answer):
    """A test."""

    subscription: str


class _Message(Answer):
    timestamp: datetime.datetime = Field(description="when it happened")


class GapMessage(_Message):
    """gap.opened, gap.closed."""

    type: Literal["gap.opened", "gap.closed"]
    data: GapData


class TargetMessage(_Message):
    """target.entered, target.left."""

    type: Literal["target.entered", "target.left"]
    data: TargetData


class LeadMessage(_Message):
    """lead.updated; without contact data."""

    type: Literal["lead.updated"]
    data: LeadAnswer


class ImportMessage(_Message):
    """import.finished."""

    type: Literal["import.finished"]
    data: ImportAnswer


class SnapshotMessage(_Message):
    """snapshot.published."""

    type: Literal["snapshot.published"]
    data: SnapshotData


class PingMessage(_Message):
    """ping: a test that somebody asked for."""

    type: Literal["ping"]
    data: PingData


def wants_scope(types: list[str]) -> bool:
    """Return whether one of the types is worked out for a region."""
    return bool(OF_A_SCOPE & set(types))
