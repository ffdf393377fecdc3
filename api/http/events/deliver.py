"""Delivering: each event to each that is to be told, at least once, in order for one subject."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

import httpcore
import structlog
from prometheus_client import Counter

from ...operational import events
from ...operational.database import now
from ...operational.events import Delivery, Event, Subscription
from ..duties import Duty
from ..service import Service
from .audience import caller_of, fan_out_waiting
from .destination import GuardedNetwork, as_target
from .message import body_of, headers_of

_LOG = structlog.get_logger("lianpu.events")
DELIVERIES = Counter("lianpu_deliveries", "Attempts to deliver an event", ("outcome",))

GROWTH = (1, 60, 360, 1440, 3600, 7200, 10080, 14400, 17280)
"""Waits between attempts, in units of the setting `retry_seconds`: with 5 s three days in all."""
_JITTER = 0.2
_LONGEST = 86_400.0
"""Seconds that a receiver may ask us to wait."""
_BATCH = 50
_AT_A_TIME = 8
_SECONDS = {"connect": 5.0, "read": 10.0, "write": 10.0, "pool": 30.0}
_GONE, _OVERLOADED = 410, (408, 429)

Due = tuple[Delivery, Event, Subscription]


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt."""

    status: int | None
    error: str | None = None
    wait: float = 0.0
    """Seconds that the receiver asks for before the next attempt."""

    @property
    def good(self) -> bool:
        """The receiver took it."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def down(self) -> bool:
        """It is the destination that fails, not this event: others need not be tried now."""
        return self.status is None or self.status >= 500 or self.status in _OVERLOADED


_SHUT_OUT = Outcome(None, "the client is disabled, or has lost the scope leads")


async def step(service: Service) -> bool:
    """Find out who is to be told, and tell those whose turn it is."""
    await asyncio.to_thread(fan_out_waiting, service)
    due = await asyncio.to_thread(events.due_deliveries, service.database, _BATCH)
    by_subscription: dict[str, list[Due]] = defaultdict(list)
    for each in due:
        by_subscription[each[2].id].append(each)
    if due:
        network = GuardedNetwork(private=service.settings.http.private_destinations)
        async with httpcore.AsyncConnectionPool(
            max_connections=_AT_A_TIME * 4, network_backend=network
        ) as pool:
            tasks = (_tell(service, pool, waiting) for waiting in by_subscription.values())
            await asyncio.gather(*tasks)
    return bool(due)


DUTY = Duty("deliver", step, lambda service: service.settings.http.events_seconds)


async def _tell(service: Service, pool: httpcore.AsyncConnectionPool, waiting: list[Due]) -> None:
    """Tell one subscriber; where it is found to be down, spare it the rest."""
    if await asyncio.to_thread(caller_of, service, waiting[0][2]) is None:
        for each in waiting:
            await _settle(service, each, _SHUT_OUT)
        return
    first, *rest = waiting
    outcome = await _attempt(pool, first)
    await _settle(service, first, outcome)
    if outcome.down:
        why = f"not tried, as {first[1].id} failed: {outcome.error}"
        spared = Outcome(outcome.status, why, outcome.wait)
        for each in rest:
            await _settle(service, each, spared)
        return
    turn = asyncio.Semaphore(_AT_A_TIME)

    async def take(each: Due) -> None:
        async with turn:
            await _settle(service, each, await _attempt(pool, each))

    await asyncio.gather(*(take(each) for each in rest))


async def _attempt(pool: httpcore.AsyncConnectionPool, due: Due) -> Outcome:
    _, event, subscription = due
    body = body_of(event)
    try:
        async with pool.stream(
            "POST",
            as_target(subscription.url),
            headers=[*headers_of(event, subscription, body).items()],
            content=body,
            extensions={"timeout": _SECONDS},
        ) as response:
            status, wait = response.status, _asked_for(response)
    except Exception as error:  # whatever it is: one message must not hold up all others
        return Outcome(None, f"{type(error).__name__}: {error}"[:500])
    return Outcome(status, None if 200 <= status < 300 else f"HTTP {status}", wait)


def _asked_for(response: httpcore.Response) -> float:
    """Return the seconds of Retry-After, a day at the most; 0 where there are none."""
    found = {name.lower(): value for name, value in response.headers}.get(b"retry-after", b"")
    return min(float(found), _LONGEST) if found.isdigit() else 0.0


async def _settle(service: Service, due: Due, outcome: Outcome) -> None:
    await asyncio.to_thread(_note, service, due, outcome)


def _note(service: Service, due: Due, outcome: Outcome) -> None:
    delivery, event, subscription = due
    attempts = delivery.attempts + 1
    state, wait = events.PENDING, 0.0
    if outcome.good:
        state = events.DELIVERED
    elif outcome is _SHUT_OUT or outcome.status == _GONE or attempts > len(GROWTH):
        state = events.DEAD
    else:
        wait = max(waiting(attempts, service.settings.http.retry_seconds), outcome.wait)
    events.settle(
        service.database,
        delivery.id,
        state=state,
        attempts=attempts,
        due=now() + timedelta(seconds=wait),
        status=outcome.status,
        error=outcome.error,
        delivered=now() if outcome.good else None,
    )
    if outcome.status == _GONE:
        events.stop(service.database, subscription.id)
    DELIVERIES.labels("good" if outcome.good else state).inc()
    log = _LOG.info if outcome.good else _LOG.warning
    log(
        "delivery",
        subscription=subscription.id,
        event_id=event.id,
        type=event.type,
        attempt=attempts,
        state=state,
        status=outcome.status,
        error=outcome.error,
    )


def waiting(attempts: int, unit: float) -> float:
    """Return the seconds until the next attempt after `attempts`, strewn so that none come in step.

    Parameters
    ----------
    attempts : made so far, 1 to 9.
    unit : seconds after the first.
    """
    return GROWTH[attempts - 1] * unit * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311
