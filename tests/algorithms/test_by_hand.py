"""Every formula of docs/model.md on one small graph, each number derived in a comment."""

from __future__ import annotations

from datetime import date
from math import pi
from pathlib import Path

import pytest
from lianpu.algorithms.answers.models import GapAnswer, GapsAnswer, TargetAnswer, TargetsAnswer
from lianpu.atlas import Atlas

from ..support.graphs import Graph
from ..support.valley import valley

# Two centroids on one meridian lie R · Δlatitude apart, R = 6371.0088 km.
DEGREE_KM = 6371.0088 * pi / 180


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    return valley().publish(tmp_path_factory.mktemp("valley"))


@pytest.fixture(scope="module")
def chain(atlas: Atlas) -> GapsAnswer:
    return atlas.gaps("A1", "ev", all_statuses=True)


@pytest.fixture(scope="module")
def everything(atlas: Atlas) -> GapsAnswer:
    return atlas.gaps("A1", all_statuses=True)


@pytest.fixture(scope="module")
def batteries(atlas: Atlas) -> TargetsAnswer:
    return atlas.targets("A1", "battery", limit=None)


def gap(answer: GapsAnswer, product: str) -> GapAnswer:
    (found,) = [each for each in answer.gaps if each.product.id == product]
    return found


def explained(atlas: Atlas, product: str) -> GapAnswer:
    return atlas.explain("A1", product)


def parts(found: GapAnswer) -> dict[str, float | None]:
    return {part.name: part.value for part in found.priority.parts}


def target(answer: TargetsAnswer, enterprise: str) -> TargetAnswer:
    (found,) = [each for each in answer.targets if each.enterprise.id == enterprise]
    return found


def values(found: TargetAnswer) -> dict[str, float | None]:
    return {part.name: part.value for part in found.parts}


def codes(terms: object) -> set[str]:
    assert isinstance(terms, list)
    return {term.code for term in terms}


# Makers, users, need, supply


def test_makers_are_counted_by_home_and_by_further_site(chain: GapsAnswer) -> None:
    # f2 at home in a county of A1 and f3 in A1 itself; f4 has its home in A2 and a site in A1x.
    assert gap(chain, "motor").makers.local == 2
    assert gap(chain, "seat").makers.local == 1


def test_a_closed_enterprise_makes_nothing(chain: GapsAnswer) -> None:
    # f5 of A1 is closed; it would be the only battery maker here.
    assert gap(chain, "battery").makers.local == 0


def test_a_kind_is_made_as_what_it_is_a_kind_of(chain: GapsAnswer) -> None:
    # Batteries elsewhere: a2, five of the crowd (g00 to g04), and b2 whose lfp is a battery.
    assert gap(chain, "battery").makers.nearest.outside == 7
    assert gap(chain, "lfp").makers.nearest.outside == 1


def test_output_is_revenue_times_share_and_what_is_left_is_split_evenly(atlas: Atlas) -> None:
    # f2: 1e8 · 0.6 of motors; 0.4 is left for pump and fan, 2e7 each. f4: 3e8 · 0.2 of pumps.
    assert explained(atlas, "motor").supply == pytest.approx(6e7)
    assert explained(atlas, "fan").supply == pytest.approx(2e7)
    assert explained(atlas, "pump").supply == pytest.approx(2e7 + 6e7)


def test_supply_of_nobody_is_zero_and_of_makers_without_revenue_not_known(
    chain: GapsAnswer,
) -> None:
    assert gap(chain, "battery").supply == 0
    assert gap(chain, "controller").supply is None


def test_users_make_what_the_product_goes_into(chain: GapsAnswer) -> None:
    # f1 alone builds cars here; nobody makes what a car or lfp goes into.
    assert [gap(chain, p).users for p in ("battery", "motor", "car", "lfp")] == [1, 1, 0, 0]


def test_need_is_supply_times_coefficient(chain: GapsAnswer) -> None:
    # Cars for 1e9: batteries 0.3, motors 0.1, controllers 0.05 of it; of seats none is stated.
    assert gap(chain, "battery").need == pytest.approx(3e8)
    assert gap(chain, "motor").need == pytest.approx(1e8)
    assert gap(chain, "controller").need == pytest.approx(5e7)
    assert gap(chain, "seat").need is None


def test_hhi_of_outputs_or_of_equal_parts(atlas: Atlas) -> None:
    # Pumps: 2e7 and 6e7 of 8e7, ¼² + ¾² = 0.625. Motors: f3's output is not known, 2 · ½² = 0.5.
    assert explained(atlas, "pump").makers.hhi == pytest.approx(0.625)
    assert explained(atlas, "motor").makers.hhi == pytest.approx(0.5)
    assert explained(atlas, "battery").makers.hhi is None


def test_statistics_speak_where_no_enterprise_is_on_record(atlas: Atlas) -> None:
    # Aluminium: the latest year counts, 2e8. Copper: the counties' 3e7 + 2e7.
    aluminium = explained(atlas, "aluminium")
    assert aluminium.makers.by_statistics
    assert aluminium.supply == pytest.approx(2e8)
    assert explained(atlas, "copper").supply == pytest.approx(5e7)


# Rates


def test_the_local_rate_is_observed_where_purchases_are_known(chain: GapsAnswer) -> None:
    # f1 buys seats for 4e7 from f4 here and for 6e7 from b3 elsewhere.
    rate = gap(chain, "seat").local_rate
    assert (rate.value, rate.basis) == (pytest.approx(0.4), "observed")


def test_else_it_is_bounded_by_supply_over_need(chain: GapsAnswer) -> None:
    # Motors 6e7 of 1e8; batteries none of 3e8; controllers' supply is not known.
    motor, battery = gap(chain, "motor").local_rate, gap(chain, "battery").local_rate
    assert (motor.value, motor.basis) == (pytest.approx(0.6), "upper_bound")
    assert (battery.value, battery.basis) == (0, "upper_bound")
    assert gap(chain, "controller").local_rate.value is None


def test_the_chain_rate_is_the_mean_weighted_with_spending(chain: GapsAnswer) -> None:
    # Seats 0.4 of 1e8, motors 0.6 of 1e8, batteries 0 of 3e8: 1e8 of 5e8. Another 5e7 of
    # controllers has no rate: 5e8 of 5.5e8 are covered.
    assert chain.local_rate.value == pytest.approx(0.2)
    assert chain.local_rate.covered == pytest.approx(10 / 11)


def test_location_quotient_by_output(atlas: Atlas) -> None:
    # Output here: 1e9 + 1e8 + 3e8 = 1.4e9; of all: + 5.4e8 + 8e8 + 6e7 = 2.8e9; one half.
    # Cars 1e9 of 1e9, motors 6e7 of 6e8, seats 2.4e8 of 3e8.
    expected = {"car": 1 / 0.5, "motor": 0.1 / 0.5, "seat": 0.8 / 0.5}
    for product, quotient in expected.items():
        found = explained(atlas, product).location_quotient
        assert (found.value, found.basis) == (pytest.approx(quotient), "output")


def test_location_quotient_by_count_of_makers(chain: GapsAnswer) -> None:
    # Controllers: f3 of ten makers; f1 to f4 of the 32 enterprises with known products
    # (4 here, 20 of the crowd, a2, b1, b2, b3, c1, c2, j1, v1): 0.1 / 0.125.
    found = gap(chain, "controller").location_quotient
    assert (found.value, found.basis) == (pytest.approx(0.8), "count")


def test_location_quotient_by_the_stated_share_of_the_country(chain: GapsAnswer) -> None:
    # Aluminium: 0.02 of the country's, against one half of all output.
    found = gap(chain, "aluminium").location_quotient
    assert (found.value, found.basis) == (pytest.approx(0.02 / 0.5), "statistics")


def test_relatedness_density_of_products_made_by_the_same_enterprises(atlas: Atlas) -> None:
    # Steel and controllers: nine make both, ten make either, φ = 0.9; controllers are made here
    # and steel has no other neighbour: 0.9 / 0.9. Batteries and cathodes: five make both, of 7
    # and 10, φ = 0.5; cathodes are not made here: 0 / 0.5. Seats are near nothing.
    assert parts(explained(atlas, "steel"))["feasibility"] == pytest.approx(1)
    assert parts(explained(atlas, "battery"))["feasibility"] == 0
    assert parts(explained(atlas, "seat"))["feasibility"] is None


def test_certainty_is_the_chance_of_no_maker_beyond_those_on_record(chain: GapsAnswer) -> None:
    # s1 is of industry 38, s2 of 381, which has too few known: 38 speaks for both. Of its 20 make
    # 5 batteries, 10 cathodes, 0 sensors. Chips are made by nobody on record.
    assert gap(chain, "battery").certainty == pytest.approx((1 - 5 / 20) ** 2)
    assert gap(chain, "cathode").certainty == pytest.approx((1 - 10 / 20) ** 2)
    assert gap(chain, "sensor").certainty == pytest.approx(1)
    assert gap(chain, "chip").certainty is None


def test_an_enterprise_without_industry_is_taken_as_of_the_whole_graph(atlas: Atlas) -> None:
    # z1 of A3 has no industry: one of all 32 known enterprises makes sensors.
    assert gap(atlas.gaps("A3", "ev", all_statuses=True), "sensor").certainty == pytest.approx(
        31 / 32
    )


# Status


def test_statuses_and_reasons(chain: GapsAnswer, atlas: Atlas) -> None:
    # car: one maker with a national title, LQ 2, no rate. motor: no weakness, LQ 0.2.
    # pump: HHI 0.625; seat: a key link, one maker without title, rate 0.4. glass: negligible.
    # battery: certainty 0.5625; cathode: 0.25; chip: nobody anywhere.
    expected = {
        "car": ("strong", {"single_maker"}),
        "motor": ("adequate", set[str]()),
        "aluminium": ("adequate", set[str]()),
        "controller": ("weak", {"single_maker"}),
        "seat": ("weak", {"low_local_rate", "single_maker", "no_titled_maker"}),
        "battery": ("missing", {"no_maker"}),
        "sensor": ("missing", {"no_maker"}),
        "cathode": ("unknown", {"record_incomplete"}),
        "chip": ("unknown", {"nobody_on_record"}),
    }
    assert {
        p: (gap(chain, p).status.code, codes(gap(chain, p).reasons)) for p in expected
    } == expected
    for product, reason in (("pump", "concentrated"), ("glass", "negligible")):
        found = explained(atlas, product)
        assert (found.status.code, codes(found.reasons)) == ("weak", {reason})


def test_a_place_of_which_nothing_is_known_lacks_nothing_for_sure(atlas: Atlas) -> None:
    # Nobody is on record in A1z. Chips are made by nobody anywhere, all else by somebody elsewhere.
    found = atlas.gaps("A1z", "ev", all_statuses=True).gaps
    assert {(each.status.code, each.action.code) for each in found} == {("unknown", "verify")}
    assert {each.product.id for each in found if "nobody_on_record" in codes(each.reasons)} == {
        "chip"
    }
    assert all("nothing_known_here" in codes(g.reasons) for g in found if g.product.id != "chip")


def test_the_counts_are_of_all_products_looked_at(chain: GapsAnswer) -> None:
    # lfp is missing too.
    assert chain.counts == {"strong": 1, "adequate": 2, "weak": 2, "missing": 3, "unknown": 2}


# Kinds of gap


def test_what_is_missing_and_used_here_is_to_be_filled(chain: GapsAnswer) -> None:
    # Batteries: aluminium, an input, is made here by statistics, and f1 uses batteries: a break.
    # Sensors: their input, chips, is not made here.
    battery, sensor = gap(chain, "battery"), gap(chain, "sensor")
    assert (codes(battery.kinds), battery.is_break) == ({"fill"}, True)
    assert (codes(sensor.kinds), sensor.is_break) == ({"fill"}, False)


def test_what_is_weak_is_to_be_strengthened(chain: GapsAnswer) -> None:
    assert codes(gap(chain, "seat").kinds) == {"strengthen"}


def test_what_an_essential_input_is_made_for_is_an_extension(everything: GapsAnswer) -> None:
    # Valves need pumps, of which 8e7 are made here; they are in no chain and have no user here.
    valve = gap(everything, "valve")
    assert codes(valve.kinds) == {"extend"}
    assert valve.potential == pytest.approx(8e7)


def test_the_unknown_is_of_no_kind(chain: GapsAnswer) -> None:
    assert not gap(chain, "cathode").kinds
    assert not gap(chain, "chip").kinds


def test_without_a_chain_what_is_used_here_or_could_be_extended_to_is_looked_at(
    everything: GapsAnswer,
) -> None:
    # f1's cars use five products; valves could be made. lfp, chips and steel have no user here.
    assert {each.product.id for each in everything.gaps} == {
        *("battery", "motor", "controller", "seat", "sensor"),
        "valve",
    }


# Nearest makers and action


def test_nearest_makers_and_what_to_do(chain: GapsAnswer, atlas: Atlas) -> None:
    # Batteries: a2 in the same province, and in a city 111 km away, under 120: cooperate.
    # Seats: b3 in another province; sensors: Japan only; pumps: only here.
    battery, seat = gap(chain, "battery"), gap(chain, "seat")
    assert (battery.makers.nearest.level, battery.makers.nearest.count) == ("province", 1)
    assert (battery.action.code, codes(battery.other_actions)) == ("cooperate", {"attract"})
    assert (seat.makers.nearest.level, seat.makers.nearest.count) == ("country", 1)
    assert (seat.action.code, codes(seat.other_actions)) == ("attract", {"cultivate"})
    sensor, pump = gap(chain, "sensor"), explained(atlas, "pump")
    assert (sensor.makers.nearest.level, sensor.action.code) == ("abroad", "tackle")
    assert (pump.makers.nearest.level, pump.action.code) == ("nowhere", "cultivate")


def test_what_nobody_makes_and_what_is_not_known_is_to_be_verified(chain: GapsAnswer) -> None:
    assert gap(chain, "chip").action.code == "verify"
    assert "verify" in codes(gap(chain, "cathode").other_actions)


# Priority


def test_criticality_is_the_share_of_paths(chain: GapsAnswer) -> None:
    # aluminium and cathode lead to battery, it to car and to its kind lfp: 4 paths; motor, seat,
    # controller to car: 3; chip by sensor to car: 1. Eight in all.
    expected = {"battery": 4 / 8, "car": 6 / 8, "sensor": 1 / 8, "cathode": 2 / 8, "lfp": 2 / 8}
    found = {product: parts(gap(chain, product))["criticality"] for product in expected}
    assert found == pytest.approx(expected)


def test_priority_with_all_parts(chain: GapsAnswer) -> None:
    battery = gap(chain, "battery")
    expected = {
        "demand": 3e8 / (3e8 + 1e8),
        "reach": 1 / (1 + 3),
        "criticality": 4 / 8,
        "feasibility": 0.0,
        "availability": 7 / (7 + 3),
        "fragility": 1 / 7,  # nobody here: one over the makers elsewhere
        "certainty": 0.5625,
    }
    assert parts(battery) == pytest.approx(expected)
    # Weights 3, 2, 2, 2, 1, 1, 1.
    whole = 3 * 0.75 + 2 * 0.25 + 2 * 0.5 + 2 * 0 + 0.7 + 1 / 7 + 0.5625
    assert battery.priority.score == pytest.approx(whole / 12)


def test_a_part_without_data_is_left_out(chain: GapsAnswer) -> None:
    # Sensors: no need in money, so users count; near nothing, so no feasibility: weights sum to 10.
    sensor = gap(chain, "sensor")
    assert parts(sensor)["feasibility"] is None
    whole = 3 * 0.25 + 2 * 0.25 + 2 * 0.125 + 1 / (1 + 3) + 1 + 1
    assert sensor.priority.score == pytest.approx(whole / 10)


def test_fragility_is_the_hhi_of_the_makers_here(chain: GapsAnswer) -> None:
    assert parts(gap(chain, "motor"))["fragility"] == pytest.approx(0.5)


def test_a_cluster_is_a_scope_of_its_members(atlas: Atlas) -> None:
    # f1 and f2 alone: one motor maker instead of two.
    found = gap(atlas.gaps(None, "ev", cluster="k", all_statuses=True), "motor")
    assert (found.makers.local, found.users) == (1, 1)


# Targets


def test_candidates_pass_the_gates(batteries: TargetsAnswer) -> None:
    # x1 is abnormal, f5 closed; g00 controls f3 of A1; g01's project in A1 has ended; g02 and g03
    # name one group and are alike, so the first stays.
    assert {each.enterprise.id for each in batteries.targets} == {"a2", "b2", "g02", "g04"}
    assert {each.enterprise.id: each.gate.code for each in batteries.excluded} == {
        "x1": "abnormal",
        "f5": "not_active",
        "g00": "already_here",
        "g01": "turned_down",
        "g03": "same_group",
    }


def test_rivals_have_more_users_and_no_maker(batteries: TargetsAnswer) -> None:
    # A3 has two car makers and no battery maker; A1 has one car maker.
    assert [each.id for each in batteries.rivals] == ["A3"]


def test_the_parts_of_a_target(batteries: TargetsAnswer) -> None:
    found = target(batteries, "b2")
    expected = {
        "capability": 1.0,
        "specialisation": 6e8 / 8e8,  # lfp of lfp and packs
        "strength": (0.5 + 1e9 / (1e9 + 1e9) + 0.2) / 3,  # a title, its size, its market share
        "links": 2 / (2 + 1),  # sells to f1; h1 owns part of it and of f2
        "pull": 3e8 / 6e8,
        "expansion": 1 / (1 + 1),  # building in A3
        "proximity": 500 / (500 + 5 * DEGREE_KM),
        "contention": 5 / (5 + 1),
    }
    assert values(found) == pytest.approx(expected)
    assert {each.id for each in found.linked} == {"f1", "f2"}
    # Weights 3, 1, 2, 2, 2, 1, 1, 1.
    weights = (3, 1, 2, 2, 2, 1, 1, 1)
    whole = sum(w * v for w, v in zip(weights, expected.values(), strict=True))
    assert found.score == pytest.approx(whole / 13)


def test_a_target_of_which_little_is_known(batteries: TargetsAnswer) -> None:
    found = target(batteries, "g04")
    # Two products and no revenue: one half. No title though titles are on record; no tie though
    # ties are; its output is not known, so pull has no data and weighs nothing.
    expected = {
        "capability": 1.0,
        "specialisation": 1 / 2,
        "strength": 0.0,
        "links": 0.0,
        "pull": None,
        "expansion": 0.0,
        "proximity": 500 / (500 + 5 * DEGREE_KM),
        "contention": 5 / 6,
    }
    assert values(found) == pytest.approx(expected)
    whole = 3 * 1 + 0.5 + 500 / (500 + 5 * DEGREE_KM) + 5 / 6
    assert found.score == pytest.approx(whole / 11)


def test_where_nobody_else_makes_it_makers_of_its_siblings_are_asked(atlas: Atlas) -> None:
    # Pumps are made here only; valves are fluidics too, so v1 is 0.5 able.
    (found,) = atlas.targets("A1", "pump", limit=None).targets
    assert (found.enterprise.id, found.makes.id, found.exact) == ("v1", "valve", False)
    assert values(found)["capability"] == 0.5


# Time


def test_before_the_facts_were_stated_nothing_is_known(atlas: Atlas) -> None:
    # Products and chains hold back in time; makers do not: nobody anywhere is on record.
    before = atlas.gaps("A1", "ev", all_statuses=True, as_of=date(2020, 1, 1))
    assert {each.status.code for each in before.gaps} == {"unknown"}


def test_a_project_in_production_closes_the_gap(tmp_path: Path) -> None:
    # b2's plant in A1x makes lfp, and so batteries, here; its output here is not known.
    graph = valley()
    graph.publish(tmp_path)
    graph.project("j-here", "b2", "A1x", "lfp", "operating")
    atlas = graph.publish(tmp_path)
    found = gap(atlas.gaps("A1", "ev", all_statuses=True), "battery")
    assert (found.makers.local, found.makers.nearest.outside) == (1, 6)
    changes = {
        each.product.id: (each.change, each.before and each.before.code)
        for each in atlas.changes("A1", "ev", since=1, until=2).changes
    }
    assert changes["lfp"] == ("closed", "missing")


def test_a_group_that_makes_it_here_or_owns_a_firm_of_its_own_here_is_here(tmp_path: Path) -> None:
    graph = Graph()
    for code in ("A", "B"):
        graph.region(code, "city")
    for product in ("charger", "seat"):
        graph.product(product)
    graph.firm("here", "A", makes=["charger"], group="甲集团")
    graph.firm("sister", "B", makes=["charger"], group="甲集团")
    graph.firm("office", "A", makes=["seat"], group="乙集团")
    graph.firm("parent", "B", makes=["charger"], group="乙集团")
    graph.owns("parent", "office", None)
    graph.firm("branch", "B", makes=["charger"], group="丙集团")
    graph.firm("relative", "A", makes=["seat"], group="丙集团")  # makes something else
    graph.firm("investor", "B", makes=["charger"])
    graph.owns("investor", "here", 0.2)  # owns too little to be of its group
    answer = graph.publish(tmp_path).targets("A", "charger")
    assert {each.enterprise.id for each in answer.targets} == {"branch", "investor"}
    assert {each.enterprise.id: each.because for each in answer.excluded} == {
        "here": "",
        "sister": "here",
        "parent": "office",
    }


def test_a_maker_that_moves_here_closes_a_gap_by_its_new_home(tmp_path: Path) -> None:
    graph = Graph()
    for code in ("A", "B"):
        graph.region(code, "city")
    for product in ("glass", "car"):
        graph.product(product)
    graph.feeds("glass", "car")
    graph.firm("carmaker", "A", makes=["car"])
    graph.firm("mover", "B", makes=["glass"])
    graph.publish(tmp_path)
    later = Graph()
    later.add("LOCATED_IN", start="mover", end="A", as_of=date(2025, 1, 1))
    (change,) = later.publish(tmp_path).changes("A", since=1, until=2).changes
    assert (change.product.id, change.change) == ("glass", "closed")
    assert [(f.relation, f.start, f.end) for f in change.by] == [("LOCATED_IN", "mover", "A")]
