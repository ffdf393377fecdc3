"""Every claim leads down to sourced, dated facts."""

from __future__ import annotations

import pytest
from lianpu.algorithms.evidence import Fact
from lianpu.atlas import Atlas

from ..support.graphs import SOURCE, STATED_ON
from ..support.valley import valley


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    return valley().publish(tmp_path_factory.mktemp("valley"))


def of_gap(atlas: Atlas, product: str) -> set[tuple[str, str, str, str]]:
    facts = atlas.explain("A1", product).evidence
    _all_sourced(facts)
    return {(fact.role, fact.start, fact.relation, fact.end) for fact in facts}


def _all_sourced(facts: list[Fact]) -> None:
    assert facts
    for fact in facts:
        assert (fact.source, fact.as_of) == (SOURCE, STATED_ON)


def test_a_gap_shows_who_uses_it_and_the_nearest_who_make_it(atlas: Atlas) -> None:
    facts = of_gap(atlas, "battery")
    assert ("user", "f1", "PRODUCES", "car") in facts
    assert ("input_to", "battery", "INPUT_TO", "car") in facts
    assert ("nearest", "a2", "PRODUCES", "battery") in facts
    assert ("home", "a2", "LOCATED_IN", "A2") in facts


def test_a_maker_of_a_kind_is_shown_with_the_kind(atlas: Atlas) -> None:
    nearest = {fact for fact in of_gap(atlas, "lfp") if fact[0] == "nearest"}
    assert nearest == {("nearest", "b2", "PRODUCES", "lfp")}


def test_an_observed_rate_shows_the_purchases_that_it_rests_on(atlas: Atlas) -> None:
    bought = {fact for fact in of_gap(atlas, "seat") if fact[0] == "purchase"}
    assert bought == {("purchase", "f4", "SUPPLIES", "f1"), ("purchase", "b3", "SUPPLIES", "f1")}


def test_what_statistics_say_is_shown(atlas: Atlas) -> None:
    assert ("statistics", "A1", "OUTPUTS", "aluminium") in of_gap(atlas, "aluminium")


def test_what_an_extension_could_be_made_of_is_shown(atlas: Atlas) -> None:
    inputs = {fact for fact in of_gap(atlas, "valve") if fact[0] == "input"}
    assert inputs == {("input", "f2", "PRODUCES", "pump"), ("input", "f4", "PRODUCES", "pump")}


def test_a_target_shows_what_it_makes_where_it_is_what_it_holds_and_its_ties(atlas: Atlas) -> None:
    (target,) = [t for t in atlas.targets("A1", "battery").targets if t.enterprise.id == "b2"]
    _all_sourced(target.evidence)
    facts = {(fact.role, fact.start, fact.relation, fact.end) for fact in target.evidence}
    assert facts == {
        ("makes", "b2", "PRODUCES", "lfp"),
        ("home", "b2", "LOCATED_IN", "B1"),
        ("title", "b2", "HOLDS", "special"),
        ("trades", "b2", "SUPPLIES", "f1"),
        ("owns", "h1", "INVESTS_IN", "b2"),
        ("owns", "h1", "INVESTS_IN", "f2"),
    }


def test_a_fact_reads_as_a_sentence_with_its_source_and_day(atlas: Atlas) -> None:
    fact = next(f for f in atlas.explain("A1", "battery").evidence if f.role == "user")
    assert fact.sentence().zh == f"f1 生产 car（{SOURCE}，{STATED_ON}）"
    assert fact.sentence().en == f"f1 produces car ({SOURCE}, {STATED_ON})"
