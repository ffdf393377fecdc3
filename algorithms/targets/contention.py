"""Contention: the other regions that have the same gap and pull harder."""

from __future__ import annotations

import numpy as np

from ..index import Index, Ints
from ..levels import count_makers
from ..scope import Scope


def rivals(index: Index, scope: Scope, product: int, users_here: int) -> Ints:
    """Return the regions of the scope's level where nobody makes a product and more use it.

    Users stand for pull, since the need in money is known for few regions. For a cluster, the
    regions of the level of its own region are looked at.
    """
    if scope.region < 0:
        return np.empty(0, dtype=np.int64)
    level, wanted = index.regions.levels[scope.region], np.array([product])
    makers = count_makers(index, wanted, level)
    users = count_makers(index, index.used_in.of(wanted), level)
    found = [
        region
        for region, number in users.items()
        if number > users_here
        and region not in makers
        and region != scope.region
        and not index.is_stated(region, product)
    ]
    return np.array(sorted(found, key=lambda each: -users[each]), dtype=np.int64)
