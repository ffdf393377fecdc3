"""The standings of many regions, worked out together, are those of each one by itself."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, note
from lianpu.algorithms.chain import Chain, chain_named
from lianpu.algorithms.gaps import assess
from lianpu.algorithms.index import Index
from lianpu.algorithms.scope import region_scope
from lianpu.algorithms.together import KINDS, STATUSES, Standings, stand_together
from lianpu.settings import Settings, load_settings

from ..support.graphs import Graph
from .graphs import CHAINS, graphs, written
from .test_oracle import modest


@modest
@given(graphs())
def test_together_regions_stand_as_each_does_by_itself(graph: Graph) -> None:
    note(written(graph))
    with tempfile.TemporaryDirectory() as folder:
        atlas = graph.publish(Path(folder))
        index = atlas.index()
        for chain in (None, *(chain_named(index, each) for each in CHAINS)):
            compare(index, chain, atlas.settings)


@pytest.mark.parametrize("regions", [1, 3])
def test_it_does_not_matter_how_regions_are_cut_into_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, regions: int
) -> None:
    monkeypatch.setattr("lianpu.algorithms.together.standings._REGIONS_AT_ONCE", regions)
    monkeypatch.setattr("lianpu.algorithms.together.climb._AT_ONCE", 1)
    atlas = valley().publish(tmp_path)
    compare(atlas.index(), None, atlas.settings)


def test_weights_of_nothing_leave_gaps_in_the_order_of_their_products(tmp_path: Path) -> None:
    atlas = valley().publish(tmp_path)
    none = dict.fromkeys(type(atlas.settings.priority).model_fields, 0.0)
    weightless = atlas.settings.priority.model_copy(update=none)
    settings = atlas.settings.model_copy(update={"priority": weightless})
    compare(atlas.index(), None, settings)


def test_a_graph_without_enterprises_has_regions_that_lack_nothing(tmp_path: Path) -> None:
    graph = Graph()
    graph.region("A", "province")
    index = graph.publish(tmp_path).index()
    compare(index, None, load_settings())
    assert not stand_together(index, np.arange(0), None, load_settings()).region.size


def compare(index: Index, chain: Chain | None, settings: Settings) -> None:
    found = stand_together(index, np.arange(len(index.regions)), chain, settings)
    for region, code in enumerate(index.regions.codes):
        assert said(found, region) == alone(index, region, chain, settings), code


def said(found: Standings, at: int) -> dict[str, Any]:
    urgent = zip(
        found.urgent[at].tolist(), found.status[at].tolist(), found.priority[at], strict=True
    )
    return {
        "enterprises": found.enterprises[at],
        "products": found.products[at],
        "counts": found.counts[at].tolist(),
        "kinds": found.kinds[at].tolist(),
        "breaks": found.breaks[at],
        "urgent": [(p, STATUSES[s], repr(float(score))) for p, s, score in urgent if p >= 0],
    }


def alone(index: Index, region: int, chain: Chain | None, settings: Settings) -> dict[str, Any]:
    found = assess(index, region_scope(index, region), settings, chain=chain)
    status = found.verdict.status
    looked_at = status.take(found.looked_at)
    urgent = found.product[:3].tolist()
    return {
        "enterprises": len(found.scope.members),
        "products": len(found.looked_at),
        "counts": [int(looked_at.is_in(each).sum()) for each in STATUSES],
        "kinds": [int(found.kinds[each].sum()) for each in KINDS],
        "breaks": found.is_break.sum(),
        "urgent": [
            (product, status[product], repr(float(found.score[at])))
            for at, product in enumerate(urgent)
        ],
    }


def valley() -> Graph:
    """Seven places, firms with sites in several, a landed project, statistics, trade."""
    graph = Graph()
    graph.region("P", "province")
    for city in ("A", "B"):
        graph.region(city, "city", "P")
        for county in ("1", "2"):
            graph.region(city + county, "county", city)
    for product in ("ore", "steel", "car", "wheel", "glass"):
        graph.product(product)
    graph.feeds("ore", "steel", 0.3, essential=True)
    graph.feeds("steel", "car", 0.2, essential=True)
    graph.feeds("wheel", "car", 0.1)
    graph.feeds("glass", "car")
    graph.firm("s1", "A1", makes={"steel": 1.0}, revenue=5e8, sites=["A2", "B1"])
    graph.firm("s2", "B2", makes=["steel"], revenue=2e8)
    graph.firm("c1", "A1", makes={"car": 0.7}, revenue=9e9)
    graph.firm("c2", "A2", makes=["car", "wheel"])
    graph.firm("w1", "B1", makes=["wheel"], revenue=1e7, sites=["B2"])
    graph.firm("quiet", "B2", revenue=1e6)
    graph.firm("nowhere", None, makes=["glass"])
    graph.supplies("s1", "c1", "steel", 3e8)
    graph.supplies("s2", "c1", "steel", 1e8)
    graph.supplies("w1", "c2", "wheel", 2e6)
    graph.project("j", "w1", "A2", "glass", "operating")
    graph.outputs("B", "ore", 2023, 4e8, 0.2)
    graph.outputs("A1", "wheel", 2023, 1e6, negligible=True)
    return graph
