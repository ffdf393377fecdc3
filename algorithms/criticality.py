"""Criticality: the share of a chain's ways from an input to an end product that lead through p."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import networkx as nx

Products = Iterable[str]
Links = Iterable[tuple[str, str]]


def path_shares(products: Products, links: Links) -> Mapping[str, float]:
    """Return for each product the share, 0 to 1, of the input-to-end-product paths through it.

    A path leads from a product without inputs to one that is no input; its number is counted
    exactly, by the product of the paths that lead to p and those that lead on from it. Products
    that form a cycle count as one. A product that nothing is linked to lies on no path: 0.

    Notes
    -----
    Time is linear in products and links. This is stress centrality (Shimbel 1953) restricted to
    source-sink paths of an acyclic graph, divided by their number.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(products)
    graph.add_edges_from((one, other) for one, other in links if one != other)
    condensed = nx.condensation(graph)
    order = list(nx.topological_sort(condensed))
    arriving = _paths(condensed, order)
    leaving = _paths(condensed.reverse(copy=False), order[::-1])
    whole = sum(
        arriving[each]
        for each in order
        if condensed.out_degree(each) == 0 and condensed.in_degree(each) > 0
    )
    share = {each: _share(condensed, arriving, leaving, each, whole) for each in order}
    return {product: share[condensed.graph["mapping"][product]] for product in graph}


def _paths(graph: nx.DiGraph[int], order: list[int]) -> dict[int, int]:
    count: dict[int, int] = {}
    for each in order:
        count[each] = sum(count[before] for before in graph.predecessors(each)) or 1
    return count


def _share(
    graph: nx.DiGraph[int],
    arriving: dict[int, int],
    leaving: dict[int, int],
    each: int,
    whole: int,
) -> float:
    if graph.degree(each) == 0 or not whole:
        return 0.0
    return float(Fraction(arriving[each] * leaving[each], whole))
