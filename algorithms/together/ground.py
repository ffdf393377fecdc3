"""What the regions share: matrices over the whole graph, made once for all of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ...settings import Settings
from ..chain import Chain, Importance, importance
from ..index import Counts, Flags, Floats, Index, Ints, Pairs
from .certain import Unmade, unmade_of
from .climb import bought_within, within_each

ESSENTIAL = 1 << 32
"""So that one sum counts inputs and essential inputs at once."""


@dataclass(frozen=True)
class Ground:
    """What blocks of regions are worked out from; rows and columns are numbers of the index."""

    index: Index
    settings: Settings
    chain: Chain | None
    chains: Importance
    members: sparse.csr_array
    """(regions, enterprises): who is in a region or somewhere within it."""
    uses: sparse.csr_array
    """(enterprises, products): what each is on record as using."""
    bought: sparse.csr_array
    """(enterprises, products): the amount of each purchase, several of one product side by side."""
    stays: sparse.csr_array
    """(regions, purchases): those whose buyer and supplier both are in a region."""
    goes_into: sparse.csr_array
    """(products, products): where the row goes into the column, `ESSENTIAL` more where the column
    cannot be made without it."""
    unmade: Unmade
    related: Ints
    """The products that have a proximity to any other."""
    relation: Ints
    """Where in `related` each product stands, -1 where it does not."""
    proximity: sparse.csr_array
    """Their proximities, shape (related, related)."""
    landed: Ints
    """The regions of projects in production, ascending."""

    @property
    def looked_at(self) -> Flags | None:
        """The products of the chain; None where none is named."""
        if self.chain is None:
            return None
        found = np.zeros(self.index.width, dtype=np.bool_)
        found[self.chain.product] = True
        return found


def ground_of(index: Index, chain: Chain | None, settings: Settings) -> Ground:
    """Return what all regions of an index share."""
    firms = index.firms
    related = np.flatnonzero(index.proximity_total > 0)
    relation = np.full(index.width, -1, dtype=np.int64)
    relation[related] = np.arange(len(related))
    return Ground(
        index,
        settings,
        chain,
        importance(index, chain),
        within_each(index.regions, firms.site_region, firms.site_firm, len(firms)),
        _matrix(index.uses, index.width, np.ones(len(index.uses.columns), dtype=np.int32)),
        _matrix(index.purchases.by_buyer, index.width, index.purchases.amount),
        bought_within(index),
        _goes_into(index),
        unmade_of(index),
        related,
        relation,
        index.proximity[related][:, related],
        np.sort(index.making.landed_region),
    )


def _goes_into(index: Index) -> sparse.csr_array:
    found = index.technology.inputs + index.technology.essential * ESSENTIAL
    return sparse.csr_array(found.T.astype(np.int64))


def _matrix(pairs: Pairs, width: int, values: Floats | Counts) -> sparse.csr_array:
    """The pairs with their values, those that stand there twice too; in half the memory."""
    shape = (len(pairs.starts) - 1, width)
    places = pairs.columns.astype(np.int32), pairs.starts.astype(np.int32)
    return sparse.csr_array((values, *places), shape=shape)
