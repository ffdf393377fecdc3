"""What the service does without being asked ends when the service ends."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lianpu.api.http import ahead
from lianpu.api.http.duties import Duty, on_duty
from lianpu.api.http.service import Service
from lianpu.api.operational import open_database
from lianpu.settings import load_settings

from ..support.graphs import Graph


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


def test_how_regions_stand_is_worked_out_ahead_once_for_all_workers(tmp_path: Path) -> None:
    first, second = (_service_of(tmp_path) for _ in range(2))
    asyncio.run(ahead.step(first))
    (file,) = (tmp_path / "snapshots" / "000001" / "standings").iterdir()
    written = file.stat().st_mtime_ns
    asyncio.run(ahead.step(second))
    assert file.stat().st_mtime_ns == written
    assert second.atlas.standings().total == 1


def test_work_ahead_is_left_when_its_duty_ends(tmp_path: Path) -> None:
    service = _service_of(tmp_path)

    async def start_and_stop() -> None:
        task = asyncio.create_task(ahead.step(service))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})

    asyncio.run(start_and_stop())
    assert not (tmp_path / "snapshots" / "000001" / "standings").exists()


def test_nothing_is_worked_out_ahead_where_the_operator_does_not_want_it(tmp_path: Path) -> None:
    service = _service_of(tmp_path, work_ahead=False)
    asyncio.run(ahead.step(service))
    assert not (tmp_path / "snapshots" / "000001" / "standings").exists()


def _service_of(folder: Path, *, work_ahead: bool = True) -> Service:
    if not (folder / "snapshots").exists():
        graph = Graph()
        graph.region("A", "city")
        graph.product("p")
        graph.firm("e", "A", makes=["p"])
        graph.publish(folder)
    settings = load_settings(data=folder)
    http = settings.http.model_copy(update={"work_ahead": work_ahead})
    settings = settings.model_copy(update={"http": http})
    return Service(settings, open_database(settings), demo=True)
