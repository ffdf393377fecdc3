"""Words of the views that no answer carries, and facts as people read them."""

from __future__ import annotations

from collections.abc import Callable

from ...algorithms.action import Action
from ...algorithms.answers.words import QUOTIENTS, RATES, ROLES, word
from ...algorithms.evidence import Fact
from ...algorithms.gaps import Kind
from ...algorithms.status import Status
from ...graph.schema import SCHEMA
from ...graph.schema.types import Kind as Holds
from ...graph.schema.types import Property
from ...text import Text
from ..figures import money, percent

STATUSES = {each.name.lower(): each.value for each in Status}
KINDS = {each.name.lower(): each.value for each in Kind}
ACTIONS = {each.name.lower(): each.value for each in Action}
BASES = RATES | QUOTIENTS
"""What a rate or quotient rests on."""
STATES = {
    choice.value: choice.text
    for column in SCHEMA.node("Enterprise").properties
    if column.name == "status"
    for choice in column.choices
}
"""The states of an enterprise."""
VIEWS = (
    ("overview", "总览", "Overview", "read"),
    ("map", "图谱", "Map", "read"),
    ("gaps", "缺口", "Gaps", "read"),
    ("targets", "招引对象", "Targets", "read"),
    ("enterprises", "企业", "Enterprises", "read"),
    ("board", "产业地图", "Places", "read"),
    ("changes", "变化", "Changes", "read"),
    ("leads", "线索", "Leads", "leads"),
    ("imports", "导入", "Import", "import"),
)
"""The views in their order: address, name in both languages, the scope that it takes."""
_STAGE = next(each for each in SCHEMA.node("Project").properties if each.name == "stage")
LEADS = {choice.value: choice.text for choice in _STAGE.choices}
"""The stages of a lead, in their order."""


def fact_words(fact: Fact, product_name: Callable[[str], str]) -> dict[str, str]:
    """Return a fact in words: its role, what it states and how sure it is.

    `product_name` gives the name of a product by its id.
    """
    kind = SCHEMA.relation(fact.relation)
    stated = [
        f"{each.title} {product_name(said) if each.name == 'product' else _value(each, said)}"
        for each in kind.properties
        if (said := fact.states.get(each.name)) is not None
    ]
    return {
        "role": word(ROLES, fact.role) or "",
        "verb": str(kind.title),
        "states": str(Text("，", ", ")).join(stated),
        "confidence": percent(fact.confidence),
    }


def property_words(label: str, properties: dict[str, object]) -> list[tuple[str, str]]:
    """Return the properties of a node as (title, value) in words."""
    node = SCHEMA.node(label)
    return [
        (str(each.title), _value(each, properties[each.name]))
        for each in node.properties
        if properties.get(each.name) not in (None, "", [])
    ]


def _value(column: Property, value: object) -> str:
    for choice in column.choices:
        if choice.value == value:
            return str(choice.text)
    if isinstance(value, bool):
        return str(Text("是", "yes") if value else Text("否", "no"))
    if isinstance(value, list):
        return "、".join(str(each) for each in value)  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, int | float):
        return _figure(column, float(value))
    return str(value)


def _figure(column: Property, value: float) -> str:
    if column.kind is Holds.MONEY:
        return money(value)
    return f"{value:.1%}" if column.kind is Holds.SHARE else f"{value:,g}"
