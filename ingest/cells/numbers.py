"""Numbers: money in yuan, shares of one, whole numbers, plain numbers.

What is written plainly, with thousands separators or with a known unit is read with compiled
expressions over the whole column; only what is left is looked at one distinct text at a time, in
order to say what is wrong with it.
"""

from __future__ import annotations

import re

import pyarrow as pa

from ...graph.arrow_compute import pc
from ...graph.schema import Kind
from ...text import Text
from .base import Complaint, Parsed, as_text, flat, half_width, read_distinct, to_mask
from .units import (
    COUNT_UNITS,
    FOREIGN,
    MONEY_UNITS,
    SHARE_UNITS,
    HeaderUnit,
    foreign_currency,
)

_PLAIN = r"^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$"
_FIGURE = r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?"
_LARGEST = 1e18

_NEGATIVE = Text("“{it}”是负数", "“{it}” is negative")
_NO_NUMBER = Text("“{it}”不是数字", "“{it}” is not a number")
_SEPARATORS = Text("“{it}”中的逗号不在千位上", "the commas in “{it}” do not separate thousands")
_RANGE = Text("“{it}”是一个范围或约数", "“{it}” is a range or an estimate")
_TOO_LARGE = Text("“{it}”大得不合理", "“{it}” is larger than can be")
_ONE_FIGURE = Text("请填写一个确定的数字", "write one definite figure")
_MONEY_RIGHT = Text(
    "请填写不小于 0 的人民币金额，例如 1200万元、1.2亿元 或 12000000",
    "write an amount in yuan that is not negative, such as 1200万元, 1.2亿元 or 12000000",
)
_SHARE_RIGHT = Text(
    "请填写 0% 到 100% 之间的比例，例如 35% 或 0.35",
    "write a share between 0% and 100%, such as 35% or 0.35",
)
_NUMBER_RIGHT = Text("请填写数字，例如 1234.5", "write a number such as 1234.5")
_INTEGER_RIGHT = Text("请填写整数，例如 1234", "write a whole number such as 1234")
_RIGHT = {
    Kind.MONEY: _MONEY_RIGHT,
    Kind.SHARE: _SHARE_RIGHT,
    Kind.NUMBER: _NUMBER_RIGHT,
    Kind.INTEGER: _INTEGER_RIGHT,
}


def parse_money(cells: pa.Array, unit: HeaderUnit) -> Parsed:
    """Read amounts in yuan; a unit in the cell wins over the one in the header."""
    return _parse(cells, Kind.MONEY, unit)


def parse_share(cells: pa.Array, unit: HeaderUnit) -> Parsed:
    """Read shares of one: 12%, 0.12, or a bare 12 below a header that says %."""
    return _parse(cells, Kind.SHARE, unit)


def parse_number(cells: pa.Array, unit: HeaderUnit) -> Parsed:
    """Read plain numbers, 万 and 亿 included."""
    return _parse(cells, Kind.NUMBER, unit)


def parse_integer(cells: pa.Array, unit: HeaderUnit) -> Parsed:
    """Read whole numbers, with 人, 名, 家, 年 and the like behind them."""
    parsed = _parse(cells, Kind.INTEGER, unit)
    return Parsed(pc.cast(parsed.values, pa.int64()), parsed.bad, parsed.reason, parsed.why)


_CELL_UNITS = {
    Kind.MONEY: MONEY_UNITS,
    Kind.SHARE: SHARE_UNITS,
    Kind.NUMBER: COUNT_UNITS,
    Kind.INTEGER: COUNT_UNITS,
}
_BEFORE = {Kind.MONEY: r"(?:人民币|RMB|CNY|[¥￥])?\s*"}
_AFTER = {Kind.MONEY: r"(?:人民币|RMB|整)?", Kind.INTEGER: r"[人名家个年项]?"}


def _parse(cells: pa.Array, kind: Kind, unit: HeaderUnit) -> Parsed:
    cells = flat(cells)
    if pa.types.is_integer(cells.type) or pa.types.is_floating(cells.type):
        numbers = pc.cast(cells, pa.float64())
        numbers = pc.if_else(pc.is_nan(numbers), pa.scalar(None, pa.float64()), numbers)
        return _bounded(as_text_of_numbers(numbers), _scaled(numbers, unit.factor), kind, unit)
    text = half_width(as_text(cells))
    plain = pc.match_substring_regex(text, _PLAIN)
    if pc.all(plain).as_py() is not False:
        return _bounded(text, _scaled(pc.cast(text, pa.float64()), unit.factor), kind, unit)
    return _bounded(text, _figures(text, kind, unit), kind, unit)


def as_text_of_numbers(numbers: pa.Array) -> pa.Array:
    """Return numbers as text for messages; only ever looked at where a number is refused."""
    return pc.cast(numbers, pa.string())


def _figures(text: pa.Array, kind: Kind, unit: HeaderUnit) -> pa.Array:
    """Read figure and unit of every cell at once; null where the pattern does not fit."""
    before, after = _BEFORE.get(kind, ""), _AFTER.get(kind, "")
    words = "|".join(sorted(map(re.escape, _CELL_UNITS[kind]), key=len, reverse=True))
    pattern = f"^{before}(?P<figure>{_FIGURE})\\s*(?P<unit>{words}){after}$"
    found = pc.extract_regex(text, pattern)
    figure, word = pc.struct_field(found, "figure"), pc.struct_field(found, "unit")
    factors = pa.array(list(_CELL_UNITS[kind].values()), pa.float64())
    place = pc.index_in(word, value_set=pa.array(list(_CELL_UNITS[kind])))
    bare = pc.equal(word, "")
    factor = pc.if_else(bare, pa.scalar(unit.factor), factors.take(place))
    value = pc.cast(pc.replace_substring(figure, ",", ""), pa.float64())
    plain = pc.if_else(pc.match_substring_regex(text, _PLAIN), text, pa.scalar(None, pa.string()))
    return pc.coalesce(_times(value, factor), _scaled(pc.cast(plain, pa.float64()), unit.factor))


def _scaled(numbers: pa.Array, factor: float) -> pa.Array:
    """Multiply; a hundredth is divided by 100, since 7 · 0.01 is not 0.07 in floating point."""
    if factor == 1:
        return numbers
    return pc.divide(numbers, round(1 / factor)) if factor < 1 else pc.multiply(numbers, factor)


def _times(numbers: pa.Array, factors: pa.Array) -> pa.Array:
    small = pc.less(factors, 1.0)
    inverse = pc.round(pc.divide(1.0, factors))
    return pc.if_else(small, pc.divide(numbers, inverse), pc.multiply(numbers, factors))


def _bounded(text: pa.Array, values: pa.Array, kind: Kind, unit: HeaderUnit) -> Parsed:
    good = _within_bounds(values, kind)
    kept = pc.if_else(pc.fill_null(good, False), values, pa.scalar(None, pa.float64()))
    odd = pa.array(to_mask(pc.is_valid(text)) & ~to_mask(good))

    def explain(written: str) -> Complaint:
        return _explain(written, kind, unit)

    return read_distinct(text, odd, kept, explain)


def _within_bounds(values: pa.Array, kind: Kind) -> pa.Array:
    sane = pc.and_(pc.is_finite(values), pc.less_equal(pc.abs(values), _LARGEST))
    if kind is Kind.NUMBER:
        return sane
    if kind is Kind.INTEGER:
        whole = pc.equal(pc.floor(values), values)
        return pc.and_(pc.and_(sane, whole), pc.less(pc.abs(values), 2.0**53))
    sane = pc.and_(sane, pc.greater_equal(values, 0.0))
    return pc.and_(sane, pc.less_equal(values, 1.0)) if kind is Kind.SHARE else sane


def _explain(written: str, kind: Kind, unit: HeaderUnit) -> Complaint:
    if kind is Kind.MONEY and FOREIGN.search(written.upper()):
        return foreign_currency(written)
    if re.fullmatch(f"{_PLAIN[1:-1]}.*", written):
        return _explain_figure(written, kind, unit)
    wrong = _NO_NUMBER
    if re.search(r"\d\s*(?:-|~|—|至|到|以上|以下|左右|多|余)|约|>|<|≥|≤", written):
        return Complaint(_RANGE.fill(it=written), _ONE_FIGURE)
    if re.fullmatch(r"[+-]?[\d,]+(?:\.\d*)?\D*", written):
        wrong = _SEPARATORS
    return Complaint(wrong.fill(it=written), _RIGHT[kind])


def _explain_figure(written: str, kind: Kind, unit: HeaderUnit) -> Complaint:
    """Say what is wrong with a cell that starts with a figure."""
    if re.search(r"\d\s*(?:-|~|—|至|到|以上|以下|左右|多|余)", written):
        return Complaint(_RANGE.fill(it=written), _ONE_FIGURE)
    if written.startswith("-"):
        return Complaint(_NEGATIVE.fill(it=written), _RIGHT[kind])
    plain = re.fullmatch(_PLAIN, written) is not None
    if kind is Kind.SHARE and (plain or written.endswith(("%", "‰"))):
        return _over_one(written, unit, plain=plain)
    if kind is Kind.INTEGER and plain and float(written) < 2.0**53:
        wrong = Text("“{it}”不是整数", "“{it}” is not a whole number")
        return Complaint(wrong.fill(it=written), _INTEGER_RIGHT)
    if plain:
        return Complaint(_TOO_LARGE.fill(it=written), _RIGHT[kind])
    wrong = Text("“{it}”的单位或写法不认识", "the unit or form of “{it}” is not known")
    if re.fullmatch(r"[\d,.]+", written):
        wrong = _SEPARATORS
    return Complaint(wrong.fill(it=written), _RIGHT[kind])


def _over_one(written: str, unit: HeaderUnit, *, plain: bool) -> Complaint:
    wrong = Text("“{it}”超过 100%", "“{it}” is more than 100%").fill(it=written)
    if plain and not unit.stated and float(written) <= 100:
        right = Text(
            "若是百分之 {it}，请写 {it}% 或 {share}，或在表头写明（%）",
            "if {it} per cent is meant, write {it}% or {share}, or put (%) into the header",
        )
        shown = f"{float(written) / 100:g}"
        wrong = Text("“{it}”大于 1，又没有百分号", "“{it}” is over 1 and has no per cent sign")
        return Complaint(wrong.fill(it=written), right.fill(it=written, share=shown))
    return Complaint(wrong, _SHARE_RIGHT)
