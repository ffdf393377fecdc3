"""Events and their delivery: the outbox, who is told, what was delivered and what was given up.

An event is written in the transaction of what it tells of (`note_event`), or under a name that
the same cause gives again; nothing is lost and nothing is told twice under two ids. Who wants to
hear of it is found out later (`waiting_events`, `fan_out`), and each of them gets a delivery.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from ...errors import NotKnownError
from ...text import Text
from .database import Database, Table, new_id, now

TYPES = (
    "gap.opened",
    "gap.closed",
    "target.entered",
    "target.left",
    "lead.updated",
    "import.finished",
    "snapshot.published",
)
PING = "ping"
PENDING, DELIVERED, DEAD = "pending", "delivered", "dead"
OVERLAP = timedelta(hours=24)
"""How long an old secret still signs beside the new one."""
KEPT = timedelta(days=30)
"""How long what was delivered is remembered."""

_NO_SUBSCRIPTION = Text("没有编号为 {id} 的订阅", "there is no subscription {id}")
_NO_DELIVERY = Text("没有编号为 {id} 的投递", "there is no delivery {id}")


class Subscription(Table):
    """A client that wants to be told."""

    __tablename__ = "api_subscription"

    id: Mapped[str] = mapped_column(primary_key=True)
    client: Mapped[str]
    bound: Mapped[str | None]
    """Region that the client is bound to."""
    url: Mapped[str]
    types: Mapped[list[str]]
    region: Mapped[str | None]
    chain: Mapped[str | None]
    secrets: Mapped[list[dict[str, Any]]]
    """The newest first: {"secret": …, "until": ISO moment or None}. They sign, so they are kept."""
    active: Mapped[bool]
    version: Mapped[int]
    created: Mapped[datetime]


class Event(Table):
    """Something that happened."""

    __tablename__ = "api_event"
    __table_args__ = (sa.UniqueConstraint("id"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    """In the order in which events were written."""
    id: Mapped[str]
    type: Mapped[str]
    subject: Mapped[str]
    """What it is about: events about one subject are delivered in order."""
    region: Mapped[str | None]
    """Code of the region that it belongs to: who is bound elsewhere is not told."""
    at: Mapped[datetime]
    data: Mapped[dict[str, Any]]
    fanned: Mapped[bool] = mapped_column(index=True)
    """Whether those who want to hear of it have their deliveries."""


class Delivery(Table):
    """An event on its way to a subscription."""

    __tablename__ = "api_delivery"
    __table_args__ = (sa.UniqueConstraint("subscription", "event"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription: Mapped[str] = mapped_column(sa.ForeignKey("api_subscription.id"))
    event: Mapped[int] = mapped_column(sa.ForeignKey("api_event.number"))
    subject: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    attempts: Mapped[int]
    due: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[int | None]
    """HTTP status of the last attempt."""
    error: Mapped[str | None]
    delivered: Mapped[datetime | None]


def subscribe(session: Session, **values: Any) -> Subscription:
    """Add a subscription with a new secret."""
    found = Subscription(
        id=new_id("sub"),
        secrets=[{"secret": new_secret(), "until": None}],
        active=True,
        version=1,
        created=now(),
        **values,
    )
    session.add(found)
    return found


def new_secret() -> str:
    """Return a new signing secret as Standard Webhooks writes it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def rotate(subscription: Subscription, overlap: timedelta = OVERLAP) -> str:
    """Give a subscription a new secret; the old one signs beside it for a while."""
    until = (now() + overlap).isoformat()
    fresh = new_secret()
    old = [each | {"until": each["until"] or until} for each in good_secrets(subscription)]
    subscription.secrets = [{"secret": fresh, "until": None}, *old]
    subscription.version += 1
    return fresh


def good_secrets(subscription: Subscription) -> list[dict[str, Any]]:
    """Return the secrets that sign now, the newest first."""
    moment = now().isoformat()
    return [each for each in subscription.secrets if not each["until"] or each["until"] > moment]


def subscription_in(session: Session, key: str) -> Subscription:
    """Return a subscription.

    Raises
    ------
    NotKnownError
        There is none of that id.
    """
    found = session.get(Subscription, key)
    if found is None:
        raise NotKnownError(_NO_SUBSCRIPTION.fill(id=key))
    return found


def subscriptions(session: Session, *, active: bool | None = None) -> list[Subscription]:
    """Return the subscriptions, the oldest first."""
    query = sa.select(Subscription).order_by(Subscription.created, Subscription.id)
    if active is not None:
        query = query.where(Subscription.active == active)
    return list(session.scalars(query))


def note_event(session: Session, event: Event) -> bool:
    """Write an event in the transaction of what it tells of; False where its id is there."""
    if session.scalar(sa.select(Event.number).where(Event.id == event.id)) is not None:
        return False
    session.add(event)
    session.flush()
    return True


def waiting_events(session: Session, limit: int) -> list[Event]:
    """Return events for which nobody has been told to deliver yet, the oldest first."""
    query = sa.select(Event).where(Event.fanned.is_(False)).order_by(Event.number).limit(limit)
    return list(session.scalars(query))


def fan_out(session: Session, event: Event, told: list[Subscription]) -> list[Delivery]:
    """Give everybody who is to be told of an event a delivery."""
    event.fanned = True
    found = [
        Delivery(
            subscription=each.id,
            event=event.number,
            subject=event.subject,
            state=PENDING,
            attempts=0,
            due=now(),
            status=None,
            error=None,
            delivered=None,
        )
        for each in told
    ]
    session.add_all(found)
    return found


def new_event(
    kind: str, subject: str, region: str | None, data: dict[str, Any], key: str | None = None
) -> Event:
    """Return an event of this moment; the same `key` gives the same id."""
    return Event(
        id=key or new_id("evt"),
        type=kind,
        subject=subject,
        region=region,
        at=now(),
        data=data,
        fanned=False,
    )


def due_deliveries(
    database: Database, limit: int = 50
) -> list[tuple[Delivery, Event, Subscription]]:
    """Return what can be delivered now: of each subject, for each subscription, the earliest."""
    earlier = aliased(Delivery)
    blocked = sa.exists().where(
        earlier.subscription == Delivery.subscription,
        earlier.subject == Delivery.subject,
        earlier.state == PENDING,
        earlier.id < Delivery.id,
    )
    query = (
        sa.select(Delivery, Event, Subscription)
        .join(Event, Event.number == Delivery.event)
        .join(Subscription, Subscription.id == Delivery.subscription)
        .where(Delivery.state == PENDING, Delivery.due <= now(), Subscription.active, ~blocked)
        .order_by(Delivery.id)
        .limit(limit)
    )
    with database.reading() as session:
        return [(row[0], row[1], row[2]) for row in session.execute(query)]


def settle(database: Database, delivery: int, **values: Any) -> None:
    """Take note of what came of an attempt."""
    with database.writing() as session:
        session.execute(sa.update(Delivery).where(Delivery.id == delivery).values(**values))


@dataclass(frozen=True)
class DeliveryFilter:
    """Which deliveries are wanted; what is None does not matter."""

    client: str | None = None
    """Whose subscriptions."""
    subscription: str | None = None
    state: str | None = None
    type: str | None = None


def deliveries(
    session: Session, wanted: DeliveryFilter, limit: int, offset: int
) -> tuple[int, list[tuple[Delivery, Event]]]:
    """Return how many deliveries are wanted, and a page of them, the newest first."""
    query = (
        sa.select(Delivery, Event)
        .join(Event, Event.number == Delivery.event)
        .join(Subscription, Subscription.id == Delivery.subscription)
    )
    for column, value in (
        (Subscription.client, wanted.client),
        (Delivery.subscription, wanted.subscription),
        (Delivery.state, wanted.state),
        (Event.type, wanted.type),
    ):
        if value is not None:
            query = query.where(column == value)
    total = session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    page = query.order_by(Delivery.id.desc()).limit(limit).offset(offset)
    return total, [(row[0], row[1]) for row in session.execute(page)]


def delivery_in(session: Session, delivery: int) -> tuple[Delivery, Event, Subscription]:
    """Return a delivery with its event and subscription.

    Raises
    ------
    NotKnownError
        There is none of that id.
    """
    found = session.get(Delivery, delivery)
    if found is None:
        raise NotKnownError(_NO_DELIVERY.fill(id=delivery))
    event = session.get_one(Event, found.event)
    return found, event, session.get_one(Subscription, found.subscription)


def redeliver(delivery: Delivery) -> None:
    """Let a delivery be tried again from the start, in a transaction of the caller's."""
    delivery.state, delivery.attempts, delivery.due = PENDING, 0, now()
    delivery.delivered = None


def stop(database: Database, subscription: str) -> None:
    """Deliver nothing more to a subscription until it is set active again."""
    with database.writing() as session:
        found = session.get(Subscription, subscription)
        if found:
            found.active = False
            found.version += 1


def unsubscribe(session: Session, subscription: Subscription) -> None:
    """Remove a subscription and all its deliveries, in a transaction of the caller's."""
    session.execute(sa.delete(Delivery).where(Delivery.subscription == subscription.id))
    session.delete(subscription)


def forget(database: Database) -> None:
    """Forget what was delivered long ago, and events that nobody waits for any more."""
    before = now() - KEPT
    with database.writing() as session:
        over = sa.and_(Delivery.state == DELIVERED, Delivery.delivered < before)
        session.execute(sa.delete(Delivery).where(over))
        waited_for = sa.exists().where(Delivery.event == Event.number)
        old = sa.and_(Event.fanned, Event.at < before, ~waited_for)
        session.execute(sa.delete(Event).where(old))
