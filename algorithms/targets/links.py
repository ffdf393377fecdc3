"""Links between enterprises: who supplies whom, who owns whom, who belongs together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from ..index import Flags, Index, Ints
from ..index.csr import Pairs, pairs

CONTROL = 0.5
"""Ownership from which the owned enterprise counts as of the same group."""


@dataclass(frozen=True)
class Links:
    """Links among active enterprises, both ways."""

    supply: Pairs
    """Enterprises that one sells to or buys from."""
    ownership: Pairs
    """Enterprises that one owns part of, is owned by, or shares an owner with."""
    group: Ints
    """Number of the group that each enterprise belongs to; its own where it belongs to none."""

    @property
    def recorded(self) -> bool:
        """Whether links are on record at all: without any, nobody can be said to have none."""
        return len(self.supply.columns) + len(self.ownership.columns) > 0


def links_of(index: Index) -> Links:
    """Return the links of the graph, worked out once for an index."""
    return index.remember(("links",), lambda: _links(index))


def linked_here(links: Pairs, firms: Ints, here: Flags) -> list[Ints]:
    """Return for each of `firms` the enterprises of the scope that it is linked to."""
    places, which = links.places(firms)
    other = links.columns[places]
    pair = np.unique(which[here[other]] * len(here) + other[here[other]])
    bounds = np.searchsorted(pair, np.arange(len(firms)) * len(here))
    return np.split(pair % max(len(here), 1), bounds)[1:]


def _links(index: Index) -> Links:
    seller, buyer, _ = _ends(index, 'SELECT start, "end", NULL::DOUBLE AS ratio FROM "SUPPLIES"')
    owner, owned, ratio = _ends(index, 'SELECT start, "end", ratio FROM "INVESTS_IN"')
    size = len(index.firms)
    return Links(
        _both_ways(seller, buyer, size),
        _both_ways(*_related(owner, owned), size),
        _groups(index, owner, owned, ratio),
    )


def _ends(index: Index, sql: str) -> tuple[Ints, Ints, np.ndarray]:
    found = index.snapshot.table(sql)
    start, end = index.firms.ids.numbers(found.column(0)), index.firms.ids.numbers(found.column(1))
    active = (start >= 0) & (end >= 0) & (start != end)
    return start[active], end[active], found.column(2).to_numpy()[active]


def _related(owner: Ints, owned: Ints) -> tuple[Ints, Ints]:
    """Owner and owned, and every two that share an owner."""
    holding = pd.DataFrame({"owner": owner, "owned": owned})
    shared = holding.merge(holding, on="owner")
    shared = shared[shared["owned_x"] < shared["owned_y"]]
    one = np.concatenate([owner, shared["owned_x"].to_numpy()])
    other = np.concatenate([owned, shared["owned_y"].to_numpy()])
    return one, other


def _both_ways(one: Ints, other: Ints, size: int) -> Pairs:
    return pairs(np.concatenate([one, other]), np.concatenate([other, one]), size)


def _groups(index: Index, owner: Ints, owned: Ints, ratio: np.ndarray) -> Ints:
    """Enterprises that name the same group, or that one controls, are one group."""
    size = len(index.firms)
    control = np.nan_to_num(ratio.astype(np.float64)) >= CONTROL
    one, other = [owner[control]], [owned[control]]
    named = index.snapshot.table('SELECT id, "group" FROM "Enterprise" WHERE "group" <> \'\'')
    firm, codes = (
        index.firms.ids.numbers(named.column("id")),
        pd.factorize(named.column("group").to_pandas())[0],
    )
    order = np.lexsort((firm, codes))
    firm, codes = firm[order], codes[order]
    same = (codes[1:] == codes[:-1]) & (firm[:-1] >= 0)
    one.append(firm[:-1][same])
    other.append(firm[1:][same])
    rows, columns = np.concatenate(one), np.concatenate(other)
    graph = sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)
