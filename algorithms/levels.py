"""Regions by level: for each region the city, province or country that it is or lies in."""

from __future__ import annotations

import numpy as np

from .index import Index, Ints


def at_level(index: Index, level: str) -> Ints:
    """Return for each region the one of `level` that it is or lies in; -1 where there is none."""

    def work_out() -> Ints:
        found = np.full(len(index.regions), -1, dtype=np.int64)
        for region, its_level in enumerate(index.regions.levels):
            if its_level == level:
                found[region : int(index.regions.last[region]) + 1] = region
        return found

    return index.remember(("at level", level), work_out)


def count_makers(index: Index, products: Ints, level: str) -> dict[int, int]:
    """Count the enterprises that make one of `products`, by the region of `level` they make it in.

    They make it at home, at a further site, or where a project of theirs is in production.
    """
    makers = np.unique(index.by_product.of(products))
    places, which = index.sites.places(makers)
    landed = np.isin(index.making.landed_product, products)
    firm = np.concatenate([makers[which], index.making.landed_firm[landed]])
    where = np.concatenate([index.sites.columns[places], index.making.landed_region[landed]])
    region = at_level(index, level)[where]
    pairs = np.unique(np.stack([region, firm])[:, region >= 0], axis=1)
    regions, counts = np.unique(pairs[0], return_counts=True)
    return {int(r): int(n) for r, n in zip(regions, counts, strict=True)}
