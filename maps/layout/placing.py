"""Heights: where blocks and threads of a column stand, and where lines meet the blocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from . import sheet as size
from .nets import Net
from .sheet import Measures

Spans = dict[str, tuple[float, float]]
"""Upper and lower end of blocks and threads."""
MOST_GAP = 30.0


def least_height(column: Sequence[str], heights: Mapping[str, float], measures: Measures) -> float:
    """Return the height of a column whose blocks and threads stand as close as they may."""
    tall = sum(heights.get(node, measures(size.THREAD)) for node in column)
    pairs = pairwise(column)
    return tall + sum(_gap(heights, *pair, measures) for pair in pairs)


def stacked(
    column: Sequence[str],
    heights: Mapping[str, float],
    top: float,
    height: float,
    measures: Measures,
) -> Spans:
    """Return where the blocks and threads of a column stand; spare height goes between them."""
    spare = max(height - least_height(column, heights, measures), 0.0)
    pairs = list(pairwise(column))
    wide = sum(1 for one, _ in pairs if one in heights)
    more = min(spare / (wide + 1), measures(MOST_GAP))
    found: Spans = {}
    at = top
    for place, node in enumerate(column):
        lower = at + heights.get(node, measures(size.THREAD))
        found[node] = (at, lower)
        if place < len(pairs):
            at = lower + _gap(heights, *pairs[place], measures)
            at += more if node in heights else 0.0
    return found


def _gap(heights: Mapping[str, float], one: str, other: str, measures: Measures) -> float:
    both = one in heights and other in heights
    return measures(size.BLOCK_GAP if both else size.THREAD_GAP)


class Pins:
    """Where each net meets each block or thread, on the left and on the right side of it."""

    def __init__(self, spans: Spans, nets: Sequence[Net], columns: int) -> None:
        self._spans = spans
        self._nets = nets
        self.right: dict[tuple[int, str], float] = {}
        """On the right side of a block, which is the left side of a channel."""
        self.left: dict[tuple[int, str], float] = {}
        for channel in range(columns):
            self._pin(channel)

    def _pin(self, channel: int) -> None:
        there = [net.segments[channel] for net in self._nets if channel in net.segments]
        wished: dict[str, list[tuple[float, int]]] = defaultdict(list)
        for segment in there:
            other = [self._middle(node) for node in segment.right or segment.left]
            for node in segment.left:
                wished[node].append((sum(other) / len(other), segment.net))
        self._settle(wished, self.right)
        wished = defaultdict(list)
        for segment in there:
            found = [self.right[segment.net, node] for node in segment.left]
            for node in segment.right:
                wished[node].append((sum(found) / len(found), segment.net))
        self._settle(wished, self.left)

    def _settle(
        self,
        wished: Mapping[str, list[tuple[float, int]]],
        pins: dict[tuple[int, str], float],
    ) -> None:
        for node, wishes in wished.items():
            upper, lower = self._spans[node]
            nets = [net for _, net in sorted(wishes)]
            for net, y in zip(nets, _apart(sorted(wishes), upper, lower), strict=True):
                pins[net, node] = y

    def _middle(self, node: str) -> float:
        upper, lower = self._spans[node]
        return (upper + lower) / 2


def _apart(wishes: Sequence[tuple[float, int]], upper: float, lower: float) -> list[float]:
    """Return heights near the wished ones, in their order, within the span and apart."""
    room = lower - upper
    step = min(5.0, room / (len(wishes) + 1))
    first, last = upper + step, lower - step
    found: list[float] = []
    for at, (wish, _) in enumerate(wishes):
        highest = last - step * (len(wishes) - 1 - at)
        lowest = found[-1] + step if found else first
        found.append(max(min(wish, highest), lowest) if lowest < highest else lowest)
    return [round(each, 2) for each in found]
