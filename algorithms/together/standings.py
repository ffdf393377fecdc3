"""How regions stand: counts by status and kind, and the most urgent gaps of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace

import numpy as np

from ...settings import Settings
from ..chain import Chain
from ..gaps import Kind
from ..index import Flags, Floats, Index, Ints
from ..rates import local_rate, quotients
from ..status import Status, verdict
from .block import Block
from .ground import Ground, ground_of
from .urgent import MOST_URGENT, Ceilings, most_urgent

STATUSES, KINDS = tuple(Status), tuple(Kind)
_FIRMS_AT_ONCE, _REGIONS_AT_ONCE = 40_000, 24
"""How many members, and how many regions, a block may have: they bound the memory it takes. A
region with more members is a block of its own."""


@dataclass(frozen=True)
class Standings:
    """How some regions stand: an entry of each array is a region's, in the order of `region`."""

    region: Ints
    enterprises: Ints
    products: Ints
    counts: Ints
    """How many products have which status, in the order of `Status`."""
    kinds: Ints
    """How many gaps are of which kind, in the order of `Kind`."""
    breaks: Ints
    urgent: Ints
    """The products that are the most urgent gaps, -1 where there are no more."""
    status: Ints
    """Their status, as a place in the order of `Status`."""
    priority: Floats

    def take(self, which: Ints) -> Standings:
        """Return the standings at some places."""
        return Standings(*(getattr(self, each.name)[which] for each in fields(Standings)))


_NONE = np.empty(0, dtype=np.int64)
_NOBODY = Standings(
    _NONE,
    _NONE,
    _NONE,
    np.empty((0, len(STATUSES)), dtype=np.int64),
    np.empty((0, len(KINDS)), dtype=np.int64),
    _NONE,
    np.empty((0, MOST_URGENT), dtype=np.int64),
    np.empty((0, MOST_URGENT), dtype=np.int64),
    np.empty((0, MOST_URGENT)),
)


class StoppedError(Exception):
    """The work was to be left."""


def stand_together(
    index: Index,
    regions: Ints,
    chain: Chain | None,
    settings: Settings,
    *,
    going_on: Callable[[], bool] | None = None,
) -> Standings:
    """Return how regions stand, as `assess` of each would have it, in one go.

    Parameters
    ----------
    going_on
        Asked before every block of regions; where it says no, the work is left.

    Raises
    ------
    StoppedError
        It was left.

    Notes
    -----
    Regions are taken a block at a time, those of a size together, one after the other: each
    further thread would keep a tenth of a GiB for a large graph. What is not made in a region is
    most of what is looked at, and only its certainty decides its status; where the lengths of the
    two vectors that it is the product of already show it to be at least a half (Cauchy-Schwarz),
    it is not worked out.
    """
    ground = ground_of(index, chain, settings)
    ceilings = Ceilings.of(ground)
    worked_out, stands_for = _without_repeats(ground, regions)
    sizes = np.diff(ground.members.indptr)[worked_out]
    order = np.argsort(sizes, kind="stable")[::-1]

    def stand(block: Ints) -> Standings:
        if going_on and not going_on():
            raise StoppedError
        return _stand(Block(ground, worked_out[block]), ceilings)

    found = [stand(block) for block in _blocks(order, sizes)]
    whole = _put_together(found).take(np.argsort(order, kind="stable")[stands_for])
    return replace(whole, region=regions)


def _without_repeats(ground: Ground, regions: Ints) -> tuple[Ints, Ints]:
    """Return regions that differ, and which of them each region stands as.

    Those of which nothing at all is on record stand alike.
    """
    index, last = ground.index, ground.index.regions.last[regions]
    landed = np.searchsorted(ground.landed, last, "right") - np.searchsorted(ground.landed, regions)
    stated = np.diff(index.statistics.first)[regions]
    known = (np.diff(ground.members.indptr)[regions] + landed + stated) > 0
    first = np.flatnonzero(~known)[:1]
    differing = np.sort(np.concatenate([np.flatnonzero(known), first]))
    stands_for = np.full(len(regions), np.searchsorted(differing, first[0]) if len(first) else 0)
    stands_for[differing] = np.arange(len(differing))
    return regions[differing], stands_for


def _blocks(order: Ints, sizes: Ints) -> Iterator[Ints]:
    """Cut the regions, given by falling size, into blocks."""
    first = 0
    while first < len(order):
        fitting = np.cumsum(sizes[order[first : first + _REGIONS_AT_ONCE]]) <= _FIRMS_AT_ONCE
        last = first + max(1, int(fitting.sum()))
        yield order[first:last]
        first = last


def _put_together(found: list[Standings]) -> Standings:
    """Return the standings of all blocks as one."""
    if not found:
        return _NOBODY
    names = [each.name for each in fields(Standings)]
    return Standings(*(np.concatenate([getattr(one, each) for one in found]) for each in names))


def _stand(block: Block, ceilings: Ceilings) -> Standings:
    """Return how the regions of a block stand."""
    made, at = _made_here(block)
    absent = np.flatnonzero(block.asked & ~block.is_made)
    missing = block.surely_missing(*block.apart(absent))
    if block.ground.chain is None:  # what nobody uses is looked at where it is sure to be missing
        kept = missing | (block.users[absent] > 0)
        absent, missing = absent[kept], missing[kept]
    row, _ = block.apart(absent)
    lacking, lacking_row = absent[missing], row[missing]
    counts = _counts(block, made, at, row, missing)
    fill = block.users[lacking] > 0
    gap, status = _gaps(block, made, at, absent, missing)
    urgent = most_urgent(block, ceilings, gap)
    kinds = {
        Kind.FILL: _count(block, lacking_row[fill]),
        Kind.STRENGTHEN: counts[:, STATUSES.index(Status.WEAK)],
        Kind.EXTEND: _count(block, lacking_row[block.extendable[lacking]]),
    }
    there = urgent.product >= 0
    keys = np.arange(block.height)[:, None] * block.width + urgent.product
    which = np.where(there, np.searchsorted(gap, keys), 0)
    return Standings(
        region=block.regions,
        enterprises=np.diff(block.members.indptr).astype(np.int64),
        products=counts.sum(axis=1),
        counts=counts,
        kinds=np.stack([kinds[each] for each in KINDS], axis=1),
        breaks=_count(block, lacking_row[fill & block.has_input[lacking]]),
        urgent=urgent.product,
        status=np.where(there, status[which] if len(status) else -1, -1),
        priority=urgent.priority,
    )


def _made_here(block: Block) -> tuple[Ints, Ints]:
    """Return the places in `made_key` of what is looked at, and their status in `STATUSES`."""
    key, ground = block.made_key, block.ground
    place = np.flatnonzero(block.asked[key])
    row, product = block.apart(key[place])
    measures = block.measures(place)
    size, known = block.parts_of_whole
    index = block.index
    quotient, _ = quotients(
        measures, size[row], known[row], index.supply_all[product], index.makers_all[product]
    )
    rate, _ = local_rate(measures)
    found = verdict(
        measures,
        quotient,
        rate,
        np.full(len(place), np.nan),  # what is made is made, however certain
        ground.chains.key[product],
        heard_of=index.heard_of[product],
        titles_recorded=index.titles_recorded,
    )
    order = np.array([STATUSES.index(each) for each in found.status.names])
    return place, order[found.status.codes]


def _counts(block: Block, made: Ints, at: Ints, row: Ints, missing: Flags) -> Ints:
    """Return how many products of each region have which status."""
    made_row, _ = block.apart(block.made_key[made])
    width = len(STATUSES)
    absent = np.where(missing, STATUSES.index(Status.MISSING), STATUSES.index(Status.UNKNOWN))
    key = np.concatenate([made_row * width + at, row * width + absent])
    return np.bincount(key, minlength=block.height * width).reshape(block.height, width)


def _gaps(block: Block, made: Ints, at: Ints, absent: Ints, missing: Flags) -> tuple[Ints, Ints]:
    """Return the keys of all gaps, ascending, and their status in `STATUSES`."""
    weak = block.made_key[made[at == STATUSES.index(Status.WEAK)]]
    flags = np.zeros(block.size, dtype=np.int8)
    flags[absent] = np.where(missing, 2, 1)
    flags[weak] = 3
    key = np.flatnonzero(flags)
    names = (Status.UNKNOWN, Status.UNKNOWN, Status.MISSING, Status.WEAK)
    return key, np.array([STATUSES.index(each) for each in names])[flags[key]]


def _count(block: Block, row: Ints) -> Ints:
    return np.bincount(row, minlength=block.height)
