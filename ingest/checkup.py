"""A check-up of a data folder: what is well, what is worth knowing, what is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from ..errors import LianpuError
from ..graph.snapshot import Snapshot, open_snapshot
from ..graph.store import EMBEDDED, Entry, open_store
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
    "数据库（{store}）可写，最后一批为 {batch}",
    "the store ({store}) can be written; its last batch is {batch}",
)
_COPYING = Text(
    "对数据库（{store}）的复制还没有完成，暂不能写入：再运行一次同样的 lianpu copy 即可接着做完",
    "a copy into the store ({store}) is not finished, it takes no other write: run the same "
    "`lianpu copy` again",
)
_OTHER_GRAPH = Text(
    "最新快照 {number} 来自另一个数据库，下次导入时会重新发布",
    "the newest snapshot, {number}, shows another store; the next import publishes anew",
)
_WITH_CURE = Text("{message}。{cure}", "{message}. {cure}")
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
        text = _WITH_CURE.fill(message=error.message, cure=error.cure) if error.cure else None
        return [Finding("bad", text or error.message)]


def _store(settings: Settings) -> list[Finding]:
    store = open_store(settings)
    try:
        store.migrate()
        found, ledger = store.describe(), store.ledger()
    finally:
        store.close()
    if found.copying:
        return [Finding("bad", _COPYING.fill(store=settings.store))]
    written = Finding("good", _STORE.fill(store=settings.store, batch=found.last_batch))
    return [written, _published(settings, ledger)]


def _published(settings: Settings, ledger: Sequence[Entry]) -> Finding:
    """Look whether the newest snapshot holds the newest batch, of this very graph."""
    snapshot = open_snapshot(settings.data / "snapshots")
    shown, last = snapshot.manifest, ledger[-1].number if ledger else 0
    if {each.number: each.written for each in ledger}.get(shown.batch) != shown.written:
        return Finding("note", _OTHER_GRAPH.fill(number=snapshot.number))
    if shown.batch < last:
        return Finding("note", _BEHIND.fill(batch=last))
    return Finding("good", _PUBLISHED.fill(number=snapshot.number))


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
