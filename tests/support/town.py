"""A small town whose chain has gaps: a car maker without a local battery maker.

City A1 (with county A1x) and city A2 lie in province A; B1 lies in province B. The car maker of A1
needs batteries, which are made in A2 and B1; batteries need cathodes, made in A2 alone.
"""

from __future__ import annotations

from .graphs import Graph

CAR_MAKER = "91340200711045678A"


def town() -> Graph:
    """Return the graph; each test file publishes its own."""
    graph = Graph()
    _places(graph)
    _chain(graph)
    _firms(graph)
    return graph


def _places(graph: Graph) -> None:
    graph.region("CHN", "country", name="中国")
    graph.region("A", "province", "CHN", name="甲省")
    graph.region("A1", "city", "A", at=(118.4, 31.3), name="甲一市", aliases=["甲一"])
    graph.region("A1x", "county", "A1", at=(118.5, 31.4), name="东县")
    graph.region("A2", "city", "A", at=(121.4, 31.9), name="甲二市")
    graph.region("B", "province", "CHN", name="乙省")
    graph.region("B1", "city", "B", at=(113.2, 23.1), name="乙一市")
    graph.title("giant", "national")


def _chain(graph: Graph) -> None:
    graph.product("battery", name="动力电池", kind="component", aliases=["车用电池"])
    graph.product("car", name="整车", kind="goods")
    graph.product("cathode", name="正极材料", kind="material")
    graph.product("motor", name="驱动电机", kind="component")
    graph.feeds("battery", "car", 0.3, essential=True)
    graph.feeds("motor", "car", 0.1, essential=True)
    graph.feeds("cathode", "battery", 0.4, essential=True)
    graph.chain("ev", "cathode", "battery", "motor", "car", key_links=["battery"])


def _firms(graph: Graph) -> None:
    graph.firm(
        "car-one", "A1", name="甲一汽车有限公司", makes={"car": 1.0}, revenue=5e9, titles=["giant"]
    )
    graph.firm("motor-one", "A1x", name="东县电机有限公司", makes={"motor": 1.0}, revenue=2e8)
    graph.firm("battery-two", "A2", name="甲二电池有限公司", makes={"battery": 1.0}, revenue=3e9)
    graph.firm(
        "battery-bee",
        "B1",
        name="乙一新能源股份有限公司",
        short_name="乙一新能源",
        makes={"battery": 0.8},
        revenue=8e9,
        titles=["giant"],
    )
    graph.firm(
        "cathode-two", "A2", name="甲二正极材料有限公司", makes={"cathode": 1.0}, revenue=4e8
    )
    graph.firm("car-bee", "B1", name="乙一汽车集团有限公司", makes={"car": 1.0}, revenue=9e9)
    graph.supplies("cathode-two", "battery-two", "cathode", 1e8)
    graph.supplies("battery-bee", "car-bee", "battery", 2e9)
    graph.supplies("motor-one", "car-one", "motor", 1e8)
    graph.owns("car-bee", "battery-bee", 0.3)
    graph.cluster("k-ev", "A1", "car-one", "motor-one")
    graph.add("FOCUSES_ON", start="k-ev", end="ev")
