"""The store in a Neo4j database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from ....settings import Settings
from ..protocol import Batch, Description, Entry, Receipt
from ..restoring import refuse_batch, refuse_copy, refuse_rows
from ..staging import type_named
from ..tables import create_table, quoted
from ..writing import export_table
from .connection import Connection
from .judge import Judge
from .lease import Lease
from .ledger import Ledger
from .migrations import apply, require_migrated, states
from .reading import current_counts, scan
from .restoring import restore_rows
from .rows import arrow_schema
from .touched import bring_touched
from .writer import Writer


class Neo4jStore:
    """The graph in a Neo4j database, open for writing until `close`, or only for reading.

    Current facts stand as nodes and relations under their names. Retired versions are nodes
    `Retired` that nothing refers to; a node of which only history is left stands as `Ended`, so
    that what refers to it has an end.

    Raises
    ------
    StoreBusyError
        Another writer is at work; it is named.
    StoreError
        The server does not answer, refuses, or is too old.
        The database holds somebody else's data.
    """

    def __init__(self, settings: Settings, *, write: bool = True) -> None:
        self._settings = settings
        self._connection = Connection(settings)
        self._ledger = Ledger(self._connection)
        self._judge = Judge(settings.memory_limit)
        self._lease: Lease | None = None
        try:
            found = states(self._connection)
            if write:
                if found[0].applied is None:
                    apply(self._connection, found[0].migration)
                self._lease = Lease(self._connection)
        except BaseException:
            self._connection.close()
            raise

    def migrate(self) -> None:
        """Apply the migrations that are missing, and clear away what a dead writer left."""
        for each in states(self._connection):
            if each.applied is None:
                apply(self._connection, each.migration)
        if self._lease:
            self._ledger.undo_unfinished()

    def upsert(self, batch: Batch) -> Receipt:
        """Write a batch, all or nothing; see `Store.upsert`."""
        require_migrated(self._connection)
        refuse_batch(self._ledger.copying())
        self._ledger.undo_unfinished()
        retired = self._ledger.has_history()
        counts = current_counts(self._connection)
        with self._judge.hearing():
            bring_touched(self._connection, self._judge, batch, counts, retired)
            number = self._ledger.last() + 1
            outcome, names = self._judge.write(batch, number)
            if names:
                writer = Writer(self._connection, self._held(), self._settings.neo4j.rows)
                entry = Entry(number, batch.label, datetime.now(UTC), names)
                writer.write(self._judge, entry, retired)
        return Receipt(number if names else None, outcome, len(batch.rekeys))

    def scan(self, name: str, since: int = 0) -> pa.RecordBatchReader:
        """Read the rows of a type that were written or retired after batch `since`."""
        kind = type_named(name)
        tables = scan(self._connection, kind, since)
        batches = (part for table in tables for part in table.to_batches())
        return pa.RecordBatchReader.from_batches(arrow_schema(kind), batches)

    def export(self, name: str, path: Path) -> int:
        """Write all rows of a type, ordered by identity, to a Parquet file; return their number."""
        kind = type_named(name)
        with duckdb.connect() as connection:
            connection.execute(f"SET memory_limit = '{self._settings.memory_limit}'")
            create_table(connection, kind)
            connection.register("found", self.scan(name))
            connection.execute(f"INSERT INTO {quoted(kind.name)} SELECT * FROM found")
            return export_table(connection, kind, path)

    def changed_since(self, batch: int) -> frozenset[str]:
        """Return the names of the types that a batch after `batch` has touched."""
        return frozenset(name for each in self._ledger.read(batch) for name in each.touched)

    def describe(self) -> Description:
        """Return the last batch, when it was written, and the current rows by type."""
        entries = self._ledger.read(0)
        last = entries[-1] if entries else None
        current = current_counts(self._connection)
        number, written = (last.number, last.written) if last else (0, None)
        return Description("neo4j", number, written, current, self._ledger.copying())

    def ledger(self) -> list[Entry]:
        """Return every batch that was written, oldest first."""
        return self._ledger.read(0)

    def begin_restore(self) -> None:
        """Take no batch from now on until `restore_ledger`; see `Store.begin_restore`."""
        require_migrated(self._connection)
        refuse_copy(self._ledger.last())
        self._ledger.begin_copy(self._held())

    def restore(self, name: str, stated: pa.RecordBatchReader) -> None:
        """Put rows as they are in the place of all rows of a type; see `Store.restore`."""
        refuse_rows(self._ledger.copying())
        restore_rows(
            self._connection, self._held(), type_named(name), stated, self._settings.neo4j.rows
        )

    def restore_ledger(self, entries: Sequence[Entry]) -> None:
        """Take over the batches of another store."""
        self._ledger.restore(entries, self._held())

    def close(self) -> None:
        """Let the next writer in and close the connection."""
        self._judge.close()
        if self._lease:
            self._lease.close()
        self._connection.close()

    def _held(self) -> Lease:
        assert self._lease is not None, "opened for reading"  # noqa: S101 - the caller's mistake
        return self._lease
