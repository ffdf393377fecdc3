"""The share of a chain's paths that lead through a product, by walking every one of them."""

from __future__ import annotations

from collections.abc import Iterator

from .record import Record

Steps = dict[str, set[str]]


def path_share(record: Record, included: set[str], product: str) -> float:
    """The part of the chain's input-to-end-product paths on which the product lies."""
    links = {(r["start"], r["end"]) for r in record.of("INPUT_TO")}
    links |= {(r["end"], r["start"]) for r in record.of("IS_A")}
    return share_through(included, {(a, b) for a, b in links if {a, b} <= included}, product)


def share_through(products: set[str], links: set[tuple[str, str]], product: str) -> float:
    """The part of all source-to-sink paths, cycles taken as one, on which the product lies."""
    knot = _knots(products, links)
    steps: Steps = {k: set() for k in knot.values()}
    for a, b in links:
        if knot[a] != knot[b]:
            steps[knot[a]].add(knot[b])
    entered = {b for ends in steps.values() for b in ends}
    linked = {knot[each] for a, b in links if knot[a] != knot[b] for each in (a, b)}
    paths = [path for start in linked - entered for path in _onwards(start, steps)]
    through = [path for path in paths if knot[product] in path]
    return len(through) / len(paths) if paths else 0.0


def _knots(products: set[str], links: set[tuple[str, str]]) -> dict[str, str]:
    """Each product with the name of the cycle that it is part of, or its own."""
    reached = {p: {p} for p in products}
    for _ in products:
        for a, b in links:
            reached[a] |= reached[b]
    return {p: min(q for q in reached[p] if p in reached[q]) for p in products}


def _onwards(start: str, steps: Steps) -> Iterator[list[str]]:
    if not steps[start]:
        yield [start]
    for after in steps[start]:
        for path in _onwards(after, steps):
            yield [start, *path]
