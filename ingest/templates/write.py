"""Empty sheets for people to fill in, as a workbook or as CSV."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from ...errors import BadInputError
from ...graph.schema import Kind
from ...text import Text
from ..reading.excel import EXAMPLE_SHEET, NOTES_SHEET
from .choose import named
from .types import Column, Template

_ENDING = Text(
    "模板只能写成 .xlsx 或 .csv：{path}", "a template is written as .xlsx or .csv: {path}"
)
_RENAME = Text("请改用这两种扩展名之一。", "Use one of these two endings.")
_NOT_WRITTEN = Text("无法写入 {path}：{why}", "{path} cannot be written: {why}")
_CLOSE = Text(
    "请关闭已打开的文件，或换一个位置。", "Close the file if it is open, or choose another place."
)
_ROWS_WITH_CHOICES = 10_000
_KINDS = {
    Kind.TEXT: Text("文字", "text"),
    Kind.TEXTS: Text("多个文字，用 | 分隔", "several texts, separated by |"),
    Kind.INTEGER: Text("整数", "whole number"),
    Kind.NUMBER: Text("数字", "number"),
    Kind.MONEY: Text(
        "金额：表头写明单位，或在格内写 1200万元、1.2亿元；只收人民币",
        "amount: unit in the header, or in the cell as 1200万元, 1.2亿元; yuan only",
    ),
    Kind.SHARE: Text("比例：35% 或 0.35", "share: 35% or 0.35"),
    Kind.DATE: Text(
        "日期：2024-05-01、2024年5月1日、2024年5月 或 2024",
        "date: 2024-05-01, 2024年5月1日, 2024年5月 or 2024",
    ),
    Kind.FLAG: Text("是 或 否", "是 or 否 (yes or no)"),
}
_PAIRS = Text("名称=数字，多个用 | 分隔", "name=number, several separated by |")
_REFERS = Text("{label}的名称或代码", "name or code of a {label}")


def write_template(name: str, path: Path) -> None:
    """Write an empty sheet for a template: .xlsx with notes, example and drop-downs, or .csv.

    Raises
    ------
    BadInputError
        There is no such template, or the file has another ending or cannot be written.
    """
    template = named(name)
    ending = path.suffix.lower()
    if ending not in (".xlsx", ".csv"):
        raise BadInputError(_ENDING.fill(path=path), _RENAME)
    try:
        _write_csv(template, path) if ending == ".csv" else _write_workbook(template, path)
    except (XlsxWriterException, OSError) as error:
        raise BadInputError(_NOT_WRITTEN.fill(path=path, why=error), _CLOSE) from None


def says(column: Column) -> Text:
    """Return what may be written below a column's header."""
    if column.pairs:
        return _PAIRS
    if column.choices:
        zh = "、".join(each.text.zh for each in column.choices)
        return Text(zh, ", ".join(each.value for each in column.choices))
    if column.refers:
        from ...graph.schema import SCHEMA

        what = _REFERS.fill(label=SCHEMA.node(column.refers).title)
        return (
            Text(f"{what.zh}，多个用 | 分隔", f"{what.en}, several separated by |")
            if column.many
            else what
        )
    return _KINDS[Kind.TEXTS if column.many else column.kind]


def _write_csv(template: Template, path: Path) -> None:
    """Write the headers, with a BOM: without it Excel takes UTF-8 for something else."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerow([each.header for each in template.columns])


def _write_workbook(template: Template, path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        bold = {"bold": True, "border": 1}
        needed = book.add_format({**bold, "bg_color": "#FCE4D6"})
        free = book.add_format({**bold, "bg_color": "#DDEBF7"})
        grey = book.add_format({"font_color": "#808080", "italic": True})
        sheet = book.add_worksheet(template.title.zh)
        example = book.add_worksheet(EXAMPLE_SHEET)
        for place, column in enumerate(template.columns):
            for page in (sheet, example):
                page.write_string(0, place, column.header, needed if column.required else free)
            sheet.write_comment(0, place, str(says(column)), {"x_scale": 2})
            example.write_string(1, place, column.example, grey)
            _offer_choices(sheet, place, column)
        for page in (sheet, example):
            page.freeze_panes(1, 0)
            page.set_column(0, len(template.columns) - 1, 18)
        _write_notes(book, template, needed)


def _offer_choices(sheet: Any, place: int, column: Column) -> None:
    offered = [each.text.zh for each in column.choices]
    if column.kind is Kind.FLAG:
        offered = ["是", "否"]
    if offered:
        rule = {"validate": "list", "source": offered, "error_type": "warning"}
        sheet.data_validation(1, place, _ROWS_WITH_CHOICES, place, rule)


def _write_notes(book: Any, template: Template, bold: Any) -> None:
    notes = book.add_worksheet(NOTES_SHEET)
    notes.write_string(0, 0, str(template.doc))
    heads = ("列", "必填", "怎么填", "说明", "示例", "也认识的表头")
    notes.write_row(2, 0, heads, bold)
    for line, column in enumerate(template.columns, start=3):
        aliases = "、".join(column.aliases)
        cells = (
            column.header,
            "是" if column.required else "",
            str(says(column)),
            column.doc.zh if column.doc else "",
            column.example,
            aliases,
        )
        notes.write_row(line, 0, cells)
    notes.set_column(0, 5, 24)
