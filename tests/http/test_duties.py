"""What the service does without being asked ends when the service ends."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lianpu.api.http.duties import Duty, on_duty
from lianpu.api.http.service import Service
from lianpu.api.operational import open_database
from lianpu.settings import load_settings


@pytest.fixture
def service(tmp_path: Path) -> Service:
    settings = load_settings(data=tmp_path)
    return Service(settings, open_database(settings), demo=True)


def test_duties_end_at_whatever_point_of_a_step_they_are_told_to(service: Service) -> None:
    async def step(_: Service) -> bool:
        await asyncio.sleep(0)
        return False

    duty = Duty("often", step, lambda _: 0.0)

    async def start_and_stop() -> None:
        for turn in range(40):
            async with asyncio.timeout(20), on_duty(service, (duty,)):
                await asyncio.sleep(turn / 5000)

    asyncio.run(start_and_stop())


def test_a_cancelled_step_takes_its_duty_along(service: Service) -> None:
    """The keeper of the lease is still ending when the end of the duty is asked for."""
    turns: list[asyncio.Task[None]] = []

    async def step(_: Service) -> bool:
        task = asyncio.current_task()
        assert task is not None
        asyncio.get_running_loop().call_soon(task.cancel)
        turns.append(task)
        return False

    duty = Duty("once", step, lambda _: 0.0)

    async def wait_for_the_end() -> None:
        async with asyncio.timeout(20), on_duty(service, (duty,)):
            while not turns:
                await asyncio.sleep(0.01)
            await asyncio.wait({turns[0]}, timeout=10)
            assert turns[0].done()

    asyncio.run(wait_for_the_end())
    assert len(turns) == 1
