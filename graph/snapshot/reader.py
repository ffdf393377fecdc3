"""Reading published snapshots: nothing a writer does can block a reader or change what it sees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from ...errors import NotKnownError, StoreError
from ...text import Text
from ..failures import said_as
from ..sql import literal, one_of
from .derived import ORDER, derive
from .manifest import FILE, Manifest
from .views import create_views

_NONE = Text("数据文件夹 {folder} 里还没有任何快照", "the data folder {folder} has no snapshot yet")
_IMPORT_FIRST = Text(
    "请先运行 lianpu init，再用 lianpu import 导入数据。",
    "Run `lianpu init` first, then import data with `lianpu import`.",
)
_NOT_KEPT = Text(
    "没有编号为 {number} 的快照，现有：{numbers}",
    "there is no snapshot {number}; those kept are {numbers}",
)
_UNREADABLE = Text("快照 {folder} 无法读取：{why}", "the snapshot {folder} cannot be read: {why}")
_PUBLISH_ANEW = Text(
    "它可能已被清理或损坏。请重试；若仍不行，删除该文件夹后再导入任意数据即会重新发布。",
    "It may have been cleared away or damaged. Try again; if that does not help, remove the "
    "folder: the next import publishes anew.",
)

_NAMES = 50_000
"""How many names of enterprises are remembered."""
_GIVE_BACK = "SET allocator_flush_threshold = '8MB'; SET allocator_background_threads = true;"
"""Memory that a query is done with goes back at once: the process lives on with the arrays."""


class Snapshot:
    """One published snapshot, as it is now or as it was on the day `as_of`.

    Every node and relation type is a view of the facts in force, under its own name; the derived
    tables stand beside them. Nothing here can write.
    """

    def __init__(self, folder: Path, as_of: date | None = None) -> None:
        self.folder = folder
        self.as_of = as_of
        self._names: dict[str, str | None] = {}
        with self._in_words():
            self.manifest = Manifest.read(folder)

    @property
    def number(self) -> int:
        """The snapshot's number."""
        return self.manifest.number

    @property
    def day(self) -> date:
        """The day that it speaks of."""
        return self.as_of or self.manifest.day

    def at(self, as_of: date | None) -> Snapshot:
        """Return the same snapshot as it was on a day; None for as it is now."""
        return Snapshot(self.folder, as_of)

    def table(
        self,
        sql: str,
        values: dict[str, Any] | None = None,
        given: Mapping[str, pa.Table] | None = None,
    ) -> pa.Table:
        """Return the answer to a query over the facts in force and the derived tables.

        `given` are tables of the caller's own that the query names. Safe to call from several
        threads at once.

        Raises
        ------
        StoreError
            The snapshot is damaged or no longer there.
        """
        with self._in_words(), self._connection.cursor() as cursor:
            for name, table in (given or {}).items():
                cursor.register(name, table)
            return cursor.sql(sql, params=values or {}).to_arrow_table()

    def enterprise_names(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the names of enterprises by id; those asked for lately are remembered.

        Those without a name, and ids that nobody has, are left out.
        """
        wanted, kept = set(ids), self._names
        found = {each: kept[each] for each in wanted if each in kept}
        if missing := wanted - found.keys():
            rows = self.table(f'SELECT id, name FROM "Enterprise" WHERE {one_of("id", missing)}')
            fresh = dict.fromkeys(missing) | {row["id"]: row["name"] for row in rows.to_pylist()}
            if len(kept) + len(fresh) > _NAMES:
                self._names = kept = {}
            kept.update(fresh)
            found |= fresh
        return {each: name for each, name in found.items() if name}

    def _in_words(self) -> AbstractContextManager[None]:
        return said_as(_UNREADABLE, _PUBLISH_ANEW, folder=self.folder)

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect()
        connection.execute(_GIVE_BACK)
        create_views(connection, self.folder, self.manifest.day, self.as_of)
        if self.as_of is None:
            self._view_derived(connection)
        else:
            derive(connection)
        return connection

    def _view_derived(self, connection: duckdb.DuckDBPyConnection) -> None:
        for name in ORDER:
            path = literal(self.folder / "derived" / f"{name}.parquet")
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({path})")


def snapshot_folder(folder: Path, number: int) -> Path:
    """Return the folder of a snapshot."""
    return folder / f"{number:06d}"


def numbers(folder: Path) -> list[int]:
    """Return the numbers of the published snapshots under `folder`, oldest first."""
    found = [each.parent.name for each in folder.glob(f"[0-9]*/{FILE}")]
    return sorted(int(name) for name in found if name.isdigit())


def open_snapshot(folder: Path, number: int | None = None) -> Snapshot:
    """Open a published snapshot, the newest where no number is given.

    Raises
    ------
    NotKnownError
        There is none, or none of that number.
    StoreError
        It is damaged.
    """
    found = numbers(folder)
    if not found:
        raise NotKnownError(_NONE.fill(folder=folder.parent), _IMPORT_FIRST)
    if number is not None and number not in found:
        listed = ", ".join(str(each) for each in found)
        raise NotKnownError(_NOT_KEPT.fill(number=number, numbers=listed))
    try:
        return Snapshot(snapshot_folder(folder, number or found[-1]))
    except StoreError:
        if number is None and numbers(folder)[-1:] != found[-1:]:  # a newer one took its place
            return open_snapshot(folder)
        raise
