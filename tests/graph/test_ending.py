"""Facts that are ended, and what is said of them afterwards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from lianpu.errors import BadInputError
from lianpu.graph.store import Counts, Store

from .stores import JANUARY, JULY, MARCH, MAY, current, link, small_graph, versions, write

MAKES = {"start": "a", "end": "p"}


@pytest.fixture
def ended(store: Store) -> Store:
    """A store in which a made p from January to May."""
    small_graph(store)
    receipt = write(store, {}, ended={"PRODUCES": [{**MAKES, "until": MAY}]})
    assert receipt.counts["PRODUCES"] == Counts(retired=1)
    return store


def test_an_ended_fact_is_kept_with_its_last_day(ended: Store) -> None:
    assert current(ended, "PRODUCES", "start") == []
    assert versions(ended, "PRODUCES", "share", "as_of", "until", "retired") == [
        (0.5, JANUARY, MAY, 2)
    ]


def test_ending_it_twice_changes_nothing(ended: Store) -> None:
    assert write(ended, {}, ended={"PRODUCES": [{**MAKES, "until": MAY}]}).batch is None


def test_ending_what_is_not_on_record_changes_nothing(store: Store) -> None:
    small_graph(store)
    gone = {"PRODUCES": [{"start": "b", "end": "p", "until": MAY}]}
    assert write(store, {}, ended=gone).batch is None


def test_the_old_file_again_does_not_bring_it_back(ended: Store) -> None:
    assert small_graph(ended).batch is None
    assert current(ended, "PRODUCES", "start") == []


def test_a_statement_for_a_day_before_its_end_becomes_history(ended: Store) -> None:
    write(ended, {"PRODUCES": [link("a", "p", MARCH, share=0.6)]})
    assert current(ended, "PRODUCES", "start") == []
    assert versions(ended, "PRODUCES", "share", "as_of", "until") == [
        (0.5, JANUARY, MARCH),
        (0.6, MARCH, MAY),
    ]


def test_a_statement_for_a_day_after_its_end_begins_it_again(ended: Store) -> None:
    write(ended, {"PRODUCES": [link("a", "p", JULY)]})
    assert versions(ended, "PRODUCES", "share", "as_of", "until") == [
        (0.5, JANUARY, MAY),
        (0.5, JULY, None),
    ]


def test_only_the_product_named_is_no_longer_supplied(store: Store) -> None:
    small_graph(store)
    gone = {"SUPPLIES": [{"start": "a", "end": "b", "product": "p", "until": MAY}]}
    write(store, {}, ended=gone)
    assert current(store, "SUPPLIES", "product") == [(None,)]


def test_a_fact_that_ends_in_the_future_holds_until_then(store: Store) -> None:
    small_graph(store)
    tomorrow = date.today() + timedelta(days=1)
    later = {"PRODUCES": [{**MAKES, "until": tomorrow}]}
    write(store, {}, ended=later)
    assert current(store, "PRODUCES", "start", "until") == [("a", tomorrow)]
    assert write(store, {}, ended=later).batch is None


def test_a_node_can_be_ended(store: Store) -> None:
    small_graph(store)
    write(store, {}, ended={"Product": [{"id": "p", "until": MAY}]})
    assert current(store, "Product", "id") == []


@pytest.mark.parametrize("row", [{**MAKES, "until": None}, MAKES, {"start": "", "end": "p"}])
def test_an_end_that_does_not_say_what_or_when_is_refused(
    store: Store, row: dict[str, object]
) -> None:
    small_graph(store)
    with pytest.raises(BadInputError):
        write(store, {}, ended={"PRODUCES": [row]})
    assert current(store, "PRODUCES", "start") == [("a",)]
