"""Publishing: a numbered folder of Parquet files that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from ...text import Text
from ..schema import SCHEMA
from ..sql import literal, rows
from ..store import Store
from .derived import ORDER, derive
from .manifest import FILE, Coverage, Manifest
from .reader import numbers, snapshot_folder
from .views import create_views, facts_path

Progress = Callable[[Text, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""

_WRITING = Text("发布快照", "publishing the snapshot")


def publish(
    store: Store, folder: Path, *, keep: int, threads: int = 0, progress: Progress | None = None
) -> Manifest | None:
    """Publish what `store` holds under `folder`, if its last batch is not published yet.

    Types that no batch has touched since the newest snapshot are linked, not written again. The
    new folder appears by an atomic rename; a process that dies before leaves only a folder of
    its own that the next publication clears away. The newest `keep` snapshots stay.

    Returns
    -------
    Manifest or None
        None where the newest snapshot is up to date.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _clear_unfinished(folder)
    last = _newest(folder)
    described = store.describe()
    if last is not None and last.batch == described.last_batch:
        return None
    number = last.number + 1 if last else 1
    draft = folder / f".draft-{number:06d}"
    touched = store.changed_since(last.batch) if last else frozenset(SCHEMA.by_name)
    counts = _write_facts(store, draft, last, touched, folder, progress)
    published = datetime.now(UTC)
    coverage = _write_derived(draft, published, threads)
    manifest = Manifest(
        number=number,
        store=described.store,
        batch=described.last_batch,
        published=published,
        counts=counts,
        coverage=coverage,
    )
    manifest.write(draft)
    _sync(draft)
    draft.rename(snapshot_folder(folder, number))
    _forget_old(folder, keep)
    return manifest


def _write_facts(
    store: Store,
    draft: Path,
    last: Manifest | None,
    touched: frozenset[str],
    folder: Path,
    progress: Progress | None,
) -> dict[str, int]:
    (draft / "facts").mkdir(parents=True)
    counts: dict[str, int] = {}
    for done, kind in enumerate(SCHEMA.types):
        if progress:
            progress(_WRITING, done, len(SCHEMA.types))
        path = facts_path(draft, kind.name)
        if last and kind.name not in touched and kind.name in last.counts:
            os.link(facts_path(snapshot_folder(folder, last.number), kind.name), path)
            counts[kind.name] = last.counts[kind.name]
        else:
            counts[kind.name] = store.export(kind.name, path)
    if progress:
        progress(_WRITING, len(SCHEMA.types), len(SCHEMA.types))
    return counts


def _write_derived(draft: Path, published: datetime, threads: int) -> Coverage:
    (draft / "derived").mkdir()
    with duckdb.connect() as connection:
        if threads:
            connection.execute(f"SET threads = {threads}")
        create_views(connection, draft, published.date(), None)
        derive(connection)
        for name in ORDER:
            path = literal(draft / "derived" / f"{name}.parquet")
            connection.execute(f"COPY {name} TO {path} (FORMAT parquet)")
        return coverage_of(connection)


def coverage_of(connection: duckdb.DuckDBPyConnection) -> Coverage:
    """Return the coverage of the whole graph from the derived table `firm`."""
    found = rows(
        connection,
        "SELECT count(*), count(*) FILTER (WHERE known), sum(revenue), "
        "sum(revenue) FILTER (WHERE known) FROM firm",
    )[0]
    return Coverage(enterprises=found[0], known=found[1], revenue=found[2], known_revenue=found[3])


def _newest(folder: Path) -> Manifest | None:
    found = numbers(folder)
    return Manifest.read(snapshot_folder(folder, found[-1])) if found else None


def _clear_unfinished(folder: Path) -> None:
    for draft in folder.glob(".draft-*"):
        shutil.rmtree(draft)


def _forget_old(folder: Path, keep: int) -> None:
    for number in numbers(folder)[:-keep]:
        old = snapshot_folder(folder, number)
        (old / FILE).unlink()
        shutil.rmtree(old)


def _sync(draft: Path) -> None:
    """Bring the files to the disk before the rename makes them visible."""
    for path in (*draft.rglob("*"), draft):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
