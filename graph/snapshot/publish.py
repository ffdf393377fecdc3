"""Publishing: a numbered folder of Parquet files that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

import duckdb

from ... import __version__
from ...text import Text
from ..disk import sync
from ..failures import said_as
from ..progress import Progress
from ..schema import SCHEMA
from ..sql import literal, rows
from ..store import Store
from .derived import ORDER, derive
from .manifest import FILE, Coverage, Manifest
from .reader import numbers, snapshot_folder
from .views import create_views, facts_path

_WRITING = Text("发布快照", "publishing the snapshot")
_FAILED = Text(
    "快照未能发布：{why}。已写入的数据没有丢失",
    "the snapshot could not be published: {why}; nothing that was written is lost",
)
_MAKE_ROOM = Text(
    "请检查磁盘空间和文件夹权限，再运行一次即可发布。",
    "See to disk space and permissions; running it again publishes.",
)


@said_as(_FAILED, _MAKE_ROOM)
def publish(
    store: Store, folder: Path, *, keep: int, threads: int = 0, progress: Progress | None = None
) -> Manifest | None:
    """Publish what `store` holds under `folder`, if its last batch is not published yet.

    Types that no batch has touched since the newest snapshot are linked, not written again,
    unless another version of the program wrote it, or it shows another graph. The new folder
    appears by an atomic rename; a process that dies before leaves only a folder of its own that
    the next publication clears away. The newest `keep` snapshots stay.

    Returns
    -------
    Manifest or None
        None where the newest snapshot is up to date.

    Raises
    ------
    StoreError
        The disk is full, or the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _clear_unfinished(folder)
    last = _newest(folder)
    described = store.describe()
    usable = last if last and _continues(last, store) else None
    if usable and usable.batch == described.last_batch:
        return None
    number = last.number + 1 if last else 1
    draft = folder / f".draft-{number:06d}"
    touched = store.changed_since(usable.batch) if usable else frozenset(SCHEMA.by_name)
    counts = _write_facts(store, draft, usable, touched, folder, progress)
    published = datetime.now().astimezone()
    coverage = _write_derived(draft, published, threads)
    manifest = Manifest(
        number=number,
        store=described.store,
        batch=described.last_batch,
        written=described.written,
        published=published,
        counts=counts,
        coverage=coverage,
    )
    manifest.write(draft)
    for path in (*_own_files(draft), draft):
        sync(path)
    draft.rename(snapshot_folder(folder, number))
    sync(folder)
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
            _link(facts_path(snapshot_folder(folder, last.number), kind.name), path)
            counts[kind.name] = last.counts[kind.name]
        else:
            counts[kind.name] = store.export(kind.name, path)
    if progress:
        progress(_WRITING, len(SCHEMA.types), len(SCHEMA.types))
    return counts


def _link(old: Path, new: Path) -> None:
    """Let a file stand in two folders; where the disk knows no such links, copy it."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


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


def _continues(last: Manifest, store: Store) -> bool:
    """Tell whether the store is the one that the snapshot shows, or a copy of it, grown since."""
    written = {each.number: each.written for each in store.ledger()}
    return last.lianpu == __version__ and written.get(last.batch) == last.written


def _newest(folder: Path) -> Manifest | None:
    found = numbers(folder)
    return Manifest.read(snapshot_folder(folder, found[-1])) if found else None


def _clear_unfinished(folder: Path) -> None:
    """Remove what a process that died was about to publish, or to forget."""
    half_gone = [each for each in folder.glob("[0-9]*") if not (each / FILE).exists()]
    for path in (*folder.glob(".draft-*"), *half_gone):
        shutil.rmtree(path)


def _forget_old(folder: Path, keep: int) -> None:
    for number in numbers(folder)[:-keep]:
        old = snapshot_folder(folder, number)
        (old / FILE).unlink()
        # A reader may put what it worked out there at this moment; the next publication clears it.
        shutil.rmtree(old, ignore_errors=True)


def _own_files(draft: Path) -> list[Path]:
    """Return the files and folders that are not on the disk already for an older snapshot."""
    return [path for path in draft.rglob("*") if path.is_dir() or path.stat().st_nlink == 1]
