"""The evidence of a gap: who uses the product here, who makes it, and where it could come from."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from ...graph.sql import one_of
from ..figures import Figures
from ..gaps import Assessment
from ..index import Counts, Index, Ints
from .facts import WANTED, Fact, facts_between, facts_where

EXAMPLES = 3
"""How many examples of each role are given; the counts are in the figures."""

Wanted = list[tuple[str, str, str, str]]


def evidence_of_gaps(index: Index, found: Assessment, chosen: Ints) -> dict[str, list[Fact]]:
    """Return the evidence about each product of `chosen` (positions in `found`), by product id."""
    products = found.product[chosen]
    makes: Wanted = []
    goes_into: Wanted = []
    for product in products.tolist():
        key = index.products.keys[product]
        makes += _local_makers(index, found.figures, product, key)
        makes += _nearest_makers(index, found, product, key)
        users = local_users(index, found.figures, product, key)
        makes += users
        goes_into += [(key, "input_to", key, made) for _, _, _, made in users]
        inputs = _inputs(index, found.figures, product, key)
        makes += inputs
        goes_into += [(key, "input_to", used, key) for _, _, _, used in inputs]
    keys = [str(index.products.keys[product]) for product in products]
    return merged(
        facts_between(index.snapshot, "PRODUCES", wanted_table(makes)),
        facts_between(index.snapshot, "INPUT_TO", wanted_table(goes_into)),
        _homes(index, makes),
        _purchases(index, found.figures, products),
        _statistics(index, found, keys),
        _projects(index, found, keys),
    )


def _local_makers(index: Index, figures: Figures, product: int, key: str) -> Wanted:
    here = figures.rows.product == product
    firms, output = figures.rows.firm[here], np.nan_to_num(figures.rows.output[here])
    best = firms[np.argsort(-output, kind="stable")][:EXAMPLES]
    return [(key, "maker", index.firms.ids[firm], key) for firm in best.tolist()]


def local_users(index: Index, figures: Figures, product: int, key: str) -> Wanted:
    """The largest local makers of what the product goes into, with what that is."""
    goes_into = index.used_in.of(np.array([product]))
    hit = np.isin(figures.rows.product, goes_into)
    firms, made = figures.rows.firm[hit], figures.rows.product[hit]
    output = np.nan_to_num(figures.rows.output[hit])
    best = np.argsort(-output, kind="stable")[:EXAMPLES]
    keys = index.products.keys
    return [(key, "user", index.firms.ids[f], keys[p]) for f, p in _both(firms[best], made[best])]


def _inputs(index: Index, figures: Figures, product: int, key: str) -> Wanted:
    """Local makers of what goes into the product."""
    inputs = index.technology.inputs
    used = inputs.indices[inputs.indptr[product] : inputs.indptr[product + 1]]
    hit = np.flatnonzero(np.isin(figures.rows.product, used))[:EXAMPLES]
    firms, made, keys = figures.rows.firm, figures.rows.product, index.products.keys
    return [(key, "input", index.firms.ids[f], keys[p]) for f, p in _both(firms[hit], made[hit])]


def _nearest_makers(index: Index, found: Assessment, product: int, key: str) -> Wanted:
    firms = index.by_product.of(np.array([product]))
    firms = firms[~np.isin(firms, found.scope.members)]
    rank = _closeness(index, found.scope.region, firms)
    best = firms[np.lexsort((-index.firms.titles[firms], -index.firms.national[firms], -rank))]
    return [(key, "nearest", index.firms.ids[firm], key) for firm in best[:EXAMPLES].tolist()]


def _both(firms: Ints | Counts, products: Ints) -> Iterable[tuple[int, int]]:
    return zip(firms.tolist(), products.tolist(), strict=True)


def _closeness(index: Index, region: int, firms: Ints) -> Ints:
    """How many of the regions around the scope a firm's home lies in."""
    rank = np.zeros(len(firms), dtype=np.int64)
    if region < 0:
        return rank
    home = index.firms.home[firms]
    for around in (region, *index.regions.ancestors(region)):
        rank += (home >= around) & (home <= index.regions.last[around])
    return rank


def _homes(index: Index, makes: Wanted) -> dict[str, list[Fact]]:
    wanted = [
        (about, "home", firm, index.regions.codes[index.firms.home[number]])
        for (about, role, firm, _), number in zip(
            makes, index.firms.ids.numbers([firm for _, _, firm, _ in makes]), strict=True
        )
        if role == "nearest" and index.firms.home[number] >= 0
    ]
    return facts_between(index.snapshot, "LOCATED_IN", wanted_table(wanted))


def _purchases(index: Index, figures: Figures, products: Ints) -> dict[str, list[Fact]]:
    """The largest known purchases by the scope's enterprises: what an observed rate rests on."""
    supplier, buyer = _largest_purchases(index, figures, products)
    if not len(supplier):
        return {}
    ids = index.firms.ids
    pairs = {f"{ids[one]}>{ids[other]}" for one, other in _both(supplier, buyer)}
    narrow = one_of("f.start", (ids[one] for one in supplier.tolist()))
    return facts_where(
        index.snapshot,
        "SUPPLIES",
        "purchase",
        "u.ancestor",
        f"{narrow} AND list_contains($keys, u.ancestor) AND f.amount > 0 "
        "AND list_contains($pairs, f.start || '>' || f.\"end\")",
        {"keys": [index.products.keys[each] for each in products], "pairs": sorted(pairs)},
        "JOIN product_up AS u ON u.product = f.product",
    )


def _largest_purchases(index: Index, figures: Figures, products: Ints) -> tuple[Counts, Ints]:
    """Return (supplier, buyer) of the few largest purchases of each of `products`."""
    bought, members = index.purchases, figures.scope.members
    places, which = bought.by_buyer.places(members)
    product = bought.by_buyer.columns[places]
    wanted = np.isin(product, products) & (bought.supplier[places] >= 0)
    places, which, product = places[wanted], which[wanted], product[wanted]
    order = np.lexsort((-bought.amount[places], product))
    product = product[order]
    rank = np.arange(len(order)) - np.searchsorted(product, product)
    first = order[rank < EXAMPLES]
    return bought.supplier[places[first]], members[which[first]]


def _statistics(index: Index, found: Assessment, keys: list[str]) -> dict[str, list[Fact]]:
    """Statistics of the scope itself and of the regions around it, short of the country."""
    region = found.scope.region
    if region < 0 or not len(index.statistics.product):
        return {}
    around = [region, *index.regions.ancestors(region)]
    codes = [index.regions.codes[each] for each in around[: max(1, len(around) - 1)]]
    return facts_where(
        index.snapshot,
        "OUTPUTS",
        "statistics",
        'f."end"',
        'list_contains($keys, f."end") AND f.start IN (SELECT region FROM region_tree '
        "WHERE list_has_any(string_split(path, chr(1)), $codes))",
        {"keys": keys, "codes": codes},
    )


def _projects(index: Index, found: Assessment, keys: list[str]) -> dict[str, list[Fact]]:
    """Projects that are to fill the gap here and are not over."""
    region = found.scope.region
    if region < 0:
        return {}
    return facts_where(
        index.snapshot,
        "FILLS",
        "project",
        'f."end"',
        "list_contains($keys, f.\"end\") AND s.stage <> 'ended' AND f.start IN ("
        'SELECT l.start FROM "LANDED_IN" AS l JOIN region_tree AS t ON t.region = l."end" '
        "WHERE t.first BETWEEN $first AND $last)",
        {"keys": keys, "first": region, "last": int(index.regions.last[region])},
    )


def wanted_table(wanted: Wanted) -> pa.Table:
    """Return (about, role, start, end) rows as the table that `facts_between` takes."""
    rows = [dict(zip(WANTED.names, each, strict=True)) for each in wanted]
    return pa.Table.from_pylist(rows, schema=WANTED)


def merged(*found: dict[str, list[Fact]]) -> dict[str, list[Fact]]:
    """Join answers about the same things."""
    keys: Iterable[str] = dict.fromkeys(key for each in found for key in each)
    return {key: [fact for each in found for fact in each.get(key, [])] for key in keys}
