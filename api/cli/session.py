"""What every command works with: the settings in force, the store, the atlas."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ...errors import NotKnownError
from ...settings import Settings
from ...text import Text

if TYPE_CHECKING:
    from ...atlas import Atlas
    from ...graph.store import Store
    from ...ingest.review import Reviews

_NOT_THERE = Text("还没有数据文件夹 {folder}", "there is no data folder {folder} yet")
_INIT = Text("请先运行 lianpu init。", "Run `lianpu init` first.")


@dataclass(frozen=True)
class Session:
    """One run of a command."""

    settings: Settings

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.settings.data

    @property
    def snapshots(self) -> Path:
        """Where the snapshots are."""
        return self.data / "snapshots"

    @property
    def is_embedded(self) -> bool:
        """Whether the store is the file in the data folder."""
        from ...graph.store import EMBEDDED

        return self.settings.store == EMBEDDED

    @contextmanager
    def store(self, *, create: bool = False) -> Generator[Store]:
        """Open the store for writing.

        Raises
        ------
        NotKnownError
            There is no data folder, and none is to be made.
        """
        from ...graph.store import open_store
        from ...graph.store.embedded import FILE

        if self.is_embedded and not create and not (self.data / FILE).exists():
            raise NotKnownError(_NOT_THERE.fill(folder=self.data), _INIT)
        store = open_store(self.settings)
        try:
            store.migrate()
            yield store
        finally:
            store.close()

    def atlas(self) -> Atlas:
        """Return the atlas over the newest snapshot."""
        from ...atlas import Atlas

        return Atlas(self.settings)

    @contextmanager
    def reviews(self) -> Generator[Reviews]:
        """Open the review list."""
        from ...ingest.review import Reviews

        found = Reviews.in_folder(self.data)
        try:
            yield found
        finally:
            found.close()


def session_of(context: typer.Context) -> Session:
    """Return the session that the command line was opened with."""
    session = context.find_root().obj
    assert isinstance(session, Session)  # noqa: S101 - the callback of the application put it there
    return session
