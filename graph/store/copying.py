"""A whole graph from one store to another: every version, every batch, the same numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from ...errors import BadInputError, ConflictError, StoreError
from ...text import Text
from ..progress import Progress
from ..schema import SCHEMA, NodeType, RelationType
from ..sql import rows
from .protocol import Entry, Store
from .tables import all_columns, quoted

Type = NodeType | RelationType

_COUNTING = Text("清点来源", "counting the source")
_COPYING = Text("复制", "copying")
_VERIFYING = Text("核对", "verifying")

_NOTHING = Text(
    "来源里没有任何批次，没有可复制的内容", "the source holds no batch: nothing to copy"
)
_UNFINISHED = Text(
    "如果它本身是一次未完成的复制，请先把那次复制做完。",
    "If it is itself an unfinished copy, finish that one first.",
)
_TAKEN = Text(
    "目标里已有另一个图（{count} 个批次，最近是“{label}”），未改动任何内容",
    "the target holds another graph ({count} batches, the last one “{label}”); nothing was changed",
)
_EMPTY_ONE = Text("请另选一个空的目标。", "Choose an empty target.")
_BEING_WRITTEN = Text(
    "复制期间来源有写入（{name}），这次复制没有生效",
    "the source was written while it was copied ({name}); the copy does not count yet",
)
_AGAIN = Text(
    "等写入结束后再运行一次，已复制好的部分不会重来；若那次写入已中断，"
    "先对来源运行 lianpu migrate。",
    "Run it again when that is done; what is copied well is not copied again. Where that write was "
    "cut short, run `lianpu migrate` on the source first.",
)
_DIFFERS = Text(
    "{name} 复制后与来源不一致：来源 {wanted} 行，目标 {found} 行，{sums}",
    "{name} differs from the source after copying: {wanted} rows there, {found} rows here, {sums}",
)
_SAME_SUM, _OTHER_SUM = Text("校验和相同", "equal checksums"), Text("校验和不同", "other checksums")


@dataclass(frozen=True)
class Fingerprint:
    """What tells whether two stores hold the same rows of a type, in whatever order.

    `checksum` is the sum of the hashes of all rows; `last` the latest batch that any row names.
    """

    rows: int = 0
    checksum: int = 0
    last: int = 0


@dataclass(frozen=True)
class Copied:
    """What a copy did: rows by type in the target, rows that had to be written, batches."""

    rows: Mapping[str, int]
    written: int
    batches: int


def copy_graph(source: Store, target: Store, progress: Progress | None = None) -> Copied:
    """Copy all rows and batches of a store into an empty one, and verify them there.

    The batches are entered in the target last, when all rows are verified: until then it takes no
    other write. A copy that was cut short goes on with the types that differ yet; one that is
    complete is only verified. The source is only read.

    Raises
    ------
    BadInputError
        The source holds nothing.
    ConflictError
        The target holds another graph, or the source was written meanwhile.
    StoreError
        A store fails, or what arrived is not what was sent.
    """
    tell = progress or _silent
    entries = source.ledger()
    if not entries:
        raise BadInputError(_NOTHING, _UNFINISHED)
    there = target.ledger()
    if there and there != entries:
        raise ConflictError(_TAKEN.fill(count=len(there), label=there[-1].label), _EMPTY_ONE)
    if not there:
        target.begin_restore()
    wanted = _counted(source, entries, tell)
    written = 0 if there else _write(source, target, wanted, tell)
    _verify(target, wanted, tell)
    if source.ledger() != entries:
        raise ConflictError(_BEING_WRITTEN.fill(name=entries[-1].number + 1), _AGAIN)
    if not there:
        target.restore_ledger(entries)
    return Copied({name: each.rows for name, each in wanted.items()}, written, len(entries))


def fingerprint(store: Store, kind: Type) -> Fingerprint:
    """Read all rows of a type and return their fingerprint."""
    columns = ", ".join(quoted(each.name) for each in all_columns(kind))
    sql = (
        f"SELECT count(*), coalesce(sum(hash({columns})::HUGEINT), 0), "
        f"coalesce(max(greatest(batch, retired)), 0) FROM part"
    )
    found = Fingerprint()
    for part in store.scan(kind.name):
        with duckdb.connect() as connection:
            connection.register("part", pa.Table.from_batches([part]))
            count, checksum, last = rows(connection, sql)[0]
        found = Fingerprint(found.rows + count, found.checksum + checksum, max(found.last, last))
    return found


def _counted(source: Store, entries: Sequence[Entry], tell: Progress) -> dict[str, Fingerprint]:
    found: dict[str, Fingerprint] = {}
    for done, kind in enumerate(SCHEMA.types):
        tell(_COUNTING, done, len(SCHEMA.types))
        found[kind.name] = fingerprint(source, kind)
        if found[kind.name].last > entries[-1].number:
            raise ConflictError(_BEING_WRITTEN.fill(name=kind.name), _AGAIN)
    tell(_COUNTING, len(SCHEMA.types), len(SCHEMA.types))
    return found


def _write(source: Store, target: Store, wanted: Mapping[str, Fingerprint], tell: Progress) -> int:
    """Write the types that differ; return how many rows that took."""
    done, total, written = 0, sum(each.rows for each in wanted.values()), 0
    for kind in SCHEMA.types:
        tell(_COPYING, done, total)
        if fingerprint(target, kind) != wanted[kind.name]:
            target.restore(kind.name, _told(source.scan(kind.name), done, total, tell))
            written += wanted[kind.name].rows
        done += wanted[kind.name].rows
    tell(_COPYING, total, total)
    return written


def _told(
    stated: pa.RecordBatchReader, before: int, total: int, tell: Progress
) -> pa.RecordBatchReader:
    def parts() -> Iterator[pa.RecordBatch]:
        done = before
        for part in stated:
            yield part
            done += part.num_rows
            tell(_COPYING, done, total)

    return pa.RecordBatchReader.from_batches(stated.schema, parts())


def _verify(target: Store, wanted: Mapping[str, Fingerprint], tell: Progress) -> None:
    for done, kind in enumerate(SCHEMA.types):
        tell(_VERIFYING, done, len(SCHEMA.types))
        found = fingerprint(target, kind)
        if found != (right := wanted[kind.name]):
            sums = _SAME_SUM if found.checksum == right.checksum else _OTHER_SUM
            values = {"name": kind.name, "wanted": right.rows, "found": found.rows, "sums": sums}
            raise StoreError(_DIFFERS.fill(**values), _AGAIN)
    tell(_VERIFYING, len(SCHEMA.types), len(SCHEMA.types))


def _silent(stage: Text, done: int, total: int) -> None:
    """Tell nobody."""
