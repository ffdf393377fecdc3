"""What an import did, and every row and cell that it could not take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from ..errors import RejectedRowsError
from ..graph.store import Counts
from ..text import Text
from .cells import Complaint
from .entities import Pending
from .sheet import Effect, Sheet

_REJECTED = Text(
    "有 {count} 行不能导入，未写入任何数据；第一处：{where} 第 {row} 行，{wrong}",
    "{count} rows cannot be taken and nothing was written; the first: {where}, row {row}: {wrong}",
)
_REJECTED_CURE = Text(
    "请按列出的问题修改后重新导入，或不用 --strict 先导入其余的行。",
    "Mend what is listed and import again, or leave out --strict to take the other rows.",
)

_DECIDE = Text("请在复核清单中确认：{names}", "decide in the review list: {names}")


@dataclass(frozen=True)
class SheetReport:
    """How the rows of one sheet fared.

    read = taken + rejected + to_review; `partial` of those taken lack a cell that could not be
    read; `skipped` are rows left out on purpose, with the reason.
    """

    file: str
    sheet: str | None
    template: Text
    read: int
    taken: int
    partial: int
    rejected: int
    to_review: int
    skipped: tuple[tuple[Text, int], ...] = ()


@dataclass(frozen=True)
class Notice:
    """Something about a whole sheet that its owner should know."""

    file: str
    sheet: str | None
    wrong: Text
    right: Text


@dataclass(frozen=True)
class ImportReport:
    """What an import did.

    `counts` tells by type what was created, updated and unchanged in the graph; `sheets` how the
    rows of each sheet fared; `batch` is None where nothing had to change.
    """

    batch: int | None
    counts: Mapping[str, Counts]
    sheets: tuple[SheetReport, ...]
    notices: tuple[Notice, ...]
    rekeyed: int = 0
    review_ids: tuple[int, ...] = ()
    work: tuple[Sheet, ...] = field(default=(), repr=False)

    @property
    def created(self) -> int:
        """Rows that are new in the graph."""
        return sum(each.created for each in self.counts.values())

    @property
    def updated(self) -> int:
        """Rows that replaced an earlier statement."""
        return sum(each.updated for each in self.counts.values())

    @property
    def unchanged(self) -> int:
        """Rows that said what was known."""
        return sum(each.unchanged for each in self.counts.values())

    @property
    def rejected(self) -> int:
        """Rows of sheets that could not be taken."""
        return sum(each.rejected for each in self.sheets)

    @property
    def to_review(self) -> int:
        """Rows of sheets that wait for a decision."""
        return sum(each.to_review for each in self.sheets)

    @cached_property
    def problems(self) -> pa.Table:
        """Every row and cell that was not taken, in the language in force.

        Columns: file, sheet, row (as a spreadsheet shows it), column, value, wrong, right, effect.
        """
        return problems_of(self.work)

    def frame(self) -> pd.DataFrame:
        """Return the problems as a pandas frame."""
        return pd.DataFrame(self.problems.to_pylist(), columns=SCHEMA.names)

    def write_marked_workbook(self, path: Path) -> None:
        """Write the sheets with problems as a workbook: a 错误 column, bad cells marked."""
        from .marked import write_marked

        write_marked(self.work, path)


class StrictImportError(RejectedRowsError):
    """A strict import met rows that it cannot take; `report` lists them, nothing was written."""

    def __init__(self, report: ImportReport) -> None:
        first = report.problems.slice(0, 1).to_pylist()[0]
        where = f"{first['file']}[{first['sheet']}]" if first["sheet"] else first["file"]
        count = report.problems.num_rows
        message = _REJECTED.fill(count=count, where=where, row=first["row"], wrong=first["wrong"])
        super().__init__(message, _REJECTED_CURE)
        self.report = report


def report_of(sheet: Sheet) -> SheetReport:
    """Return how the rows of a sheet fared."""
    partial = np.zeros(len(sheet.raw), dtype=bool)
    for trouble in sheet.troubles:
        if trouble.effect is Effect.PARTIAL:
            partial[trouble.rows] = True
    unread = len(sheet.raw.problems)
    rejected = int((~sheet.ok & ~sheet.blank).sum()) + unread
    return SheetReport(
        file=sheet.raw.file,
        sheet=sheet.raw.sheet,
        template=sheet.template.title,
        read=int((~sheet.blank).sum()) + unread,
        taken=int(sheet.taken.sum()),
        partial=int((partial & sheet.taken).sum()),
        rejected=rejected,
        to_review=int(sheet.held.sum()),
        skipped=sheet.raw.skipped,
    )


def problems_of(sheets: Sequence[Sheet]) -> pa.Table:
    """Return every problem of some sheets, in the order of their rows."""
    parts = [_problems(sheet) for sheet in sheets]
    return pa.concat_tables([SCHEMA.empty_table(), *parts])


SCHEMA = pa.schema(
    [
        ("file", pa.string()),
        ("sheet", pa.string()),
        ("row", pa.int64()),
        ("column", pa.string()),
        ("value", pa.string()),
        ("wrong", pa.string()),
        ("right", pa.string()),
        ("effect", pa.string()),
    ]
)


@dataclass(frozen=True)
class Marked:
    """One problem: place of the row, of the raw column (None: the whole row), and words."""

    row: int
    column: int | None
    complaint: Complaint
    effect: Effect


def marked_cells(sheet: Sheet) -> list[Marked]:
    """Return the problems of the rows of a sheet, in their order."""
    found: list[Marked] = []
    for trouble in sheet.troubles:
        place = _place(sheet, trouble.column.name if trouble.column else None)
        for row, reason in zip(trouble.rows.tolist(), trouble.reason.tolist(), strict=True):
            found.append(Marked(row, place, trouble.why[reason], trouble.effect))
    for row, doubts in sheet.doubts.items():
        if sheet.ok[row]:
            found += [Marked(row, None, _doubt(each), Effect.REVIEW) for each in doubts]
    return sorted(found, key=lambda each: (each.row, each.column or 0))


def _doubt(pending: Pending) -> Complaint:
    names = "、".join(f"{each.name}（{each.score:.0%}）" for each in pending.suspects)
    return Complaint(pending.reason, _DECIDE.fill(names=names))


def _place(sheet: Sheet, name: str | None) -> int | None:
    if name is None:
        return None
    column = sheet.template.column(name)
    for each in (column.name, column.code):
        if each in sheet.match.places:
            return sheet.match.places[each][0]
    return None


def _problems(sheet: Sheet) -> pa.Table:
    rows: list[dict[str, object]] = [
        {
            "row": problem.row,
            "column": None,
            "value": problem.value,
            "wrong": str(problem.wrong),
            "right": str(problem.right),
            "effect": str(Effect.REJECTED.value),
        }
        for problem in sheet.raw.problems
    ]
    rows += [_row(sheet, each) for each in marked_cells(sheet)]
    both: dict[str, object] = {"file": sheet.raw.file, "sheet": sheet.raw.sheet}
    return pa.Table.from_pylist([both | row for row in rows], SCHEMA)


def _row(sheet: Sheet, marked: Marked) -> dict[str, object]:
    place = marked.column
    value = sheet.raw.columns[place][marked.row].as_py() if place is not None else None
    return {
        "row": sheet.raw.rows[marked.row].as_py(),
        "column": sheet.raw.headers[place] if place is not None else None,
        "value": None if value is None else str(value).rstrip("|"),
        "wrong": str(marked.complaint.wrong),
        "right": str(marked.complaint.right),
        "effect": str(marked.effect.value),
    }
