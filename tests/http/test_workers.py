"""Several workers, and workers that are killed: no event is lost, none is told by two at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from lianpu.api.operational.state import take_lease

from .eventful import CITY, Hands, eventful, lead, report
from .service import served

WORKERS = """
import asyncio, os, sys
from pathlib import Path
from lianpu.api.http.events import deliver
from lianpu.api.http.log import set_up_log
from lianpu.api.http.service import Service
from lianpu.api.operational import open_database
from lianpu.settings import load_settings

set_up_log("json")

async def work():
    settings = load_settings(data=Path(sys.argv[1]), http={"private_destinations": True})
    service = Service(settings, open_database(settings), demo=False)
    while await deliver.step(service):
        pass

for _ in range(3):
    worker = os.fork()
    if not worker:
        asyncio.run(work())
        os._exit(0)
    print(worker, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]), flush=True)
"""
"""One worker after the other, each until nothing is due, or until it is killed."""


def _busy(hands: Hands) -> list[str]:
    """Write twelve events of four leads; return their ids in order."""
    crm = hands.client("read", "leads", region=CITY)
    hands.listen(crm, ["lead.updated"])
    ids: list[str] = []
    for firm, product in (
        ("battery-bee", "battery"),
        ("battery-two", "battery"),
        ("cathode-two", "cathode"),
        ("car-bee", "car"),
    ):
        found = lead(crm, firm, product)
        for stage in ("talks", "signed"):
            found = report(crm, found, stage=stage)
        ids += [f"{found['id']}.{version}" for version in (1, 2, 3)]
    return ids


def test_a_worker_killed_while_it_delivers_loses_no_event(town_folder: Path) -> None:
    with eventful(town_folder) as hands:
        wanted = _busy(hands)
        at_work: list[int] = []
        ends: list[int] = []

        def killing(_: dict[str, Any]) -> int:
            """The fifth and the tenth message are taken, and the worker dies unheard."""
            if len(hands.receiver.taken) in (4, 9) and len(ends) < len(at_work):
                os.kill(at_work[-1], signal.SIGKILL)
            return 200

        hands.receiver.answer = killing
        command = [sys.executable, "-c", WORKERS, str(town_folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as workers:
            assert workers.stdout
            for line in workers.stdout:
                (at_work if len(at_work) == len(ends) else ends).append(int(line))
        assert ends == [-signal.SIGKILL, -signal.SIGKILL, 0]
        got = [key for key, _ in hands.receiver.taken]
        assert set(got) == set(wanted) and len(got) > len(wanted), "at least once"
        first = list(dict.fromkeys(got))
        for each in {key.split(".")[0] for key in wanted}:
            versions = [key.split(".")[1] for key in first if key.startswith(f"{each}.")]
            assert versions == ["1", "2", "3"], "in order for one subject"


def test_of_several_workers_one_delivers(town_folder: Path) -> None:
    with (
        eventful(town_folder, events_seconds=0.05) as hands,
        served(town_folder, events_seconds=0.05, private_destinations=True, write_seconds=1e9),
    ):
        wanted = _busy(hands)
        patience = time.monotonic() + 30
        while len(hands.receiver.taken) < len(wanted) and time.monotonic() < patience:
            time.sleep(0.05)
        got = [key for key, _ in hands.receiver.taken]
        assert sorted(got) == sorted(wanted)


def test_the_duty_of_a_dead_worker_is_taken_over(town_folder: Path) -> None:
    with eventful(town_folder) as hands:
        database = hands.served.service.database
        assert take_lease(database, "work", "first", 30)
        assert not take_lease(database, "work", "second", 30)
        hands.wait(seconds=31)
        assert take_lease(database, "work", "second", 30)
        assert not take_lease(database, "work", "first", 30)
