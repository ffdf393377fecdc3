"""Up the tree of regions: what is in a region is in all that it lies within."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from ..index import Counts, Flags, Index, Ints
from ..index.load import Regions

_AT_ONCE = 200_000
"""Purchases whose places are looked at in one go: it bounds the memory they take."""


def within_each(
    regions: Regions, region: Ints | Counts, thing: Ints | Counts, things: int
) -> sparse.csr_array:
    """Return which of `things` things are in which region, or somewhere within it.

    Parameters
    ----------
    region, thing
        What is where; a thing may be in several regions, or (-1) in none that is known.

    Returns
    -------
    sparse.csr_array
        Of true values, shape (regions, things); each row ascending, each thing once.
    """
    parent = regions.parent.astype(np.int32)
    at, what = region.astype(np.int32, copy=False), thing.astype(np.int32, copy=False)
    where, whats = [at[:0]], [what[:0]]
    while len(at):
        known = at >= 0
        at, what = at[known], what[known]
        where.append(at)
        whats.append(what)
        at = parent[at]
    places = np.concatenate(whats), np.concatenate(where)
    said = np.ones(len(places[0]), dtype=np.bool_)
    by_thing = sparse.csr_array((said, places), shape=(things, len(regions)))
    return by_thing.T.tocsr()


def bought_within(index: Index) -> sparse.csr_array:
    """Return which purchases have buyer and supplier in which region, shape (regions, purchases).

    A purchase stays in all regions around the innermost one that both lie in; enterprises with
    several sites may have several of these.
    """
    bought = index.purchases
    buyer = np.repeat(np.arange(len(index.firms)), np.diff(bought.by_buyer.starts))
    placed = np.flatnonzero(bought.supplier >= 0)
    found: list[tuple[Counts, Counts]] = []
    for start in range(0, max(len(placed), 1), _AT_ONCE):
        purchase = placed[start : start + _AT_ONCE]
        places, which = index.sites.places(buyer[purchase])
        one, purchase = index.sites.columns[places], purchase[which]
        places, which = index.sites.places(bought.supplier[purchase])
        one, other, purchase = one[which], index.sites.columns[places], purchase[which]
        innermost = _meeting(index.regions, one, other)
        met = innermost >= 0
        found.append((innermost[met].astype(np.int32), purchase[met].astype(np.int32)))
    region, purchase = (np.concatenate(each) for each in zip(*found, strict=True))
    return within_each(index.regions, region, purchase, len(bought.amount))


def _meeting(regions: Regions, one: Ints, other: Ints) -> Ints:
    """Return the innermost region that two regions both are or lie in, -1 where there is none."""
    found = np.where(other >= 0, one, -1)
    apart = np.flatnonzero((found >= 0) & ~_lies_in(regions, other, found))
    while len(apart):
        found[apart] = regions.parent[found[apart]]
        apart = apart[found[apart] >= 0]
        apart = apart[~_lies_in(regions, other[apart], found[apart])]
    return found


def _lies_in(regions: Regions, inner: Ints, outer: Ints) -> Flags:
    return np.asarray((inner >= outer) & (inner <= regions.last[outer]), dtype=np.bool_)
