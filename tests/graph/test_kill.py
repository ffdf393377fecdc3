"""`kill -9` at any moment of an import loses nothing acknowledged and leaves nothing half done.

An import of several files is killed at many moments: at chosen steps (between two statements or
two changes of files) and after chosen times (in the middle of whatever is being done then). After
each, what is published and what the store holds must be one of the states between two batches, not
an earlier one than was acknowledged; and the import, run again, ends as the undisturbed one did.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lianpu.graph.schema import SCHEMA
from lianpu.graph.snapshot import numbers, open_snapshot, publish
from lianpu.graph.snapshot.derived import ORDER
from lianpu.graph.snapshot.views import facts_path
from lianpu.graph.store import Store

from .stores import embedded

FILES = {
    "1/地区.csv": "代码,名称,级别,上级代码,数据日期\n"
    "340000,安徽省,省级,,2024-01-01\n340200,芜湖市,市级,340000,2024-01-01\n",
    "1/企业.csv": "企业名称,所在地区,主营产品,数据日期\n"
    "甲精密有限公司,芜湖市,轴承|齿轮,2024-01-01\n乙汽车有限公司,芜湖市,轿车,2024-01-01\n",
    "2/企业产品.csv": "企业,产品,收入占比,数据日期\n甲精密有限公司,轴承,60%,2024-06-01\n",
    "2/供货.csv": "供方,需方,产品,金额,数据日期\n"
    "甲精密有限公司,乙汽车有限公司,轴承,3500,2024-06-01\n",
    "3/企业.csv": "企业名称,统一社会信用代码,数据日期\n"
    "甲精密有限公司,91340200MA2N0C7H21,2024-07-01\n",
}
"""Three batches: new rows, newer statements, and a code that gives a node another key."""
BATCHES = 3
STEPS, MOMENTS = range(24), range(18)
"""At how many steps and moments, spread evenly over the import, it is killed."""

State = dict[str, list[str]]
"""The rows of each type, retired ones included."""


class Imports:
    """A process that starts imports."""

    def __init__(self, process: subprocess.Popen[str], files: Path) -> None:
        self._process, self._files = process, files

    def run(
        self,
        folder: Path,
        *,
        keep: int = 2,
        die_at: int | None = None,
        kill_after: float | None = None,
    ) -> int:
        """Run an import into a folder, killed perhaps; return its exit code."""
        folder.mkdir(exist_ok=True)
        wanted = {"folder": str(folder), "files": str(self._files), "keep": keep, "die_at": die_at}
        assert self._process.stdin
        self._process.stdin.write(json.dumps(wanted) + "\n")
        self._process.stdin.flush()
        child = self._answer()
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):  # it was faster this time
                os.kill(child, signal.SIGKILL)
        return self._answer()

    def _answer(self) -> int:
        assert self._process.stdout
        return int(self._process.stdout.readline())


@dataclass(frozen=True)
class Undisturbed:
    """An import that nobody killed: the state after each batch, its steps and its duration."""

    states: list[State]
    steps: int
    seconds: float


@pytest.fixture(scope="module")
def imports(tmp_path_factory: pytest.TempPathFactory) -> Generator[Imports]:
    files = tmp_path_factory.mktemp("files")
    for name, text in FILES.items():
        (files / name).parent.mkdir(exist_ok=True)
        (files / name).write_text(text, encoding="utf-8")
    command = [sys.executable, str(Path(__file__).with_name("imports.py"))]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Imports(process, files)
        assert process.stdin
        process.stdin.close()


@pytest.fixture(scope="module")
def undisturbed(imports: Imports, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed") / "data"
    assert imports.run(folder, keep=BATCHES) == 0
    measured = json.loads((folder.parent / "measured.json").read_text())
    empty: State = {name: [] for name in SCHEMA.by_name}
    states = [empty, *(published(folder, number) for number in range(1, BATCHES + 1))]
    return Undisturbed(states, **measured)


@pytest.mark.parametrize("place", STEPS)
def test_killed_at_a_step_it_loses_nothing_and_leaves_nothing_half_done(
    place: int, imports: Imports, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    step = 1 + place * (undisturbed.steps - 1) // (len(STEPS) - 1)
    assert imports.run(folder, die_at=step) == -signal.SIGKILL
    is_whole_and_can_be_finished(folder, imports, undisturbed)


@pytest.mark.parametrize("place", MOMENTS)
def test_killed_at_a_moment_it_loses_nothing_and_leaves_nothing_half_done(
    place: int, imports: Imports, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    imports.run(folder, kill_after=undisturbed.seconds * place / len(MOMENTS))
    is_whole_and_can_be_finished(folder, imports, undisturbed)


def is_whole_and_can_be_finished(folder: Path, imports: Imports, undisturbed: Undisturbed) -> None:
    states = undisturbed.states
    log = folder / "acknowledged"
    acknowledged = len(log.read_text().split()) if log.exists() else 0
    seen = numbers(folder / "snapshots")
    shown = states.index(published(folder, seen[-1])) if seen else 0
    store = embedded(folder)
    stored = states.index(held(store))
    assert acknowledged <= shown <= stored <= acknowledged + 1
    publish(store, folder / "snapshots", keep=2)
    store.close()
    if stored:
        assert published(folder, numbers(folder / "snapshots")[-1]) == states[stored]
    assert imports.run(folder) == 0
    assert published(folder, numbers(folder / "snapshots")[-1]) == states[-1]


def published(folder: Path, number: int) -> State:
    """Return what a snapshot says, after looking whether all of it can be read."""
    snapshot = open_snapshot(folder / "snapshots", number)
    for name in ORDER:
        snapshot.table(f"SELECT count(*) FROM {name}")
    paths = {name: facts_path(snapshot.folder, name) for name in SCHEMA.by_name}
    return {name: _rows(pq.read_table(path)) for name, path in paths.items()}


def held(store: Store) -> State:
    """Return what a store holds."""
    return {name: _rows(store.scan(name).read_all()) for name in SCHEMA.by_name}


def _rows(table: pa.Table) -> list[str]:
    return sorted(str(row) for row in table.to_pylist())
