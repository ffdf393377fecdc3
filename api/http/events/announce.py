"""Announcing: what a newly published snapshot brings, as events.

Events and the mark of the last announced snapshot are one transaction, so a worker that dies
announces again from where it was, and under the same ids.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from typing import Any

import structlog

from ....errors import NotKnownError
from ....graph.snapshot import Manifest
from ...operational import events, state
from ...operational.events import Event, new_event, note_event
from ..duties import Duty
from ..service import Service
from .audience import OF_A_SCOPE, PUBLISHED

_LOG = structlog.get_logger("lianpu.events")


async def step(service: Service) -> bool:
    """Announce what has been published since the last time."""
    await asyncio.to_thread(announce, service)
    return False


DUTY = Duty("announce", step, lambda service: service.settings.http.events_seconds)


def announce(service: Service) -> int:
    """Write the events of snapshots not announced yet; return how many there are.

    The first snapshot that is ever seen is where the count begins: it is announced to nobody.
    """
    newest, known = service.atlas.snapshots()[-1:], state.mark(service.database, state.ANNOUNCED)
    if not newest or known == str(newest[0]):
        return 0
    manifests = service.atlas.manifests()
    fresh = [each for each in manifests if known is not None and each.number > int(known)]
    found = list(_events(service, manifests, fresh)) if fresh else []
    with service.database.writing() as session:
        for event in found:
            note_event(session, event)
        state.put_mark(session, state.ANNOUNCED, str(manifests[0].number))
    events.forget(service.database)
    return len(found)


def _events(service: Service, manifests: list[Manifest], fresh: list[Manifest]) -> Iterator[Event]:
    before = [each.number for each in manifests if each not in fresh]
    since = before[0] if before else fresh[-1].number
    newest = fresh[0]
    for region, chain in _watched(service):
        try:
            yield from _changes(service, region, chain, since, newest)
        except NotKnownError as error:
            _LOG.warning("scope is not known any more", region=region, chain=chain, why=str(error))
    for each in reversed(fresh):
        data = {"snapshot": each.number, "date": each.day.isoformat(), "batch": each.batch}
        key = _key(PUBLISHED, each)
        yield new_event(PUBLISHED, "snapshots", None, data, key)


def _changes(
    service: Service, region: str, chain: str | None, since: int, newest: Manifest
) -> Iterator[Event]:
    found = service.atlas.changes(region, chain, since=since, until=newest.number)
    told: dict[str, Any] = {
        "snapshot": newest.number,
        "since": since,
        "scope": {
            "region": {"id": found.scope.id, "name": found.scope.name},
            "chain": found.scope.chain.model_dump() if found.scope.chain else None,
        },
    }
    for each in found.changes:
        if each.change in ("opened", "closed"):
            data = told | {
                "product": each.product.model_dump(),
                "before": each.before.code if each.before else None,
                "after": each.after.code if each.after else None,
                "by": [fact.model_dump(mode="json") for fact in each.by],
            }
            yield _of_product(f"gap.{each.change}", newest, region, chain, data)
    for target in service.atlas.target_changes(region, chain, since=since, until=newest.number):
        data = told | {
            "product": target.product.model_dump(),
            "enterprise": target.enterprise.model_dump(),
            "score": target.score,
        }
        yield _of_product(f"target.{target.change}", newest, region, chain, data)


def _of_product(
    kind: str, newest: Manifest, region: str, chain: str | None, data: dict[str, Any]
) -> Event:
    """Return an event; all about one product of one scope have one subject."""
    product = data["product"]["id"]
    subject = f"{region}/{chain or '*'}/{product}"
    firm = data.get("enterprise", {"id": ""})["id"]
    return new_event(kind, subject, region, data, _key(kind, newest, subject, firm))


def _watched(service: Service) -> list[tuple[str, str | None]]:
    """Return the scopes that somebody wants to hear of."""
    with service.database.reading() as session:
        wanted = {
            (each.region, each.chain)
            for each in events.subscriptions(session, active=True)
            if each.region and OF_A_SCOPE & set(each.types)
        }
    return sorted(wanted, key=str)


def _key(kind: str, snapshot: Manifest, *about: str) -> str:
    """Return the id that the same cause gives again; numbers begin anew in a new data folder."""
    stamp = f"{snapshot.number}@{snapshot.published.isoformat()}"
    text = "\x1f".join((kind, stamp, *about))
    return f"evt_{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"
