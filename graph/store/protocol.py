"""What a store of the graph must keep, whichever database is behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pyarrow as pa


@dataclass(frozen=True)
class Rekey:
    """A node gets another key, and all that refers to it follows (a code arrived, two were one)."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Batch:
    """One all-or-nothing write.

    `tables` and `ended` map a type's name (`Enterprise`, `PRODUCES`) to rows. Rows of `tables` have
    the type's columns and `source`, `as_of`, `confidence`, `until`; a missing column or an empty
    cell says nothing and leaves what is known. An empty `as_of` means "today, as nobody said";
    such a row changes nothing where its values are known already. Rows of `ended` have the type's
    identity columns and `until`, the first day on which the fact holds no more.
    """

    label: str
    tables: Mapping[str, pa.Table] = field(default_factory=dict[str, pa.Table])
    ended: Mapping[str, pa.Table] = field(default_factory=dict[str, pa.Table])
    rekeys: tuple[Rekey, ...] = ()


@dataclass(frozen=True)
class Counts:
    """What a batch did to one type: rows by outcome."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    retired: int = 0

    @property
    def changed(self) -> int:
        """Rows that are different now."""
        return self.created + self.updated + self.retired


@dataclass(frozen=True)
class Receipt:
    """The acknowledgement of a batch; `batch` is None where nothing had to change."""

    batch: int | None
    counts: Mapping[str, Counts]
    rekeyed: int = 0


@dataclass(frozen=True)
class Description:
    """What a store holds: current rows by type, its last batch, and when that was written.

    `copying` tells whether a copy comes in that is not finished: no batch is written until then.
    """

    store: str
    last_batch: int
    written: datetime | None
    current: Mapping[str, int]
    copying: bool = False


@dataclass(frozen=True)
class Entry:
    """A line of a store's ledger: a batch that was written, and the types that it touched."""

    number: int
    label: str
    written: datetime
    touched: frozenset[str]


class Store(Protocol):
    """The truth: every fact ever stated, current or retired."""

    def migrate(self) -> None:
        """Bring the database to the declared schema; nothing that is there is lost."""
        ...

    def upsert(self, batch: Batch) -> Receipt:
        """Write a batch, all or nothing.

        Raises
        ------
        BadInputError
            An unknown type or column, an empty key, a value out of its choices or bounds, or a
            relation to a node that neither the store nor the batch has.
        ConflictError
            A copy into this store was begun and not finished.
        """
        ...

    def scan(self, name: str, since: int = 0) -> pa.RecordBatchReader:
        """Read the rows of a type that were written or retired after batch `since`."""
        ...

    def export(self, name: str, path: Path) -> int:
        """Write all rows of a type, ordered by identity, to a Parquet file; return their number."""
        ...

    def changed_since(self, batch: int) -> frozenset[str]:
        """Return the names of the types that a batch after `batch` has touched."""
        ...

    def describe(self) -> Description:
        """Return what the store holds."""
        ...

    def ledger(self) -> list[Entry]:
        """Return every batch that was written, oldest first."""
        ...

    def begin_restore(self) -> None:
        """Take no batch from now on until `restore_ledger`: a copy comes in.

        Raises
        ------
        ConflictError
            A batch was written already.
        """
        ...

    def restore(self, name: str, stated: pa.RecordBatchReader) -> None:
        """Put rows as they are, with their batch numbers, in the place of all rows of a type.

        Nodes come before the relations that refer to them.

        Raises
        ------
        ConflictError
            There was no `begin_restore`.
        """
        ...

    def restore_ledger(self, entries: Sequence[Entry]) -> None:
        """Take over the batches of another store: what was restored counts from now on."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
