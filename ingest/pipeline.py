"""The import: files in, one batch written, a report back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from ..errors import BadInputError
from ..graph.arrow_compute import pc
from ..graph.coded import encode, joined, places
from ..graph.progress import Progress
from ..graph.schema import SCHEMA, RelationType
from ..graph.store import Batch, Receipt, Rekey, Store
from ..settings import Settings
from ..text import Text
from .cells.base import to_mask
from .entities import Entities
from .inputs import Given, Input, as_inputs, label_of
from .known import Known, StoreKnown
from .mapping.files import inputs_of_mapping
from .reading import RawTable, read_frame, read_path
from .references import register, resolve
from .report import ImportReport, Notice, StrictImportError, report_of
from .resolve.decide import Thresholds
from .review import Reviews
from .rows import Rows
from .sheet import Sheet
from .sources import SourceInfo, Sources
from .templates import choose, known_header

_READING = Text("读取文件", "reading")
_CHECKING = Text("检查内容", "checking")
_RESOLVING = Text("对应企业和产品", "resolving names")
WRITING = Text("写入", "writing")
"""The stage that cannot be stopped: told of with 0 before the batch is written, with 1 after."""

_SKIPPED_SHEET = Text("工作表“{sheet}”没有导入", "the sheet “{sheet}” was not taken")
_NEW_PRODUCT = Text("“{name}”作为新产品收入", "“{name}” was taken as a new product")
_NEW_PRODUCT_RIGHT = Text("相近的已有产品：{names}", "similar known products: {names}")
_UNCOMPARED = Text(
    "有 {count} 个新名称太多，未逐一与已有企业比对相近名称",
    "{count} new names were too many to be compared with similar known ones",
)
_UNCOMPARED_RIGHT = Text("请分批导入以便比对", "import them in parts to have them compared")
_MOST_HINTS = 50


def run(
    store: Store,
    inputs: Given | Sequence[Given],
    *,
    settings: Settings,
    template: str | None = None,
    strict: bool = False,
    source: SourceInfo | str | None = None,
    as_of: date | None = None,
    confidence: float | None = None,
    mapping: Path | None = None,
    reviews: Reviews | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import files and frames in one transaction.

    Parameters
    ----------
    inputs : paths of files or folders, pandas frames, or `Input` for more say in each. With a
        mapping, the folders in which its files lie.
    template : the template that all inputs follow, where it cannot be told from them.
    strict : write nothing where any row cannot be taken.
    source, as_of, confidence : for rows that do not state their own. Without a source, the file's
        name is one; without a day, the store takes today.
    mapping : a TOML file that brings another layout to the templates.
    reviews : the review list; rows in doubt are kept there until a person has decided. Without it
        they are only reported.
    progress : is told how far the import has come.

    Raises
    ------
    BadInputError
        A file cannot be used at all.
    StrictImportError
        `strict`, and a row cannot be taken.
    """
    tell = progress or _silent
    given = inputs_of_mapping(mapping, inputs) if mapping else inputs
    wanted = as_inputs(given, template=template, source=source, as_of=as_of, confidence=confidence)
    sheets, notices = _read(wanted, tell)
    known = StoreKnown(store)
    entities = _entities(known, settings, reviews)
    tell(_RESOLVING, 0, 2)
    register(sheets, entities)
    tell(_RESOLVING, 1, 2)
    resolve(sheets, entities)
    tell(_RESOLVING, 2, 2)
    batch, mentioned = _batch(sheets, wanted, entities, known)
    notices += _hints(entities, known, batch.label, mentioned)
    if strict and any(not s.taken[~s.blank].all() or s.troubles or s.raw.problems for s in sheets):
        raise StrictImportError(_report(Receipt(None, {}), sheets, notices, ()))
    tell(WRITING, 0, 1)
    receipt = store.upsert(batch)
    held = reviews.hold(sheets) if reviews else ()
    if reviews:
        reviews.mark_applied([number for each in wanted for number in each.held])
    tell(WRITING, 1, 1)
    return _report(receipt, sheets, notices, held)


def check(
    inputs: Given | Sequence[Given],
    *,
    known: Known,
    settings: Settings,
    template: str | None = None,
    mapping: Path | None = None,
) -> ImportReport:
    """Go through files as `run` does, without writing anything; counts stay empty."""
    given = inputs_of_mapping(mapping, inputs) if mapping else inputs
    wanted = as_inputs(given, template=template)
    sheets, notices = _read(wanted, _silent)
    entities = _entities(known, settings, None)
    register(sheets, entities)
    resolve(sheets, entities)
    batch, mentioned = _batch(sheets, wanted, entities, known)
    notices += _hints(entities, known, batch.label, mentioned)
    return _report(Receipt(None, {}), sheets, notices, ())


def _silent(stage: Text, done: int, total: int) -> None:
    """Tell nobody."""


def _entities(known: Known, settings: Settings, reviews: Reviews | None) -> Entities:
    thresholds = Thresholds(accept=settings.accept_score, review=settings.review_score)
    return Entities(known, thresholds, reviews.decisions() if reviews else {})


def _read(inputs: Sequence[Input], tell: Progress) -> tuple[list[Sheet], list[Notice]]:
    sheets: list[Sheet] = []
    notices: list[Notice] = []
    for done, each in enumerate(inputs):
        tell(_READING, done, len(inputs))
        found = [_open(each, raw) for raw in _raw(each)]
        good = [one for one in found if isinstance(one, Sheet)]
        bad = [one for one in found if not isinstance(one, Sheet)]
        if not good:
            raise bad[0][1]
        sheets += good
        notices += [_skipped(raw, error) for raw, error in bad]
    tell(_READING, len(inputs), len(inputs))
    for sheet in sheets:
        where = sheet.raw.file, sheet.raw.sheet
        notices += [Notice(*where, each.wrong, each.right) for each in sheet.match.notices]
    tell(_CHECKING, 1, 1)
    return sheets, notices


def _raw(given: Input) -> list[RawTable]:
    if isinstance(given.data, pd.DataFrame):
        return [read_frame(given.data, given.label)]
    headers = given.layout.headers if given.layout else frozenset[str]()

    def recognise(header: str) -> bool:
        return header.strip() in headers or known_header(header)

    return read_path(given.data, recognise)


def _open(given: Input, raw: RawTable) -> Sheet | tuple[RawTable, BadInputError]:
    try:
        shaped = given.layout.apply(raw) if given.layout else raw
        template, match = choose(shaped, given.template)
    except BadInputError as error:
        return raw, error
    return Sheet(given, shaped, template, match)


def _skipped(raw: RawTable, error: BadInputError) -> Notice:
    return Notice(raw.file, raw.sheet, _SKIPPED_SHEET.fill(sheet=raw.name), error.message)


def _batch(
    sheets: Sequence[Sheet], inputs: Sequence[Input], entities: Entities, known: Known
) -> tuple[Batch, list[str]]:
    """Return what is to be written, and the products that are new and only mentioned."""
    rows = Rows(entities, known, Sources(known.table("Source")))
    for sheet in sheets:
        rows.add(sheet)
    rows.add_mentioned(sheets)
    tables = rows.tables()
    tables = {name: _only_whole(name, table, tables, known) for name, table in tables.items()}
    batch = Batch(label_of(inputs), tables, rekeys=_rekeys(inputs, entities, known))
    return batch, rows.mentioned["Product"]


def _rekeys(inputs: Sequence[Input], entities: Entities, known: Known) -> tuple[Rekey, ...]:
    """Return the changes of key whose old key the store has."""
    asked = [*entities.enterprises.rekeyed(), *(one for each in inputs for one in each.rekeys)]
    kept: list[Rekey] = []
    for each in asked:
        keys = known.table(each.label)[SCHEMA.node(each.label).key.name]
        if pc.is_in(pa.scalar(each.old), value_set=keys.combine_chunks()).as_py():
            kept.append(each)
    return tuple(kept)


def _only_whole(name: str, table: pa.Table, tables: dict[str, pa.Table], known: Known) -> pa.Table:
    """Leave out relations to nodes that were rejected: their rows are reported there."""
    kind = SCHEMA.by_name[name]
    if not isinstance(kind, RelationType):
        return table
    keep = np.ones(table.num_rows, dtype=bool)
    for end, label in (("start", kind.start), ("end", kind.end)):
        key = SCHEMA.node(label).key.name
        parts = [known.table(label)[key]]
        parts += [tables[label][key]] if label in tables else []
        there = pa.chunked_array([chunk for part in parts for chunk in part.chunks], pa.string())
        keep &= _present(table[end], there.combine_chunks())
    return table if keep.all() else table.filter(pa.array(keep))


def _present(column: pa.ChunkedArray, there: pa.Array) -> NDArray[np.bool_]:
    keys = encode(joined(column))
    known = to_mask(pc.is_in(keys.dictionary, value_set=there))
    return np.append(known, False)[places(keys)]


def _hints(entities: Entities, known: Known, label: str, products: Sequence[str]) -> list[Notice]:
    """Name products that were only mentioned and look much like known ones."""
    hints: list[Notice] = []
    if count := entities.enterprises.uncompared:
        hints.append(Notice(label, None, _UNCOMPARED.fill(count=count), _UNCOMPARED_RIGHT))
    if not known.table("Product").num_rows:
        return hints
    catalogue = entities.catalogue("Product")
    for key in products[:_MOST_HINTS]:
        name = catalogue.names[key]
        near = [each for each in catalogue.nearest(name, 4) if each != name]
        if near:
            right = _NEW_PRODUCT_RIGHT.fill(names="、".join(near[:3]))
            hints.append(Notice(label, None, _NEW_PRODUCT.fill(name=name), right))
    return hints


def _report(
    receipt: Receipt, sheets: Sequence[Sheet], notices: Sequence[Notice], held: Sequence[int]
) -> ImportReport:
    return ImportReport(
        receipt.batch,
        receipt.counts,
        tuple(report_of(sheet) for sheet in sheets),
        tuple(notices),
        receipt.rekeyed,
        tuple(held),
        tuple(sheets),
    )
