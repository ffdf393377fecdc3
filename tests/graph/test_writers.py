"""One writer at a time: the second is told who is first, and a dead one leaves no lock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lianpu.errors import StoreBusyError

from .stores import current, embedded, small_graph

HOLDER = """
import sys, pathlib
from lianpu.graph.store.embedded import EmbeddedStore
from lianpu.settings import load_settings
folder = pathlib.Path(sys.argv[1])
store = EmbeddedStore(folder, load_settings())
store.migrate()
print("open", flush=True)
sys.stdin.read()
store.close()
"""


@contextmanager
def other_writer(folder: Path) -> Generator[subprocess.Popen[str]]:
    """Another process that holds the store until its input ends."""
    command = [sys.executable, "-c", HOLDER, str(folder), "年度导入.xlsx"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_writer_is_told_who_is_first(tmp_path: Path) -> None:
    with other_writer(tmp_path) as first, pytest.raises(StoreBusyError) as busy:
        embedded(tmp_path)
    assert f"进程 {first.pid}" in busy.value.message.zh
    assert "年度导入.xlsx" in busy.value.message.zh
    assert f"process {first.pid}" in busy.value.message.en
    assert busy.value.cure


def test_a_second_writer_in_the_same_process_is_refused_too(tmp_path: Path) -> None:
    first = embedded(tmp_path)
    with pytest.raises(StoreBusyError) as busy:
        embedded(tmp_path)
    assert str(os.getpid()) in str(busy.value)
    first.close()


def test_a_writer_that_has_closed_lets_the_next_one_in(tmp_path: Path) -> None:
    first = embedded(tmp_path)
    small_graph(first)
    first.close()
    second = embedded(tmp_path)
    assert current(second, "Enterprise", "id") == [("a",), ("b",)]
    second.close()


def test_a_writer_that_died_leaves_no_lock(tmp_path: Path) -> None:
    with other_writer(tmp_path) as first:
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        assert (tmp_path / "writer.json").exists()
        store = embedded(tmp_path)
    small_graph(store)
    store.close()
    assert not (tmp_path / "writer.json").exists()


def test_a_store_that_could_not_be_opened_leaves_no_lock(tmp_path: Path) -> None:
    (tmp_path / "graph.duckdb").write_bytes(b"not a database" * 1000)
    for _ in range(2):
        with pytest.raises(Exception, match="无法打开"):
            embedded(tmp_path)
    (tmp_path / "graph.duckdb").unlink()
    embedded(tmp_path).close()
