"""The reference page of the templates, derived from their declarations."""

from __future__ import annotations

from collections.abc import Iterator

from .registry import TEMPLATES
from .types import Column, Template
from .write import says

_INTRODUCTION = """# Templates 模板

Made by `lianpu.ingest.templates_page()`; do not edit by hand.

A sheet may be Excel (`.xlsx`, `.xls`), CSV (UTF-8 or GB18030; comma, semicolon or tab), JSON Lines
or Parquet. `lianpu template NAME FILE.xlsx` writes an empty one. A sheet follows the template after
which it (or its file) is named, or else the one that its headers fit. The header row may stand
below a title. Case, width, spaces and units in brackets do not count in headers. Unknown columns
are reported with the nearest known header. A mapping file brings any other layout in: see
`examples/*.toml` and the docstring of `lianpu.ingest.mapping.files`.

How cells are read:

- **Money** is stored in yuan. The unit stands in the header (`营业收入（万元）`) or in the cell
  (`1.2亿元`); without one it is yuan. Foreign currencies are refused: convert them first.
- **Shares** are `35%` or `0.35`. A bare number over 1 is refused unless the header says `%`.
- **Dates** are `2024-05-01`, `2024/5/1`, `2024年5月1日`, `20240501` or a date cell of the
  spreadsheet. Where only a month or a year is stated, 数据日期 takes its last day, 失效日期 the day
  after it, all others the first day.
- **Lists** are separated by `|`, or by `、`, `，`, `,`, `;`, `/` where no `|` stands in the cell.
  Separators within brackets, and commas between figures (`1,4-丁二醇`), belong to the name.
- `-`, `/`, `N/A`, `未知`, `暂无` and the like are empty cells; an empty cell says nothing and
  changes nothing.
- A row is refused whole when a cell that identifies it, refers to something or decides about the
  fact cannot be read; of other cells only the cell is left out. Both are reported.
"""


def templates_page() -> str:
    """Return docs/templates.md."""
    parts = [_INTRODUCTION, *("\n".join(_section(each)) for each in TEMPLATES.values())]
    return "\n".join(parts)


def _section(template: Template) -> Iterator[str]:
    yield f"## {template.title.zh} `{template.name}`\n"
    yield f"{template.doc.zh}  \n{template.doc.en}\n"
    yield "| header 表头 | name | required 必填 | content | also known as 也认识 |"
    yield "| --- | --- | --- | --- | --- |"
    for column in template.columns:
        yield _row(column)
    yield ""


def _row(column: Column) -> str:
    content = says(column).en
    if column.doc is not None:
        content = f"{content}; {column.doc.en}"
    required = "yes 是" if column.required else ""
    aliases = "、".join(column.aliases)
    cells = (column.header, f"`{column.name}`", required, content, aliases)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
