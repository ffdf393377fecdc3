"""The manifest: what a published snapshot is, in one small JSON file that is written last."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ... import __version__
from ...errors import StoreError
from ...text import Text

FILE = "manifest.json"

_DAMAGED = Text("快照的清单 {path} 已损坏", "the manifest {path} of a snapshot is damaged")
_REMOVE = Text(
    "请删除该快照文件夹，下次导入时会重新发布。",
    "Remove the snapshot's folder; the next import publishes anew.",
)


class Coverage(BaseModel):
    """How far the record reaches: what an answer must not be silent about."""

    model_config = ConfigDict(frozen=True)

    enterprises: int
    """Active enterprises."""
    known: int
    """Those of them with at least one known product."""
    revenue: float | None
    """Their revenue in yuan a year, as far as it is known; None where none is."""
    known_revenue: float | None
    """The part of that revenue that belongs to enterprises with known products."""


class Manifest(BaseModel):
    """What stands in a snapshot."""

    model_config = ConfigDict(frozen=True)

    number: int
    lianpu: str = __version__
    store: str
    batch: int
    """The last batch that it holds."""
    written: datetime | None = None
    """When that was written; a store that wrote it at another time holds another graph."""
    published: datetime
    counts: dict[str, int]
    """Rows of each type, retired ones included."""
    coverage: Coverage

    @property
    def day(self) -> date:
        """The day of publication."""
        return self.published.date()

    def write(self, folder: Path) -> None:
        """Write the manifest into a snapshot's folder."""
        (folder / FILE).write_text(self.model_dump_json(indent=2) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read the manifest of a snapshot's folder.

        Raises
        ------
        StoreError
            It is damaged.
        """
        text = (folder / FILE).read_text(encoding="utf-8", errors="replace")
        try:
            return cls.model_validate(json.loads(text))
        except ValueError:
            raise StoreError(_DAMAGED.fill(path=folder / FILE), _REMOVE) from None
