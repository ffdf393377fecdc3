"""The snapshots of a data folder, the newest ones kept as indexes."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import date
from pathlib import Path

from ..algorithms.index import Index
from ..errors import NotKnownError, StoreError
from ..graph.snapshot import Manifest, Snapshot, numbers, open_snapshot
from ..settings import Settings

_INDEXES_KEPT = 4


class Indexes:
    """A data folder's snapshots as indexes.

    Each question looks whether a newer snapshot has been published and then answers from it.
    Questions may be asked from several threads at once.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._indexes: dict[tuple[int, date | None], Index] = {}
        self._lock = threading.Lock()

    @property
    def folder(self) -> Path:
        """Where the snapshots are."""
        return self.settings.data / "snapshots"

    def snapshots(self) -> list[int]:
        """Return the numbers of the published snapshots, oldest first."""
        return numbers(self.folder)

    def manifests(self) -> list[Manifest]:
        """Return what the published snapshots are, the newest first."""
        found: list[Manifest] = []
        for number in reversed(self.snapshots()):
            # The oldest may be cleared away while they are listed.
            with suppress(NotKnownError, StoreError):
                found.append(open_snapshot(self.folder, number).manifest)
        return found

    def index(self, snapshot: int | None = None, as_of: date | None = None) -> Index:
        """Return the index of a snapshot, the newest where none is named, as of a day.

        Raises
        ------
        NotKnownError
            There is no snapshot, or none of that number.
        """
        opened = open_snapshot(self.folder, snapshot).at(as_of)
        key = (opened.number, as_of)
        with self._lock:
            if key not in self._indexes:
                self._indexes[key] = self._indexed(opened)
                while len(self._indexes) > _INDEXES_KEPT:
                    del self._indexes[next(iter(self._indexes))]
            self._indexes[key] = self._indexes.pop(key)
            return self._indexes[key]

    def _indexed(self, opened: Snapshot) -> Index:
        try:
            return Index(opened)
        except StoreError:
            # It may have been cleared away since it was opened: then that is what is wrong.
            open_snapshot(self.folder, opened.number)
            raise
