"""A small graph whose every figure can be worked out on paper; see tests/algorithms/test_by_hand.

City A1 asks. It builds cars and motors; batteries are made in the neighbouring city A2 (one degree
of latitude away) and in B1 (five degrees), sensors only in Japan. Twenty enterprises of industry 38
in B1 give that industry shares of its own; two enterprises of it in A1 have no known products.
"""

from __future__ import annotations

from datetime import date, timedelta

from .graphs import Graph

CROWD = [f"g{n:02}" for n in range(20)]
RECENTLY = date.today() - timedelta(days=100)


def valley() -> Graph:
    """Return the graph; each test file publishes its own."""
    graph = Graph()
    _places(graph)
    _products(graph)
    _local_firms(graph)
    _firms_elsewhere(graph)
    _crowd(graph)
    _ties(graph)
    return graph


def _places(graph: Graph) -> None:
    graph.region("CHN", "country")
    graph.region("JPN", "country")
    graph.region("A", "province", "CHN")
    graph.region("B", "province", "CHN")
    for city, province, latitude in (("A1", "A", 31), ("A2", "A", 32), ("A3", "A", 34)):
        graph.region(city, "city", province, at=(118.0, latitude))
    graph.region("B1", "city", "B", at=(118.0, 36.0))
    graph.region("A1x", "county", "A1")
    graph.region("A1y", "county", "A1")
    graph.region("A1z", "county", "A1")
    graph.industry("38", 2)
    graph.industry("381", 3, "38")
    graph.title("giant", "national")
    graph.title("special", "provincial")


def _products(graph: Graph) -> None:
    for product in ("aluminium", "copper", "glass", "cathode", "chip", "sensor", "controller"):
        graph.product(product)
    for product in ("battery", "pack", "motor", "seat", "car", "steel", "fan", "fluidics"):
        graph.product(product)
    graph.product("lfp", "battery")
    graph.product("pump", "fluidics")
    graph.product("valve", "fluidics")
    graph.feeds("aluminium", "battery")
    graph.feeds("cathode", "battery", 0.4, essential=True)
    graph.feeds("battery", "car", 0.3, essential=True)
    graph.feeds("motor", "car", 0.1, essential=True)
    graph.feeds("controller", "car", 0.05)
    graph.feeds("seat", "car")
    graph.feeds("sensor", "car")
    graph.feeds("chip", "sensor")
    graph.feeds("pump", "valve", essential=True)
    graph.chain(
        *("ev", "aluminium", "cathode", "chip", "battery", "lfp", "controller"),
        *("motor", "seat", "sensor", "car"),
        key_links=("battery", "seat", "car"),
    )


def _local_firms(graph: Graph) -> None:
    graph.firm("f1", "A1x", makes={"car": 1.0}, revenue=1e9, titles=["giant"])
    graph.firm("f2", "A1y", makes={"motor": 0.6, "pump": None, "fan": None}, revenue=1e8)
    graph.firm("f3", "A1", makes=["motor", "controller"])
    graph.firm("f4", "A2", makes={"seat": 0.8, "pump": 0.2}, revenue=3e8, sites=["A1x"])
    graph.firm("f5", "A1", makes=["battery"], status="closed")
    graph.firm("s1", "A1", industry="38")
    graph.firm("s2", "A1x", industry="381")
    graph.cluster("k", "A1", "f1", "f2")


def _firms_elsewhere(graph: Graph) -> None:
    graph.firm("a2", "A2", makes=["battery"])
    graph.firm("b1", "B1", makes={"motor": 1.0}, revenue=5.4e8)
    graph.firm("b2", "B1", makes={"pack": 0.2}, revenue=1e9, titles=["special"])
    graph.add("PRODUCES", start="b2", end="lfp", share=0.6, market_share=0.2)
    graph.firm("b3", "B1", makes={"seat": 1.0}, revenue=6e7)
    graph.firm("c1", "A3", makes=["car"])
    graph.firm("c2", "A3", makes=["car"])
    graph.firm("j1", "JPN", makes=["sensor"])
    graph.firm("v1", "B1", makes=["valve"])
    graph.firm("h1", "B1")
    graph.firm("x1", "B1", makes=["battery"], status="abnormal")
    graph.firm("z1", "A3")


def _crowd(graph: Graph) -> None:
    """Twenty of industry 38: five make batteries, ten cathodes, ten steel, nine controllers."""
    for n, firm in enumerate(CROWD):
        ranges = {"battery": (0, 5), "cathode": (0, 10), "steel": (10, 20), "controller": (10, 19)}
        makes = [p for p, (first, end) in ranges.items() if first <= n < end]
        group = "甲集团" if n in (2, 3) else None
        graph.firm(firm, "B1", makes=makes, industry="38", group=group)


def _ties(graph: Graph) -> None:
    graph.supplies("f4", "f1", "seat", 4e7)
    graph.supplies("b3", "f1", "seat", 6e7)
    graph.supplies("b2", "f1", "pack")
    graph.owns("h1", "b2", 0.3)
    graph.owns("h1", "f2", 0.2)
    graph.owns("g00", "f3", 0.5)
    graph.project("j-old", "g01", "A1", "battery", "ended", signed_on=RECENTLY)
    graph.project("j-new", "b2", "A3", "pack", "building", signed_on=RECENTLY)
    graph.outputs("A1", "aluminium", 2022, 9e8, 0.09)
    graph.outputs("A1", "aluminium", 2023, 2e8, 0.02)
    graph.outputs("A1", "glass", 2023, negligible=True)
    graph.outputs("A1x", "copper", 2023, 3e7)
    graph.outputs("A1y", "copper", 2023, 2e7)
