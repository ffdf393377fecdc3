"""Who could fill a gap: makers of the product elsewhere, or failing that of a product near it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..index import Flags, Floats, Index, Ints
from ..parts import falling_order

SIBLING = 0.5
"""Capability of a maker of a product that only shares a direct IS_A parent with the one sought."""


@dataclass(frozen=True)
class Candidates:
    """Enterprises that could fill the gap; all arrays go along with `firm`."""

    product: int
    firm: Ints
    near: Ints
    """The product it makes: the one sought, or the nearest to it."""
    nearness: Floats
    """1 for the product itself, else the proximity of what it makes."""
    output: Floats
    """Its output of that product, yuan a year, NaN where not known."""

    @property
    def exact(self) -> Flags:
        """Who makes the product itself."""
        return np.asarray(self.near == self.product, dtype=np.bool_)

    def __len__(self) -> int:
        return len(self.firm)


def candidates_for(index: Index, product: int, members: Ints) -> Candidates:
    """Return all active makers of a product, and where all of them are `members` of the scope, or
    there is none, those of products near it too.
    """
    firm, output = _makers_of(index, product)
    makers = Candidates(product, firm, np.full(len(firm), product), np.ones(len(firm)), output)
    if np.isin(firm, members, invert=True).any():
        return makers
    return _joined(makers, _makers_of_near(index, product))


def _joined(makers: Candidates, near: Candidates) -> Candidates:
    more = np.flatnonzero(np.isin(near.firm, makers.firm, invert=True))
    return Candidates(
        makers.product,
        np.concatenate([makers.firm, near.firm[more]]),
        np.concatenate([makers.near, near.near[more]]),
        np.concatenate([makers.nearness, near.nearness[more]]),
        np.concatenate([makers.output, near.output[more]]),
    )


def _makers_of(index: Index, product: int) -> tuple[Ints, Floats]:
    places, _ = index.by_product.places(np.array([product]))
    firm = index.by_product.columns[places]
    landed = index.making.landed_product == product
    more = np.setdiff1d(index.making.landed_firm[landed], firm)
    output = index.output_by_product[places]
    return np.concatenate([firm, more]), np.concatenate([output, np.full(len(more), np.nan)])


def _makers_of_near(index: Index, product: int) -> Candidates:
    """Of several products equally near, a firm's is that of the highest output, then the first."""
    near = nearby(index, product)
    made = [_makers_of(index, each) for each in near]
    counts = [len(firm) for firm, _ in made]
    which = np.repeat(np.fromiter(near, np.int64, len(near)), counts)
    nearness = np.repeat(np.fromiter(near.values(), np.float64, len(near)), counts)
    firm = np.concatenate([np.empty(0, np.int64), *(each for each, _ in made)])
    output = np.concatenate([np.empty(0), *(each for _, each in made)])
    best = np.lexsort((which, -np.nan_to_num(output, nan=-1), falling_order(nearness), firm))
    best = best[np.unique(firm[best], return_index=True)[1]]
    return Candidates(product, firm[best], which[best], nearness[best], output[best])


def nearby(index: Index, product: int) -> dict[int, float]:
    """Return the products near one: those with φ ≥ 0.4, and those that share a direct parent."""
    close = index.close[[product]]
    values = index.proximity[[product]]
    near = dict(zip(values.indices.tolist(), values.data.tolist(), strict=True))
    found = {each: near[each] for each in close.indices.tolist()}
    parents = index.technology.parents
    siblings = parents[[product]] @ parents.T
    for each in siblings.indices.tolist():
        if each != product:
            found[each] = max(found.get(each, 0.0), SIBLING)
    return found
