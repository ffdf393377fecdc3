"""Options that several commands share."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from ...errors import BadInputError
from ...text import Text
from .write import Format

SAID: dict[str, Text] = {}
"""Every help text by what it says in either language, for the page of commands."""


def help_of(zh: str, en: str) -> str:
    """Return a help text in the language in force when the command line is built."""
    text = Text(zh, en)
    SAID[zh] = SAID[en] = text
    return str(text)


Region = Annotated[
    str | None,
    typer.Option("--region", "-r", help=help_of("地区：代码或名称", "region: code or name")),
]
Chain = Annotated[
    str | None,
    typer.Option("--chain", "-c", help=help_of("产业链：名称或编号", "chain: name or id")),
]
Cluster = Annotated[
    str | None,
    typer.Option("--cluster", "-k", help=help_of("产业集群：名称或编号", "cluster: name or id")),
]
Product = Annotated[
    str, typer.Option("--product", "-p", help=help_of("产品：名称或编号", "product: name or id"))
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help=help_of("按哪一天的事实（YYYY-MM-DD）", "facts of which day")),
]
Number = Annotated[
    int | None, typer.Option("--snapshot", help=help_of("快照编号，默认最新", "snapshot number"))
]
Limit = Annotated[
    int, typer.Option("--limit", "-n", min=1, help=help_of("最多列出多少项", "how many at most"))
]
As = Annotated[
    Format | None, typer.Option("--format", "-f", help=help_of("输出格式", "output format"))
]
Crm = Annotated[
    str | None,
    typer.Option(
        "--crm",
        help=help_of(
            "按此 CRM 的表头导出：hubspot、salesforce、xiaoshouyi（销售易）、fxiaoke（纷享销客）",
            "with the headers of a CRM: hubspot, salesforce, xiaoshouyi, fxiaoke",
        ),
    ),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", help=help_of("写入文件而不是屏幕", "write to a file")),
]

_BAD_DAY = Text("“{text}”不是日期", "“{text}” is no date")
_GOOD_DAY = Text("请写成 2026-11-21 这样的形式。", "Write it as in 2026-11-21.")


def day_of(text: str | None) -> date | None:
    """Return the day that an option names.

    Raises
    ------
    BadInputError
        It is no date.
    """
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise BadInputError(_BAD_DAY.fill(text=text), _GOOD_DAY) from None
