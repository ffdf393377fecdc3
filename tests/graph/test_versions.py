"""Statements of one fact in any order, against a model written the slow, obvious way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lianpu.graph.store import Store
from lianpu.graph.store.neo4j import Neo4jStore

from .stores import link, versions, write

ASKED_OF_A_SERVER = 8
"""Examples that a store on a server is tried with: its merge is the embedded store's own."""
DAYS = [date(2020 + year, 1, 1) for year in range(5)]


@dataclass(frozen=True)
class Said:
    """A statement about one fact: when, how trusted, and what; None says nothing."""

    day: date
    confidence: float
    share: float | None
    capacity: float | None


@dataclass(frozen=True)
class Version:
    """What is on record: a statement, from when to when it holds, and whether it is current."""

    said: Said
    until: date | None = None
    retired: bool = False


def believe(known: list[Version], said: Said) -> list[Version]:
    """Return the versions on record after one more statement: the rules, word for word."""
    if not known:
        return [Version(said)]
    current = known[-1]
    day, trust = current.said.day, current.said.confidence
    if said.day > day or (said.day == day and said.confidence >= trust):
        newer = said.day > day or said.confidence > trust
        if not newer and not contradicts(said, current.said):
            return known
        filled = fill(said, current.said)
        return [*known[:-1], Version(current.said, said.day, True), Version(filled)]
    same_day = [each.said for each in known if each.said.day == said.day]
    if any(not contradicts(said, each) for each in same_day):
        return known
    return lay([*(each.said for each in known), said])


def lay(statements: list[Said]) -> list[Version]:
    """Lay statements one after another: by day, on one day the more trusted last."""
    ordered = sorted(statements, key=lambda each: (each.day, each.confidence))
    for place in range(1, len(ordered)):
        ordered[place] = fill(ordered[place], ordered[place - 1])
    ended = [Version(one, other.day, True) for one, other in pairwise(ordered)]
    return [*ended, Version(ordered[-1])]


def fill(said: Said, before: Said) -> Said:
    return replace(
        said,
        share=before.share if said.share is None else said.share,
        capacity=before.capacity if said.capacity is None else said.capacity,
    )


def contradicts(said: Said, known: Said) -> bool:
    return (said.share is not None and said.share != known.share) or (
        said.capacity is not None and said.capacity != known.capacity
    )


statements = st.builds(
    Said,
    st.sampled_from(DAYS),
    st.sampled_from([0.5, 1.0]),
    st.none() | st.sampled_from([0.1, 0.2, 0.3]),
    st.none() | st.sampled_from([7.0, 8.0]),
)
whole = st.builds(
    Said, st.sampled_from(DAYS), st.just(1.0), st.sampled_from([0.1, 0.2]), st.just(7.0)
)
on_different_days = st.lists(whole, min_size=1, max_size=6, unique_by=lambda each: each.day)
slowly = settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class Facts:
    """A store with ever new enterprises to make statements about."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._tried = 0
        write(store, {"Product": [{"id": "p"}]})

    @property
    def are_enough(self) -> bool:
        """Whether a store on a server has been tried with enough examples."""
        return isinstance(self.store, Neo4jStore) and self._tried >= ASKED_OF_A_SERVER

    def new(self) -> str:
        """Return the key of an enterprise that nothing is known of."""
        self._tried += 1
        key = f"e{self._tried}"
        write(self.store, {"Enterprise": [{"id": key}]})
        return key

    def state(self, key: str, *all_said: Said) -> None:
        """Make statements about the enterprise in one batch."""
        rows = [
            link(key, "p", each.day, confidence=each.confidence, share=each.share,
                 capacity=each.capacity)
            for each in all_said
        ]  # fmt: skip
        write(self.store, {"PRODUCES": rows})

    def of(self, key: str) -> list[Version]:
        """Return what is on record of the enterprise."""
        columns = ("start", "as_of", "confidence", "share", "capacity", "until", "retired")
        return [
            Version(Said(*row[1:5]), row[5], row[6] is not None)
            for row in versions(self.store, "PRODUCES", *columns)
            if row[0] == key
        ]


@pytest.fixture
def facts(store: Store) -> Facts:
    return Facts(store)


@slowly
@given(said=st.lists(statements, max_size=6))
def test_what_is_on_record_is_what_the_rules_say(facts: Facts, said: list[Said]) -> None:
    if facts.are_enough:
        return
    key, expected = facts.new(), list[Version]()
    for each in said:
        facts.state(key, each)
        expected = believe(expected, each)
    assert in_force(facts.of(key)) == in_force(expected)
    assert len(facts.of(key)) == len(expected)


@slowly
@given(
    said=st.lists(whole, min_size=1, max_size=6, unique_by=lambda each: each.day), data=st.data()
)
def test_the_order_of_arrival_does_not_matter(
    facts: Facts, said: list[Said], data: st.DataObject
) -> None:
    if facts.are_enough:
        return
    key = facts.new()
    for each in data.draw(st.permutations(said)):
        facts.state(key, each)
    assert facts.of(key) == lay(said)


@slowly
@given(
    said=st.lists(whole, min_size=1, max_size=6, unique_by=lambda each: each.day), data=st.data()
)
def test_one_batch_or_several_does_not_matter(
    facts: Facts, said: list[Said], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(said)))
    if facts.are_enough:
        return
    key = facts.new()
    for part in (said[:cut], said[cut:]):
        if part:
            facts.state(key, *part)
    assert facts.of(key) == lay(said)


@slowly
@given(said=st.lists(statements, min_size=1, max_size=5))
def test_on_every_day_one_version_at_most_is_in_force(facts: Facts, said: list[Said]) -> None:
    if facts.are_enough:
        return
    key = facts.new()
    for each in said:
        facts.state(key, each)
    found = facts.of(key)
    for day in DAYS:
        holding = [
            each for each in found if each.said.day <= day and (not each.until or each.until > day)
        ]
        assert len(holding) == (day >= min(each.day for each in said))
    assert [each.retired for each in found].count(False) == 1


def in_force(known: list[Version]) -> list[Version]:
    """Leave out what was corrected for its own day and so never held."""
    return [each for each in known if each.until is None or each.until > each.said.day]
