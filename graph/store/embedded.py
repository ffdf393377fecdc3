"""The embedded store: one DuckDB file in a data folder, no server, one writer at a time."""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from ...settings import Settings
from ...text import Text
from ..failures import said_as
from ..schema import SCHEMA, NodeType, RelationType
from ..sql import first, rows
from .lock import WriterLock
from .protocol import Batch, Description, Entry, Receipt
from .restoring import COPYING, refuse_batch, refuse_copy, refuse_rows
from .staging import type_named
from .tables import LEDGER, all_columns, bring_up_to_date, quoted
from .writing import export_table, write_batch

FILE = "graph.duckdb"

_NO_FOLDER = Text(
    "数据文件夹 {folder} 无法使用：{why}", "the data folder {folder} cannot be used: {why}"
)
_ELSEWHERE = Text("请检查路径和权限。", "Check the path and its permissions.")
_UNUSABLE = Text("数据文件 {path} 无法打开：{why}", "the data file {path} cannot be opened: {why}")
_NOT_EXPORTED = Text(
    "{name} 未能写到 {path}：{why}", "{name} could not be written to {path}: {why}"
)
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
                self._connection = connect(folder / FILE, settings)
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
            refuse_batch(self._copying())
            number = self._last_batch() + 1
            counts, names = write_batch(self._connection, batch, number)
            if names:
                self._record(number, batch.label, names, datetime.now(UTC))
        return Receipt(number if names else None, counts, len(batch.rekeys))

    @said_as(_UNREADABLE, _RESTORE)
    def scan(self, name: str, since: int = 0) -> pa.RecordBatchReader:
        """Read the rows of a type that were written or retired after batch `since`."""
        kind = type_named(name)
        sql = f"SELECT * FROM {quoted(kind.name)} WHERE batch > $since OR retired > $since"
        return self._connection.cursor().sql(sql, params={"since": since}).to_arrow_reader()

    def export(self, name: str, path: Path) -> int:
        """Write all rows of a type, ordered by identity, to a Parquet file; return their number."""
        with said_as(_NOT_EXPORTED, _RESTORE, name=name, path=path):
            return export_table(self._connection, type_named(name), path)

    @said_as(_UNREADABLE, _RESTORE)
    def changed_since(self, batch: int) -> frozenset[str]:
        """Return the names of the types that a batch after `batch` has touched."""
        sql = f"SELECT touched FROM {LEDGER} WHERE number > $batch"
        found = rows(self._connection, sql, {"batch": batch})
        return frozenset(name for (names,) in found for name in json.loads(names))

    @said_as(_UNREADABLE, _RESTORE)
    def describe(self) -> Description:
        """Return the last batch, when it was written, and the current rows by type."""
        sql = (
            f"SELECT max_by(number, number), max_by(written, number) FROM {LEDGER} "
            f"WHERE number <> {COPYING}"
        )
        number, written = rows(self._connection, sql)[0]
        current = {kind.name: self._current_rows(kind) for kind in SCHEMA.types}
        return Description("embedded", number or 0, _aware(written), current, self._copying())

    @said_as(_UNREADABLE, _RESTORE)
    def ledger(self) -> list[Entry]:
        """Return every batch that was written, oldest first."""
        sql = (
            f"SELECT number, label, written, touched FROM {LEDGER} "
            f"WHERE number <> {COPYING} ORDER BY number"
        )
        return [
            Entry(number, label, written.replace(tzinfo=UTC), frozenset(json.loads(touched)))
            for number, label, written, touched in rows(self._connection, sql)
        ]

    def begin_restore(self) -> None:
        """Take no batch from now on until `restore_ledger`; see `Store.begin_restore`."""
        with self._transaction():
            refuse_copy(self._last_batch())
            if not self._copying():
                self._record(COPYING, "copy", frozenset(), datetime.now(UTC))

    def restore(self, name: str, stated: pa.RecordBatchReader) -> None:
        """Put rows as they are in the place of all rows of a type; see `Store.restore`."""
        kind = type_named(name)
        columns = ", ".join(quoted(each.name) for each in all_columns(kind))
        with self._transaction():
            refuse_rows(self._copying())
            self._connection.execute(f"DELETE FROM {quoted(name)}")
            for part in stated:  # here, so that what the source raises is raised
                self._connection.register("restored", pa.Table.from_batches([part]))
                self._connection.execute(
                    f"INSERT INTO {quoted(name)} ({columns}) SELECT {columns} FROM restored"
                )
                self._connection.unregister("restored")

    def restore_ledger(self, entries: Sequence[Entry]) -> None:
        """Take over the batches of another store."""
        with self._transaction():
            self._connection.execute(f"DELETE FROM {LEDGER} WHERE number = {COPYING}")
            for each in entries:
                self._record(each.number, each.label, each.touched, each.written)

    def close(self) -> None:
        """Close the file and free the lock."""
        try:
            with said_as(_FAILED, _RESTORE):
                self._connection.close()
        finally:
            self._lock.__exit__(None, None, None)

    def _record(self, number: int, label: str, names: frozenset[str], written: datetime) -> None:
        self._connection.execute(
            f"INSERT INTO {LEDGER} VALUES ($number, $label, $now, $names)",
            {
                "number": number,
                "label": label,
                "now": written.astimezone(UTC).replace(tzinfo=None),
                "names": json.dumps(sorted(names)),
            },
        )

    def _last_batch(self) -> int:
        return int(first(self._connection, f"SELECT max(number) FROM {LEDGER}") or 0)

    def _copying(self) -> bool:
        return self._rows(f"{LEDGER} WHERE number = {COPYING}") > 0

    def _current_rows(self, kind: Type) -> int:
        return self._rows(f"{quoted(kind.name)} WHERE retired IS NULL")

    def _rows(self, table: str) -> int:
        return int(first(self._connection, f"SELECT count(*) FROM {table}"))

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


def connect(path: Path, settings: Settings) -> duckdb.DuckDBPyConnection:
    """Open the data file with the memory and the threads that the settings allow."""
    connection = duckdb.connect(str(path))
    connection.execute(f"SET memory_limit = '{settings.memory_limit}'")
    if settings.threads:
        connection.execute(f"SET threads = {settings.threads}")
    return connection


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None
