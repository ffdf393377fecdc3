"""What a run is given: files and frames, each with its template, layout and source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from ..errors import BadInputError
from ..graph.store import Rekey
from ..text import Text
from .mapping.layout import Layout
from .reading.sniff import ENDINGS
from .sources import SourceInfo

_EMPTY_FOLDER = Text(
    "文件夹 {path} 里没有可导入的文件", "the folder {path} holds no file to import"
)
_ENDINGS = Text(
    "可导入 .xlsx、.xls、.csv、.jsonl、.parquet。",
    "What can be imported: .xlsx, .xls, .csv, .jsonl, .parquet.",
)


@dataclass(frozen=True)
class Input:
    """One file or frame.

    `template` is the name of a template, found by the sheet's name and headers where it is None;
    `layout` brings another layout to the template's first. `source`, `as_of` and `confidence` hold
    for rows that do not state their own. `rekeys` come true with the run, where the old key is
    known. `held` are the numbers under which the review list keeps these rows.
    """

    data: Path | pd.DataFrame
    template: str | None = None
    name: str | None = None
    layout: Layout | None = None
    source: SourceInfo | None = None
    as_of: date | None = None
    confidence: float | None = None
    rekeys: tuple[Rekey, ...] = ()
    held: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        """What it is called in messages."""
        if self.name:
            return self.name
        return self.data.name if isinstance(self.data, Path) else "DataFrame"


def label_of(inputs: Iterable[Input]) -> str:
    """Return what a batch of these inputs is called in the ledger."""
    return "、".join(dict.fromkeys(each.label for each in inputs))[:200]


Given = Input | Path | str | pd.DataFrame


def as_inputs(
    given: Given | Sequence[Given],
    *,
    template: str | None = None,
    source: SourceInfo | str | None = None,
    as_of: date | None = None,
    confidence: float | None = None,
) -> list[Input]:
    """Return inputs of whatever was given; folders stand for the files in them.

    The other arguments hold for inputs that have none of their own.

    Raises
    ------
    BadInputError
        A folder holds nothing to import.
    """
    info = SourceInfo(source) if isinstance(source, str) else source
    many = given if isinstance(given, Sequence) and not isinstance(given, str) else [given]
    return [
        replace(
            each,
            template=each.template or template,
            source=each.source or info,
            as_of=each.as_of or as_of,
            confidence=confidence if each.confidence is None else each.confidence,
        )
        for one in many
        for each in _inputs(one)
    ]


def _inputs(given: Given) -> Iterable[Input]:
    if isinstance(given, Input):
        return [given]
    if isinstance(given, pd.DataFrame):
        return [Input(given)]
    path = Path(given)
    return map(Input, _files(path)) if path.is_dir() else [Input(path)]


def _files(folder: Path) -> list[Path]:
    found = sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in ENDINGS and not path.name.startswith((".", "~$"))
    )
    if not found:
        raise BadInputError(_EMPTY_FOLDER.fill(path=folder), _ENDINGS)
    return found
