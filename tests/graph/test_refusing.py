"""What a store refuses: in words, and with nothing written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from lianpu.errors import BadInputError
from lianpu.graph.store import Batch, Store

from .stores import JANUARY, Row, firm, link, small_graph, table, write

NAN, INFINITY = float("nan"), float("inf")

BAD: list[tuple[str, Row, str]] = [
    ("Enterprise", firm("a", status="好"), "Enterprise.status"),
    ("Enterprise", firm("a", revenue=-1.0), "不能为负"),
    ("Enterprise", firm("a", revenue=INFINITY), "Enterprise.revenue"),
    ("Enterprise", firm("a", revenue=NAN), "Enterprise.revenue"),
    ("Enterprise", firm("a", confidence=1.5), "Enterprise.confidence"),
    ("Enterprise", firm("", name="无编号"), "不能为空"),
    ("Enterprise", {"id": None, "as_of": JANUARY}, "不能为空"),
    ("Enterprise", firm("a", source=None), "Enterprise.source"),
    ("Enterprise", firm("a", source=""), "Enterprise.source"),
    ("Enterprise", firm("a", source="没有"), "Source"),
    ("Region", {"code": "1", "level": "村"}, "country"),
    ("Region", {"code": "1", "longitude": INFINITY}, "有限"),
    ("PRODUCES", link("a", "p", share=1.2), "0 到 1"),
    ("PRODUCES", link("a", "p", share=-0.1), "0 到 1"),
    ("PRODUCES", link("a", "p", share=NAN), "0 到 1"),
    ("PRODUCES", link("a", "p", capacity=NAN), "有限"),
    ("PRODUCES", link("a", "无此产品"), "无此产品"),
    ("PRODUCES", link("无此企业", "p"), "无此企业"),
    ("PRODUCES", link("a", ""), "PRODUCES.end"),
    ("SUPPLIES", link("a", "b", product="无此产品"), "无此产品"),
    ("SUPPLIES", link("a", "b", amount=-1.0), "不能为负"),
    ("INPUT_TO", link("p", "p", coefficient=INFINITY), "有限"),
]


@pytest.mark.parametrize(("name", "row", "said"), BAD, ids=lambda value: str(value)[:40])
def test_a_bad_value_is_refused_in_words(store: Store, name: str, row: Row, said: str) -> None:
    _refused(store, said, lambda: write(store, {name: [row]}))


@pytest.mark.parametrize(
    ("name", "rows", "said"),
    [
        ("Firma", {"id": ["a"]}, "没有 Firma 这种"),
        ("produces", {"start": ["a"], "end": ["p"]}, "没有 produces 这种"),
        ("Enterprise", {"id": ["a"], "turnover": [1.0]}, "turnover"),
        ("Enterprise", {"id": ["a"], "batch": [1]}, "batch"),
        ("Enterprise", {"name": ["甲"]}, "id"),
        ("PRODUCES", {"start": ["a"]}, "end"),
        ("Enterprise", {"id": ["a"], "revenue": ["很多"]}, "Enterprise.revenue"),
        ("Enterprise", {"id": ["a"], "founded": ["春天"]}, "Enterprise.founded"),
        ("Enterprise", {"id": ["a"], "employees": [1.5]}, "Enterprise.employees"),
        ("Enterprise", {"id": ["a"], "name": [{"zh": "甲"}]}, "Enterprise.name"),
        ("Enterprise", {"id": ["a"], "aliases": ["甲"]}, "Enterprise.aliases"),
    ],
)
def test_an_unknown_type_or_column_and_a_wrong_kind_of_value_are_refused(
    store: Store, name: str, rows: dict[str, list[Any]], said: str
) -> None:
    _refused(store, said, lambda: store.upsert(Batch("坏", {name: pa.table(rows)})))


def test_a_column_that_is_there_twice_is_refused(store: Store) -> None:
    twice = pa.table([pa.array(["a"]), pa.array(["b"])], names=["id", "id"])
    _refused(store, "重复", lambda: store.upsert(Batch("坏", {"Enterprise": twice})))


def test_an_unknown_type_cannot_be_read_or_ended(store: Store) -> None:
    with pytest.raises(BadInputError):
        store.scan("Firma")
    ended = {"Firma": pa.table({"id": ["a"], "until": [date(2024, 1, 1)]})}
    _refused(store, "Firma", lambda: store.upsert(Batch("坏", ended=ended)))


def test_one_bad_row_of_many_is_named_by_column_and_number(store: Store) -> None:
    rows = [link("a", "p", share=share) for share in (0.1, 1.5, 2.0)]
    _refused(store, "2 行", lambda: write(store, {"PRODUCES": rows}))


def test_what_comes_before_a_bad_type_is_not_written_either(store: Store) -> None:
    small_graph(store)
    with pytest.raises(BadInputError):
        write(
            store,
            {"Enterprise": [firm("c", name="丙公司")], "PRODUCES": [link("c", "无此产品")]},
            ended={"PRODUCES": [{"start": "a", "end": "p", "until": JANUARY}]},
        )
    described = store.describe()
    assert described.last_batch == 1
    assert (described.current["Enterprise"], described.current["PRODUCES"]) == (2, 1)


def test_the_store_can_be_written_after_a_refusal(store: Store) -> None:
    with pytest.raises(BadInputError):
        write(store, {"PRODUCES": [link("x", "y")]})
    assert small_graph(store).batch == 1


def test_a_refusal_is_said_in_both_languages(store: Store) -> None:
    with pytest.raises(BadInputError) as refused:
        store.upsert(Batch("坏", {"Firma": table("Enterprise", [firm("a")])}))
    assert "没有 Firma" in refused.value.message.zh
    assert "no node or relation type Firma" in refused.value.message.en


def _refused(store: Store, said: str, act: Callable[[], object]) -> None:
    small_graph(store)
    before = store.describe()
    with pytest.raises(BadInputError) as refused:
        act()
    assert said in str(refused.value)
    assert store.describe() == before
