"""Headers as people write them, matched to the columns of a template."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from ...graph.schema import Kind
from ...text import Text
from ..cells import MONEY_UNITS, Complaint, HeaderUnit, unit_of_header
from .types import Column, Template, fold

_NEAR = 50
_BRACKETS = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
# What a marked workbook adds; it may be handed in again as it is.
_OURS = ("错误", "原行号", "error", "row")
_NUMBERING = ("序号", "no", "no.", "#")
_NUMERIC = (Kind.MONEY, Kind.NUMBER, Kind.INTEGER, Kind.SHARE)

_UNKNOWN = Text("“{header}”列不认识，未导入", "column “{header}” is not known and was not taken")
_NEAREST = Text("最接近的表头是“{nearest}”", "the nearest known header is “{nearest}”")
_LIST = Text("可用的表头：{headers}", "known headers: {headers}")
_AGAIN = Text(
    "“{header}”列与“{other}”列是同一内容，未导入",
    "column “{header}” means the same as “{other}” and was not taken",
)
_AGAIN_RIGHT = Text("请只保留其中一列", "keep only one of the two")
_UNIT = Text("“{header}”列的单位不认识，未导入", "the unit of column “{header}” is not known")
_UNIT_RIGHT = Text(
    "金额写 元、万元 或 亿元；比例写 %；数量写 万 或不写单位",
    "money in 元, 万元 or 亿元; shares in %; counts in 万 or without a unit",
)


@dataclass(frozen=True)
class Match:
    """Which raw column is which template column, and what was not understood.

    `places` maps a template column's name to the place of the raw column and the header's unit.
    """

    places: dict[str, tuple[int, HeaderUnit]]
    notices: tuple[Complaint, ...]

    def missing(self, template: Template) -> tuple[Column, ...]:
        """Return the required columns that the sheet lacks; a code may stand in for a name."""
        return tuple(
            each
            for each in template.columns
            if each.required and each.name not in self.places and each.code not in self.places
        )


def match_headers(template: Template, headers: Sequence[str], unit: str = "") -> Match:
    """Match the headers of a sheet to the columns of a template.

    `unit` holds for amounts of money whose header states none, as a note above it says.
    """
    places: dict[str, tuple[int, HeaderUnit]] = {}
    notices: list[Complaint] = []
    order = sorted(range(len(headers)), key=lambda i: (_rank(template, headers[i]), i))
    for place in order:
        header = headers[place]
        found = find_column(template, header)
        if isinstance(found, Complaint):
            notices.append(found)
        elif found is None and fold(header) in (*_OURS, *_NUMBERING):
            continue
        elif found is None:
            notices.append(_unknown(template, header))
        elif found[0].name in places:
            other = headers[places[found[0].name][0]]
            notices.append(Complaint(_AGAIN.fill(header=header, other=other), _AGAIN_RIGHT))
        else:
            places[found[0].name] = (place, _noted(found[0], found[1], unit))
    return Match(places, tuple(notices))


def find_column(template: Template, header: str) -> tuple[Column, HeaderUnit] | Complaint | None:
    """Return the column that a header means, a complaint about its unit, or None if unknown."""
    words = template.by_word
    if whole := words.get(fold(header)):
        return whole, HeaderUnit(header)
    for column in template.columns:
        unit = unit_of_header(header, column.kind)
        if isinstance(unit, Complaint):
            if words.get(fold(_bare(header))) is column:
                return unit
        elif unit.stated and words.get(fold(unit.header)) is column:
            return column, unit
    bare = words.get(fold(_bare(header)))
    if bare is None:
        return None
    if bare.kind in _NUMERIC:
        return Complaint(_UNIT.fill(header=header), _UNIT_RIGHT)
    return bare, HeaderUnit(header)


def _noted(column: Column, stated: HeaderUnit, unit: str) -> HeaderUnit:
    if column.kind is not Kind.MONEY or stated.stated or not unit:
        return stated
    return HeaderUnit(stated.header, MONEY_UNITS[unit], stated=True)


def _bare(header: str) -> str:
    return _BRACKETS.sub("", unicodedata.normalize("NFKC", header))


def _rank(template: Template, header: str) -> int:
    """Let a column's own title win over its aliases where a sheet has both."""
    own = {fold(each.title.zh) for each in template.columns}
    return 0 if fold(header) in own or fold(_bare(header)) in own else 1


def _unknown(template: Template, header: str) -> Complaint:
    words = {word: each.header for each in template.columns for word in each.words}
    near = process.extractOne(header, list(words), scorer=fuzz.ratio, score_cutoff=_NEAR)
    if near:
        right = _NEAREST.fill(nearest=words[near[0]])
    else:
        right = _LIST.fill(headers="、".join(each.header for each in template.columns))
    return Complaint(_UNKNOWN.fill(header=header), right)
