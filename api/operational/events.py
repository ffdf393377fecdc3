"""Events and their delivery: the outbox, who is told, what was delivered and what was given up.

An event is written in the transaction of what it tells of (`note_event`), or under a name that
the same cause gives again; nothing is lost and nothing is told twice under two ids. Who wants to
hear of it is found out later (`waiting_events`, `fan_out`), and each of them gets a delivery.
"""

from __future__ import annotations

import base64
import secrets
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


def fan_out(session: Session, event: Event, told: list[Subscription], delay: float = 0) -> None:
    """Give everybody who is to be told of an event a delivery."""
    event.fanned = True
    for each in told:
        session.add(
            Delivery(
                subscription=each.id,
                event=event.number,
                subject=event.subject,
                state=PENDING,
                attempts=0,
                due=now() + timedelta(seconds=delay),
                status=None,
                error=None,
                delivered=None,
            )
        )


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


def deliveries(
    session: Session, subscription: str, state: str | None, limit: int, offset: int
) -> tuple[int, list[tuple[Delivery, Event]]]:
    """Return how many deliveries a subscription has, and a page of them, the newest first."""
    query = sa.select(Delivery, Event).join(Event, Event.number == Delivery.event)
    query = query.where(Delivery.subscription == subscription)
    if state:
        query = query.where(Delivery.state == state)
    total = session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    page = query.order_by(Delivery.id.desc()).limit(limit).offset(offset)
    return total, [(row[0], row[1]) for row in session.execute(page)]


def redeliver(session: Session, subscription: str, delivery: int) -> Delivery:
    """Let a delivery be tried again from the start.

    Raises
    ------
    NotKnownError
        The subscription has no such delivery.
    """
    found = session.get(Delivery, delivery)
    if found is None or found.subscription != subscription:
        raise NotKnownError(_NO_DELIVERY.fill(id=delivery))
    found.state, found.attempts, found.due = PENDING, 0, now()
    return found
