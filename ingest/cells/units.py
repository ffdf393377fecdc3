"""Units that stand in a header's brackets: 营业收入（万元）, 收入占比(%), 从业人数（万人）."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ...graph.schema import Kind
from ...text import Text
from .base import Complaint

MONEY_UNITS = {
    "": 1.0,
    "元": 1.0,
    "千元": 1e3,
    "万": 1e4,
    "万元": 1e4,
    "百万": 1e6,
    "百万元": 1e6,
    "千万": 1e7,
    "千万元": 1e7,
    "亿": 1e8,
    "亿元": 1e8,
    "万亿": 1e12,
    "万亿元": 1e12,
}
COUNT_UNITS = {"": 1.0, "千": 1e3, "万": 1e4, "亿": 1e8}
SHARE_UNITS = {"": 1.0, "%": 1e-2, "‰": 1e-3}
FOREIGN = re.compile(
    r"美元|美金|USD|US\$|\$|欧元|EUR|€|日元|日圆|JPY|港元|港币|HKD|英镑|GBP|£|韩元|KRW|台币|新台币"
)
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]\s*$")
_PREFIX = re.compile(r"^(?:单位[::]?|人民币|RMB|CNY)")
_PERCENT = re.compile(r"%$|百分比$")


@dataclass(frozen=True, slots=True)
class HeaderUnit:
    """A header without its unit, and what a bare number below it is to be multiplied with.

    `stated` tells whether the header named a unit at all.
    """

    header: str
    factor: float = 1.0
    stated: bool = False


def unit_of_header(header: str, kind: Kind) -> HeaderUnit | Complaint:
    """Take the unit off a header of a column of that kind; other brackets stay part of the name."""
    text = unicodedata.normalize("NFKC", header).strip()
    inside = _BRACKETS.search(text)
    if inside is None:
        return _percent_sign(text, kind)
    bare, word = text[: inside.start()].strip(), inside.group(1).strip()
    if kind is Kind.MONEY and FOREIGN.search(word.upper()):
        return foreign_currency(word)
    factor = _units(kind).get(_clean(word, kind))
    if factor is None:
        return HeaderUnit(text)
    return HeaderUnit(bare, factor, stated=word != "")


def foreign_currency(written: str) -> Complaint:
    """Say that only yuan are taken: a rate of exchange is not ours to choose."""
    return Complaint(
        Text("“{it}”是外币金额", "“{it}” is an amount in a foreign currency").fill(it=written),
        Text(
            "请按适用汇率折算成人民币（元、万元或亿元）后填写",
            "convert it to yuan at the rate that applies (元, 万元 or 亿元)",
        ),
    )


def _units(kind: Kind) -> dict[str, float]:
    if kind is Kind.MONEY:
        return MONEY_UNITS
    if kind is Kind.SHARE:
        return SHARE_UNITS
    return COUNT_UNITS if kind in (Kind.INTEGER, Kind.NUMBER) else {}


def _clean(word: str, kind: Kind) -> str:
    bare = _PREFIX.sub("", word)
    if kind is Kind.MONEY:
        return re.sub(r"人民币|/年|每年", "", bare).strip()
    if kind is Kind.INTEGER:
        return re.sub(r"[人名家个年项]$", "", bare)
    return bare


def _percent_sign(text: str, kind: Kind) -> HeaderUnit:
    if kind is Kind.SHARE and _PERCENT.search(text):
        return HeaderUnit(_PERCENT.sub("", text).strip(), 1e-2, stated=True)
    return HeaderUnit(text)
