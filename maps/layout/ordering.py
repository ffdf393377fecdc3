"""The order of blocks and threads in each column, so that few lines cross.

Sugiyama's method: every column in turn is sorted by the barycentres of the neighbours in the
column before it, left to right and back, and the best order met is kept.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence

from .nets import Net

SWEEPS = 8
Neighbours = list[dict[str, list[str]]]
"""For each channel: what is on its left by what is on its right, or the other way round."""


def ordered(columns: Sequence[Sequence[str]], nets: Sequence[Net]) -> list[list[str]]:
    """Return blocks and threads of each column from top to bottom.

    Parameters
    ----------
    columns
        The blocks of each column, in the order that decides where nothing else does.
    """
    order = [list(column) for column in columns]
    for net in nets:
        for column, thread in net.threads.items():
            order[column].append(thread)
    pairs = [_pairs(nets, channel) for channel in range(len(order) - 1)]
    from_left: Neighbours = [_by(pairs_, 1) for pairs_ in pairs]
    from_right: Neighbours = [_by(pairs_, 0) for pairs_ in pairs]
    best, fewest = [list(column) for column in order], _crossings(order, pairs)
    for _ in range(SWEEPS):
        for at in range(1, len(order)):
            order[at] = _sorted(order[at], order[at - 1], from_left[at - 1])
        for at in range(len(order) - 2, -1, -1):
            order[at] = _sorted(order[at], order[at + 1], from_right[at])
        crossed = _crossings(order, pairs)
        if crossed < fewest:
            best, fewest = [list(column) for column in order], crossed
    return best


def _pairs(nets: Sequence[Net], channel: int) -> list[tuple[str, str]]:
    return [
        (left, right)
        for net in nets
        if channel in net.segments
        for left in net.segments[channel].left
        for right in net.segments[channel].right
    ]


def _by(pairs: Sequence[tuple[str, str]], side: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        found[pair[side]].append(pair[1 - side])
    return found


def _sorted(
    column: list[str], beside: Sequence[str], neighbours: Mapping[str, list[str]]
) -> list[str]:
    """Sort by barycentre; what has no neighbours stays about where it is."""
    place = {node: (at + 0.5) / len(beside) for at, node in enumerate(beside)}

    def centre(at: int) -> float:
        found = [place[other] for other in neighbours.get(column[at], ())]
        return sum(found) / len(found) if found else (at + 0.5) / len(column)

    by_centre = sorted(range(len(column)), key=lambda at: (centre(at), at))
    return [column[at] for at in by_centre]


def _crossings(order: Sequence[Sequence[str]], pairs: Sequence[list[tuple[str, str]]]) -> int:
    return sum(_inversions(order[at], order[at + 1], pairs[at]) for at in range(len(order) - 1))


def _inversions(left: Sequence[str], right: Sequence[str], pairs: Sequence[tuple[str, str]]) -> int:
    """Count the pairs of lines that cross; those that share an end do not."""
    at_left = {node: at for at, node in enumerate(left)}
    at_right = {node: at for at, node in enumerate(right)}
    lines = sorted((at_left[one], -at_right[other]) for one, other in pairs)
    seen: list[int] = []
    crossed = 0
    for _, negative in lines:
        crossed += bisect_left(seen, negative)
        insort(seen, negative)
    return crossed
