"""Duties: what the service does without being asked, each by one worker at a time."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog

from ...text import use_language
from ..operational.state import drop_lease, take_lease
from .service import Service

_LOG = structlog.get_logger("lianpu.duties")
_LEASE_SECONDS = 30.0
"""After how long another worker takes over the duty of one that died."""


@dataclass(frozen=True)
class Duty:
    """A piece of work that is done again and again.

    Parameters
    ----------
    name : of the lease that the worker on duty holds.
    step : does what there is to do now; returns whether more may wait already. What it leaves
        undone when it is cancelled or killed the next step must find again.
    pause : seconds until it is looked again where nothing waits.
    """

    name: str
    step: Callable[[Service], Awaitable[bool]]
    pause: Callable[[Service], float]


@asynccontextmanager
async def on_duty(service: Service, duties: tuple[Duty, ...]) -> AsyncGenerator[None]:
    """See to the duties for as long as the block lasts."""
    holder = uuid.uuid4().hex
    tasks = [asyncio.create_task(_see_to(service, duty, holder)) for duty in duties]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for duty in duties:
            await asyncio.to_thread(drop_lease, service.database, duty.name, holder)


async def _see_to(service: Service, duty: Duty, holder: str) -> None:
    use_language(service.settings.language)
    while True:
        more = False
        try:
            if await _lease(service, duty, holder):
                more = await _step(service, duty, holder)
        except Exception as error:
            _LOG.error("duty failed", duty=duty.name, exc_info=error)
        if not more:
            await asyncio.sleep(duty.pause(service))


async def _lease(service: Service, duty: Duty, holder: str) -> bool:
    return await asyncio.to_thread(take_lease, service.database, duty.name, holder, _LEASE_SECONDS)


async def _step(service: Service, duty: Duty, holder: str) -> bool:
    """Take one step; the lease is kept for as long as it lasts."""

    async def keep() -> None:
        while True:
            await asyncio.sleep(_LEASE_SECONDS / 3)
            await _lease(service, duty, holder)

    keeper = asyncio.create_task(keep())
    try:
        return await duty.step(service)
    finally:
        keeper.cancel()
        # Not `await keeper`: to swallow its end would swallow the end of this task as well.
        await asyncio.wait({keeper})
