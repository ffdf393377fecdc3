"""Looking around in a snapshot."""

from __future__ import annotations

from pathlib import Path

import pytest
from lianpu.algorithms.action import Action
from lianpu.algorithms.browse import EnterpriseFilter, Page
from lianpu.algorithms.choose import GapFilter
from lianpu.algorithms.gaps import Kind
from lianpu.algorithms.status import Status
from lianpu.atlas import Atlas
from lianpu.errors import NotKnownError

from ..support.graphs import Graph
from ..support.town import town


def test_lists_say_how_many_there_are_and_give_a_page(atlas: Atlas) -> None:
    answer = atlas.products(page=Page(limit=2, order=(("name", True),)))
    assert answer.total == 4
    assert [each.name for each in answer.products] == ["驱动电机", "正极材料"]
    after = atlas.products(page=Page(limit=2, offset=2, order=(("name", True),)))
    assert [each.id for each in after.products] == ["car", "battery"]


def test_a_product_is_found_by_a_part_of_an_alias(atlas: Atlas) -> None:
    (found,) = atlas.products("车用").products
    assert (found.id, found.makers) == ("battery", 2)


def test_products_of_a_chain_and_of_a_kind(atlas: Atlas) -> None:
    found = atlas.products(chain="ev", kind="component").products
    assert {each.id for each in found} == {"battery", "motor"}


def test_a_region_counts_what_lies_within_it(atlas: Atlas) -> None:
    found = {each.id: each for each in atlas.regions(within="甲省").regions}
    assert set(found) == {"A", "A1", "A1x", "A2"}
    assert {key: each.enterprises for key, each in found.items()} == {
        "A": 4,
        "A1": 2,
        "A1x": 1,
        "A2": 2,
    }
    assert found["A1x"].within and found["A1x"].within.name == "甲一市"


def test_a_cluster_names_its_region_chain_and_members(atlas: Atlas) -> None:
    (found,) = atlas.clusters(region="甲省").clusters
    assert (found.id, found.members) == ("k-ev", 2)
    assert found.region and found.region.id == "A1"
    assert [each.id for each in found.chains] == ["ev"]
    assert atlas.clusters(region="乙省").total == 0


def test_chains_and_sources_are_listed(atlas: Atlas) -> None:
    assert [(each.id, each.products) for each in atlas.chains().chains] == [("ev", 4)]
    assert atlas.sources().sources[0].title == "手工样例"


def test_enterprises_by_place_product_and_title(atlas: Atlas) -> None:
    def ids(**wanted: str) -> set[str]:
        return {each.id for each in atlas.enterprises(EnterpriseFilter(**wanted)).enterprises}

    assert ids(region="甲一市") == {"car-one", "motor-one"}
    assert ids(product="动力电池") == {"battery-two", "battery-bee"}
    assert ids(title="giant", region="乙省") == {"battery-bee"}
    assert ids(q="新能源") == {"battery-bee"}
    assert ids(status="closed") == set()


def test_an_exact_name_comes_before_a_part_of_one(atlas: Atlas) -> None:
    first, *_ = atlas.enterprises(EnterpriseFilter(q="乙一新能源")).enterprises
    assert first.id == "battery-bee"


def test_a_name_that_nobody_has_brings_similar_ones_with_reasons(atlas: Atlas) -> None:
    answer = atlas.enterprises(EnterpriseFilter(q="甲二电池科技公司"))
    assert answer.total == 0
    best = answer.suggestions[0]
    assert best.enterprise.id == "battery-two"
    assert 0 < best.score <= 1
    assert best.why


def test_a_map_without_a_place_counts_the_whole_graph(atlas: Atlas) -> None:
    answer = atlas.chain_map("ev")
    nodes = {each.product.id: each for each in answer.nodes}
    assert nodes["battery"].makers == 2
    assert nodes["battery"].status is None
    assert {(each.start, each.end) for each in answer.edges} == {
        ("battery", "car"),
        ("motor", "car"),
        ("cathode", "battery"),
    }


def test_a_map_of_a_place_tells_how_each_product_stands_there(atlas: Atlas) -> None:
    answer = atlas.chain_map("ev", "甲一市")
    battery = next(each for each in answer.nodes if each.product.id == "battery")
    assert battery.status and battery.status.code == "missing"
    assert (battery.makers, battery.makers_elsewhere, battery.users) == (0, 2, 1)


def test_coverage_of_a_place_and_of_everything(atlas: Atlas) -> None:
    assert atlas.coverage().coverage.enterprises == 6
    assert atlas.coverage("甲一市").coverage.enterprises == 2
    assert atlas.coverage().counts["SUPPLIES"] == 3


def test_a_neighbourhood_is_led_on_by_enterprises_only(atlas: Atlas) -> None:
    one = atlas.neighbourhood("battery-bee", steps=1)
    assert {each.id for each in one.nodes} == {"battery-bee", "car-bee", "battery", "B1"}
    far = atlas.neighbourhood("battery-bee", steps=4)
    assert "battery-two" not in {each.id for each in far.nodes}
    assert not far.cut


def test_a_neighbourhood_says_when_it_is_cut(atlas: Atlas) -> None:
    answer = atlas.neighbourhood("battery-bee", steps=2, limit=2)
    assert answer.cut
    assert len(answer.nodes) == 2


def test_a_path_is_the_facts_that_join_two_firms(atlas: Atlas) -> None:
    answer = atlas.path("battery-two", "甲一汽车有限公司")
    assert [each.relation for each in answer.facts] == ["PRODUCES", "INPUT_TO", "PRODUCES"]
    assert answer.steps == 3
    assert all(each.source for each in answer.facts)


def test_trade_goes_before_ownership_on_a_path(atlas: Atlas) -> None:
    assert [each.relation for each in atlas.path("car-bee", "battery-bee").facts] == ["SUPPLIES"]


def test_no_way_is_said_to_be_none_and_to_oneself_is_no_step(atlas: Atlas) -> None:
    assert atlas.path("battery-two", "car-one", most=2).steps is None
    assert atlas.path("car-one", "car-one").steps == 0


def test_a_target_turned_round_names_the_regions_that_need_it(atlas: Atlas) -> None:
    answer = atlas.openings("battery-two")
    (found,) = [each for each in answer.openings if each.region.id == "A1"]
    assert found.product.id == "battery"
    assert found.status.code == "missing"
    assert (found.users, found.makers, found.is_break) == (1, 0, False)
    assert "A2" not in {each.region.id for each in answer.openings}


def test_gaps_are_chosen_by_kind_action_status_and_priority(atlas: Atlas) -> None:
    def products(wanted: GapFilter) -> list[str]:
        return [each.product.id for each in atlas.gaps("A1", "ev", wanted=wanted).gaps]

    assert "battery" in products(GapFilter(kinds=(Kind.FILL,)))
    assert products(GapFilter(kinds=(Kind.EXTEND,))) == []
    assert products(GapFilter(statuses=(Status.WEAK,))) == products(
        GapFilter(kinds=(Kind.STRENGTHEN,))
    )
    assert "battery" in products(GapFilter(actions=(Action.ATTRACT,)))
    assert products(GapFilter(min_priority=1.1)) == []


def test_gaps_are_sorted_as_asked_and_unknown_figures_come_last(atlas: Atlas) -> None:
    every = atlas.gaps("A1", "ev", wanted=GapFilter(order=(("tier", True),)))
    tiers = [each.tier or 0 for each in every.gaps]
    assert tiers == sorted(tiers, reverse=True)
    cut = atlas.gaps("A1", "ev", offset=1, limit=1)
    assert (cut.total, len(cut.gaps)) == (every.total, 1)


def test_regions_are_told_to_lie_within_each_other(atlas: Atlas) -> None:
    assert atlas.lies_within("A1x", "A")
    assert not atlas.lies_within("A", "A1x")
    assert not atlas.lies_within("nowhere", "A")


def test_what_is_not_known_is_said_to_be_so(atlas: Atlas) -> None:
    with pytest.raises(NotKnownError):
        atlas.neighbourhood("没有这家")


def test_a_match_that_came_to_nothing_is_not_offered_again_there(tmp_path: Path) -> None:
    first = town()
    atlas = first.publish(tmp_path)
    assert "battery-two" in {each.enterprise.id for each in atlas.targets("A1", "battery").targets}
    later = Graph()
    later.project("j1", "battery-two", "A1", "battery", "ended", description="不愿搬迁")
    later.publish(tmp_path)
    answer = atlas.targets("A1", "battery")
    assert "battery-two" not in {each.enterprise.id for each in answer.targets}
    (gone,) = [each for each in answer.excluded if each.enterprise.id == "battery-two"]
    assert (gone.gate.code, gone.because) == ("turned_down", "不愿搬迁")
    elsewhere = atlas.targets("A1x", "battery")
    assert "battery-two" in {each.enterprise.id for each in elsewhere.targets}
    (change,) = atlas.changes("A1", "ev").projects
    assert (change.before, change.after, change.description) == (None, "ended", "不愿搬迁")
    again = Graph()
    again.project("j2", "battery-two", "A1", "battery", "talks")
    again.publish(tmp_path)
    assert "battery-two" in {each.enterprise.id for each in atlas.targets("A1", "battery").targets}
