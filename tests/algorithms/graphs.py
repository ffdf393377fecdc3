"""Random graphs with every feature of the model, small enough to be read when one fails."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from hypothesis import strategies as st

from ..support.graphs import Cell, Graph

TODAY = date.today()
OVER = date(2020, 1, 1)
REGIONS = ("CHN", "34", "3401", "3402", "3418", "340207", "340208", "Z1", "31", "310101", "JPN")
PRODUCTS = tuple(f"p{n}" for n in range(12))
CHAINS = ("c0", "c1")
CLUSTERS = ("k0", "k1")
TITLES = ("national", "provincial")
STAGES = ("lead", "talks", "signed", "building", "operating", "operating", "ended")
CROWD = 22
"""Enough enterprises of one industry with known products for its own shares to count."""
CROWD_CELLS = ("id=f", "start=f")
SHARED = {"Region", "WITHIN", "Industry", "PART_OF", "Title", "Product", "Chain", "Cluster"}

SHARES = st.sampled_from([None, None, 0.0, 0.1, 0.4, 0.7, 1.0])
MONEY = st.sampled_from([None, 0.0, 1e6, 5e7, 5e7, 2e8, 2e8, 3e9])
DATES = st.sampled_from([None, *(TODAY - timedelta(days=days) for days in (30, 200, 900, 1500))])
SOME_REGION = st.sampled_from(REGIONS)
SOME_PRODUCT = st.sampled_from(PRODUCTS)
SOLD = PRODUCTS[:8]
"""What enterprises make; of the others most have no maker, and the last was only made once."""
TOGETHER = ((), SOLD[1:3], SOLD[1:3], SOLD[2:5], (SOLD[6],))
"""What is often made together, so that there are products near others."""
SIBLINGS = ("p0", "p1", "p8", "p3", "p9", "p6")
"""The first is often what the others are kinds of."""
HOMES = (None, "340207", "340207", "340208", "3402", "3401", "3401", "3418", "Z1", "310101", "JPN")


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    graph = Graph()
    _places(graph)
    _products(graph, draw)
    firms = _firms(graph, draw)
    _relations(graph, draw, firms)
    _statistics(graph, draw)
    return graph


def _places(graph: Graph) -> None:
    graph.region("CHN", "country", at=(105.0, 35.0))
    graph.region("34", "province", "CHN", at=(117.0, 31.8))
    graph.region("3401", "city", "34", at=(117.2, 31.8))
    graph.region("3402", "city", "34", at=(118.4, 31.3))
    graph.region("3418", "city", "34", at=(118.75, 30.9))
    graph.region("340207", "county", "3402", at=(118.45, 31.4))
    graph.region("340208", "county", "3402")
    graph.region("Z1", "zone", "340207", at=(118.46, 31.41))
    graph.region("31", "province", "CHN", at=(121.4, 31.2))
    graph.region("310101", "county", "31", at=(121.5, 31.2))
    graph.region("JPN", "country", at=(139.0, 35.0))
    graph.industry("C", 1)
    graph.industry("36", 2, "C")
    graph.industry("361", 3, "36")
    graph.industry("D", 1)
    graph.title("national", "national")
    graph.title("provincial", "provincial")
    graph.title("former", "national")


def _products(graph: Graph, draw: st.DrawFn) -> None:
    for product in PRODUCTS:
        graph.product(product)
    kinds = {(kind, general) for general, kind in _pairs(draw, SOME_PRODUCT, SOME_PRODUCT, 8)}
    siblings = draw(st.lists(st.sampled_from(SIBLINGS), unique=True))
    for kind, general in sorted(kinds | {(each, SIBLINGS[0]) for each in siblings}):
        if general < kind:
            graph.add("IS_A", start=kind, end=general)
    for what, into in _pairs(draw, SOME_PRODUCT, SOME_PRODUCT, 24):
        coefficient = draw(st.sampled_from([None, 0.05, 0.3, 1.5]))
        graph.feeds(what, into, coefficient, essential=draw(st.booleans()))
    for chain in CHAINS:
        least = draw(st.sampled_from([0, 8]))
        included = draw(st.lists(SOME_PRODUCT, unique=True, min_size=least, max_size=12))
        graph.chain(chain, *included, key_links=included[::3])


def _firms(graph: Graph, draw: st.DrawFn) -> list[str]:
    firms = [f"e{n}" for n in range(draw(st.sampled_from([0, 6, 16, 30])))]
    for firm in firms:
        graph.firm(
            firm,
            draw(st.sampled_from(HOMES)),
            makes=_made(draw),
            revenue=draw(MONEY),
            industry=draw(st.sampled_from([None, "C", "36", "361", "D"])),
            titles=draw(st.sampled_from([(), (), ("national",), ("provincial",), TITLES])),
            sites=draw(st.lists(SOME_REGION, unique=True, max_size=1)),
            status=draw(st.sampled_from([None, *["active"] * 7, "abnormal", "closed"])),
            group=draw(st.sampled_from([None, None, None, None, "甲集团", "乙集团"])),
        )
    crowd = draw(st.integers(0, CROWD)) // CROWD * CROWD
    for n in range(crowd):
        graph.firm(f"f{n}", "31", makes=[PRODUCTS[n % 5], PRODUCTS[n % 3]], industry="361")
    for firm in draw(st.lists(st.sampled_from(firms), unique=True, max_size=3)) if firms else ():
        graph.add("PRODUCES", start=firm, end=PRODUCTS[-1], until=OVER)
        graph.add("HOLDS", start=firm, end="former", until=OVER)
    return firms


def _made(draw: st.DrawFn) -> dict[str, float | None]:
    others = draw(st.lists(st.sampled_from(SOLD), max_size=1))
    return {product: draw(SHARES) for product in (*draw(st.sampled_from(TOGETHER)), *others)}


def _relations(graph: Graph, draw: st.DrawFn, firms: list[str]) -> None:
    for cluster, region in zip(CLUSTERS, ("3402", None), strict=True):
        graph.cluster(cluster, region)
    if not firms:
        return
    some_firm = st.sampled_from(firms)
    for member, cluster in _pairs(draw, some_firm, st.sampled_from(CLUSTERS), 8):
        graph.add("MEMBER_OF", start=member, end=cluster)
    for seller, buyer in _pairs(draw, some_firm, some_firm, 10):
        product = draw(st.none() | SOME_PRODUCT)
        graph.supplies(seller, buyer, product, draw(MONEY))
    for owner, owned in _pairs(draw, some_firm, some_firm, 6):
        if owner != owned:
            graph.owns(owner, owned, draw(st.sampled_from([None, 0.1, 0.5, 1.0])))
    for n in range(draw(st.sampled_from([0, 3, 12]))):
        graph.project(
            f"j{n}",
            draw(some_firm),
            draw(SOME_REGION),
            draw(SOME_PRODUCT),
            draw(st.sampled_from(STAGES)),
            signed_on=draw(DATES),
            operating_on=draw(DATES),
        )


def _statistics(graph: Graph, draw: st.DrawFn) -> None:
    for region, product in _pairs(draw, SOME_REGION, SOME_PRODUCT, 6):
        for year in draw(st.sampled_from([(2023,), (2022, 2023)])):
            value, share = draw(MONEY), draw(st.sampled_from([None, 0.01, 0.6]))
            negligible = draw(st.sampled_from([None, False, True]))
            graph.outputs(region, product, year, value, share, negligible=negligible)


def _pairs(draw: st.DrawFn, one: Any, other: Any, most: int) -> list[tuple[str, str]]:
    least = draw(st.sampled_from([0, most // 2, most * 3 // 4]))
    found = draw(st.lists(st.tuples(one, other), unique=True, min_size=least, max_size=most))
    return cast("list[tuple[str, str]]", found)


def written(graph: Graph) -> str:
    """What was drawn, a line a row, for a person to read, without what all these graphs share."""
    said = [
        f"{name}({', '.join(cells)})"
        for name, rows in graph.rows.items()
        if name not in SHARED
        for row in rows
        if not (cells := _cells(row))[0].startswith(CROWD_CELLS)
    ]
    crowd = [row for row in graph.rows.get("Enterprise", []) if str(row["id"]).startswith("f")]
    return "\n".join([*said, f"and a crowd of {len(crowd)}"])


def _cells(row: dict[str, Cell]) -> list[str]:
    hidden = ("source", "as_of", "name")
    return [f"{k}={v}" for k, v in row.items() if v is not None and k not in hidden]
