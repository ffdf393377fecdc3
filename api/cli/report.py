"""What an import or a check found, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...text import Text
from .screen import err, table

if TYPE_CHECKING:
    from ...ingest.chain_check import ChainProblem
    from ...ingest.report import ImportReport, SheetReport

_SHOWN = 20
_LONGEST = 60
_MORE = Text("……另有 {count} 处", "… and {count} more")
_SUMMARY = Text(
    "新增 {created}，更新 {updated}，不变 {unchanged}，不合格 {rejected}，待复核 {review}",
    "created {created}, updated {updated}, unchanged {unchanged}, rejected {rejected}, "
    "to review {review}",
)


def show_report(report: ImportReport) -> None:
    """Show how the rows of each sheet fared, and the first problems."""
    sheets = table(
        Text("文件", "file"),
        Text("模板", "template"),
        (Text("行", "rows"), "right"),
        (Text("采用", "taken"), "right"),
        (Text("缺格", "partly"), "right"),
        (Text("不合格", "rejected"), "right"),
        (Text("待复核", "to review"), "right"),
        Text("跳过", "skipped"),
    )
    for each in report.sheets:
        sheets.add_row(*_sheet_cells(each))
    err.print(sheets)
    _show_problems(report)
    for notice in report.notices[:_SHOWN]:
        err.print(f"· {notice.wrong}；{notice.right}", style="yellow", soft_wrap=True)
    if len(report.notices) > _SHOWN:
        err.print(str(_MORE.fill(count=len(report.notices) - _SHOWN)), style="yellow")
    summary = _SUMMARY.fill(
        created=report.created,
        updated=report.updated,
        unchanged=report.unchanged,
        rejected=report.rejected,
        review=report.to_review,
    )
    err.print(str(summary), style="bold")


def show_chain_problems(problems: list[ChainProblem]) -> None:
    """Show what is wrong in chains."""
    for each in problems:
        style = "red" if each.serious else "yellow"
        err.print(f"· {each.where}：{each.wrong}；{each.right}", style=style)


def _show_problems(report: ImportReport) -> None:
    if not report.problems.num_rows:
        return
    problems = table(
        Text("文件", "file"),
        (Text("行", "row"), "right"),
        Text("列", "column"),
        Text("值", "value"),
        Text("问题", "what is wrong"),
        Text("应为", "what would be right"),
    )
    for row in report.problems.slice(0, _SHOWN).to_pylist():
        where = f"{row['file']}[{row['sheet']}]" if row["sheet"] else row["file"]
        cells = (where, row["row"], row["column"], _short(row["value"]), row["wrong"], row["right"])
        problems.add_row(*("" if cell is None else str(cell) for cell in cells))
    err.print(problems)
    if report.problems.num_rows > _SHOWN:
        err.print(str(_MORE.fill(count=report.problems.num_rows - _SHOWN)))


def _short(value: str | None) -> str:
    return value[:_LONGEST] + "…" if value and len(value) > _LONGEST else value or ""


def _sheet_cells(each: SheetReport) -> list[str]:
    name = f"{each.file}[{each.sheet}]" if each.sheet else each.file
    skipped = "；".join(f"{reason} {count}" for reason, count in each.skipped)
    numbers = (each.read, each.taken, each.partial, each.rejected, each.to_review)
    return [name, str(each.template), *(str(number) for number in numbers), skipped]
