"""Contention: the other regions that have the same gap and pull harder."""

from __future__ import annotations

import numpy as np

from ..index import Index, Ints
from ..levels import count_homes
from ..scope import Scope


def rivals(index: Index, scope: Scope, product: int) -> Ints:
    """Return the regions of the scope's level without a maker of a product and with more users.

    Users stand for pull, since the need in money is known for few regions. For a cluster, the
    regions of the level of its own region are looked at.
    """
    if scope.region < 0:
        return np.empty(0, dtype=np.int64)
    level = index.regions.levels[scope.region]
    makers = count_homes(index, index.by_product.of(np.array([product])), level)
    users = count_homes(index, _users_of(index, product), level)
    own = users.get(scope.region, 0)
    found = [r for r, n in users.items() if n > own and r not in makers and r != scope.region]
    return np.array(sorted(found, key=lambda each: -users[each]), dtype=np.int64)


def _users_of(index: Index, product: int) -> Ints:
    return np.unique(index.by_product.of(index.used_in.of(np.array([product]))))
