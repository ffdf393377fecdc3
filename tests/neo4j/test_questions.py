"""The questions in Cypher against the answers over a snapshot: two ways to one result."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lianpu.algorithms.browse.path import path_answer
from lianpu.algorithms.chain import chain_named
from lianpu.algorithms.figures import figures_of
from lianpu.algorithms.gaps import Kind, assess
from lianpu.algorithms.index import Index
from lianpu.algorithms.lookup import find
from lianpu.algorithms.scope import scope_of
from lianpu.algorithms.status import Status
from lianpu.algorithms.targets.candidates import candidates_for
from lianpu.algorithms.targets.links import linked_here, links_of
from lianpu.atlas import Atlas
from lianpu.cypher import load, names
from lianpu.graph.store import Batch
from neo4j import Driver

from ..algorithms.graphs import CLUSTERS, PRODUCTS, graphs
from ..support.graphs import SOURCE, STATED_ON, Graph
from ..support.town import town
from .server import Server
from .stores import answer, driver_for, empty_store

Rows = list[dict[str, Any]]


class Asked:
    """A graph in both places: in Neo4j, and as the index of a published snapshot."""

    def __init__(self, server: Server, driver: Driver, graph: Graph, folder: Path) -> None:
        store = empty_store(server)
        try:
            store.upsert(Batch("样例", graph.tables()))
        finally:
            store.close()
        self.atlas: Atlas = graph.publish(folder)
        self.index: Index = self.atlas.index()
        self._driver = driver

    def ask(self, name: str, **values: Any) -> Rows:
        return answer(self._driver, load(f"questions/{name}").text, **values)


@pytest.fixture(scope="module")
def small(neo4j_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Generator[Asked]:
    graph = town()
    graph.add("Title", code="small", name="小巨人", ladder="梯度", rank=3)
    graph.add("Title", code="special", name="专精特新", ladder="梯度", rank=2)
    graph.add("Title", code="first", name="创新型", ladder="梯度", rank=1)
    for firm, title in (("motor-one", "first"), ("motor-one", "special"), ("car-one", "small")):
        graph.add("HOLDS", start=firm, end=title)
    with driver_for(neo4j_server) as driver:
        yield Asked(neo4j_server, driver, graph, tmp_path_factory.mktemp("small"))


@st.composite
def with_ladder(draw: st.DrawFn) -> Graph:
    """A random graph whose firms also hold titles of a ladder."""
    graph = draw(graphs())
    ladder = [f"l{rank}" for rank in (1, 2, 3)]
    for rank, code in enumerate(ladder, 1):
        graph.add("Title", code=code, name=code, ladder="梯度", rank=rank)
    for row in graph.rows.get("Enterprise", []):
        for code in draw(st.lists(st.sampled_from(ladder), unique=True, max_size=2)):
            graph.add("HOLDS", start=row["id"], end=code)
    return graph


@settings(
    max_examples=8,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(graph=with_ladder())
def test_on_random_graphs_both_ways_agree(
    neo4j_server: Server, tmp_path_factory: pytest.TempPathFactory, graph: Graph
) -> None:
    with driver_for(neo4j_server) as driver:
        asked = Asked(neo4j_server, driver, graph, tmp_path_factory.mktemp("random"))
        for region in ("CHN", "34", "3402", "340207"):
            same_gaps(asked, region)
            same_common_materials(asked, region)
            same_shared_suppliers(asked, region)
            same_candidates(asked, region, PRODUCTS[1])
            same_next_titles(asked, region)
        same_upstream(asked, PRODUCTS[0])
        same_cluster_map(asked, CLUSTERS[0], "c0")
        if len(asked.index.firms) > 1:
            same_paths(asked, "e0", "e1")


@pytest.mark.parametrize("region", ["CHN", "A", "A1", "A1x", "A2", "B1"])
def test_gaps_of_a_region(small: Asked, region: str) -> None:
    same_gaps(small, region)


def test_the_gap_of_the_town_is_the_battery(small: Asked) -> None:
    gaps = {row["name"]: row for row in small.ask("gaps", region="甲一市")}
    assert gaps["动力电池"]["status"] == "missing"
    assert gaps["动力电池"]["users"] == 1


def test_candidates_for_a_gap(small: Asked) -> None:
    same_candidates(small, "A1", "battery")
    names = [row["name"] for row in small.ask("candidates", region="甲一市", product="动力电池")]
    assert "甲二电池有限公司" in names


def test_upstream_of_a_product(small: Asked) -> None:
    same_upstream(small, "car")
    found = {r["name"]: r["steps"] for r in small.ask("upstream", product="整车", steps=2)}
    assert found == {"动力电池": 1, "驱动电机": 1, "正极材料": 2}


def test_numbers_may_come_as_neo4j_browser_sends_them(small: Asked) -> None:
    assert small.ask("upstream", product="整车", steps=2.0)
    for name in ("common_materials", "shared_suppliers"):
        whole = small.ask(name, region="CHN", at_least=1)
        assert whole
        assert small.ask(name, region="CHN", at_least=1.0) == whole


def test_shared_suppliers_and_common_materials(small: Asked) -> None:
    for region in ("CHN", "A1"):
        same_shared_suppliers(small, region)
        same_common_materials(small, region)


def test_the_evidence_path_between_two_firms(small: Asked) -> None:
    same_paths(small, "car-one", "battery-two")
    path = small.ask("evidence_path", start="甲一汽车有限公司", end="甲二电池有限公司")
    assert all(row["source"] == SOURCE and row["as_of"] == str(STATED_ON) for row in path)


def test_no_path_leads_from_a_firm_to_itself(small: Asked) -> None:
    assert small.ask("evidence_path", start="car-one", end="car-one") == []


def test_firms_close_to_the_next_title(small: Asked) -> None:
    same_next_titles(small, "CHN")
    found = small.ask("next_title", region="中国")
    assert [(r["enterprise"], r["holds"], r["next"]) for r in found] == [
        ("motor-one", "专精特新", "小巨人")
    ]


def same_gaps(asked: Asked, region: str) -> None:
    index = asked.index
    looked = (Status.MISSING, Status.UNKNOWN)
    found = assess(index, scope_of(index, region, None), asked.atlas.settings, statuses=looked)
    wanted = {}
    for at, product in enumerate(found.product.tolist()):
        certainty = found.certainty[at]
        wanted[index.products.keys[product]] = (
            found.verdict.status[product].value.en,
            [each.value.en for each in (Kind.FILL, Kind.EXTEND) if found.kinds[each][at]],
            int(found.figures.users[product]),
            int(found.outside.outside[product]),
            bool(found.is_break[at]),
            None if np.isnan(certainty) else pytest.approx(certainty),
        )
    columns = ("status", "kinds", "users", "makers_elsewhere", "is_break", "certainty")
    rows = asked.ask("gaps", region=region)
    assert {row["product"]: tuple(row[name] for name in columns) for row in rows} == wanted


def same_candidates(asked: Asked, region: str, product: str) -> None:
    index = asked.index
    members = scope_of(index, region, None).members
    found = candidates_for(index, index.products.keys.number(product), members)
    outside = np.sort(found.firm[found.exact & ~np.isin(found.firm, members)])
    here = np.zeros(len(index.firms), dtype=bool)
    here[members] = True
    partners = linked_here(links_of(index).supply, outside, here)
    wanted = {
        index.firms.ids[firm]: (
            int(index.firms.titles[firm]),
            int(index.firms.national[firm]),
            len(partners[at]),
        )
        for at, firm in enumerate(outside.tolist())
    }
    rows = asked.ask("candidates", region=region, product=product)
    assert {
        row["enterprise"]: (row["titles"], row["national_titles"], len(row["trades_with"]))
        for row in rows
    } == wanted


def same_upstream(asked: Asked, product: str) -> None:
    index, most = asked.index, 3
    inputs, broader = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for row in index.snapshot.table('SELECT start, "end" FROM "INPUT_TO"').to_pylist():
        inputs[row["end"]].add(row["start"])
    for row in index.snapshot.table("SELECT product, ancestor FROM product_up").to_pylist():
        broader[row["product"]].add(row["ancestor"])
    into: dict[str, set[str]] = {}
    steps, frontier = {product: 0}, {product}
    for step in range(1, most + 1):
        found = defaultdict[str, set[str]](set)
        for at in frontier:
            for each in set().union(*(inputs[general] for general in broader[at])) - steps.keys():
                found[each].add(index.products.names[index.products.keys.number(at)])
        steps |= dict.fromkeys(found, step)
        into |= found
        frontier = set(found)
    rows = asked.ask("upstream", product=product, steps=most)
    assert {row["product"]: (row["steps"], set(row["into"])) for row in rows} == {
        each: (step, into[each]) for each, step in steps.items() if step
    }


def same_common_materials(asked: Asked, region: str) -> None:
    index = asked.index
    figures = figures_of(index, scope_of(index, region, None))
    wanted = {
        index.products.keys[at]: (int(users), bool(figures.makers[at]))
        for at, users in enumerate(figures.users)
        if users >= 2
    }
    rows = asked.ask("common_materials", region=region, at_least=2)
    assert {row["product"]: (row["users"], row["made_here"]) for row in rows} == wanted


def same_shared_suppliers(asked: Asked, region: str) -> None:
    index = asked.index
    here = {index.firms.ids[at] for at in scope_of(index, region, None).members.tolist()}
    active = {index.firms.ids[at] for at in range(len(index.firms))}
    buyers: dict[str, set[str]] = defaultdict(set)
    sold = index.snapshot.table('SELECT start, "end" FROM "SUPPLIES"').to_pylist()
    for row in sold:
        if row["end"] in here and row["start"] in active and row["start"] != row["end"]:
            buyers[row["start"]].add(row["end"])
    wanted = {key: len(found) for key, found in buyers.items() if len(found) >= 2}
    rows = asked.ask("shared_suppliers", region=region, at_least=2)
    assert {row["enterprise"]: row["buyers"] for row in rows} == wanted
    assert all(row["is_local"] == (row["enterprise"] in here) for row in rows)


def same_paths(asked: Asked, start: str, end: str) -> None:
    index = asked.index
    one, other = find(index, "Enterprise", start), find(index, "Enterprise", end)
    wanted = path_answer(index, one, other, 6).steps or 0
    rows = asked.ask("evidence_path", start=start, end=end)
    assert [row["step"] for row in rows] == list(range(1, wanted + 1))
    at = one.name
    for row in rows:
        assert at in (row["from"], row["to"])
        at = row["to"] if row["from"] == at else row["from"]
    assert at == (other.name if wanted else one.name)


def same_next_titles(asked: Asked, region: str) -> None:
    """Every title of a ladder one by one: whoever holds a rung looks to the lowest one above."""
    index = asked.index
    titles = {
        row["code"]: row
        for row in index.snapshot.table('SELECT * FROM "Title"').to_pylist()
        if row["ladder"] and row["rank"] is not None
    }
    held: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in index.snapshot.table('SELECT start, "end" FROM "HOLDS"').to_pylist():
        if title := titles.get(row["end"]):
            held[row["start"], title["ladder"]].append(title)
    wanted: Counter[tuple[str, str, str]] = Counter()
    for firm in scope_of(index, region, None).members.tolist():
        for (holder, ladder), rungs in held.items():
            top = max(title["rank"] for title in rungs)
            above = [t for t in titles.values() if t["ladder"] == ladder and t["rank"] > top]
            if holder == index.firms.ids[firm] and above:
                holds = next(title["name"] for title in rungs if title["rank"] == top)
                wanted[holder, holds, min(above, key=lambda each: each["rank"])["name"]] += 1
    rows = asked.ask("next_title", region=region)
    assert Counter((row["enterprise"], row["holds"], row["next"]) for row in rows) == wanted


def same_cluster_map(asked: Asked, cluster: str, chain: str) -> None:
    index = asked.index
    figures = figures_of(index, scope_of(index, None, cluster))
    found = chain_named(index, chain)
    wanted = {
        index.products.keys[product]: (
            found.stage[at],
            found.tier[at],
            bool(found.key_link[at]),
            int(figures.makers[product]),
            int(figures.users[product]),
        )
        for at, product in enumerate(found.product.tolist())
    }
    rows = asked.ask("cluster_map", cluster=cluster, chain=chain)
    assert {
        row["product"]: (row["stage"], row["tier"], row["key"], len(row["makers"]), row["users"])
        for row in rows
    } == wanted


def test_every_question_is_asked_here() -> None:
    asked = Path(__file__).read_text(encoding="utf-8")
    assert all(f'"{name.rpartition("/")[2]}"' in asked for name in names("questions"))
