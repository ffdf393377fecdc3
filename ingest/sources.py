"""Where facts come from: sources as nodes, one for each title, publisher and date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from ..graph.ids import derived_id
from ..graph.schema import SCHEMA


@dataclass(frozen=True)
class SourceInfo:
    """A document, data set or sheet that facts come from; `reliability` is 0 to 1."""

    title: str
    publisher: str | None = None
    date: dt.date | None = None
    link: str | None = None
    reliability: float | None = None

    @property
    def id(self) -> str:
        """The id: derived from title, publisher and date."""
        day = self.date.isoformat() if self.date else ""
        return derived_id("Source", self.title, self.publisher or "", day)


class Sources:
    """The sources of a run: those used so far, and those known by their title alone."""

    def __init__(self, known: pa.Table) -> None:
        pairs = zip(known["title"].to_pylist(), known["id"].to_pylist(), strict=True)
        self._known = {title: key for title, key in pairs if title}
        self._used: dict[str, SourceInfo] = {}

    def use(self, source: SourceInfo) -> str:
        """Return the id of a source, to be written with the run."""
        self._used[source.id] = source
        return source.id

    def by_title(self, title: str) -> str:
        """Return the id of the source of that title, the known one where there is one."""
        return self._known.get(title) or self.use(SourceInfo(title))

    def table(self) -> pa.Table:
        """Return the sources used, as rows of the node type."""
        return _table(self._used.values())


def _table(sources: Iterable[SourceInfo]) -> pa.Table:
    rows = [
        {
            "id": each.id,
            "title": each.title,
            "publisher": each.publisher,
            "date": each.date,
            "link": each.link,
            "reliability": each.reliability,
        }
        for each in sources
    ]
    columns = SCHEMA.node("Source").columns
    return pa.Table.from_pylist(rows, pa.schema([(each.name, each.kind.arrow) for each in columns]))
