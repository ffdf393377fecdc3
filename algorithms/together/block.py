"""A block of regions: the figures of their (region, product) pairs.

A pair has a key: the place of the region in the block times the number of products, plus the
product. What is dense is a flat array over all keys of the block.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from ..figures import Measures, made_of, users_beyond
from ..index import Counts, Flags, Floats, Ints, Pairs
from ..rates import parts_of_whole
from ..status import HALF
from .ground import ESSENTIAL, Ground


@dataclass(frozen=True)
class Rows:
    """Who of the regions makes what, a row for each region that the enterprise is in."""

    firm: Counts
    key: Ints
    output: Floats


class Block:
    """Some regions and what is known of them."""

    def __init__(self, ground: Ground, regions: Ints) -> None:
        self.ground = ground
        self.index = ground.index
        self.regions = regions
        self.width = ground.index.width
        self.members: sparse.csr_array = ground.members[regions].astype(np.int32)
        self._landed = self._what_landed()
        rows = self._rows()
        self.has_makers: Flags = np.zeros(self.height, dtype=np.bool_)
        """Whether anybody in a region is on record as making anything, shape (regions,)."""
        self.has_makers[rows.key // max(self.width, 1)] = True
        self.is_made: Flags = np.zeros(self.size, dtype=np.bool_)
        """Whether it is made, by an enterprise on record or by statistics; dense."""
        self.is_made[rows.key] = True
        self.is_made[self._stated[0]] = True
        self.made_key: Ints = np.flatnonzero(self.is_made)
        """The keys of what is made, ascending."""
        self.place: Counts = np.full(self.size, -1, dtype=np.int32)
        """The place of a key in `made_key`, -1 for what is not made; dense."""
        self.place[self.made_key] = np.arange(len(self.made_key), dtype=np.int32)
        place = self.place[rows.key]
        self.makers = made_of(self.index, place, rows.firm, rows.output, len(self.made_key))
        """The makers of what is made, in the order of `made_key`."""

    @property
    def height(self) -> int:
        """How many regions there are."""
        return len(self.regions)

    @property
    def size(self) -> int:
        """How many keys there are."""
        return self.height * self.width

    def members_of(self, row: int) -> Ints:
        """Return the active enterprises in a region of the block, ascending."""
        first, last = self.members.indptr[row : row + 2]
        found: Ints = self.members.indices[first:last].astype(np.int64)
        return found

    def keys_of(self, matrix: sparse.csr_array) -> Ints:
        """Return the keys of the entries of a matrix (regions of the block, products)."""
        rows = np.arange(self.height, dtype=np.int64) * self.width
        keys: Ints = np.repeat(rows, np.diff(matrix.indptr)) + matrix.indices
        return keys

    def apart(self, keys: Ints) -> tuple[Ints, Ints]:
        """Return the row and the product of ascending keys."""
        ends = np.searchsorted(keys, np.arange(self.height + 1) * self.width)
        row = np.repeat(np.arange(self.height), np.diff(ends))
        return row, keys - row * self.width

    @cached_property
    def users(self) -> Counts:
        """users(S, p), dense."""
        found = self.members @ self.ground.uses
        users = np.zeros(self.size, dtype=np.int32)
        users[self.keys_of(found)] = found.data
        for row, (firm, product) in self._landed.items():
            beyond = users_beyond(self.index, self.members_of(row), firm, product)
            np.add.at(users, row * self.width + beyond, 1)
        return users

    def _rows(self) -> Rows:
        """Return who makes what on record, and by what landed."""
        making, firm = self.index.making, self.members.indices
        places, which = making.by_firm.places(firm)
        keys, firms, outputs = (
            self._rows_of_members()[which],
            [firm[which]],
            [making.output[places]],
        )
        keys *= self.width
        keys += making.by_firm.columns[places]
        several = [keys]
        for at, (who, product) in self._landed.items():
            several.append(at * self.width + product)
            firms.append(who.astype(np.int32))
            outputs.append(np.full(len(who), np.nan))
        if not self._landed:
            return Rows(firms[0], keys, outputs[0])
        return Rows(np.concatenate(firms), np.concatenate(several), np.concatenate(outputs))

    def _rows_of_members(self) -> Ints:
        return np.repeat(np.arange(self.height), np.diff(self.members.indptr))

    @cached_property
    def supply(self) -> Floats:
        """supply(S, p) of what is made; by statistics where nobody is on record as making it."""
        supply = self.makers.supply.copy()
        key, at = self._stated
        where = self.place[key]
        alone = self.makers.makers[where] == 0
        supply[where[alone]] = self.index.statistics.value[at[alone]]
        return supply

    @cached_property
    def need(self) -> Floats:
        """need(S, p), dense; NaN where it is not known."""
        index = self.index
        valued = ~np.isnan(self.supply)
        known = self._of_made(valued.astype(np.int64), valued) @ index.has_coefficient
        found = self._of_made(self.supply, valued) @ index.technology.coefficient
        sums = np.zeros(self.size)
        sums[self.keys_of(found)] = found.data
        need = np.full(self.size, np.nan)
        keys = self.keys_of(known)
        need[keys] = sums[keys]
        return need

    @property
    def extendable(self) -> Flags:
        """Not made, though an essential input of it is; dense."""
        return self._fed[1]

    @property
    def has_input(self) -> Flags:
        """An input of it is made; dense."""
        return self._fed[0]

    @cached_property
    def _fed(self) -> tuple[Flags, Flags]:
        found = self._of_made(np.ones(len(self.made_key), dtype=np.int64)) @ self.ground.goes_into
        key = self.keys_of(found)
        fed, extendable = np.zeros(self.size, dtype=np.bool_), np.zeros(self.size, dtype=np.bool_)
        fed[key] = True
        extendable[key] = (found.data >= ESSENTIAL) & ~self.is_made[key]
        return fed, extendable

    def measures(self, places: Ints) -> Measures:
        """Return the measures of what stands at some places of `made_key`."""
        key, made = self.made_key[places], self.makers
        spent, spent_here = self._purchases
        value, share, negligible = self._by_statistics
        return Measures(
            makers=made.makers[places],
            supply=self.supply[places],
            hhi=made.hhi[places],
            titled=made.titled[places],
            national=made.national[places],
            users=self.users[key].astype(np.int64),
            need=self.need[key],
            spent=spent[places],
            spent_here=spent_here[places],
            by_statistics=made.makers[places] == 0,
            statistics_value=value[places],
            statistics_share=share[places],
            negligible=negligible[places],
        )

    @cached_property
    def parts_of_whole(self) -> tuple[Floats, Floats]:
        """The part of all output, and of all with known products, that each region has."""
        parts = [parts_of_whole(self.index, self.members_of(row)) for row in range(self.height)]
        size, known = np.array(parts, dtype=np.float64).reshape(-1, 2).T
        return size, known

    @cached_property
    def silent(self) -> Floats:
        """How many enterprises without known products each region has of each class."""
        firms = self.index.firms
        row = self._rows_of_members()
        unknown = ~firms.known[self.members.indices]
        classes = len(firms.classes)
        key = row[unknown] * classes + firms.cls[self.members.indices[unknown]]
        counts = np.bincount(key, minlength=self.height * classes)
        return counts.reshape(self.height, classes).astype(np.float64)

    @cached_property
    def doubtful(self) -> Floats:
        """The logarithms of those certainties that may be under a half: see `Unmade`."""
        return self.ground.unmade.doubtful(self.silent)

    def surely_missing(self, row: Ints, product: Ints) -> Flags:
        """Tell of pairs that nobody makes which have a certainty of at least one half."""
        found = self.index.heard_of[product] & self.has_makers[row]
        rank = self.ground.unmade.rank[product]
        doubtful = np.flatnonzero(rank < len(self.doubtful))
        found[doubtful] &= np.exp(self.doubtful[rank[doubtful], row[doubtful]]) >= HALF
        return found

    def certainty(self, row: Ints, product: Ints) -> Floats:
        """Return the certainty of some pairs, see `rates.certainty`."""
        rank, log = self.ground.unmade.rank[product], np.empty(len(product))
        at_hand = rank < len(self.doubtful)
        log[at_hand] = self.doubtful[rank[at_hand], row[at_hand]]
        others = ~at_hand
        log[others] = self.ground.unmade.sums(self.silent, row[others], rank[others])
        spoken_of = self.index.heard_of[product] & self.has_makers[row]
        return np.where(spoken_of, np.exp(log), np.nan)

    @cached_property
    def near(self) -> Floats:
        """Σ over q made here of φ(p, q), of the products that have any φ; (products, regions)."""
        made = self.is_made.reshape(self.height, self.width)[:, self.ground.related]
        return np.asarray(self.ground.proximity @ made.T.astype(np.float64))

    def density(self, row: Ints, product: Ints) -> Floats:
        """Return the relatedness density of some pairs, see `rates.relatedness_density`."""
        found, at = np.full(len(product), np.nan), self.ground.relation[product]
        related = np.flatnonzero(at >= 0)
        near = self.near[at[related], row[related]]
        found[related] = near / self.index.proximity_total[product[related]]
        return found

    @cached_property
    def asked(self) -> Flags:
        """What may be looked at, dense: all of a chain, or else what is used or could be made."""
        looked_at = self.ground.looked_at
        if looked_at is not None:
            return np.tile(looked_at, self.height)
        return (self.users > 0) | self.extendable

    def _of_made(self, values: Floats | Ints, which: Flags | None = None) -> sparse.csr_array:
        """Return values of what is made, or of a part of it, as a matrix (regions, products)."""
        keys = self.made_key
        if which is not None:
            keys, values = keys[which], values[which]
        starts = np.searchsorted(keys, np.arange(self.height + 1) * self.width)
        product = keys - np.repeat(np.arange(self.height) * self.width, np.diff(starts))
        shape = (self.height, self.width)
        return sparse.csr_array(
            (values, product.astype(np.int32), starts.astype(np.int32)), shape=shape
        )

    @cached_property
    def _stated(self) -> tuple[Ints, Ints]:
        """The keys that statistics speak of, and where in the statistics."""
        found = self.index.statistics
        places, row = Pairs(found.first, found.product).places(self.regions)
        return row * self.width + found.product[places], places

    @cached_property
    def _by_statistics(self) -> tuple[Floats, Floats, Flags]:
        size, found = len(self.made_key), self.index.statistics
        value, share = np.full(size, np.nan), np.full(size, np.nan)
        negligible = np.zeros(size, dtype=np.bool_)
        key, at = self._stated
        where = self.place[key]
        value[where], share[where] = found.value[at], found.share[at]
        negligible[where] = found.negligible[at]
        return value, share, negligible

    @cached_property
    def _purchases(self) -> tuple[Floats, Floats]:
        """Known purchases of what is made, and those of them within the region."""
        spent = np.zeros(len(self.made_key))
        found = self.members.astype(np.float64) @ self.ground.bought
        self._put(spent, self.keys_of(found), found.data)
        stays = self.ground.stays[self.regions]
        key = np.repeat(np.arange(self.height) * self.width, np.diff(stays.indptr))
        key += self.ground.bought.indices[stays.indices]
        place = self.place[key]
        made = place >= 0
        amounts = self.ground.bought.data[stays.indices[made]]
        here = np.bincount(place[made], weights=amounts, minlength=len(self.made_key))
        return spent, here.astype(np.float64)

    def _put(self, there: Floats, keys: Ints, values: Floats) -> None:
        """Put values to where their keys stand in `made_key`; leave out what is not made."""
        place = self.place[keys]
        made = place >= 0
        there[place[made]] = values[made]

    def _what_landed(self) -> dict[int, tuple[Ints, Ints]]:
        """Return by row what landed projects make there that no member is on record for."""
        landed, last = self.ground.landed, self.index.regions.last[self.regions]
        some = np.searchsorted(landed, last, "right") > np.searchsorted(landed, self.regions)
        found: dict[int, tuple[Ints, Ints]] = {}
        for row in np.flatnonzero(some).tolist():
            here = self.index.landed_in(int(self.regions[row]))
            found[row] = self.index.landed_beyond(self.members_of(row), here)
        return found
