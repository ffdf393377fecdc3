"""Chains side by side, and places by chains."""

from __future__ import annotations

from pathlib import Path

from lianpu.atlas import Atlas

from ..support.graphs import Graph


def test_the_overview_counts_every_product_of_every_chain(atlas: Atlas) -> None:
    (found,) = atlas.overview("A1").chains
    gaps = atlas.gaps("A1", "ev", all_statuses=True)
    assert found.chain.id == "ev"
    assert found.products == sum(found.counts.values()) == 4
    assert {code: n for code, n in found.counts.items() if n} == gaps.counts
    assert found.makers == 2
    assert found.kinds["fill"] == sum(
        kind.code == "fill" for gap in gaps.gaps for kind in gap.kinds
    )
    assert found.breaks == sum(gap.is_break for gap in gaps.gaps)
    assert found.urgent[0].id == atlas.gaps("A1", "ev").gaps[0].product.id


def test_standings_count_every_region_as_its_own_gaps_do(atlas: Atlas) -> None:
    every = atlas.standings()
    assert len(every.regions) == atlas.regions().total
    for each in every.regions:
        gaps = atlas.gaps(each.region.id, all_statuses=True)
        assert {code: n for code, n in each.counts.items() if n} == gaps.counts
        assert each.products == sum(each.counts.values())
        urgent = atlas.gaps(each.region.id, limit=3).gaps
        assert [one.product.id for one in each.urgent] == [one.product.id for one in urgent]
        assert [one.priority for one in each.urgent] == [one.priority.score for one in urgent]


def test_standings_of_a_level_within_a_region_and_on_a_chain_leave_out_all_else(
    atlas: Atlas,
) -> None:
    cities = atlas.standings("city", within="A", chain="ev")
    assert cities.within and cities.within.id == "A"
    assert cities.chain and cities.chain.id == "ev"
    assert {each.level for each in cities.regions} == {"city"}
    for each in cities.regions:
        assert each.products == sum(each.counts.values()) == 4
    assert atlas.standings("city", within="A", chain="ev") == cities


def test_a_chain_leads_where_makers_gather_and_overlaps_with_near_neighbours(
    tmp_path: Path,
) -> None:
    board = places().publish(tmp_path).board("P", level="county")
    rows = {row.region.id: row for row in board.rows}
    lamps = [each.id for each in board.chains].index("lamps")
    assert {key: row.cells[lamps].makers for key, row in rows.items()} == {
        "P1a": 3,
        "P1b": 2,
        "P1c": 2,
        "P1d": 1,
    }
    leading = {key for key, row in rows.items() if row.cells[lamps].leads}
    assert leading == {"P1a", "P1b", "P1c"}
    assert [each.id for each in rows["P1a"].cells[lamps].overlaps] == ["P1b"]
    assert rows["P1c"].cells[lamps].overlaps == []


def test_the_quotient_of_the_board_can_be_worked_out_by_hand(tmp_path: Path) -> None:
    board = places().publish(tmp_path).board("P", level="county")
    rows = {row.region.id: row for row in board.rows}
    lamps = [each.id for each in board.chains].index("lamps")
    # P1b: 2 of its 2 known firms make lamps, 8 of the 10 in the whole graph do.
    assert rows["P1b"].cells[lamps].quotient == (2 / 2) / (8 / 10)
    assert rows["P1b"].known == 2


def test_a_chain_leads_where_a_cluster_focuses_on_it(tmp_path: Path) -> None:
    graph = places()
    graph.cluster("k", "P1d", "lamp-d")
    graph.add("FOCUSES_ON", start="k", end="lamps")
    board = graph.publish(tmp_path).board("P", level="county")
    row = next(row for row in board.rows if row.region.id == "P1d")
    lamps = [each.id for each in board.chains].index("lamps")
    assert row.cells[lamps].leads


def places() -> Graph:
    """Four counties: a and b are 20 km apart, c is far off, d has a single maker."""
    graph = Graph()
    graph.region("CHN", "country", name="中国")
    graph.region("P", "province", "CHN", name="丙省")
    graph.region("P1", "city", "P", at=(118.0, 31.0), name="丙一市")
    for letter, east in (("a", 118.0), ("b", 118.2), ("c", 121.0), ("d", 124.0)):
        graph.region(f"P1{letter}", "county", "P1", at=(east, 31.0), name=f"{letter}县")
    graph.region("Q", "province", "CHN", name="丁省")
    graph.product("lamp", name="灯具")
    graph.product("cake", name="糕点")
    graph.chain("lamps", "lamp")
    graph.chain("cakes", "cake")
    for letter, count in (("a", 3), ("b", 2), ("c", 2), ("d", 1)):
        for each in range(count):
            name = f"lamp-{letter}{each if count > 1 else ''}"
            graph.firm(name, f"P1{letter}", makes={"lamp": 1.0})
    graph.firm("cake-p", "Q", makes={"cake": 1.0})
    graph.firm("cake-q", "Q", makes={"cake": 1.0})
    return graph
