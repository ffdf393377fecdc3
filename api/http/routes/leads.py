"""Leads: what a CRM takes over, how far it has come, what it turned down."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request, Response

from ...operational import leads
from ...operational.leads import LeadFilter
from ..auth.access import Seller
from ..leads.models import (
    LeadAnswer,
    LeadHistory,
    LeadIn,
    LeadPatch,
    LeadsAsked,
    LeadsPage,
)
from ..leads.rules import answer_of, change_of, in_utc, take_over, update, visible_regions
from ..problems import documented
from ..reading.lists import FORMS, Chosen, rows_turn
from ..reading.tags import ensure_match, tag_of, unchanged
from ..service import Here

router = APIRouter(prefix="/v1", tags=["leads"], responses=documented(401, 403, 404, 422))

Key = Annotated[str, Path(max_length=60, description="id of a lead")]
IfMatch = Annotated[
    str | None, Header(description="ETag of the version that was read; an update needs it")
]


@router.post(
    "/leads",
    operation_id="create_lead",
    status_code=201,
    response_model=LeadAnswer,
    responses=documented(409),
)
def create_lead(
    service: Here, caller: Seller, request: Request, response: Response, lead: LeadIn
) -> LeadAnswer:
    """Take a target over as a lead, or turn it down: `ended` with a reason.

    It becomes a project in the graph with the next snapshot. Who is turned down is not offered
    again for this gap; a project that comes to operate closes the gap.
    """
    made = take_over(service, caller, lead, request.headers.get("idempotency-key"))
    response.headers["Location"] = f"/v1/leads/{made.id}"
    response.headers["ETag"] = tag_of(made.version)
    return answer_of(made, caller)


@router.get("/leads", operation_id="list_leads", response_model=LeadsPage | Chosen, responses=FORMS)
def list_leads(
    service: Here, caller: Seller, request: Request, asked: Annotated[LeadsAsked, Query()]
) -> Response:
    """List leads, the latest change first: `updated_after` gives what changed since."""
    turn = rows_turn(request, asked)
    wanted = LeadFilter(
        regions=visible_regions(service, caller, asked.region),
        stage=asked.stage,
        enterprise=asked.enterprise,
        product=asked.product,
        reference=asked.reference,
        updated_after=in_utc(asked.updated_after),
    )
    total, found = leads.leads(service.database, wanted, turn.page.limit, turn.page.offset)
    page = LeadsPage(total=total, leads=[answer_of(each, caller) for each in found], next=None)
    return turn.give(LeadsPage, page, "leads")


@router.get(
    "/leads/{lead}",
    operation_id="get_lead",
    response_model=LeadAnswer,
    responses={304: {"description": "as If-None-Match knows it"}},
)
def get_lead(service: Here, caller: Seller, request: Request, lead: Key) -> Response:
    """Give a lead; its ETag is what an update has to send as If-Match."""
    with service.database.reading() as session:
        found = leads.lead_in(session, lead)
        service.ensure_sees(caller, found.region)
        return unchanged(request, found.version) or Response(
            answer_of(found, caller).model_dump_json(),
            media_type="application/json",
            headers={"ETag": tag_of(found.version)},
        )


@router.get("/leads/{lead}/history", operation_id="get_lead_history", response_model=LeadHistory)
def get_lead_history(service: Here, caller: Seller, lead: Key) -> LeadHistory:
    """Give every version of a lead: which stage, when, said by whom."""
    with service.database.reading() as session:
        service.ensure_sees(caller, leads.lead_in(session, lead).region)
        versions = [change_of(each) for each in leads.history(session, lead)]
        return LeadHistory(lead=lead, versions=versions)


@router.patch(
    "/leads/{lead}",
    operation_id="update_lead",
    response_model=LeadAnswer,
    responses=documented(412, 428),
)
def update_lead(
    service: Here,
    caller: Seller,
    request: Request,
    response: Response,
    lead: Key,
    patch: LeadPatch,
    if_match: IfMatch = None,  # noqa: ARG001 - named for the document
) -> LeadAnswer:
    """Report what became of a lead: its stage, or with `ended` and a reason that it is over."""
    with service.database.writing() as session:
        found = leads.lead_in(session, lead)
        service.ensure_sees(caller, found.region)
        ensure_match(request, found.version)
        changed = update(session, caller, found, patch)
    response.headers["ETag"] = tag_of(changed.version)
    return answer_of(changed, caller)
