"""What the disk and the database refuse is said in words, and nothing that was written is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lianpu.errors import LianpuError, StoreError
from lianpu.graph.snapshot import numbers, open_snapshot, publish
from lianpu.graph.store.embedded import FILE

from .stores import MARCH, current, embedded, firm, small_graph, write

NO_ROOM = """
import pathlib, resource, signal, sys
import pyarrow as pa
from lianpu.errors import StoreError
from lianpu.graph.snapshot import publish
from lianpu.graph.store import Batch
from lianpu.graph.store.embedded import EmbeddedStore
from lianpu.settings import load_settings

folder, room, what = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
keys = [f"{n:064d}" for n in range(200_000)]
many = {"Source": pa.table({"id": ["s"]}),
        "Enterprise": pa.table({"id": keys, "name": keys[::-1], "source": ["s"] * len(keys)})}
store = EmbeddedStore(folder, load_settings(threads=1))
store.migrate()
if what == "publish":
    store.upsert(Batch("many", many))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
try:
    if what == "publish":
        publish(store, folder / "snapshots", keep=1)
    else:
        store.upsert(Batch("many", many))
except StoreError as error:
    print("refused:", error.message.en)
else:
    print("done")
"""
"""A process that may not write files beyond some size: to it the disk is full from there on."""


def _with_little_room(folder: Path, room: int, what: str) -> str:
    command = [sys.executable, "-c", NO_ROOM, str(folder), str(room), what]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_full_disk_while_writing_is_said_and_loses_nothing(tmp_path: Path) -> None:
    store = embedded(tmp_path)
    small_graph(store)
    store.close()
    said = _with_little_room(tmp_path, 3_000_000, "write")
    assert said.startswith("refused: the write failed and nothing was changed")
    store = embedded(tmp_path)
    assert store.describe().last_batch == 1
    assert current(store, "Enterprise", "id") == [("a",), ("b",)]
    assert write(store, {"Enterprise": [firm("c")]}).batch == 2
    store.close()


def test_a_full_disk_while_publishing_is_said_and_the_next_time_publishes(tmp_path: Path) -> None:
    said = _with_little_room(tmp_path, 200_000, "publish")
    assert said.startswith("refused: Enterprise could not be written to")
    assert numbers(tmp_path / "snapshots") == []
    store = embedded(tmp_path)
    manifest = publish(store, tmp_path / "snapshots", keep=1)
    store.close()
    assert manifest
    assert manifest.counts["Enterprise"] == 200_000
    assert [path.name for path in (tmp_path / "snapshots").iterdir()] == ["000001"]


def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    _said(tmp_path / "data", "无法使用")
    _said(tmp_path / "data" / "deeper", "无法使用")


def test_a_folder_that_cannot_be_made_is_said() -> None:
    _said(Path("/proc/lianpu"), "无法使用")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    _said(tmp_path, "无法使用")


def test_a_folder_where_the_data_file_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    _said(tmp_path, "无法打开")


def test_a_damaged_data_file_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 5000)
    _said(tmp_path, "无法打开")


def test_damage_inside_the_data_file_is_said(tmp_path: Path) -> None:
    store = embedded(tmp_path)
    write(store, {"Enterprise": [firm(f"{n:064d}") for n in range(20_000)]})
    store.close()
    size = (tmp_path / FILE).stat().st_size
    with (tmp_path / FILE).open("r+b") as file:
        for place in range(12_288, size, 4096):
            file.seek(place)
            file.write(b"\xff" * 64)
    with pytest.raises(StoreError):
        store = embedded(tmp_path)
        try:
            publish(store, tmp_path / "snapshots", keep=1)
        finally:
            store.close()


def test_what_another_program_holds_open_is_said(tmp_path: Path) -> None:
    embedded(tmp_path).close()
    holding = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    command = [sys.executable, "-c", holding, str(tmp_path / FILE)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        _said(tmp_path, "无法打开")
        other.kill()


@pytest.mark.parametrize("name", ["facts/Enterprise.parquet", "derived/maker.parquet"])
@pytest.mark.parametrize("damage", ["gone", "cut", "overwritten"])
def test_a_damaged_snapshot_is_said_by_the_reader(tmp_path: Path, name: str, damage: str) -> None:
    _publish(tmp_path)
    path = tmp_path / "snapshots" / "000001" / name
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:100] if damage == "cut" else b"x" * 1000)
    with pytest.raises(StoreError) as said:
        open_snapshot(tmp_path / "snapshots").table('SELECT * FROM "Enterprise" AS e, maker AS m')
    assert "000001" in str(said.value)
    assert said.value.cure


@pytest.mark.parametrize("text", ["", "{", "[]", '{"number": 1}', "\udcff"])
def test_a_damaged_manifest_is_said(tmp_path: Path, text: str) -> None:
    _publish(tmp_path)
    manifest = tmp_path / "snapshots" / "000001" / "manifest.json"
    manifest.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(StoreError) as said:
        open_snapshot(tmp_path / "snapshots")
    assert "manifest.json" in str(said.value)


def test_after_a_crash_between_writing_and_publishing_the_next_time_publishes(
    tmp_path: Path,
) -> None:
    _publish(tmp_path)
    store = embedded(tmp_path)
    write(store, {"Enterprise": [firm("c", MARCH)]})
    store.close()
    store = embedded(tmp_path)
    manifest = publish(store, tmp_path / "snapshots", keep=2)
    store.close()
    assert manifest
    assert (manifest.number, manifest.counts["Enterprise"]) == (2, 3)


def _publish(folder: Path) -> None:
    store = embedded(folder)
    small_graph(store)
    publish(store, folder / "snapshots", keep=2)
    store.close()


def _said(folder: Path, words: str) -> None:
    with pytest.raises(LianpuError) as said:
        embedded(folder)
    assert isinstance(said.value, StoreError)
    assert words in said.value.message.zh
    assert str(folder) in str(said.value)
    assert said.value.cure
