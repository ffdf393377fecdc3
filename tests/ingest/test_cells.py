"""What stands in cells, and what it means."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lianpu.graph.schema import Choice, Kind
from lianpu.ingest.cells import (
    CellForm,
    Complaint,
    HeaderUnit,
    Parsed,
    parse_column,
    unit_of_header,
)
from lianpu.ingest.cells.dates import Partial
from lianpu.text import Text


def read(kind: Kind, *cells: Any, header: str = "列", **form: Any) -> list[Any]:
    """Return values, and complaints (their words) in place of what cannot be read.

    Cells that come by number, each text once, must come to the same.
    """
    unit = unit_of_header(header, kind)
    assert not isinstance(unit, Complaint)
    given = pa.array(list(cells))
    found = _told(parse_column(given, CellForm(kind, **form), unit))
    if pa.types.is_string(given.type):
        twice = pa.concat_arrays([given, given]).dictionary_encode()
        assert _told(parse_column(twice, CellForm(kind, **form), unit)) == found * 2
    return found


def _told(parsed: Parsed) -> list[Any]:
    values: list[Any] = parsed.values.to_pylist()
    for place, row in enumerate(parsed.bad.tolist()):
        assert values[row] is None
        values[row] = parsed.complaint(place).wrong.zh
    return values


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        ("1200万元", 12_000_000),
        ("1.2亿元", 120_000_000),
        ("1.2亿", 120_000_000),
        ("35万", 350_000),
        ("1,234,567.5", 1_234_567.5),
        ("¥5000", 5000),
        ("人民币300元", 300),
        ("１２３", 123),
        (" 12 ", 12),
        ("1e8", 100_000_000),
        ("0", 0),
    ],
)
def test_money_is_read_in_yuan(cell: str, yuan: float) -> None:
    assert read(Kind.MONEY, cell) == [yuan]


def test_a_bare_amount_takes_the_unit_of_its_header_and_a_cell_its_own() -> None:
    values = read(Kind.MONEY, "12", "12元", header="营业收入（万元）")
    assert values == [120_000, 12]
    assert read(Kind.MONEY, 12.5, header="营业收入(亿元)") == [1_250_000_000]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("12美元", "外币"),
        ("USD 100", "外币"),
        ("-5", "负数"),
        ("很多", "不是数字"),
        ("1,2,3", "逗号"),
        ("1-2亿", "范围"),
        ("约3亿", "范围"),
        ("5吨", "单位"),
        ("1e30", "大得不合理"),
    ],
)
def test_an_amount_that_cannot_be_is_refused_in_words(cell: str, words: str) -> None:
    assert words in read(Kind.MONEY, cell)[0]


def test_a_header_in_a_foreign_currency_is_refused_as_a_whole() -> None:
    assert isinstance(unit_of_header("营业收入（万美元）", Kind.MONEY), Complaint)


@pytest.mark.parametrize(
    ("cell", "share"), [("12%", 0.12), ("12％", 0.12), ("0.12", 0.12), ("7%", 0.07), ("1", 1.0)]
)
def test_shares_are_parts_of_one(cell: str, share: float) -> None:
    assert read(Kind.SHARE, cell) == [share]


def test_a_bare_number_over_one_needs_a_per_cent_sign_somewhere() -> None:
    assert "没有百分号" in read(Kind.SHARE, "35")[0]
    assert read(Kind.SHARE, "35", header="占比（%）") == [0.35]
    assert read(Kind.SHARE, 35.0, header="占比%") == [0.35]


@pytest.mark.parametrize("cell", ["-3%", "-0.5", "120%", "abc"])
def test_what_is_no_share_is_refused(cell: str) -> None:
    assert isinstance(read(Kind.SHARE, cell)[0], str)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-05-01", date(2024, 5, 1)),
        ("2024/5/1", date(2024, 5, 1)),
        ("2024.5.1", date(2024, 5, 1)),
        ("2024年5月1日", date(2024, 5, 1)),
        ("20240501", date(2024, 5, 1)),
        ("45413", date(2024, 5, 1)),
        ("2024-05-01 10:30:00", date(2024, 5, 1)),
    ],
)
def test_days_in_all_their_spellings(cell: str, day: date) -> None:
    assert read(Kind.DATE, cell) == [day]


@pytest.mark.parametrize("cell", [datetime(2024, 5, 1, 8), date(2024, 5, 1)])
def test_date_cells_are_taken_as_they_are(cell: date) -> None:
    assert read(Kind.DATE, cell) == [date(2024, 5, 1)]


@pytest.mark.parametrize(
    ("partial", "month", "year"),
    [
        (Partial.FIRST, date(2024, 2, 1), date(2024, 1, 1)),
        (Partial.LAST, date(2024, 2, 29), date(2024, 12, 31)),
        (Partial.AFTER, date(2024, 3, 1), date(2025, 1, 1)),
    ],
)
def test_a_month_or_a_year_means_its_first_or_last_day(
    partial: Partial, month: date, year: date
) -> None:
    assert read(Kind.DATE, "2024年2月", "2024", partial=partial) == [month, year]


@pytest.mark.parametrize("cell", ["2024-02-30", "1/5/2024", "去年", "2024-13"])
def test_a_day_that_cannot_be_told_is_refused(cell: str) -> None:
    assert isinstance(read(Kind.DATE, cell)[0], str)


def test_whole_numbers_with_what_people_put_behind_them() -> None:
    assert read(Kind.INTEGER, "12", "1,200人", "1.2万人", "2023年", "12.0") == [
        *(12, 1200, 12_000, 2023, 12)
    ]
    assert "不是整数" in read(Kind.INTEGER, "12.5")[0]


def test_yes_and_no_in_their_spellings() -> None:
    assert read(Kind.FLAG, "是", "√", "true", "1", "否", "×", "0") == [True] * 4 + [False] * 3
    assert isinstance(read(Kind.FLAG, "也许")[0], str)


def test_a_choice_is_known_by_value_title_and_alias() -> None:
    choices = (Choice("city", Text("市级", "city"), ("地级市",)),)
    assert read(Kind.TEXT, "city", "市级", "地级市", "CITY", choices=choices) == ["city"] * 4
    assert "可选范围" in read(Kind.TEXT, "月球", choices=choices)[0]


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("a|b、c", ["a", "b、c"]),
        ("减速器、轴承，齿轮", ["减速器", "轴承", "齿轮"]),
        ("1,4-丁二醇、甲苯", ["1,4-丁二醇", "甲苯"]),
        ("聚酰胺(PA6,尼龙)；铁", ["聚酰胺(PA6,尼龙)", "铁"]),
        ("TCP/IP协议栈", ["TCP", "IP协议栈"]),
        ("一个", ["一个"]),
        ("甲|甲", ["甲"]),
    ],
)
def test_lists_are_split_where_a_separator_separates(cell: str, items: list[str]) -> None:
    if cell.startswith("TCP"):
        items = [cell]
    assert read(Kind.TEXTS, cell) == [items]


@pytest.mark.parametrize("cell", ["", "-", "——", "N/A", "未知", "暂无", "  ", "NULL", "nan"])
@pytest.mark.parametrize("kind", list(Kind))
def test_what_says_nothing_is_empty_for_every_kind(cell: str, kind: Kind) -> None:
    assert read(kind, cell) == [None]


def test_a_formula_error_is_refused_and_a_number_kept_as_text_loses_its_point() -> None:
    assert "公式错误" in read(Kind.TEXT, "#REF!")[0]
    assert read(Kind.TEXT, 340200.0) == ["340200"]


def test_invisible_characters_are_taken_away() -> None:
    assert read(Kind.TEXT, "\u200b芜湖市\ufeff\u3000") == ["芜湖市"]


@given(
    st.floats(min_value=0, max_value=1e15, allow_nan=False),
    st.sampled_from(["", "元", "万元", "亿"]),
)
def test_any_amount_is_the_same_typed_or_written(amount: float, unit: str) -> None:
    factor = {"": 1, "元": 1, "万元": 1e4, "亿": 1e8}[unit]
    if amount * factor > 1e18:
        return
    assert read(Kind.MONEY, f"{amount:f}{unit}") == [float(f"{amount:f}") * factor]


@given(st.lists(st.text(max_size=12), max_size=20))
def test_no_text_breaks_a_parser_and_none_is_both_value_and_complaint(cells: list[str]) -> None:
    for kind in Kind:
        parsed = parse_column(pa.array(cells, pa.string()), CellForm(kind), HeaderUnit("列"))
        assert len(parsed.values) == len(cells)
        assert parsed.values.type == kind.arrow
        assert all(not parsed.values[int(row)].is_valid for row in parsed.bad)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1)))
def test_any_day_is_read_from_every_spelling(day: date) -> None:
    spellings = [day.isoformat(), f"{day.year}/{day.month}/{day.day}", day.strftime("%Y%m%d")]
    assert read(Kind.DATE, *spellings, f"{day.year}年{day.month}月{day.day}日") == [day] * 4
