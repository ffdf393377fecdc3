"""Events: who wants to be told of what, what was delivered, what was given up."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request, Response

from ...operational import events as outbox
from ...operational.events import PING, DeliveryFilter, new_event
from ..auth.access import Seller
from ..events import rules
from ..events.models import (
    DeliveriesAsked,
    DeliveriesPage,
    DeliveryAnswer,
    RotateIn,
    SubscriptionAnswer,
    SubscriptionIn,
    SubscriptionPatch,
    SubscriptionSecret,
    SubscriptionsPage,
)
from ..problems import documented
from ..reading.lists import FORMS, Chosen, rows_turn
from ..reading.params import Paged
from ..reading.tags import ensure_match, tag_of
from ..service import Here

router = APIRouter(prefix="/v1", tags=["events"], responses=documented(401, 403, 404, 422))

Key = Annotated[str, Path(max_length=60, description="id of a subscription")]
Number = Annotated[int, Path(ge=1, le=2**62, description="id of a delivery")]
IfMatch = Annotated[
    str | None, Header(description="ETag of the version that was read; an update needs it")
]
_ONCE = "no-store, secret"
"""The stored replies keep no answer that is marked so."""


@router.post(
    "/subscriptions",
    operation_id="create_subscription",
    status_code=201,
    response_model=SubscriptionSecret,
    responses=documented(409),
)
def create_subscription(
    service: Here, caller: Seller, response: Response, subscription: SubscriptionIn
) -> SubscriptionSecret:
    """Subscribe to events. The secret that signs them is shown this once.

    Messages are as Standard Webhooks says: POSTs with `webhook-id`, `webhook-timestamp` and
    `webhook-signature`. At least once, in order for one subject; answer 2xx within ten seconds.
    """
    made = rules.subscribe(service, caller, subscription)
    response.headers["Location"] = f"/v1/subscriptions/{made.id}"
    return _with_secret(response, made)


@router.get(
    "/subscriptions",
    operation_id="list_subscriptions",
    response_model=SubscriptionsPage | Chosen,
    responses=FORMS,
)
def list_subscriptions(
    service: Here, caller: Seller, request: Request, asked: Annotated[Paged, Query()]
) -> Response:
    """List your subscriptions; with the scope `admin` everybody's."""
    turn = rows_turn(request, asked)
    with service.database.reading() as session:
        found = [
            rules.subscription_answer(each)
            for each in outbox.subscriptions(session)
            if each.client == caller.id or caller.may("admin")
        ]
    rows = found[turn.page.offset : turn.page.offset + turn.page.limit]
    page = SubscriptionsPage(total=len(found), subscriptions=rows, next=None)
    return turn.give(SubscriptionsPage, page, "subscriptions")


@router.get(
    "/subscriptions/{subscription}",
    operation_id="get_subscription",
    response_model=SubscriptionAnswer,
)
def get_subscription(
    service: Here, caller: Seller, response: Response, subscription: Key
) -> SubscriptionAnswer:
    """Give a subscription; its ETag is what an update has to send as If-Match."""
    with service.database.reading() as session:
        found = rules.own(session, caller, subscription)
        response.headers["ETag"] = tag_of(found.version)
        return rules.subscription_answer(found)


@router.patch(
    "/subscriptions/{subscription}",
    operation_id="update_subscription",
    response_model=SubscriptionAnswer,
    responses=documented(412, 428),
)
def update_subscription(
    service: Here,
    caller: Seller,
    request: Request,
    response: Response,
    subscription: Key,
    patch: SubscriptionPatch,
    if_match: IfMatch = None,  # noqa: ARG001 - named for the document
) -> SubscriptionAnswer:
    """Change what is told and where, or pause and go on."""
    if patch.url:
        rules.ensure_destination(service, patch.url)
    with service.database.writing() as session:
        found = rules.own(session, caller, subscription)
        ensure_match(request, found.version)
        rules.update(service, caller, found, patch)
        response.headers["ETag"] = tag_of(found.version)
        return rules.subscription_answer(found)


@router.delete(
    "/subscriptions/{subscription}",
    operation_id="delete_subscription",
    status_code=204,
    response_class=Response,
)
def delete_subscription(service: Here, caller: Seller, subscription: Key) -> Response:
    """Unsubscribe; what waits to be delivered is dropped."""
    with service.database.writing() as session:
        outbox.unsubscribe(session, rules.own(session, caller, subscription))
    return Response(status_code=204)


@router.post(
    "/subscriptions/{subscription}/secret",
    operation_id="rotate_secret",
    response_model=SubscriptionSecret,
    responses=documented(409),
)
def rotate_secret(
    service: Here, caller: Seller, response: Response, subscription: Key, rotation: RotateIn
) -> SubscriptionSecret:
    """Make a new secret. The old one signs beside it for `overlap_hours`: two signatures."""
    with service.database.writing() as session:
        found = rules.own(session, caller, subscription)
        outbox.rotate(found, timedelta(hours=rotation.overlap_hours))
    return _with_secret(response, found)


@router.post(
    "/subscriptions/{subscription}/ping",
    operation_id="ping_subscription",
    status_code=202,
    response_model=DeliveryAnswer,
    responses=documented(409),
)
def ping_subscription(service: Here, caller: Seller, subscription: Key) -> DeliveryAnswer:
    """Send a test; its delivery tells what came of it."""
    with service.database.writing() as session:
        found = rules.own(session, caller, subscription)
        event = new_event(PING, f"ping/{found.id}", None, {"subscription": found.id})
        outbox.note_event(session, event)
        (delivery,) = outbox.fan_out(session, event, [found])
        session.flush()
        return rules.delivery_answer(delivery, event)


@router.get(
    "/deliveries",
    operation_id="list_deliveries",
    response_model=DeliveriesPage | Chosen,
    responses=FORMS,
)
def list_deliveries(
    service: Here, caller: Seller, request: Request, asked: Annotated[DeliveriesAsked, Query()]
) -> Response:
    """List deliveries, the newest first; `state=dead` gives the dead letters."""
    turn = rows_turn(request, asked)
    whose = None if caller.may("admin") else caller.id
    wanted = DeliveryFilter(whose, asked.subscription, asked.state, asked.type)
    with service.database.reading() as session:
        total, found = outbox.deliveries(session, wanted, turn.page.limit, turn.page.offset)
        rows = [rules.delivery_answer(*each) for each in found]
    page = DeliveriesPage(total=total, deliveries=rows, next=None)
    return turn.give(DeliveriesPage, page, "deliveries")


@router.get("/deliveries/{delivery}", operation_id="get_delivery", response_model=DeliveryAnswer)
def get_delivery(service: Here, caller: Seller, delivery: Number) -> DeliveryAnswer:
    """Give a delivery: whether it arrived, and if not why."""
    with service.database.reading() as session:
        found, event, subscription = outbox.delivery_in(session, delivery)
        rules.own(session, caller, subscription.id)
        return rules.delivery_answer(found, event)


@router.post(
    "/deliveries/{delivery}/redeliver",
    operation_id="redeliver",
    status_code=202,
    response_model=DeliveryAnswer,
    responses=documented(409),
)
def redeliver(service: Here, caller: Seller, delivery: Number) -> DeliveryAnswer:
    """Deliver again, under the same `webhook-id`: a dead letter, or one that was lost there."""
    with service.database.writing() as session:
        found, event, subscription = outbox.delivery_in(session, delivery)
        rules.own(session, caller, subscription.id)
        outbox.redeliver(found)
        return rules.delivery_answer(found, event)


def _with_secret(response: Response, found: outbox.Subscription) -> SubscriptionSecret:
    response.headers["Cache-Control"] = _ONCE
    response.headers["ETag"] = tag_of(found.version)
    secret = outbox.good_secrets(found)[0]["secret"]
    return SubscriptionSecret(**dict(rules.subscription_answer(found)), secret=secret)
