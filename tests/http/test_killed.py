"""All workers are killed under load: no acknowledged lead is lost, and no event."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from lianpu.api.operational import open_database
from lianpu.api.operational.clients import add_client, add_key
from lianpu.api.operational.database import Database
from lianpu.api.operational.events import Event
from lianpu.api.operational.leads import Lead
from lianpu.atlas import Atlas
from lianpu.settings import load_settings

COMMAND = "from lianpu.api.cli.app import main; main()"
ENOUGH = 240.0
"""Seconds after which something that should have happened counts as not happening."""
REGIONS = ("芜湖市", "滁州市", "宣城市")
CRMS = 4

pytestmark = pytest.mark.skipif(
    not Path("/proc").exists(), reason="finds the workers of a service by /proc"
)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@contextmanager
def serving(folder: Path, port: int) -> Generator[subprocess.Popen[bytes]]:
    arguments = ["--data", str(folder), "serve", "--port", str(port), "--workers", "2"]
    settings = {
        "LIANPU_HTTP__WRITE_SECONDS": "0.5",
        "LIANPU_HTTP__RATE": "1000000",
        # What the first process has compiled its workers need not compile again.
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments],
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(ENOUGH)


def workers(parent: int) -> list[int]:
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
    commands = {int(each): Path(f"/proc/{each}/cmdline").read_bytes() for each in listed}
    return [each for each, command in commands.items() if b"spawn_main" in command]


def until_up(http: httpx.Client) -> None:
    end = time.monotonic() + ENOUGH
    while time.monotonic() < end:
        try:
            if http.get("/v1/ready").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError("the service did not come up")


def matches(atlas: Atlas) -> list[dict[str, str]]:
    """Firms for gaps of several regions, each once."""
    answers = [(region, atlas.targets(region, "动力电池", limit=10)) for region in REGIONS]
    return [
        {"region": region, "product": "动力电池", "enterprise": target.enterprise.id}
        for region, answer in answers
        for target in answer.targets
    ]


def take_over(http: httpx.Client, key: str, body: dict[str, str]) -> str:
    """Post a lead as a CRM does: again under the same key until it is acknowledged."""
    name = "-".join(body.values()).encode().hex()[:200]
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": name}
    end = time.monotonic() + ENOUGH
    while time.monotonic() < end:
        try:
            answer = http.post("/v1/leads", json=body, headers=headers)
        except httpx.TransportError:
            time.sleep(0.1)
            continue
        if answer.status_code == 201:
            return str(answer.json()["id"])
        # A dead worker took the key along: a person would look, the test takes the lead it made.
        if answer.json()["type"] == "/problems/repeat":
            return ""
    raise AssertionError(body)


def all_written(database: Database) -> bool:
    with database.reading() as session:
        waiting = sa.select(sa.func.count()).where(Lead.written < Lead.version)
        return session.scalar(waiting) == 0


def test_killed_workers_lose_no_acknowledged_lead_and_no_event(
    example_folder: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(example_folder, tmp_path / "data"))
    settings = load_settings(data=folder)
    wanted = matches(Atlas(settings))
    database = open_database(settings)
    client = add_client(database, "CRM", ["leads", "read"])
    key = add_key(database, client.id)[1]
    port = free_port()
    with (
        serving(folder, port) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as http,
        ThreadPoolExecutor(CRMS) as crms,
    ):
        until_up(http)
        under_way = [crms.submit(take_over, http, key, body) for body in wanted]
        while sum(each.done() for each in under_way) < len(wanted) // 3:
            time.sleep(0.01)
        for victim in workers(process.pid):
            os.kill(victim, signal.SIGKILL)
        acknowledged = {each.result() for each in under_way} - {""}
        end = time.monotonic() + ENOUGH
        while not all_written(database) and time.monotonic() < end:
            time.sleep(0.2)
    with database.reading() as session:
        kept = set(session.scalars(sa.select(Lead.id)))
        told = list(session.scalars(sa.select(Event.subject).where(Event.type == "lead.updated")))
    database.close()
    assert len(acknowledged) > len(wanted) / 2
    assert acknowledged <= kept
    assert sorted(told) == sorted(kept)
    projects = Atlas(settings).index().snapshot.table('SELECT id FROM "Project"')
    assert kept <= set(projects.column("id").to_pylist())
