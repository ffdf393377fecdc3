"""The most urgent gaps of every region of a block.

Only the priorities of gaps that may be among the first are worked out. What a priority is at most
follows from users and need, with what takes longer to work out at its best; whatever has a lower
ceiling than the last of the first reaches is left out, first with both relatedness and certainty
at their best, then with certainty alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..index import Floats, Ints
from ..parts import falling_order, saturating, weighted_mean
from ..priority import Grounds, priority_parts
from .block import Block
from .ground import Ground

MOST_URGENT = 3
_AT_FIRST = 8
"""Gaps of a region whose priorities are worked out to know what to reach."""
_SLACK = 1e-9
"""What rounding may take from a ceiling."""


@dataclass(frozen=True)
class Ceilings:
    """The priority of a gap is at most (Σ weight · value of its parts) / weight.

    `rest` is that sum without demand, reach and feasibility, at its best; `weight` the weights of
    all parts, ∞ where they are 0. Arrays are by product, first as it is where it is not made, then
    where it is.
    """

    demand: float
    reach: float
    feasibility: float
    rest: Floats
    weight: Floats

    @classmethod
    def of(cls, ground: Ground) -> Ceilings:
        """Return the ceilings of an index."""
        index, width = ground.index, ground.index.width
        grounds = Grounds(
            need=np.full(2 * width, np.nan),
            users=np.zeros(2 * width),
            hhi=np.concatenate([np.full(width, np.nan), np.ones(width)]),
            elsewhere=np.tile(index.makers_all.astype(np.float64), 2),
            criticality=np.tile(ground.chains.criticality, 2),
            density=np.tile(np.where(ground.relation >= 0, 0.0, np.nan), 2),
            certainty=np.tile(np.where(index.heard_of, 1.0, np.nan), 2),
        )
        parts = {part.name: part for part in priority_parts(ground.settings, grounds)}
        weights = [np.where(np.isnan(each.value), 0.0, each.weight) for each in parts.values()]
        values = [np.nan_to_num(each.value) for each in parts.values()]
        return cls(
            parts["demand"].weight,
            parts["reach"].weight,
            parts["feasibility"].weight,
            np.sum([w * v for w, v in zip(weights, values, strict=True)], axis=0),
            np.where(np.any(weights, axis=0), np.sum(weights, axis=0), np.inf),
        )

    def over(self, gaps: Gaps, density: Floats) -> Floats:
        """Return the ceilings of gaps with some relatedness density, or its best."""
        block = gaps.block
        half = block.ground.settings.half
        reach = saturating(block.users[gaps.key].astype(np.float64), half.users)
        need = block.need[gaps.key]
        demand = np.where(np.isnan(need), reach, saturating(need, half.need))
        case = block.is_made[gaps.key] * block.width + gaps.product
        whole = self.demand * demand + self.reach * reach + self.rest[case]
        whole += self.feasibility * density
        found: Floats = whole / self.weight[case]
        return found


@dataclass(frozen=True)
class Gaps:
    """Some gaps of a block, by ascending keys."""

    block: Block
    key: Ints
    row: Ints
    product: Ints

    @classmethod
    def of(cls, block: Block, key: Ints) -> Gaps:
        """Return the gaps with these keys."""
        return cls(block, key, *block.apart(key))

    def take(self, which: Ints) -> Gaps:
        """Return some of the gaps, in that order."""
        return Gaps(self.block, self.key[which], self.row[which], self.product[which])

    @property
    def density(self) -> Floats:
        """The relatedness density of each."""
        return self.block.density(self.row, self.product)

    def priority(self) -> Floats:
        """Return the priority of each."""
        block, place = self.block, self.block.place[self.key]
        made = place >= 0
        hhi, makers = np.full(len(place), np.nan), np.zeros(len(place))
        hhi[made], makers[made] = block.makers.hhi[place[made]], block.makers.makers[place[made]]
        grounds = Grounds(
            need=block.need[self.key],
            users=block.users[self.key].astype(np.float64),
            hhi=hhi,
            elsewhere=block.index.makers_all[self.product] - makers,
            criticality=block.ground.chains.criticality[self.product],
            density=self.density,
            certainty=block.certainty(self.row, self.product),
        )
        return weighted_mean(priority_parts(block.ground.settings, grounds))


@dataclass(frozen=True)
class Urgent:
    """The most urgent gaps, shape (regions, `MOST_URGENT`)."""

    product: Ints
    """-1 where there are no more."""
    priority: Floats


def most_urgent(block: Block, ceilings: Ceilings, key: Ints) -> Urgent:
    """Return the most urgent of the gaps with these keys, ascending."""
    gaps = Gaps.of(block, key)
    gaps = gaps.take(_may_be_first(gaps, ceilings.over(gaps, np.ones(1))))
    density = np.nan_to_num(gaps.density)
    gaps = gaps.take(_may_be_first(gaps, ceilings.over(gaps, density)))
    priority = gaps.priority()
    order, rank = _ranked(gaps, priority)
    order, rank = order[rank < MOST_URGENT], rank[rank < MOST_URGENT]
    shape = (block.height, MOST_URGENT)
    found = Urgent(np.full(shape, -1, dtype=np.int64), np.full(shape, np.nan))
    found.product[gaps.row[order], rank] = gaps.product[order]
    found.priority[gaps.row[order], rank] = priority[order]
    return found


def _may_be_first(gaps: Gaps, ceiling: Floats) -> Ints:
    """Return which gaps may be among the most urgent of their regions, by their ceilings."""
    some = gaps.take(_highest(ceiling, gaps.row, gaps.block.height))
    priority = some.priority()
    order, rank = _ranked(some, priority)
    last = order[rank == MOST_URGENT - 1]
    reached = np.full(gaps.block.height, -np.inf)
    reached[some.row[last]] = np.nan_to_num(priority[last])
    return np.flatnonzero(ceiling >= reached[gaps.row] - _SLACK)


def _highest(ceiling: Floats, row: Ints, height: int) -> Ints:
    """Return the gaps of each region with the highest ceilings, ascending."""
    starts = np.searchsorted(row, np.arange(height + 1)).tolist()
    found: list[Ints] = [np.empty(0, dtype=np.int64)]
    for first, last in pairwise(starts):
        several = np.arange(last - first)
        if len(several) > _AT_FIRST:
            several = np.argpartition(ceiling[first:last], len(several) - _AT_FIRST)[-_AT_FIRST:]
        found.append(first + np.sort(several))
    return np.concatenate(found)


def _ranked(gaps: Gaps, priority: Floats) -> tuple[Ints, Ints]:
    """Return the order of gaps by region and falling priority, and their ranks in their region."""
    order = np.lexsort((gaps.product, falling_order(priority), gaps.row))
    row = gaps.row[order]
    return order, np.arange(len(row)) - np.searchsorted(row, row)
