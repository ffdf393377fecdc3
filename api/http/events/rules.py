"""What may be subscribed to, by whom, and how subscriptions and deliveries are shown."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from ....errors import BadInputError, ConflictError, NotKnownError
from ....text import Text
from ...operational import events
from ...operational.clients import Granted
from ...operational.events import Delivery, Event, Subscription
from ..problems import ForbiddenError
from ..service import Service
from .destination import ensure_allowed
from .models import (
    DeliveryAnswer,
    SubscriptionAnswer,
    SubscriptionIn,
    SubscriptionPatch,
    wants_scope,
)

MOST = 50
"""Subscriptions of one client: each scope of theirs is worked out with every snapshot."""
_NO_REGION = Text("gap.* 和 target.* 事件须指定 region", "gap.* and target.* events need a region")
_MANY = Text("每个客户最多 {most} 个订阅", "at most {most} subscriptions for a client")
_NOT_YOURS = Text("这不是你的订阅", "this subscription is not yours")


def subscribe(service: Service, caller: Granted, given: SubscriptionIn) -> Subscription:
    """Add a subscription.

    Raises
    ------
    BadInputError
        The destination is not allowed, the region or chain not known, or a region is missing.
    ForbiddenError
        The region is not the caller's.
    ConflictError
        The caller has as many as are allowed.
    """
    ensure_destination(service, given.url)
    values = _scope(service, caller, given.region, given.chain, list(given.types))
    with service.database.writing() as session:
        mine = [each for each in events.subscriptions(session) if each.client == caller.id]
        if len(mine) >= MOST:
            raise ConflictError(_MANY.fill(most=MOST))
        return events.subscribe(
            session,
            client=caller.id,
            bound=caller.region,
            url=given.url,
            types=sorted(set(given.types)),
            **values,
        )


def update(
    service: Service, caller: Granted, found: Subscription, patch: SubscriptionPatch
) -> None:
    """Change a subscription, in a transaction of the caller's.

    Its destination has been looked at before: names are not looked up while others wait to write.

    Raises
    ------
    BadInputError, ForbiddenError
        As when it is made.
    """
    values = patch.model_dump(exclude_unset=True)
    types = list(values.get("types", found.types))
    values |= _scope(
        service,
        caller,
        values.get("region", found.region),
        values.get("chain", found.chain),
        types,
    )
    for name, value in (values | {"types": sorted(set(types))}).items():
        setattr(found, name, value)
    found.version += 1


def ensure_destination(service: Service, url: str) -> None:
    """Refuse a destination that the settings do not allow.

    Raises
    ------
    BadInputError
        It is not allowed.
    """
    ensure_allowed(url, private=service.settings.http.private_destinations)


def own(session: Session, caller: Granted, key: str) -> Subscription:
    """Return a subscription of the caller's; any where it is an administrator.

    Raises
    ------
    NotKnownError
        There is none.
    ForbiddenError
        It is another client's.
    """
    found = events.subscription_in(session, key)
    if found.client != caller.id and not caller.may("admin"):
        raise ForbiddenError(_NOT_YOURS)
    return found


def subscription_answer(found: Subscription) -> SubscriptionAnswer:
    """Return a subscription as it is shown."""
    return SubscriptionAnswer.model_validate(
        {
            name: getattr(found, name)
            for name in ("id", "version", "url", "types", "region", "chain", "active", "created")
        }
        | {"secrets": len(events.good_secrets(found))}
    )


def delivery_answer(delivery: Delivery, event: Event) -> DeliveryAnswer:
    """Return a delivery as it is shown."""
    own = ("id", "subscription", "subject", "state", "attempts", "due", "status", "error")
    return DeliveryAnswer.model_validate(
        {name: getattr(delivery, name) for name in (*own, "delivered")}
        | {"event": event.id, "type": event.type, "at": event.at, "data": event.data}
    )


def _scope(
    service: Service, caller: Granted, region: str | None, chain: str | None, types: list[str]
) -> dict[str, Any]:
    """Return the region and chain by code and id."""
    try:
        code = service.atlas.region_of(region) if region else caller.region
        line = service.atlas.chain_of(chain) if chain else None
    except NotKnownError as error:
        raise BadInputError(error.message, error.cure) from None
    if code:
        service.ensure_sees(caller, code)
    elif wants_scope(types):
        raise BadInputError(_NO_REGION)
    return {"region": code, "chain": line}
