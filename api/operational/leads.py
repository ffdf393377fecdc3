"""Leads: firms that a CRM has taken over, and what became of them.

A lead is acknowledged when it is committed here; `written` tells which version of it the graph
holds, so that what a dead worker left undone is found again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from ...errors import NotKnownError
from ...text import Text
from .database import Database, Table, new_id, now

STAGES = ("lead", "talks", "signed", "building", "operating", "ended")

_NO_LEAD = Text("没有编号为 {id} 的线索", "there is no lead {id}")


class Lead(Table):
    """One firm for one gap."""

    __tablename__ = "api_lead"
    __table_args__ = (sa.UniqueConstraint("region", "product", "enterprise"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    client: Mapped[str]
    made_by: Mapped[str | None]
    """Idempotency-Key of the request that made it."""
    region: Mapped[str]
    enterprise: Mapped[str]
    enterprise_name: Mapped[str]
    product: Mapped[str]
    product_name: Mapped[str]
    region_name: Mapped[str]
    stage: Mapped[str]
    reason: Mapped[str | None]
    """Why the match was rejected or came to nothing."""
    investment: Mapped[float | None]
    signed_on: Mapped[date | None]
    started_on: Mapped[date | None]
    operating_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    reference: Mapped[str | None]
    """The CRM's own id."""
    note: Mapped[str | None]
    contact: Mapped[dict[str, Any] | None]
    """Of a person: given out with the scope `contacts` only."""
    version: Mapped[int]
    written: Mapped[int]
    created: Mapped[datetime]
    updated: Mapped[datetime]


class LeadChange(Table):
    """One version of a lead: its stage, when and by whom."""

    __tablename__ = "api_lead_change"

    lead: Mapped[str] = mapped_column(sa.ForeignKey("api_lead.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    stage: Mapped[str]
    reason: Mapped[str | None]
    client: Mapped[str]
    at: Mapped[datetime]


@dataclass(frozen=True)
class Match:
    """A firm for a gap, by their keys: one lead each."""

    region: str
    product: str
    enterprise: str


@dataclass(frozen=True)
class LeadFilter:
    """Which leads are wanted; what is None does not matter."""

    regions: frozenset[str] | None = None
    stage: str | None = None
    enterprise: str | None = None
    product: str | None = None
    reference: str | None = None
    updated_after: datetime | None = None


def add_lead(session: Session, **values: Any) -> Lead:
    """Add a lead in a transaction of the caller's."""
    moment = now()
    lead = Lead(
        id=new_id("lead"), version=1, written=0, created=moment, updated=moment, **_blank() | values
    )
    session.add(lead)
    session.flush()
    _note(session, lead, lead.client)
    return lead


def change_lead(session: Session, lead: Lead, client: str, values: dict[str, Any]) -> Lead:
    """Give a lead new values and its next version, in a transaction of the caller's."""
    for name, value in values.items():
        setattr(lead, name, value)
    lead.version += 1
    lead.updated = now()
    _note(session, lead, client)
    return lead


def lead_for(session: Session, match: Match) -> Lead | None:
    """Return the lead of a match, None where there is none."""
    query = sa.select(Lead).where(
        Lead.region == match.region,
        Lead.product == match.product,
        Lead.enterprise == match.enterprise,
    )
    return session.scalars(query).first()


def lead_in(session: Session, lead: str) -> Lead:
    """Return a lead.

    Raises
    ------
    NotKnownError
        There is none of that id.
    """
    found = session.get(Lead, lead)
    if found is None:
        raise NotKnownError(_NO_LEAD.fill(id=lead))
    return found


def history(session: Session, lead: str) -> list[LeadChange]:
    """Return the versions of a lead, the oldest first."""
    query = sa.select(LeadChange).where(LeadChange.lead == lead).order_by(LeadChange.version)
    return list(session.scalars(query))


def leads(
    database: Database, wanted: LeadFilter, limit: int, offset: int
) -> tuple[int, list[Lead]]:
    """Return how many leads are wanted, and a page of them, the latest change first."""
    query = sa.select(Lead)
    for column, value in (
        (Lead.stage, wanted.stage),
        (Lead.enterprise, wanted.enterprise),
        (Lead.product, wanted.product),
        (Lead.reference, wanted.reference),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.updated_after is not None:
        query = query.where(Lead.updated > wanted.updated_after)
    if wanted.regions is not None:
        query = query.where(Lead.region.in_(wanted.regions))
    with database.reading() as session:
        total = session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
        page = query.order_by(Lead.updated.desc(), Lead.id).limit(limit).offset(offset)
        return total, list(session.scalars(page))


def lead_regions(database: Database) -> set[str]:
    """Return the regions of all leads."""
    with database.reading() as session:
        return set(session.scalars(sa.select(Lead.region).distinct()))


def unwritten(database: Database) -> list[Lead]:
    """Return the leads whose newest version the graph does not hold yet."""
    with database.reading() as session:
        return list(session.scalars(sa.select(Lead).where(Lead.written < Lead.version)))


def mark_written(database: Database, versions: dict[str, int]) -> None:
    """Take note of the versions that the graph holds now."""
    with database.writing() as session:
        for lead, version in versions.items():
            done = sa.update(Lead).where(Lead.id == lead).values(written=version)
            session.execute(done)


def _note(session: Session, lead: Lead, client: str) -> None:
    session.add(
        LeadChange(
            lead=lead.id,
            version=lead.version,
            stage=lead.stage,
            reason=lead.reason,
            client=client,
            at=lead.updated,
        )
    )


def _blank() -> dict[str, Any]:
    return dict.fromkeys(
        (
            "reason",
            "investment",
            "signed_on",
            "started_on",
            "operating_on",
            "ended_on",
            "reference",
            "note",
            "contact",
        )
    )
