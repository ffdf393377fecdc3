"""The index: a snapshot as arrays, so that a question is arithmetic on slices.

Products, enterprises (active ones), regions and clusters are numbered; -1 stands for "none" and
NaN for "not known". Regions are numbered depth-first, so that all within one is a range.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from scipy import sparse

from ...graph.snapshot import Snapshot
from . import load
from .csr import Counts, Flags, Floats, Ints, Pairs, distinct, pairs, rows_of, starts_of
from .heap import keep_freed_memory
from .kept import Kept
from .load import Firms, Making, Regions, Technology

T = TypeVar("T")

_LATELY = 4
"""Of how many scopes the ground is kept: each has some twenty figures of every product."""
NEAR = 0.4
"""The proximity from which one product counts as near another."""


@dataclass(frozen=True)
class Purchases:
    """What enterprises are on record as buying, with kinds counted for what they are kinds of."""

    by_buyer: Pairs
    """The product of each purchase …"""
    supplier: Counts
    amount: Floats


class Index:
    """A snapshot as arrays.

    Building it reads the derived tables once; nothing in it changes afterwards, so that many
    threads may ask at the same time.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        keep_freed_memory()
        self.snapshot = snapshot
        self.products = load.names(snapshot, load.PRODUCTS)
        self.regions: Regions = load.regions(snapshot)
        self.firms: Firms = load.firms(snapshot, self.regions)
        self.making: Making = load.making(snapshot, self.firms, self.products)
        self.technology: Technology = load.technology(snapshot, self.products)
        self._remembered: dict[tuple[object, ...], Any] = {}
        self.lately: Kept[Any] = Kept(_LATELY)

    @property
    def width(self) -> int:
        """How many products there are."""
        return len(self.products)

    def within(self, region: int) -> Ints:
        """Return the active enterprises with a site in a region or in what lies within it."""
        return distinct(self.sites_in(region))

    def sites_in(self, region: int) -> Ints:
        """Return whose site each site in a region is; an enterprise may have several."""
        sites = self.firms.site_region
        first, last = np.searchsorted(sites, [region, self.regions.last[region] + 1])
        return self.firms.site_firm[first:last]

    def flagged(self, firms: Ints) -> Flags:
        """Return for each enterprise whether it is one of `firms`; the last, -1, is none."""
        flags = np.zeros(len(self.firms) + 1, dtype=bool)
        flags[firms] = True
        return flags

    def landed_in(self, region: int) -> Flags:
        """Return which of the projects in production landed in a region."""
        where = self.making.landed_region
        return np.asarray((where >= region) & (where <= self.regions.last[region]), dtype=np.bool_)

    def pairs_of(self, members: Ints, landed: Flags) -> tuple[Ints, Ints]:
        """Return (enterprise, product) of what `members` and landed projects make, each once."""
        places, which = self.making.by_firm.places(members)
        firm, product = self.landed_beyond(members, landed)
        return (
            np.concatenate([members[which], firm]),
            np.concatenate([self.making.by_firm.columns[places], product]),
        )

    def landed_beyond(self, members: Ints, landed: Flags) -> tuple[Ints, Ints]:
        """Return (enterprise, product) of landed projects that `members` do not make on record."""
        making = self.making
        if not landed.any():
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        pair = np.unique(making.landed_firm[landed] * self.width + making.landed_product[landed])
        firms = np.intersect1d(making.landed_firm[landed], members)
        places, which = making.by_firm.places(firms)
        known = firms[which] * self.width + making.by_firm.columns[places]
        beyond: Ints = np.setdiff1d(pair, known).astype(np.int64)
        firm, product = np.divmod(beyond, max(self.width, 1))
        return firm, product

    def makers_in(self, region: int) -> Counts:
        """Return the makers of each product in a region; answers are kept.

        What is asked for are cities, provinces and countries: some hundreds of arrays at most.
        """
        return self.remember(
            ("makers", region),
            lambda: self._count_makers(self.within(region), self.landed_in(region)),
        )

    def recall(self, name: tuple[object, ...]) -> Any:
        """Return what is kept by that name, None where nothing is."""
        return self._remembered.get(name)

    def remember(self, name: tuple[object, ...], work_out: Callable[[], T]) -> T:
        """Return what goes by that name, worked out the first time and kept with the index."""
        if name not in self._remembered:
            self._remembered[name] = work_out()
        found: T = self._remembered[name]
        return found

    @cached_property
    def makers_all(self) -> Counts:
        """Makers of each product in the whole graph, shape (products,)."""
        everyone = np.arange(len(self.firms))
        return self._count_makers(everyone, np.ones(len(self.making.landed_firm), dtype=bool))

    @cached_property
    def makers_placed(self) -> Counts:
        """Those of them whose place is known."""
        placed = distinct(self.firms.site_firm)
        return self._count_makers(placed, np.ones(len(self.making.landed_firm), dtype=bool))

    def _count_makers(self, members: Ints, landed: Flags) -> Counts:
        _, product = self.pairs_of(members, landed)
        makers = np.bincount(product, minlength=self.width).astype(np.int32)
        makers.setflags(write=False)
        return makers

    @cached_property
    def supply_all(self) -> Floats:
        """Known output of each product in the whole graph, yuan a year."""
        known = np.nan_to_num(self.making.output)
        return np.bincount(self.making.by_firm.columns, known, self.width).astype(np.float64)

    @cached_property
    def by_product(self) -> Pairs:
        """Who makes each product."""
        rows = np.repeat(np.arange(len(self.firms)), np.diff(self.making.by_firm.starts))
        return pairs(self.making.by_firm.columns, rows, self.width)

    @cached_property
    def output_by_product(self) -> Floats:
        """Output of each pair of `by_product`, yuan a year."""
        return self.making.output[np.argsort(self.making.by_firm.columns, kind="stable")]

    @cached_property
    def uses(self) -> Pairs:
        """What goes into the products that each enterprise is on record as making, each once."""
        made = self.making.by_firm.matrix(self.width).astype(bool)
        return rows_of(sparse.csr_array(made @ self.technology.inputs.astype(bool)))

    @cached_property
    def made_from(self) -> Pairs:
        """What goes into each product."""
        return rows_of(self.technology.inputs)

    @cached_property
    def essential_to(self) -> Pairs:
        """What cannot be made without each product."""
        return rows_of(sparse.csr_array(self.technology.essential.T))

    @cached_property
    def kinds_of(self) -> Pairs:
        """What each product is directly a kind of."""
        return rows_of(self.technology.parents)

    @cached_property
    def kinds(self) -> Pairs:
        """What is directly a kind of each product."""
        return rows_of(sparse.csr_array(self.technology.parents.T))

    @cached_property
    def has_coefficient(self) -> sparse.csr_array:
        """(products, inputs): 1 where a coefficient above 0 is known."""
        return (self.technology.coefficient > 0).astype(np.int64)

    @cached_property
    def parents_count(self) -> Ints:
        """How many products each product is directly a kind of."""
        return np.asarray(self.technology.parents.sum(axis=1), dtype=np.int64).ravel()

    @cached_property
    def sites(self) -> Pairs:
        """The regions that each enterprise is in: its home and its further sites."""
        return pairs(self.firms.site_firm, self.firms.site_region, len(self.firms))

    @cached_property
    def used_in(self) -> Pairs:
        """What each product goes into."""
        inputs = self.technology.inputs.tocoo()
        return pairs(inputs.col.astype(np.int64), inputs.row.astype(np.int64), self.width)

    @cached_property
    def proximity(self) -> sparse.csr_array:
        """Proximity of products (products, products), symmetric, nothing on the diagonal."""
        return load.proximity(self.snapshot, self.products)

    @cached_property
    def close(self) -> sparse.csr_array:
        """1 where two products' proximity is at least `NEAR`."""
        return (self.proximity >= NEAR).astype(np.float64)

    @cached_property
    def proximity_total(self) -> Floats:
        """Sum of each product's proximities."""
        return np.asarray(self.proximity.sum(axis=1), dtype=np.float64).ravel()

    @cached_property
    def unmade_log(self) -> sparse.csr_array:
        """log(1 - P(p | class)), shape (classes, products): see `certainty`."""
        return load.unmade_log(self.snapshot, self.firms, self.products)

    @cached_property
    def purchases(self) -> Purchases:
        """Purchases with a known product and amount."""
        buyer, product, supplier, amount = load.purchases(self.snapshot, self.firms, self.products)
        by_buyer = Pairs(starts_of(buyer, len(self.firms)), product)
        return Purchases(by_buyer, supplier, amount)

    @cached_property
    def recorded_output(self) -> Flags:
        """Products for which statistics of some region are on record."""
        recorded = np.zeros(self.width, dtype=bool)
        recorded[self.statistics.product] = True
        return recorded

    @cached_property
    def heard_of(self) -> Flags:
        """Products that somebody anywhere is on record as making, or statistics speak of."""
        return (self.makers_all > 0) | self.recorded_output

    def stated_by(self, first: int, last: int) -> Flags:
        """Return what statistics of the regions `first` to `last` call more than negligible."""
        part = slice(self.statistics.first[first], self.statistics.first[last + 1])
        stated = np.zeros(self.width, dtype=bool)
        stated[self.statistics.product[part][~self.statistics.negligible[part]]] = True
        return stated

    def is_stated(self, region: int, product: int) -> bool:
        """Tell whether statistics of a region speak of a product at all."""
        part = slice(self.statistics.first[region], self.statistics.first[region + 1])
        return product in self.statistics.product[part]

    @cached_property
    def statistics(self) -> load.Statistics:
        """Statistics of whole regions, rolled up to the regions above them."""
        return load.statistics(self.snapshot, self.regions, self.products)

    @cached_property
    def output_total(self) -> float:
        """Known output of the whole graph, yuan a year."""
        return float(self.making.total.sum())

    @cached_property
    def titles_recorded(self) -> bool:
        """Whether titles are on record at all: without any, nobody can be said to have none."""
        return bool(self.firms.titles.any())

    @cached_property
    def cities(self) -> Ints:
        """The regions that are cities."""
        return np.flatnonzero(np.asarray(self.regions.levels, dtype=object) == "city")

    @cached_property
    def known_total(self) -> int:
        """Active enterprises with known products."""
        return int(self.firms.known.sum())
