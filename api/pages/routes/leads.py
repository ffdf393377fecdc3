"""Leads: taking a target over, and following it from talks to production, or to its end."""

from __future__ import annotations

import datetime
from itertools import pairwise
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ....errors import BadInputError
from ....text import Text
from ...http.leads.models import Contact, LeadAnswer, LeadIn, LeadPatch, Stage
from ...http.leads.rules import answer_of, change_of, take_over, update, visible_regions
from ...http.problems import ChangedError
from ...http.reading.params import Name
from ...operational import leads
from ...operational.leads import STAGES, LeadFilter
from ..guard import PageRoute
from ..view import View, Viewing, Where, said

router = APIRouter(route_class=PageRoute)

MOST = 500
"""Leads on the board at the most, those changed last."""
WAN = 10_000
FOLLOWING = dict(pairwise(STAGES[:-1]))
"""The stage that comes next, where there is one."""
_CHANGED = Text("这条线索刚被别人改过", "somebody else has just changed this lead")
_LOOK = Text("请看过现在的内容再改。", "Look at what it says now and change that.")
_UNUSABLE = Text("“{where}”不能用：{why}", "“{where}” is unusable: {why}")


class LeadsAsked(Where):
    """Which leads."""

    product: Name | None = None
    enterprise: Name | None = None


class LeadAsked(Where):
    """Which lead."""

    id: Name


class Taken(BaseModel):
    """A target that is taken over; with a reason, one that is turned down."""

    model_config = ConfigDict(extra="ignore")

    region: Name
    product: Name
    enterprise: Name
    reason: str | None = None
    chain: str | None = None

    _said = model_validator(mode="before")(said)


class Changed(BaseModel):
    """What the form of a lead says; an empty field takes away."""

    model_config = ConfigDict(extra="ignore")

    id: Name
    version: int
    stage: Stage
    reason: str | None = None
    wan: float | None = Field(default=None, ge=0, le=1e11, allow_inf_nan=False)
    """The investment in 万元."""
    signed_on: datetime.date | None = None
    started_on: datetime.date | None = None
    operating_on: datetime.date | None = None
    ended_on: datetime.date | None = None
    reference: str | None = None
    note: str | None = None
    contact_name: str | None = None
    contact_position: str | None = None
    contact_phone: str | None = None
    contact_email: str | None = None
    contact_wechat: str | None = None

    _said = model_validator(mode="before")(said)

    def patch(self, *, contacts: bool) -> dict[str, Any]:
        """Return it as the API takes it."""
        dated = ("signed_on", "started_on", "operating_on", "ended_on")
        values = self.model_dump(include={"stage", "reason", "reference", "note", *dated})
        # A stage that is reached sets its own day: a day that is not told stays.
        values = {k: v for k, v in values.items() if v is not None or k not in dated}
        values["investment"] = None if self.wan is None else self.wan * WAN
        if contacts:
            told = {name: getattr(self, f"contact_{name}") for name in Contact.model_fields}
            values["contact"] = told if any(told.values()) else None
        return values


@router.get("/leads")
def board(view: Viewing, asked: Annotated[LeadsAsked, Query()]) -> Response:
    """Show leads by stage."""
    view.need("leads")
    found = leads_of(view, asked.region, product=asked.product, enterprise=asked.enterprise)
    columns = {stage: [each for each in found if each.stage.code == stage] for stage in STAGES}
    return view.show("leads.html", asked, columns=columns, total=len(found), following=FOLLOWING)


@router.get("/lead")
def one(view: Viewing, asked: Annotated[LeadAsked, Query()]) -> Response:
    """Show a lead with its history, ready to be changed."""
    view.need("leads")
    with view.service.database.reading() as session:
        lead = leads.lead_in(session, asked.id)
        view.service.ensure_sees(view.caller, lead.region)
        history = [change_of(each) for each in leads.history(session, asked.id)]
        answer = answer_of(lead, view.caller)
    return view.show("lead.html", asked, lead=answer, history=history, wan=WAN)


@router.post("/leads")
def take(view: Viewing, form: Annotated[Taken, Form()]) -> Response:
    """Take a target over, or turn it down for a reason."""
    view.need("leads")
    values = {"region": form.region, "product": form.product, "enterprise": form.enterprise}
    if form.reason:
        values |= {"stage": "ended", "reason": form.reason}
    lead = take_over(view.service, view.caller, _checked(LeadIn, values), None)
    there = view.link("leads", region=lead.region_name, chain=form.chain)
    return RedirectResponse(f"{there}#{lead.id}", status_code=303)


@router.post("/lead")
def change(view: Viewing, form: Annotated[Changed, Form()]) -> Response:
    """Write down what became of a lead, unless somebody else has changed it since."""
    view.need("leads")
    patch = _checked(LeadPatch, form.patch(contacts=view.caller.may("contacts")))
    with view.service.database.writing() as session:
        lead = leads.lead_in(session, form.id)
        view.service.ensure_sees(view.caller, lead.region)
        if lead.version != form.version:
            raise ChangedError(_CHANGED, _LOOK)
        update(session, view.caller, lead, patch)
    return RedirectResponse(f"{view.link('leads')}#{form.id}", status_code=303)


@router.post("/lead/next")
def further(
    view: Viewing, id: Annotated[Name, Form()], version: Annotated[int, Form()]
) -> Response:
    """Bring a lead to its next stage; the day of it is today."""
    view.need("leads")
    with view.service.database.writing() as session:
        lead = leads.lead_in(session, id)
        view.service.ensure_sees(view.caller, lead.region)
        if lead.version != version or lead.stage not in FOLLOWING:
            raise ChangedError(_CHANGED, _LOOK)
        patch = _checked(LeadPatch, {"stage": FOLLOWING[lead.stage]})
        update(session, view.caller, lead, patch)
    return RedirectResponse(f"{view.link('leads')}#{id}", status_code=303)


def leads_of(
    view: View, region: str | None, product: str | None = None, enterprise: str | None = None
) -> list[LeadAnswer]:
    """Return the leads that the caller may see."""
    regions = visible_regions(view.service, view.caller, region)
    chosen = LeadFilter(regions=regions, product=product, enterprise=enterprise)
    _, found = leads.leads(view.service.database, chosen, MOST, 0)
    return [answer_of(each, view.caller) for each in found]


def leads_by_firm(view: View, region: str | None, product: str) -> dict[str, LeadAnswer]:
    """Return the leads that there are for a gap, by enterprise; none where they are not seen."""
    if not view.caller.may("leads"):
        return {}
    found = leads_of(view, region, product=product)
    return {each.enterprise.id: each for each in found if each.region.id == region}


Model = TypeVar("Model", bound=BaseModel)


def _checked(model: type[Model], values: dict[str, Any]) -> Model:
    """Return values as the API takes them; what it would refuse is refused in words."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "—"
        raise BadInputError(_UNUSABLE.fill(where=where, why=first["msg"])) from None
