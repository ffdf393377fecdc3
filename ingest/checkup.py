"""A check-up of a data folder: what is well, what is worth knowing, what is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ..errors import LianpuError
from ..graph.snapshot import Snapshot, open_snapshot
from ..graph.store import EMBEDDED, open_store
from ..graph.store.embedded import FILE
from ..settings import Settings
from ..text import Text
from .review import Reviews

_SMALL_DISK = 2 * 1024**3

_NO_FOLDER = Text(
    "没有数据文件夹 {folder}，请运行 lianpu init", "no data folder {folder}: run `lianpu init`"
)
_FOLDER = Text(
    "数据文件夹 {folder}，剩余空间 {free:.1f} GB", "data folder {folder}, {free:.1f} GB free"
)
_STORE = Text(
    "数据库可写，最后一批为 {batch}", "the store can be written; its last batch is {batch}"
)
_PUBLISHED = Text(
    "最新快照 {number} 含全部批次", "the newest snapshot, {number}, holds all batches"
)
_BEHIND = Text(
    "第 {batch} 批尚未发布（可能曾被中断），下次导入时会自动发布",
    "batch {batch} is not published yet (something was interrupted); the next import will do so",
)
_UNPLACED = Text("{count} 家在营企业没有地区", "{count} active enterprises have no region")
_SILENT = Text(
    "{count} 家在营企业没有任何产品：缺口的把握会因此下降",
    "{count} active enterprises have no known product, which makes gaps less certain",
)
_UNUSED = Text(
    "{count} 个产品没有任何生产企业在册", "nobody is on record as making {count} of the products"
)
_LOST = Text(
    "{count} 个地区的上级形成循环，查询不到",
    "{count} regions lie within each other and cannot be found",
)
_WAITING = Text("{count} 条企业对应待复核", "{count} doubtful enterprises wait for review")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    level: Literal["good", "note", "bad"]
    text: Text


def examine(settings: Settings) -> list[Finding]:
    """Return what a check-up of the data folder finds; nothing is changed."""
    folder = settings.data
    needed = folder / FILE if settings.store == EMBEDDED else folder
    if not needed.exists():
        return [Finding("bad", _NO_FOLDER.fill(folder=folder))]
    free = shutil.disk_usage(folder).free
    text = _FOLDER.fill(folder=folder, free=free / 1024**3)
    findings = [Finding("good" if free > _SMALL_DISK else "note", text)]
    for look in (_store, _facts, _reviews):
        findings += _tried(look, settings)
    return findings


def _tried(look: Callable[[Settings], list[Finding]], settings: Settings) -> list[Finding]:
    try:
        return look(settings)
    except LianpuError as error:
        return [Finding("bad", error.message)]


def _store(settings: Settings) -> list[Finding]:
    store = open_store(settings)
    try:
        store.migrate()
        last = store.describe().last_batch
    finally:
        store.close()
    snapshot = open_snapshot(settings.data / "snapshots")
    written = Finding("good", _STORE.fill(batch=last))
    if snapshot.manifest.batch < last:
        return [written, Finding("note", _BEHIND.fill(batch=last))]
    return [written, Finding("good", _PUBLISHED.fill(number=snapshot.number))]


def _facts(settings: Settings) -> list[Finding]:
    snapshot = open_snapshot(settings.data / "snapshots")
    looks = (
        (_UNPLACED, "SELECT count(*) FROM firm WHERE home IS NULL"),
        (_SILENT, "SELECT count(*) FROM firm WHERE NOT known"),
        (
            _UNUSED,
            'SELECT count(*) FROM "Product" WHERE id NOT IN (SELECT product FROM maker)',
        ),
        (
            _LOST,
            'SELECT count(*) FROM "Region" WHERE code NOT IN (SELECT region FROM region_tree)',
        ),
    )
    counted = [(text, _count(snapshot, sql)) for text, sql in looks]
    return [Finding("note", text.fill(count=count)) for text, count in counted if count]


def _reviews(settings: Settings) -> list[Finding]:
    reviews = Reviews.in_folder(settings.data)
    try:
        waiting = len(reviews.list())
    finally:
        reviews.close()
    return [Finding("note", _WAITING.fill(count=waiting))] if waiting else []


def _count(snapshot: Snapshot, sql: str) -> int:
    return int(snapshot.table(sql).column(0)[0].as_py())
