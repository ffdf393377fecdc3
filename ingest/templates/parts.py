"""Columns that several templates share."""

from __future__ import annotations

from ...graph.schema import SCHEMA, STATED, Property
from ...text import Text
from ..cells.dates import Partial
from .types import Column, refer, stated_by

_PARTIAL = {"as_of": Partial.LAST, "until": Partial.AFTER}
_EXAMPLES = {"as_of": "2024-12-31", "confidence": "0.8", "source": "县统计局年报 2024"}

# What every template takes: where the row's facts come from, and from when to when they hold.
STATED_COLUMNS = tuple(
    stated_by(
        each,
        partial=_PARTIAL.get(each.name, Partial.FIRST),
        example=_EXAMPLES.get(each.name, ""),
    )
    for each in STATED
)


def node(label: str, name: str) -> Property:
    """Return a property of a node type."""
    return {each.name: each for each in SCHEMA.node(label).columns}[name]


def relation(type_: str, name: str) -> Property:
    """Return a property of a relation type."""
    return {each.name: each for each in SCHEMA.relation(type_).columns}[name]


def enterprise(
    name: str, title: Text, *aliases: str, required: bool = True, example: str = ""
) -> tuple[Column, Column]:
    """Return the columns that name an enterprise: its full name, and its code where it is known."""
    code_title = Text(f"{title.zh}代码", f"{title.en} code")
    named = refer(
        name,
        "Enterprise",
        title,
        *aliases,
        required=required,
        creates=True,
        code=f"{name}_code",
        doc=Text("全称，或统一社会信用代码", "full name, or unified social credit code"),
        example=example,
    )
    code_aliases = (f"{title.zh}统一社会信用代码", f"{title.zh}信用代码")
    return named, Column(f"{name}_code", code_title, aliases=code_aliases)


THE_ENTERPRISE = enterprise(
    "enterprise",
    Text("企业", "enterprise"),
    *("企业名称", "公司名称", "单位名称", "企业全称", "公司", "单位"),
    example="某某精密机械有限公司",
)


def the_code(columns: tuple[Column, Column]) -> tuple[Column, Column]:
    """Let the code column of the only enterprise of a sheet go by the schema's names too."""
    named, code = columns
    own = node("Enterprise", "code")
    return named, Column(code.name, code.title, aliases=(own.title.zh, *own.aliases, *code.aliases))


def product(*, required: bool = True) -> Column:
    """Return the column that names a product."""
    return refer(
        "product",
        "Product",
        Text("产品", "product"),
        *("产品名称", "主营产品", "主要产品"),
        required=required,
        creates=True,
        example="动力电池",
    )
