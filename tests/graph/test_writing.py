"""What a store does with the rows of a batch."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
from lianpu.graph.store import Batch, Counts, Store

from .stores import (
    JANUARY,
    JULY,
    MARCH,
    MAY,
    current,
    firm,
    link,
    small_graph,
    table,
    versions,
    write,
)


def test_new_rows_are_created(store: Store) -> None:
    receipt = small_graph(store)
    assert receipt.batch == 1
    assert receipt.counts["Enterprise"] == Counts(created=2)
    assert current(store, "Enterprise", "id", "name", "revenue") == [
        ("a", "甲公司", 5.0),
        ("b", "乙公司", None),
    ]


def test_keys_may_come_by_number_and_those_that_no_row_has_are_not_looked_for(store: Store) -> None:
    small_graph(store)
    rows = table("PRODUCES", [{"source": "s", **link("b", "p")}])
    keys = pa.DictionaryArray.from_arrays(pa.array([1], pa.int32()), pa.array(["nobody", "b"]))
    rows = rows.set_column(rows.column_names.index("start"), "start", keys)
    assert store.upsert(Batch("测试", {"PRODUCES": rows})).counts["PRODUCES"].created == 1


def test_one_key_under_two_numbers_is_one_identity(store: Store) -> None:
    small_graph(store)
    rows = table("PRODUCES", [{"source": "s", **link("b", "p")}] * 2)
    keys = pa.DictionaryArray.from_arrays(pa.array([0, 2], pa.int32()), pa.array(["b", None, "b"]))
    rows = rows.set_column(rows.column_names.index("start"), "start", keys)
    store.upsert(Batch("测试", {"PRODUCES": rows}))
    assert len([start for (start,) in current(store, "PRODUCES", "start") if start == "b"]) == 1


def test_every_fact_carries_source_day_confidence_and_batch(store: Store) -> None:
    small_graph(store)
    carried = current(store, "PRODUCES", "source", "as_of", "confidence", "until", "batch")
    assert carried == [("s", JANUARY, 1.0, None, 1)]


def test_the_same_batch_twice_changes_nothing(store: Store) -> None:
    small_graph(store)
    receipt = small_graph(store)
    assert receipt.batch is None
    assert receipt.counts["SUPPLIES"] == Counts(unchanged=2)
    assert store.describe().last_batch == 1


def test_an_empty_batch_changes_nothing(store: Store) -> None:
    assert (
        store.upsert(Batch("空", {"Enterprise": table("Enterprise", [firm("a")])[:0]})).batch
        is None
    )


def test_a_row_without_a_day_speaks_of_today(store: Store) -> None:
    write(store, {"Enterprise": [firm("a", None, name="甲公司")]})
    assert current(store, "Enterprise", "as_of") == [(date.today(),)]


def test_a_row_without_a_day_that_says_nothing_new_changes_nothing(store: Store) -> None:
    small_graph(store)
    receipt = write(store, {"Enterprise": [firm("a", None, name="甲公司")]})
    assert receipt.counts["Enterprise"] == Counts(unchanged=1)
    assert current(store, "Enterprise", "id", "as_of")[0] == ("a", JANUARY)


def test_a_partial_row_does_not_erase(store: Store) -> None:
    small_graph(store)
    write(store, {"Enterprise": [firm("a", MARCH, employees=12)]})
    assert ("a", "甲公司", 5.0, 12) in current(
        store, "Enterprise", "id", "name", "revenue", "employees"
    )


def test_a_newer_statement_retires_the_older_one_on_its_day(store: Store) -> None:
    small_graph(store)
    receipt = write(store, {"PRODUCES": [link("a", "p", MARCH, share=0.6)]})
    assert receipt.counts["PRODUCES"] == Counts(updated=1)
    assert versions(store, "PRODUCES", "share", "as_of", "until", "batch", "retired") == [
        (0.5, JANUARY, MARCH, 1, 2),
        (0.6, MARCH, None, 2, None),
    ]


def test_moving_house_retires_the_old_address(store: Store) -> None:
    small_graph(store)
    write(
        store,
        {
            "Region": [{"code": "340100", "name": "合肥市", "level": "city"}],
            "LOCATED_IN": [link("a", "340100", MARCH)],
        },
    )
    assert versions(store, "LOCATED_IN", "end", "until") == [("340200", MARCH), ("340100", None)]


def test_the_same_values_stated_for_a_later_day_are_a_newer_statement(store: Store) -> None:
    small_graph(store)
    write(store, {"PRODUCES": [link("a", "p", MARCH)]})
    assert current(store, "PRODUCES", "share", "as_of") == [(0.5, MARCH)]


def test_an_older_statement_becomes_history_until_the_next_one(store: Store) -> None:
    write(store, {"Enterprise": [firm("a")], "Product": [{"id": "p"}]})
    for day, share in ((JULY, 0.7), (JANUARY, 0.1), (MAY, 0.5), (MARCH, 0.3)):
        write(store, {"PRODUCES": [link("a", "p", day, share=share)]})
    assert versions(store, "PRODUCES", "share", "as_of", "until") == [
        (0.1, JANUARY, MARCH),
        (0.3, MARCH, MAY),
        (0.5, MAY, JULY),
        (0.7, JULY, None),
    ]


def test_an_older_statement_twice_changes_nothing(store: Store) -> None:
    small_graph(store)
    older = {"PRODUCES": [link("a", "p", date(2020, 1, 1), share=0.2)]}
    assert write(store, older).counts["PRODUCES"] == Counts(created=1)
    assert write(store, older).batch is None


def test_an_older_statement_with_the_same_values_holds_back_to_its_day(store: Store) -> None:
    small_graph(store)
    write(store, {"PRODUCES": [link("a", "p", date(2020, 1, 1), share=0.5)]})
    assert versions(store, "PRODUCES", "as_of", "until") == [
        (date(2020, 1, 1), JANUARY),
        (JANUARY, None),
    ]


def test_an_older_statement_fills_what_nobody_has_said_since(store: Store) -> None:
    small_graph(store)
    write(store, {"Enterprise": [firm("a", date(2020, 1, 1), revenue=1.0, employees=12)]})
    rows = versions(store, "Enterprise", "id", "as_of", "revenue", "employees")
    assert [row[1:] for row in rows if row[0] == "a"] == [
        (date(2020, 1, 1), 1.0, 12),
        (JANUARY, 5.0, 12),
    ]


def test_a_stated_end_stands_in_history_too(store: Store) -> None:
    small_graph(store)
    write(store, {"PRODUCES": [link("a", "p", date(2020, 1, 1), until=date(2021, 1, 1))]})
    assert versions(store, "PRODUCES", "as_of", "until")[0] == (date(2020, 1, 1), date(2021, 1, 1))


def test_a_past_end_is_not_taken_over_by_a_newer_statement(store: Store) -> None:
    small_graph(store)
    write(store, {"PRODUCES": [link("a", "p", MARCH, until=MAY)]})
    write(store, {"PRODUCES": [link("a", "p", JULY)]})
    assert current(store, "PRODUCES", "as_of", "until") == [(JULY, None)]


def test_a_correction_for_the_same_day_replaces_at_once(store: Store) -> None:
    small_graph(store)
    write(store, {"PRODUCES": [link("a", "p", share=0.6)]})
    assert versions(store, "PRODUCES", "share", "as_of", "until") == [
        (0.5, JANUARY, JANUARY),
        (0.6, JANUARY, None),
    ]


def test_for_the_same_day_a_more_trusted_statement_replaces(store: Store) -> None:
    small_graph(store)
    write(store, {"PRODUCES": [link("a", "p", MARCH, share=0.5, confidence=0.4)]})
    write(store, {"PRODUCES": [link("a", "p", MARCH, share=0.5, confidence=0.9)]})
    assert current(store, "PRODUCES", "confidence") == [(0.9,)]


def test_for_the_same_day_a_less_trusted_statement_never_comes_into_force(store: Store) -> None:
    small_graph(store)
    doubtful = {"PRODUCES": [link("a", "p", share=0.9, confidence=0.3)]}
    write(store, doubtful)
    assert versions(store, "PRODUCES", "share", "confidence", "as_of", "until") == [
        (0.9, 0.3, JANUARY, JANUARY),
        (0.5, 1.0, JANUARY, None),
    ]
    assert write(store, doubtful).batch is None


def test_a_row_without_confidence_keeps_that_of_what_it_updates(store: Store) -> None:
    small_graph(store)
    write(store, {"PRODUCES": [link("a", "p", MARCH, share=0.6, confidence=0.4)]})
    write(store, {"PRODUCES": [link("a", "p", MAY, share=0.7)]})
    assert current(store, "PRODUCES", "share", "confidence") == [(0.7, 0.4)]


def test_within_a_batch_days_follow_each_other_whatever_their_order(store: Store) -> None:
    rows = [link("a", "p", day, share=share) for day, share in ((MAY, 0.5), (MARCH, 0.3))]
    write(store, {"Enterprise": [firm("a")], "Product": [{"id": "p"}], "PRODUCES": rows})
    assert versions(store, "PRODUCES", "share", "until") == [(0.3, MAY), (0.5, None)]


def test_within_a_batch_the_last_word_on_each_column_of_a_day_stands(store: Store) -> None:
    rows = [firm("a", name="旧名", revenue=1.0), firm("a", name="新名"), firm("a", employees=3)]
    receipt = write(store, {"Enterprise": rows})
    assert receipt.counts["Enterprise"] == Counts(created=1)
    assert current(store, "Enterprise", "name", "revenue", "employees") == [("新名", 1.0, 3)]


def test_a_title_stated_twice_in_one_batch_is_held_once(store: Store) -> None:
    rows = [link("a", "t", None), link("a", "t", None, round="第五批", until=MAY)]
    write(store, {"Enterprise": [firm("a")], "Title": [{"code": "t"}], "HOLDS": rows})
    assert current(store, "HOLDS", "round", "until") == [("第五批", MAY)]


def test_one_pair_may_trade_several_products_and_one_that_is_not_named(store: Store) -> None:
    small_graph(store)
    write(store, {"SUPPLIES": [link("a", "b", MARCH, amount=9.0)]})
    assert current(store, "SUPPLIES", "product", "amount") == [("p", 3.0), (None, 9.0)]


def test_a_relation_may_refer_to_a_node_of_its_own_batch(store: Store) -> None:
    write(store, {"IS_A": [link("p", "q")], "Product": [{"id": "p"}, {"id": "q"}]})
    assert current(store, "IS_A", "start", "end") == [("p", "q")]
