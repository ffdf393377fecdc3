"""A chain as the index knows it: its products with stage, tier, group and criticality."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .criticality import path_shares
from .index import Flags, Floats, Index, Ints
from .lookup import find

_LINKS = """
WITH included AS (SELECT "end" AS product FROM "INCLUDES" WHERE start = $key),
link AS (
    SELECT start, "end" FROM "INPUT_TO"
    UNION ALL
    SELECT "end", start FROM "IS_A"
)
SELECT start, "end" FROM link
WHERE start IN (FROM included) AND "end" IN (FROM included)
"""
"""What goes into a product goes into every kind of it: a path leads on from it to its kinds."""


@dataclass(frozen=True)
class Chain:
    """A chain's products, in the order of tier and group; all arrays have that length."""

    key: str
    name: str
    product: Ints
    stage: list[str | None]
    tier: list[int | None]
    group: list[str | None]
    key_link: Flags
    criticality: Floats


def chain_named(index: Index, name: str) -> Chain:
    """Return the chain with that id, name or alias.

    Raises
    ------
    NotKnownError
        There is none; the nearest names are offered.
    """
    found = find(index, "Chain", name)
    return _remembered(index, found.key, found.name)


def all_chains(index: Index) -> tuple[Chain, ...]:
    """Return all chains of the graph."""
    rows = index.snapshot.table('SELECT id, name FROM "Chain" ORDER BY id').to_pylist()
    return tuple(_remembered(index, row["id"], row["name"]) for row in rows)


@dataclass(frozen=True)
class Importance:
    """What the chains say of each product, shape (products,)."""

    key: Flags
    """It is a key link of one of them."""
    criticality: Floats
    """The largest share of a chain's paths that lead through it; NaN on no chain."""


def importance(index: Index, chain: Chain | None) -> Importance:
    """Return what one chain, or where none is named all of them, say of each product."""
    if chain:
        return _importance(index, (chain,))
    return index.remember(("importance",), lambda: _importance(index, all_chains(index)))


def _importance(index: Index, chains: tuple[Chain, ...]) -> Importance:
    key = np.zeros(index.width, dtype=bool)
    criticality = np.full(index.width, np.nan)
    for chain in chains:
        key[chain.product] |= chain.key_link
        criticality[chain.product] = np.fmax(criticality[chain.product], chain.criticality)
    return Importance(key, criticality)


def _remembered(index: Index, key: str, name: str) -> Chain:
    return index.remember(("chain", key), lambda: _chain(index, key, name))


def _chain(index: Index, key: str, name: str) -> Chain:
    found = index.snapshot.table(
        'SELECT "end" AS product, stage, tier, "group", coalesce(key, false) AS key_link '
        'FROM "INCLUDES" WHERE start = $key ORDER BY tier NULLS LAST, "group", product',
        {"key": key},
    )
    links = index.snapshot.table(_LINKS, {"key": key})
    products = found.column("product").to_pylist()
    shares = path_shares(
        products,
        zip(links.column("start").to_pylist(), links.column("end").to_pylist(), strict=True),
    )
    return Chain(
        key,
        name,
        index.products.keys.numbers(found.column("product")),
        found.column("stage").to_pylist(),
        found.column("tier").to_pylist(),
        found.column("group").to_pylist(),
        np.asarray(found.column("key_link").to_pylist(), dtype=bool),
        np.asarray([shares[each] for each in products]),
    )
