"""Ways of the lines: each net has an upright trunk in every channel, at a track of its own.

Tracks are ordered so that few lines cross, and shared by trunks that do not meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .model import Point
from .nets import Link, Net, Segment
from .placing import Pins

NEAR = 1.2
"""Lines closer than this would look like one."""
OVERLAP = 20
PASSES = 6


@dataclass(frozen=True)
class Trunk:
    """A net in a channel: where its lines come in on either side."""

    net: int
    left: tuple[float, ...]
    right: tuple[float, ...]

    @property
    def upper(self) -> float:
        """Its upper end."""
        return min(self.left + self.right)

    @property
    def lower(self) -> float:
        """Its lower end."""
        return max(self.left + self.right)

    @property
    def straight(self) -> bool:
        """Whether it needs no trunk at all: one line from left to right."""
        return bool(self.right) and self.lower - self.upper < 0.01


def trunks_of(segments: Sequence[Segment], pins: Pins) -> list[Trunk]:
    """Return the trunks of a channel."""
    return [
        Trunk(
            each.net,
            tuple(pins.right[each.net, node] for node in each.left),
            tuple(pins.left[each.net, node] for node in each.right),
        )
        for each in segments
    ]


def tracks_of(trunks: Sequence[Trunk]) -> dict[int, int]:
    """Return the track of each net that needs one, from the left, by the net's number."""
    upright = [each for each in trunks if not each.straight]
    order = _fewest_crossings(upright)
    tracks: dict[int, int] = {}
    placed: list[Trunk] = []
    for trunk in order:
        meeting = [tracks[each.net] for each in placed if _meet(each, trunk)]
        tracks[trunk.net] = max(meeting, default=-1) + 1
        placed.append(trunk)
    return tracks


def _meet(one: Trunk, other: Trunk) -> bool:
    return one.upper <= other.lower + 2 * NEAR and other.upper <= one.lower + 2 * NEAR


def _fewest_crossings(trunks: Sequence[Trunk]) -> list[Trunk]:
    """Return the trunks from left to right: a good first order, then moved one by one."""
    order = sorted(range(len(trunks)), key=lambda at: _first_guess(trunks[at]))
    cost = [[_crossed(one, other) for other in trunks] for one in trunks]
    for _ in range(PASSES):
        moved = False
        for each in list(order):
            at = order.index(each)
            best = _best_place(order[:at] + order[at + 1 :], each, at, cost)
            if best != at:
                order.remove(each)
                order.insert(best, each)
                moved = True
        if not moved:
            break
    return [trunks[each] for each in order]


def _first_guess(trunk: Trunk) -> tuple[bool, float, int]:
    """Lines that go down: the lowest first; lines that go up: the highest first."""
    left = sum(trunk.left) / len(trunk.left)
    right = sum(trunk.right) / len(trunk.right) if trunk.right else left
    return (right > left, -left if right > left else left, trunk.net)


def _best_place(rest: Sequence[int], each: int, now: int, cost: list[list[int]]) -> int:
    total = sum(cost[each][other] for other in rest)
    costs = [total]
    for other in rest:
        total += cost[other][each] - cost[each][other]
        costs.append(total)
    fewest = min(costs)
    return now if costs[now] == fewest else costs.index(fewest)


def _crossed(one: Trunk, other: Trunk) -> int:
    """Count what crosses when `one` stands left of `other`; lines upon each other count more."""
    found = sum(other.upper < y < other.lower for y in one.right)
    found += sum(one.upper < y < one.lower for y in other.left)
    return found + OVERLAP * sum(abs(y - beside) < NEAR for y in one.right for beside in other.left)


class Ways:
    """The way of every link, once the channels have their places."""

    def __init__(
        self,
        pins: Pins,
        column_of: Mapping[str, int],
        sides: Sequence[tuple[float, float]],
        tracks: Sequence[Mapping[int, float]],
    ) -> None:
        """Take the left and right side of each column, and the x of each trunk by channel."""
        self._pins = pins
        self._column_of = column_of
        self._sides = sides
        self._tracks = tracks

    def of(self, net: Net, link: Link) -> tuple[Point, ...]:
        """Return the corners of the way from the start of a link to its end."""
        home, goal = self._column_of[link.start], self._column_of[link.end]
        if home == goal:
            points = self._around(net, link, home)
        elif net.backward:
            points = self._leftward(net, link, home, goal)
        else:
            points = self._rightward(net, link, home, goal)
        return _corners(points)

    def _around(self, net: Net, link: Link, column: int) -> list[Point]:
        side, x = self._sides[column][1], self._tracks[column][net.number]
        start, end = (self._pins.right[net.number, each] for each in (link.start, link.end))
        return [(side, start), (x, start), (x, end), (side, end)]

    def _rightward(self, net: Net, link: Link, home: int, goal: int) -> list[Point]:
        y = self._pins.right[net.number, link.start]
        points = [(self._sides[home][1], y)]
        for channel in range(home, goal):
            node = link.end if channel + 1 == goal else net.threads[channel + 1]
            next_y = self._pins.left[net.number, node]
            points += self._through(channel, net.number, y, next_y)
            y = next_y
        return [*points, (self._sides[goal][0], y)]

    def _leftward(self, net: Net, link: Link, home: int, goal: int) -> list[Point]:
        y = self._pins.left[net.number, link.start]
        points = [(self._sides[home][0], y)]
        for channel in range(home - 1, goal - 1, -1):
            node = link.end if channel == goal else net.threads[channel]
            next_y = self._pins.right[net.number, node]
            points += self._through(channel, net.number, y, next_y)
            y = next_y
        return [*points, (self._sides[goal][1], y)]

    def _through(self, channel: int, net: int, y: float, next_y: float) -> list[Point]:
        if net not in self._tracks[channel]:
            return []
        x = self._tracks[channel][net]
        return [(x, y), (x, next_y)]


def _corners(points: Sequence[Point]) -> tuple[Point, ...]:
    """Leave out points that do not turn."""
    found: list[Point] = []
    for point in points:
        if found and abs(found[-1][0] - point[0]) < 0.005 and abs(found[-1][1] - point[1]) < 0.005:
            continue
        if len(found) > 1 and _in_line(found[-2], found[-1], point):
            found[-1] = point
        else:
            found.append(point)
    return tuple((round(x, 2), round(y, 2)) for x, y in found)


def _in_line(one: Point, two: Point, three: Point) -> bool:
    upright = abs(one[0] - two[0]) < 0.005 and abs(two[0] - three[0]) < 0.005
    level = abs(one[1] - two[1]) < 0.005 and abs(two[1] - three[1]) < 0.005
    return upright or level
