"""The worklist 作战图清单: gap × target × link × stage × responsible × next step, as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter

from ...algorithms.answers import GapAnswer
from ...algorithms.answers.models import TargetAnswer
from ...graph.schema import SCHEMA
from ...maps.layout.measure import clean
from . import words as say
from .gathering import Gathered
from .handbook import kind_of, link_of

TARGETS = 3
"""Targets of a gap in the list."""
STAGE = 11
"""The column of the stage."""
SPARE = 200
"""Rows below the last one that offer the stages too."""
Cell = str | float | None


def worklist_xlsx(found: Gathered) -> bytes:
    """Return the worklist as XLSX, ready to be printed in landscape."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": str(say.WORKLIST), "author": "Lianpu"})
        sheet = book.add_worksheet(str(say.WORKLIST))
        styles = {
            "title": book.add_format({"bold": True, "font_size": 13, "font_color": "#1F3A5F"}),
            "head": book.add_format(
                {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "border": 1}
                | {"text_wrap": True, "valign": "vcenter"}
            ),
            "text": book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
            "number": book.add_format({"num_format": "0.00", "valign": "top", "border": 1}),
        }
        rows = list(_rows(found))
        snapshot = found.gaps.snapshot
        about = say.ABOUT.fill(
            place=found.place, chain=found.chain, number=snapshot.number, date=snapshot.date
        )
        sheet.write_string(0, 0, clean(str(about)), styles["title"])
        for column, (title, wide) in enumerate(say.WORK_HEAD):
            sheet.write_string(1, column, str(title), styles["head"])
            sheet.set_column(column, column, wide)
        for at, row in enumerate(rows, start=2):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(at, column, clean(value), styles["text"])
                elif value is not None:
                    sheet.write_number(at, column, value, styles["number"])
                else:
                    sheet.write_blank(at, column, None, styles["text"])
        last, width = len(rows) + 1, len(say.WORK_HEAD) - 1
        offered = {"validate": "list", "source": _stages()}
        sheet.data_validation(2, STAGE, last + SPARE, STAGE, offered)
        sheet.freeze_panes(2, 2)
        sheet.autofilter(1, 0, max(last, 2), width)
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
    return target.getvalue()


def _rows(found: Gathered) -> Iterable[tuple[Cell, ...]]:
    targets = {gap.product.id: answer.targets[:TARGETS] for gap, answer in found.calls}
    number = 0
    for gap in found.gaps.gaps:
        its: list[TargetAnswer | None] = [*targets.get(gap.product.id, [])]
        for target in its or [None]:
            number += 1
            yield _row(number, gap, target)


def _row(number: int, gap: GapAnswer, target: TargetAnswer | None) -> tuple[Cell, ...]:
    projects = [fact.start_name for fact in gap.evidence if fact.role == "project"]
    return (
        str(number),
        gap.product.name,
        link_of(gap),
        gap.status.text,
        kind_of(gap),
        gap.priority.score,
        target.enterprise.name if target else "",
        target.home.name if target and target.home else "",
        target.score if target else None,
        target.why if target else "",
        str(say.JOIN).join(dict.fromkeys(projects)),
        _stages()[0] if target else "",
        "",
        _next(gap, target),
        "",
        "",
    )


def _next(gap: GapAnswer, target: TargetAnswer | None) -> str:
    if gap.action.code == "verify":
        return str(say.NEXT_VERIFY.fill(product=gap.product.name))
    if target is None:
        return str(say.NEXT_NOBODY.fill(product=gap.product.name))
    if target.linked:
        linked = target.linked[0].name
        return str(say.NEXT_LINKED.fill(linked=linked, firm=target.enterprise.name))
    return str(say.NEXT.fill(firm=target.enterprise.name))


def _stages() -> list[str]:
    """The stages of a project, as the schema names them."""
    (stage,) = (each for each in SCHEMA.node("Project").properties if each.name == "stage")
    return [str(choice.text) for choice in stage.choices]
