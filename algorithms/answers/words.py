"""Words in which answers are shown to people; machines get the codes."""

from __future__ import annotations

from ...graph.schema import SCHEMA
from ...text import Text

LEVELS = {
    "city": Text("同市", "same city"),
    "province": Text("同省", "same province"),
    "country": Text("国内", "same country"),
    "abroad": Text("仅境外", "abroad only"),
    "unplaced": Text("有企业但地区不详", "on record without a place"),
    "nowhere": Text("无记录", "nobody on record"),
}
"""How far the nearest makers are."""

RATES = {
    "observed": Text("实测", "observed"),
    "upper_bound": Text("上限", "upper bound"),
    "none": Text("不明", "not known"),
}
"""What a local content rate rests on."""

QUOTIENTS = {
    "output": Text("按产出", "by output"),
    "count": Text("按企业数", "by firms"),
    "statistics": Text("按统计", "by statistics"),
    "empty": Text("不明", "not known"),
}
"""What a location quotient rests on."""

ROLES = {
    "maker": Text("本地生产", "makes it here"),
    "user": Text("本地使用", "uses it here"),
    "nearest": Text("最近厂商", "nearest maker"),
    "purchase": Text("本地采购", "bought here"),
    "home": Text("所在地", "home"),
    "input": Text("本地投入", "input made here"),
    "input_to": Text("投入关系", "goes into"),
    "statistics": Text("统计", "statistics"),
    "project": Text("在推进项目", "project"),
    "makes": Text("生产", "makes"),
    "title": Text("资质", "title"),
    "trades": Text("往来", "trades"),
    "owns": Text("股权", "ownership"),
    "of": Text("起点", "from it"),
    "to": Text("终点", "to it"),
}
"""What a fact is evidence of."""

STAGES = {
    choice.value: choice.text
    for column in SCHEMA.relation("INCLUDES").properties
    if column.name == "stage"
    for choice in column.choices
}
"""The stages of a chain."""


def word(words: dict[str, Text], code: str | None) -> str | None:
    """Return how a code reads in the language in force; a code without a word as it is."""
    if code is None:
        return None
    return str(words[code]) if code in words else code


def level_of(code: str) -> str:
    """Return how the level of a region reads, in the language in force."""
    level = next(each for each in SCHEMA.by_name["Region"].columns if each.name == "level")
    return next((str(each.text) for each in level.choices if each.value == code), code)
