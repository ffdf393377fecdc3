"""Certainty of many pairs: Σ over classes of (silent enterprises of the class · log(1 - P)).

By Cauchy-Schwarz such a sum is at most as far from 0 as the product of two lengths, one of the
region and one of the product. The products are kept by falling length: for some regions together,
all behind a place are surely missing where they are not made, and need not be worked out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ..index import Floats, Index, Ints, places_of
from ..status import HALF

_SURELY = -np.log(HALF) * (1 - 1e-9)
"""A sum not further from 0 than this is that of a certainty of at least one half."""


@dataclass(frozen=True)
class Unmade:
    """log(1 - P(p | class)) by product, see `certainty`."""

    log: sparse.csr_array
    """Shape (products, classes), the products by falling length."""
    rank: Ints
    """Where in that order each product stands."""
    length: Floats
    """√Σ weight · log² of the products, in that order."""
    weight: Floats
    """Of each class: what makes the bound a close one for regions with firms of all classes."""

    def doubtful(self, silent: Floats) -> Floats:
        """Return the sums of the first products, shape (products, regions).

        For all others they are above log ½. `silent` has the shape (regions, classes).
        """
        lengths = np.sqrt((silent**2 / self.weight).sum(axis=1))
        with np.errstate(divide="ignore"):
            enough = _SURELY / lengths.max(initial=0.0)
        first = int(np.searchsorted(-self.length, -enough))
        starts = self.log.indptr[: first + 1]
        some = (self.log.data[: starts[-1]], self.log.indices[: starts[-1]], starts)
        shape = (first, self.log.shape[1])
        return np.asarray(sparse.csr_array(some, shape=shape) @ np.ascontiguousarray(silent.T))

    def sums(self, silent: Floats, row: Ints, rank: Ints) -> Floats:
        """Return the sums of some pairs of a region and the rank of a product."""
        places, which = places_of(self.log.indptr, rank)
        terms = self.log.data[places] * silent[row[which], self.log.indices[places]]
        return np.bincount(which, weights=terms, minlength=len(rank)).astype(np.float64)


def unmade_of(index: Index) -> Unmade:
    """Return the logarithms of an index, by product."""
    log = index.unmade_log.T.tocsr()
    firms = index.firms
    known = np.bincount(firms.cls[firms.known], minlength=len(firms.classes))
    weight: Floats = np.asarray(1.0 + known, dtype=np.float64)
    squares = sparse.csr_array((log.data**2, log.indices, log.indptr), shape=log.shape)
    length: Floats = np.sqrt(np.asarray(squares @ weight))
    order = np.argsort(-length, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return Unmade(log[order], rank, length[order], weight)
