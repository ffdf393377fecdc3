"""Working ahead: what takes long for a new snapshot is there before anybody asks for it.

That is how all regions stand. It is kept beside the snapshot, so that one worker does it for all.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress

from ...algorithms.together import StoppedError, have_ready
from ...errors import LianpuError
from .duties import Duty
from .service import Service

_LOOK_SECONDS = 2.0


async def step(service: Service) -> bool:
    """Work out how regions stand in the newest snapshot, where that is not known yet."""
    stopped = threading.Event()
    try:
        if service.settings.http.work_ahead and service.newest() is not None:
            await asyncio.to_thread(work_ahead, service, stopped)
    finally:  # a thread cannot be cancelled, but told
        stopped.set()
    return False


DUTY = Duty("ahead", step, lambda _: _LOOK_SECONDS)


def work_ahead(service: Service, stopped: threading.Event) -> None:
    """Do it until it is done or to be stopped."""
    with suppress(StoppedError, LianpuError):  # a snapshot may be gone, who asks will be told
        have_ready(service.atlas.index(), service.settings, going_on=lambda: not stopped.is_set())
