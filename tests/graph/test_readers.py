"""Readers go on reading while a writer writes, and see whole batches only."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path

from lianpu.graph.snapshot import open_snapshot, publish

from .stores import embedded, firm, link, write

BATCHES = 8


def test_readers_see_whole_batches_while_a_writer_publishes(tmp_path: Path) -> None:
    """Each batch gives every enterprise of the batch its product: a half would show as a gap."""
    here, there = multiprocessing.Pipe()
    writer = multiprocessing.get_context("spawn").Process(target=_write, args=(tmp_path, there))
    writer.start()
    there.close()  # so that a writer that dies is not waited for
    assert here.recv() == "published"
    seen = [_look(tmp_path)]
    here.send("go on")
    while writer.is_alive():
        seen.append(_look(tmp_path))
    writer.join()
    seen.append(_look(tmp_path))
    assert writer.exitcode == 0
    assert seen == sorted(seen), "a newer snapshot was followed by an older one"
    assert (seen[0], seen[-1]) == (1, BATCHES)


def _look(folder: Path) -> int:
    opened = open_snapshot(folder / "snapshots")
    found = opened.table(
        'SELECT count(*) AS firms, (SELECT count(*) FROM "PRODUCES") AS links, '
        '(SELECT count(*) FROM maker) AS makers FROM "Enterprise"'
    ).to_pylist()[0]
    assert found["firms"] == found["links"] == found["makers"] == opened.manifest.batch * 10
    return opened.number


def _write(folder: Path, tell: Connection) -> None:
    store = embedded(folder)
    for number in range(BATCHES):
        keys = [f"e{number}-{each}" for each in range(10)]
        write(
            store,
            {
                "Product": [{"id": "p", "as_of": None}],
                "Enterprise": [firm(key) for key in keys],
                "PRODUCES": [link(key, "p") for key in keys],
            },
        )
        publish(store, folder / "snapshots", keep=BATCHES)
        if number == 0:
            tell.send("published")
            assert tell.recv() == "go on"
    store.close()
