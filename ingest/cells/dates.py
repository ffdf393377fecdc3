"""Dates, also where only a year or a month is stated."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import Enum
from typing import Any

import pyarrow as pa

from ...graph.arrow_compute import pc
from ...text import Text
from .base import Complaint, Parsed, as_text, flat, half_width, read_distinct

_FULL = re.compile(
    r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*日?号?(?:[T\s].*)?"
)
_MONTH = re.compile(r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*月?")
_YEAR = re.compile(r"(?P<y>(?:19|20|21)\d{2})\s*年?度?")
_COMPACT = re.compile(r"(?P<y>(?:18|19|20|21)\d{2})(?P<m>\d{2})(?P<d>\d{2})")
_COMPACT_MONTH = re.compile(r"(?P<y>(?:19|20|21)\d{2})(?P<m>0[1-9]|1[0-2])")
_SERIAL = re.compile(r"\d{4,5}(?:\.\d+)?")
_SERIALS = range(7306, 80000)  # 1920 to 2119
_SERIAL_ZERO = date(1899, 12, 30)
_FOREVER = ("长期", "长期有效", "永久", "无固定期限", "至今")

_NO_DATE = Text("“{it}”不是日期", "“{it}” is not a date")
_NO_SUCH_DAY = Text("没有“{it}”这一天", "there is no such day as “{it}”")
_RIGHT = Text(
    "请写成 2024-05-01、2024年5月1日、2024年5月 或 2024",
    "write 2024-05-01, 2024年5月1日, 2024年5月 or 2024",
)


class Partial(Enum):
    """Which day is meant where only a month or a year is stated."""

    FIRST = "the first day: something began then"
    LAST = "the last day: figures as at the end of the period"
    AFTER = "the day after the period: it held until then"


def parse_dates(cells: pa.Array, partial: Partial) -> Parsed:
    """Read days; typed dates are taken as they are, Excel's serial numbers understood."""
    cells = flat(cells)
    if pa.types.is_timestamp(cells.type) or pa.types.is_date(cells.type):
        return Parsed(pc.cast(cells, pa.date32(), safe=False))
    text = half_width(as_text(cells))

    def read(written: str) -> Any:
        return read_date(written, partial)

    return read_distinct(text, pc.is_valid(text), pa.nulls(len(text), pa.date32()), read)


def read_date(written: str, partial: Partial) -> date | Complaint | None:
    """Read one date; None where the text says that there is no end."""
    if written in _FOREVER:
        return None
    for pattern in (_COMPACT, _FULL):
        if match := pattern.fullmatch(written):
            return _day(written, *(int(match[part]) for part in "ymd"))
    for pattern in (_COMPACT_MONTH, _MONTH):
        if match := pattern.fullmatch(written):
            return _month(written, int(match["y"]), int(match["m"]), partial)
    if match := _YEAR.fullmatch(written):
        return _year(int(match["y"]), partial)
    if _SERIAL.fullmatch(written) and int(float(written)) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(float(written)))
    return Complaint(_NO_DATE.fill(it=written), _RIGHT)


def _day(written: str, year: int, month: int, day: int) -> date | Complaint:
    try:
        return date(year, month, day)
    except ValueError:
        return Complaint(_NO_SUCH_DAY.fill(it=written), _RIGHT)


def _month(written: str, year: int, month: int, partial: Partial) -> date | Complaint:
    if not 1 <= month <= 12:
        return Complaint(_NO_SUCH_DAY.fill(it=written), _RIGHT)
    first = date(year, month, 1)
    last = date(year, month, monthrange(year, month)[1])
    return _pick(first, last, partial)


def _year(year: int, partial: Partial) -> date:
    return _pick(date(year, 1, 1), date(year, 12, 31), partial)


def _pick(first: date, last: date, partial: Partial) -> date:
    if partial is Partial.FIRST:
        return first
    return last if partial is Partial.LAST else last + timedelta(days=1)
