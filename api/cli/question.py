"""Answers of questions in Cypher as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text as Styled

from ...algorithms.answers.words import STAGES
from ...algorithms.gaps import Kind
from ...algorithms.status import Status
from ...graph.schema import SCHEMA
from ...text import Text
from .screen import out, say, table

if TYPE_CHECKING:
    import pandas as pd

    from ...graph.store.neo4j import QuestionAnswer

_NO_ROWS = Text("没有结果", "no rows")
_YES, _NO = Text("是", "yes"), Text("否", "no")

COLUMNS = {
    "as_of": Text("日期", "as of"),
    "buyers": Text("本地客户数", "local buyers"),
    "certainty": Text("把握", "certainty"),
    "confidence": Text("可信度", "confidence"),
    "enterprise": Text("企业编号", "enterprise"),
    "from": Text("从", "from"),
    "holds": Text("现有资质", "holds"),
    "home": Text("所在地", "home"),
    "into": Text("投入到", "goes into"),
    "is_break": Text("断点", "break"),
    "is_local": Text("本地企业", "local"),
    "key": Text("关键", "key"),
    "kinds": Text("类别", "kinds"),
    "made_here": Text("本地有产", "made here"),
    "makers": Text("生产企业", "makers"),
    "makers_elsewhere": Text("外地厂商", "makers elsewhere"),
    "name": Text("名称", "name"),
    "national_titles": Text("国家级资质", "national titles"),
    "next": Text("下一级资质", "next title"),
    "product": Text("产品编号", "product"),
    "products": Text("产品", "products"),
    "relation": Text("关系", "relation"),
    "revenue": Text("营业收入（元/年）", "revenue (yuan a year)"),
    "since": Text("取得日期", "since"),
    "source": Text("来源", "source"),
    "stage": Text("环节", "stage"),
    "status": Text("状态", "status"),
    "step": Text("步", "step"),
    "steps": Text("步数", "steps"),
    "tier": Text("层级", "tier"),
    "titles": Text("资质数", "titles"),
    "to": Text("到", "to"),
    "trades_with": Text("往来的本地企业", "trades with here"),
    "users": Text("使用企业数", "users"),
}
"""Every column of the questions, as it reads above a table."""
_WORDS = {
    **{each.name.lower(): each.value for each in (*Status, *Kind)},
    **STAGES,
    **{each.type: each.title for each in SCHEMA.relations},
}
"""Codes in the cells of those columns that hold codes."""
_CODED = ("status", "kinds", "stage", "relation")


def question_frame(answer: QuestionAnswer) -> pd.DataFrame:
    """Return the rows with headers and words in the language in force."""
    import pandas as pd

    cells = {
        str(COLUMNS[each]): [_cell(each, row[each]) for row in answer.rows]
        for each in answer.columns
    }
    return pd.DataFrame(cells)


def show_question(answer: QuestionAnswer) -> None:
    """Show the rows as a table."""
    if not answer.rows:
        say(_NO_ROWS)
        return
    listed = table(*(COLUMNS[each] for each in answer.columns))
    for row in answer.rows:
        listed.add_row(*(Styled(_shown(_cell(each, row[each]))) for each in answer.columns))
    out.print(listed)


def _cell(column: str, value: Any) -> Any:
    if isinstance(value, list):
        return "、".join(str(_cell(column, each)) for each in value)
    if isinstance(value, bool):
        return str(_YES if value else _NO)
    return str(_WORDS[value]) if column in _CODED and value in _WORDS else value


def _shown(cell: Any) -> str:
    if cell is None or cell == "":
        return "—"
    return f"{cell:,.12g}" if isinstance(cell, float) else str(cell)
