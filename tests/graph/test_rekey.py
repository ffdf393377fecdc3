"""A node changes its key: its code arrived, or two nodes turned out to be one."""

from __future__ import annotations

import pytest
from lianpu.errors import BadInputError, ConflictError
from lianpu.graph.store import Batch, Rekey, Store

from .stores import JANUARY, MARCH, MAY, current, firm, link, small_graph, versions, write

CODE = "91340200MA2ABC1234"
A_TO_CODE = (Rekey("Enterprise", "a", CODE),)


def test_every_fact_follows_the_new_key(store: Store) -> None:
    small_graph(store)
    receipt = write(store, {}, rekeys=A_TO_CODE)
    assert (receipt.batch, receipt.rekeyed) == (2, 1)
    assert current(store, "Enterprise", "id", "name") == [
        (CODE, "甲公司"),
        ("b", "乙公司"),
    ]
    assert current(store, "PRODUCES", "start", "share") == [(CODE, 0.5)]
    assert current(store, "LOCATED_IN", "start") == [(CODE,)]
    assert current(store, "SUPPLIES", "start", "end") == [(CODE, "b")] * 2


def test_the_node_remembers_its_old_key(store: Store) -> None:
    small_graph(store)
    write(store, {}, rekeys=A_TO_CODE)
    assert (CODE, ["a"]) in current(store, "Enterprise", "id", "former_ids")


def test_what_changed_is_told(store: Store) -> None:
    small_graph(store)
    write(store, {}, rekeys=A_TO_CODE)
    assert store.changed_since(1) == {"Enterprise", "PRODUCES", "LOCATED_IN", "SUPPLIES"}


def test_a_products_key_is_followed_by_what_is_supplied(store: Store) -> None:
    small_graph(store)
    write(store, {}, rekeys=(Rekey("Product", "p", "P-1"),))
    assert current(store, "SUPPLIES", "product") == [("P-1",), (None,)]
    assert current(store, "PRODUCES", "end") == [("P-1",)]


def test_a_sources_key_is_followed_by_all_that_it_states(store: Store) -> None:
    small_graph(store)
    store.upsert(Batch("改编号", rekeys=(Rekey("Source", "s", "S-1"),)))
    assert current(store, "Source", "id") == [("S-1",)]
    assert {source for (source,) in current(store, "SUPPLIES", "source")} == {"S-1"}


def test_history_follows_too(store: Store) -> None:
    small_graph(store)
    write(store, {"PRODUCES": [link("a", "p", MARCH, share=0.6)]})
    write(store, {}, rekeys=A_TO_CODE)
    assert versions(store, "PRODUCES", "start", "share") == [(CODE, 0.5), (CODE, 0.6)]


def test_rows_of_the_same_batch_may_use_the_new_key(store: Store) -> None:
    small_graph(store)
    write(store, {"Enterprise": [firm(CODE, MARCH, code=CODE)]}, rekeys=A_TO_CODE)
    assert (CODE, CODE, "甲公司") in current(store, "Enterprise", "id", "code", "name")


@pytest.fixture
def twice(store: Store) -> Store:
    """A store that knows one enterprise as a (January) and as c (March), and merges them."""
    small_graph(store)
    write(
        store,
        {
            "Product": [{"id": "q", "name": "减速器"}],
            "Enterprise": [firm("c", MARCH, name="甲有限公司", employees=12)],
            "PRODUCES": [link("c", "p", MARCH, share=0.6), link("c", "q", MARCH, share=0.2)],
        },
    )
    write(store, {}, rekeys=(Rekey("Enterprise", "a", "c"),))
    return store


def test_two_nodes_that_were_one_become_one_and_nothing_known_is_lost(twice: Store) -> None:
    columns = ("id", "name", "revenue", "employees", "former_ids")
    assert current(twice, "Enterprise", *columns) == [
        ("b", "乙公司", None, None, None),
        ("c", "甲有限公司", 5.0, 12, ["a"]),
    ]


def test_what_the_old_node_said_stays_as_history(twice: Store) -> None:
    rows = versions(twice, "Enterprise", "id", "name", "as_of", "until")
    assert ("c", "甲公司", JANUARY, MARCH) in rows


def test_facts_of_both_are_laid_one_after_another(twice: Store) -> None:
    assert versions(twice, "PRODUCES", "start", "end", "share", "until") == [
        ("c", "p", 0.5, MARCH),
        ("c", "p", 0.6, None),
        ("c", "q", 0.2, None),
    ]


def test_the_newer_statement_stands_whichever_node_it_was_made_of(store: Store) -> None:
    small_graph(store)
    write(store, {"Enterprise": [firm("c")], "PRODUCES": [link("c", "p", MARCH, share=0.6)]})
    write(store, {}, rekeys=(Rekey("Enterprise", "c", "a"),))
    assert current(store, "PRODUCES", "start", "share") == [("a", 0.6)]


def test_a_fact_that_one_of_them_still_states_is_not_over(store: Store) -> None:
    small_graph(store)
    write(store, {"Enterprise": [firm("c")], "PRODUCES": [link("c", "p", MARCH)]})
    write(store, {}, ended={"PRODUCES": [{"start": "c", "end": "p", "until": MAY}]})
    write(store, {}, rekeys=(Rekey("Enterprise", "c", "a"),))
    assert current(store, "PRODUCES", "start", "until") == [("a", None)]


def test_merged_nodes_remember_the_keys_of_both(store: Store) -> None:
    small_graph(store)
    write(store, {}, rekeys=(Rekey("Enterprise", "a", "c"), Rekey("Enterprise", "b", "d")))
    write(store, {}, rekeys=(Rekey("Enterprise", "d", "c"),))
    assert current(store, "Enterprise", "id", "former_ids") == [("c", ["a", "b", "d"])]


def test_changes_of_key_follow_each_other(store: Store) -> None:
    small_graph(store)
    moves = (("a", "t"), ("b", "a"), ("t", "b"))
    write(store, {}, rekeys=tuple(Rekey("Enterprise", old, new) for old, new in moves))
    assert current(store, "Enterprise", "id", "name") == [("a", "乙公司"), ("b", "甲公司")]
    assert current(store, "PRODUCES", "start") == [("b",)]
    assert current(store, "SUPPLIES", "start", "end") == [("b", "a")] * 2


def test_the_same_key_again_changes_nothing(store: Store) -> None:
    small_graph(store)
    assert write(store, {}, rekeys=(Rekey("Enterprise", "a", "a"),)).batch is None


@pytest.mark.parametrize(
    ("rekey", "error"),
    [
        (Rekey("Enterprise", "x", "y"), ConflictError),
        (Rekey("Enterprise", "a", ""), BadInputError),
        (Rekey("Firma", "a", "b"), BadInputError),
        (Rekey("PRODUCES", "a", "b"), BadInputError),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(
    store: Store, rekey: Rekey, error: type[Exception]
) -> None:
    small_graph(store)
    with pytest.raises(error):
        write(store, {"Enterprise": [firm("c")]}, rekeys=(rekey,))
    assert [key for (key,) in current(store, "Enterprise", "id")] == ["a", "b"]
