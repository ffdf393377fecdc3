"""Who is told of an event: those who asked for its type and scope and may know of its region."""

from __future__ import annotations

from ...operational import events
from ...operational.clients import Granted, granted_to_client
from ...operational.events import Event, Subscription
from ..auth.doorman import DEMO
from ..service import Service

_BATCH = 200
PUBLISHED, IMPORTED = "snapshot.published", "import.finished"
OF_A_SCOPE = frozenset({"gap.opened", "gap.closed", "target.entered", "target.left"})
"""Types that are worked out for the region and chain of a subscription."""


def fan_out_waiting(service: Service) -> int:
    """Give everybody who is to be told of the waiting events a delivery; return how many waited."""
    with service.database.reading() as session:
        listening = events.subscriptions(session, active=True)
        waiting = events.waiting_events(session, _BATCH)
    callers = {each.id: caller_of(service, each) for each in listening}
    told = {
        event.number: [
            each.id for each in listening if _hears(service, callers[each.id], each, event)
        ]
        for event in waiting
    }
    if waiting:
        with service.database.writing() as session:
            for event in events.waiting_events(session, _BATCH):
                still = [each for each in listening if each.id in told.get(event.number, ())]
                if event.number in told:
                    events.fan_out(session, event, still)
    return len(waiting)


def _hears(
    service: Service, caller: Granted | None, subscription: Subscription, event: Event
) -> bool:
    if caller is None or event.type not in subscription.types:
        return False
    if event.type == PUBLISHED:
        return True
    return service.sees(caller, event.region) and _in_scope(service, subscription, event)


def _in_scope(service: Service, subscription: Subscription, event: Event) -> bool:
    if event.type == IMPORTED:  # of no one region: whoever may know of it is told
        return True
    if event.type in OF_A_SCOPE:
        scope = event.data["scope"]
        chain = scope["chain"]["id"] if scope["chain"] else None
        return (subscription.region, subscription.chain) == (scope["region"]["id"], chain)
    if subscription.region and not (
        event.region and service.atlas.lies_within(event.region, subscription.region)
    ):
        return False
    product = event.data.get("product")
    if subscription.chain and product:
        on_chain = service.atlas.products(product["id"], chain=subscription.chain)
        return any(each.id == product["id"] for each in on_chain.products)
    return True


def caller_of(service: Service, subscription: Subscription) -> Granted | None:
    """Return what the subscriber is granted now; None where it may not be told any more."""
    if service.demo and subscription.client == DEMO.id:
        return DEMO
    found = granted_to_client(service.database, subscription.client)
    return found if found and found.may("leads") else None
