"""What may be done with a lead, and the event that tells of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ....algorithms.answers.models import Ref, Term
from ....algorithms.lookup import Match
from ....errors import BadInputError, ConflictError, NotKnownError
from ....graph.schema import SCHEMA
from ....text import Text
from ...operational import leads
from ...operational.clients import Granted
from ...operational.events import new_event, note_event
from ...operational.leads import Lead, LeadChange
from ..problems import ForbiddenError
from ..service import Service
from .models import Contact, LeadAnswer, LeadChangeAnswer, LeadIn, LeadPatch

_THERE = Text("这一对接已有线索 {id}", "there is a lead for this match already: {id}")
_PATCH = Text("请更新那条线索。", "Update that lead.")
_NO_CONTACTS = Text("读写联系人需要权限 contacts", "contact data needs the scope contacts")
_NO_REASON = Text("终止的线索须说明原因", "an ended lead needs a reason")
_DAYS = {
    "signed": "signed_on",
    "building": "started_on",
    "operating": "operating_on",
    "ended": "ended_on",
}
_STAGES = {
    choice.value: choice.text
    for choice in next(
        each for each in SCHEMA.node("Project").properties if each.name == "stage"
    ).choices
}


def take_over(service: Service, caller: Granted, given: LeadIn, key: str | None) -> Lead:
    """Take a target over as a lead.

    `key` is the request's Idempotency-Key: the same one gives the same lead, even where the
    worker died before its reply was kept.

    Raises
    ------
    BadInputError
        The region, product or enterprise is not known.
    ForbiddenError
        The region is not the caller's, or the contact is not for it to write.
    ConflictError
        There is a lead for this match.
    """
    try:
        found = service.atlas.match(given.region, given.product, given.enterprise)
    except NotKnownError as error:
        raise BadInputError(error.message, error.cure) from None
    service.ensure_sees(caller, found.region.key)
    values = given.model_dump(exclude={"region", "product", "enterprise"})
    _ensure_contact(caller, values.get("contact"))
    values = _days(values, today=date.today())
    try:
        return _add(service, caller, found, values, key)
    except IntegrityError:  # another worker was faster by a moment
        raise ConflictError(_THERE.fill(id=""), _PATCH) from None


def _add(
    service: Service, caller: Granted, found: Match, values: dict[str, Any], key: str | None
) -> Lead:
    keys = found.region.key, found.product.key, found.firm.key
    with service.database.writing() as session:
        there = leads.lead_for(session, leads.Match(*keys))
        if there and key and (there.client, there.made_by) == (caller.id, key):
            return there
        if there:
            raise ConflictError(_THERE.fill(id=there.id), _PATCH)
        lead = leads.add_lead(
            session,
            client=caller.id,
            made_by=key,
            region=found.region.key,
            region_name=found.region.name,
            product=found.product.key,
            product_name=found.product.name,
            enterprise=found.firm.key,
            enterprise_name=found.firm.name,
            **values,
        )
        _tell(session, lead)
        return lead


def update(session: Session, caller: Granted, lead: Lead, patch: LeadPatch) -> Lead:
    """Change a lead, in a transaction of the caller's.

    Raises
    ------
    BadInputError
        It ends without a reason.
    ForbiddenError
        The contact is not for the caller to write.
    """
    values = patch.model_dump(exclude_unset=True)
    _ensure_contact(caller, values.get("contact"), named="contact" in values)
    ends = values.get("stage", lead.stage) == "ended"
    if ends and not values.get("reason", lead.reason):
        raise BadInputError(_NO_REASON)
    if values.get("stage", lead.stage) != lead.stage:
        values = _days(values, today=date.today(), known=lead)
    leads.change_lead(session, lead, caller.id, values)
    _tell(session, lead)
    return lead


def answer_of(lead: Lead, caller: Granted | None) -> LeadAnswer:
    """Return a lead as the caller may see it."""
    sees = caller is not None and caller.may("contacts")
    return LeadAnswer(
        id=lead.id,
        version=lead.version,
        region=Ref(id=lead.region, name=lead.region_name),
        product=Ref(id=lead.product, name=lead.product_name),
        enterprise=Ref(id=lead.enterprise, name=lead.enterprise_name),
        stage=stage_term(lead.stage),
        reason=lead.reason,
        investment=lead.investment,
        signed_on=lead.signed_on,
        started_on=lead.started_on,
        operating_on=lead.operating_on,
        ended_on=lead.ended_on,
        reference=lead.reference,
        note=lead.note,
        contact=Contact(**lead.contact) if sees and lead.contact else None,
        in_graph=lead.written >= lead.version,
        created=lead.created,
        updated=lead.updated,
    )


def change_of(change: LeadChange) -> LeadChangeAnswer:
    """Return a version of a lead."""
    return LeadChangeAnswer(
        version=change.version,
        stage=stage_term(change.stage),
        reason=change.reason,
        client=change.client,
        at=change.at,
    )


def visible_regions(service: Service, caller: Granted, region: str | None) -> frozenset[str] | None:
    """Return the regions whose leads are wanted and may be seen; None for all."""
    if region is None and caller.region is None:
        return None
    wanted = service.atlas.region_of(region) if region else None
    return frozenset(
        each
        for each in leads.lead_regions(service.database)
        if service.sees(caller, each)
        and (wanted is None or service.atlas.lies_within(each, wanted))
    )


def stage_term(stage: str) -> Term:
    """Return a stage with how it reads."""
    return Term(code=stage, text=str(_STAGES[stage]))


def in_utc(moment: datetime | None) -> datetime | None:
    """Return a moment with its time zone, UTC where it has none."""
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _tell(session: Session, lead: Lead) -> None:
    """Write the event of this version of a lead; contact data is not told."""
    data = answer_of(lead, None).model_dump(mode="json")
    name = f"{lead.id}.{lead.version}"
    note_event(session, new_event("lead.updated", lead.id, lead.region, data, name))


def _ensure_contact(caller: Granted, contact: Any, *, named: bool = False) -> None:
    if (contact is not None or named) and not caller.may("contacts"):
        raise ForbiddenError(_NO_CONTACTS)


def _days(values: dict[str, Any], *, today: date, known: Lead | None = None) -> dict[str, Any]:
    """A stage that is reached has its day: the one that is told, else today."""
    name = _DAYS.get(values.get("stage", ""))
    if name is None or values.get(name):
        return values
    return values if getattr(known, name, None) else values | {name: today}
