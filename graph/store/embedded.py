"""The embedded store: one DuckDB file in a data folder, no server, one writer at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from ...settings import Settings
from ...text import Text
from ..failures import said_as
from ..schema import SCHEMA, STATED, NodeType, RelationType
from ..sql import first, literal, rows
from . import merge
from .lock import WriterLock
from .protocol import Batch, Counts, Description, Receipt
from .rekey import apply_rekeys
from .staging import check, check_ended, check_references, conform, type_named
from .tables import LEDGER, all_columns, bring_up_to_date, quoted
from .versions import lay_sql

FILE = "graph.duckdb"

_NO_FOLDER = Text(
    "数据文件夹 {folder} 无法使用：{why}", "the data folder {folder} cannot be used: {why}"
)
_ELSEWHERE = Text("请检查路径和权限。", "Check the path and its permissions.")
_UNUSABLE = Text("数据文件 {path} 无法打开：{why}", "the data file {path} cannot be opened: {why}")
_UNREADABLE = Text("数据无法读取：{why}", "the data cannot be read: {why}")
_RESTORE = Text(
    "若磁盘已满或文件损坏，请腾出空间，或换用备份。",
    "If the disk is full or the file damaged, free some space or put a backup in its place.",
)
_FAILED = Text("写入失败，未改动任何数据：{why}", "the write failed and nothing was changed: {why}")

Type = NodeType | RelationType


class EmbeddedStore:
    """The graph in one DuckDB file, open for writing until `close`.

    Raises
    ------
    StoreBusyError
        Another writer holds the folder; it is named.
    StoreError
        The file cannot be opened.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        with said_as(_NO_FOLDER, _ELSEWHERE, folder=folder):
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = WriterLock(folder)
            self._lock.__enter__()
        self.folder = folder
        try:
            with said_as(_UNUSABLE, _RESTORE, path=folder / FILE):
                self._connection = _connect(folder / FILE, settings)
        except BaseException:
            self._lock.__exit__(None, None, None)
            raise

    def migrate(self) -> None:
        """Create what the declared schema has and the file lacks."""
        with self._transaction():
            bring_up_to_date(self._connection)

    def upsert(self, batch: Batch) -> Receipt:
        """Write a batch, all or nothing; see `Store.upsert`."""
        with self._transaction():
            number = self._last_batch() + 1
            names = set(apply_rekeys(self._connection, batch.rekeys, number))
            staged = [type_named(name) for name in batch.tables]
            counts = {
                kind.name: self._merge(kind, batch.tables[kind.name], number)
                for kind in _nodes_first(staged)
            }
            for name, rows in batch.ended.items():
                retired = self._end(type_named(name), rows, number)
                counts[name] = _with_retired(counts.get(name, Counts()), retired)
            names |= {name for name, each in counts.items() if each.changed}
            if names:
                self._record(number, batch.label, names)
        return Receipt(number if names else None, counts, len(batch.rekeys))

    @said_as(_UNREADABLE, _RESTORE)
    def scan(self, name: str, since: int = 0) -> pa.RecordBatchReader:
        """Read the rows of a type that were written or retired after batch `since`."""
        kind = type_named(name)
        sql = f"SELECT * FROM {quoted(kind.name)} WHERE batch > $since OR retired > $since"
        return self._connection.cursor().sql(sql, params={"since": since}).to_arrow_reader()

    @said_as(_UNREADABLE, _RESTORE)
    def export(self, name: str, path: Path) -> int:
        """Write all rows of a type, ordered by identity, to a Parquet file; return their number."""
        kind = type_named(name)
        order = ", ".join([*(quoted(each) for each in kind.identity), "as_of", "batch"])
        columns = ", ".join(quoted(each.name) for each in all_columns(kind))
        query = f"SELECT {columns} FROM {quoted(kind.name)} ORDER BY {order}"
        written = first(self._connection, f"COPY ({query}) TO {literal(path)} (FORMAT parquet)")
        return int(written)

    @said_as(_UNREADABLE, _RESTORE)
    def changed_since(self, batch: int) -> frozenset[str]:
        """Return the names of the types that a batch after `batch` has touched."""
        sql = f"SELECT touched FROM {LEDGER} WHERE number > $batch"
        found = rows(self._connection, sql, {"batch": batch})
        return frozenset(name for (names,) in found for name in json.loads(names))

    @said_as(_UNREADABLE, _RESTORE)
    def describe(self) -> Description:
        """Return the last batch, when it was written, and the current rows by type."""
        sql = f"SELECT max_by(number, number), max_by(written, number) FROM {LEDGER}"
        number, written = rows(self._connection, sql)[0]
        current = {kind.name: self._current_rows(kind) for kind in SCHEMA.types}
        return Description("embedded", number or 0, _aware(written), current)

    def close(self) -> None:
        """Close the file and free the lock."""
        try:
            with said_as(_FAILED, _RESTORE):
                self._connection.close()
        finally:
            self._lock.__exit__(None, None, None)

    def _merge(self, kind: Type, stated: pa.Table, number: int) -> Counts:
        self._stage(conform(kind, stated, (*kind.columns, *STATED)))
        check(self._connection, kind, merge.STAGE)
        check_references(self._connection, kind, merge.STAGE)
        if not self._has(merge.has_repeats_sql(kind)):
            return self._merge_once(kind, number)
        self._connection.execute(merge.rounds_sql(kind))
        last = first(self._connection, "SELECT max(round) FROM numbered")
        counts = Counts()
        for turn in range(1, last + 1):
            self._connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {merge.STAGE} AS "
                f"SELECT * EXCLUDE (round) FROM numbered WHERE round = {turn}"
            )
            counts = _sum(counts, self._merge_once(kind, number))
        self._connection.execute("DROP TABLE numbered")
        return counts

    def _merge_once(self, kind: Type, number: int) -> Counts:
        values = {"batch": number, "today": date.today()}
        if not self._has(f"SELECT 1 FROM {quoted(kind.name)} LIMIT 1"):
            self._connection.execute(merge.insert_all_sql(kind), values)
            return Counts(created=self._rows(merge.STAGE))
        run = self._connection.execute
        run(merge.verdict_sql(kind), {"today": values["today"]})
        run(merge.tell_again_sql(kind))
        run(merge.drop_known_sql(kind))
        outcomes = dict(rows(self._connection, merge.OUTCOMES_SQL))
        woven = outcomes.get("earlier", 0) + outcomes.get("again", 0)
        if woven:
            run(merge.WOVEN_SQL)
            run(merge.weave_sql(kind), {"batch": number})
            run(lay_sql(kind, merge.WOVEN), {"batch": number})
        if outcomes.get("updated"):
            run(merge.retire_replaced_sql(kind), {"batch": number})
        if outcomes.get("updated") or outcomes.get("created"):
            run(merge.insert_new_sql(kind), values)
        run(f"DROP TABLE {merge.VERDICT}")
        created = outcomes.get("created", 0) + woven
        return Counts(created, outcomes.get("updated", 0), outcomes.get("unchanged", 0))

    def _end(self, kind: Type, ended: pa.Table, number: int) -> int:
        wanted = [
            each for each in (*kind.columns, *STATED) if each.name in (*kind.identity, "until")
        ]
        self._stage(conform(kind, ended, tuple(wanted)))
        check_ended(self._connection, kind, merge.STAGE)
        values = {"batch": number, "today": date.today()}
        return int(first(self._connection, merge.end_sql(kind), values))

    def _stage(self, table: pa.Table) -> None:
        self._connection.register("incoming", table)
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {merge.STAGE} AS SELECT * FROM incoming"
        )
        self._connection.unregister("incoming")

    def _record(self, number: int, label: str, names: set[str]) -> None:
        self._connection.execute(
            f"INSERT INTO {LEDGER} VALUES ($number, $label, $now, $names)",
            {
                "number": number,
                "label": label,
                "now": datetime.now(UTC).replace(tzinfo=None),
                "names": json.dumps(sorted(names)),
            },
        )

    def _last_batch(self) -> int:
        return int(first(self._connection, f"SELECT max(number) FROM {LEDGER}") or 0)

    def _current_rows(self, kind: Type) -> int:
        return self._rows(f"{quoted(kind.name)} WHERE retired IS NULL")

    def _rows(self, table: str) -> int:
        return int(first(self._connection, f"SELECT count(*) FROM {table}"))

    def _has(self, sql: str) -> bool:
        return first(self._connection, sql) is not None

    @contextmanager
    def _transaction(self) -> Generator[None]:
        with said_as(_FAILED, _RESTORE):
            self._connection.execute("BEGIN")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    def _roll_back(self) -> None:
        """What failed may have ended the transaction already."""
        with suppress(duckdb.Error):
            self._connection.execute("ROLLBACK")


def _connect(path: Path, settings: Settings) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(path))
    connection.execute(f"SET memory_limit = '{settings.memory_limit}'")
    if settings.threads:
        connection.execute(f"SET threads = {settings.threads}")
    return connection


def _nodes_first(kinds: list[Type]) -> list[Type]:
    order: Callable[[Type], int] = SCHEMA.types.index
    return sorted(kinds, key=order)


def _with_retired(counts: Counts, retired: int) -> Counts:
    return _sum(counts, Counts(retired=retired))


def _sum(one: Counts, other: Counts) -> Counts:
    return Counts(
        one.created + other.created,
        one.updated + other.updated,
        one.unchanged + other.unchanged,
        one.retired + other.retired,
    )


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None
