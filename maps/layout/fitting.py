"""How many boxes stand side by side, how much each says, and what is left out, so that it fits.

Tried in this order until the sheet holds the chain: tiers of a stage share a column where that
saves width; blocks show their most important products and say how many more there are; blocks
fold to their heading; the last blocks of a column become one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil

from ...text import Text
from . import sheet as size
from .grouping import Column, Group, joined
from .sheet import Measures

MOST_LINES = 3
"""Lines below a product's name."""
COMFORT = 2
"""Lines below the name that are worth narrower boxes."""
_REST = Text("其余 {number} 组", "{number} more groups")


@dataclass(frozen=True)
class Room:
    """What the sheet offers to the lanes."""

    width: float
    height: float
    measures: Measures

    def across(self, columns: int) -> int:
        """Return how many boxes of the least width stand side by side in so many columns."""
        free = self.width - columns * self.measures(size.CHANNEL + 2 * size.BLOCK_PAD)
        return int(free // self.measures(size.LEAST_BOX + size.BOX_GAP))


@dataclass(frozen=True)
class Fitted:
    """A column with how it is set."""

    column: Column
    across: int
    """Boxes side by side."""
    lines: int
    """Lines below a product's name."""
    most: int
    """Cells of a block at the most; 0: headings only."""
    folded: frozenset[str]
    """Titles of the groups that are folded because a reader wants it so."""

    def cells(self, group: Group) -> int:
        """Return how many cells a block shows, with the one that says how many more there are."""
        if group.framed and (self.most == 0 or group.title in self.folded):
            return 0
        return min(len(group.members), max(self.most, 1))

    def height_of(self, group: Group, measures: Measures) -> float:
        """Return the height of a block."""
        cells = self.cells(group)
        rows = ceil(cells / self.across)
        inner = rows * box_height(self.lines, measures) + (rows - 1) * measures(size.BOX_GAP)
        if not group.framed:
            return inner
        heading = measures(size.BLOCK_HEADING)
        return heading + inner + measures(size.BLOCK_PAD) if cells else heading

    def height(self, measures: Measures) -> float:
        """Return the height of the column with the least gaps."""
        blocks = sum(self.height_of(group, measures) for group in self.column.groups)
        return blocks + (len(self.column.groups) - 1) * measures(size.BLOCK_GAP)


def box_height(lines: int, measures: Measures) -> float:
    """Return the height of a box with so many lines below the name."""
    return measures(2 * size.BOX_PAD + size.NAME_LINE + lines * size.DETAIL_LINE)


def fit(columns: Sequence[Column], room: Room, folded: frozenset[str]) -> list[Fitted]:
    """Return the columns, joined, widened, shortened and filled so that they fit the room."""
    most = sum(column.size for column in columns)
    for lines in (COMFORT, 1):
        columns_, set_ = _joined(columns, room, _Setting(lines, most, folded))
        if _fits(set_, room):
            return [_filled(each, room) for each in _widened(set_, room)]
    most = max((len(group.members) for c in columns_ for group in c.groups), default=1)
    while not _fits(set_, room) and most > 0:
        most -= 1
        set_ = [_least_across(column, room, _Setting(1, most, folded)) for column in columns_]
    if not _fits(set_, room):
        set_ = [Fitted(column, 1, 1, 0, folded) for column in _squeezed(columns_, room)]
    return [_filled(each, room) for each in set_]


@dataclass(frozen=True)
class _Setting:
    """How columns are to be set: lines and cells as in `Fitted`."""

    lines: int
    most: int
    folded: frozenset[str]


def _joined(
    columns: Sequence[Column], room: Room, how: _Setting
) -> tuple[list[Column], list[Fitted]]:
    """Join tiers of a stage until the columns fit side by side, or none is left to join."""
    found = list(columns)
    while True:
        set_ = [_least_across(column, room, how) for column in found]
        pair = None if _fits(set_, room) else _saving(found, room, how)
        if pair is None:
            return found, set_
        found[pair : pair + 2] = [joined(found[pair], found[pair + 1])]


def _least_across(column: Column, room: Room, how: _Setting) -> Fitted:
    """Set a column as narrow as its height allows."""
    widest = min(max(len(group.members) for group in column.groups), room.across(1))
    found = Fitted(column, 1, how.lines, how.most, how.folded)
    while found.height(room.measures) > room.height and found.across < widest:
        found = replace(found, across=found.across + 1)
    return found


def _fits(set_: Sequence[Fitted], room: Room) -> bool:
    across = sum(each.across for each in set_)
    high = all(each.height(room.measures) <= room.height for each in set_)
    return high and across <= room.across(len(set_))


def _saving(columns: Sequence[Column], room: Room, how: _Setting) -> int | None:
    """Return which column to join to its right neighbour, the smallest that saves width first."""

    def across(column: Column) -> int:
        return _least_across(column, room, how).across

    found: list[tuple[bool, int, int]] = []
    for at, (one, other) in enumerate(pairwise(columns)):
        if one.stage == other.stage:
            saved = across(one) + across(other) - across(joined(one, other))
            found.append((saved <= 0, one.size + other.size, at))
    return min(found)[2] if found else None


def _widened(set_: list[Fitted], room: Room) -> list[Fitted]:
    """Put more boxes side by side in the tallest columns while the room allows, to say more."""
    while sum(each.across for each in set_) < room.across(len(set_)):
        tight = [
            at
            for at, each in enumerate(set_)
            if replace(each, lines=COMFORT).height(room.measures) > room.height
        ]
        if not tight:
            break
        tallest = max(tight, key=lambda at: set_[at].height(room.measures))
        wider = replace(set_[tallest], across=set_[tallest].across + 1)
        if wider.height(room.measures) >= set_[tallest].height(room.measures):
            break
        set_[tallest] = wider
    return set_


def _filled(each: Fitted, room: Room) -> Fitted:
    """Say as much as the height allows."""
    for lines in range(MOST_LINES, each.lines, -1):
        more = replace(each, lines=lines)
        if more.height(room.measures) <= room.height:
            return more
    return each


def _squeezed(columns: Sequence[Column], room: Room) -> list[Column]:
    """Keep as many blocks of a column as fit when all are folded; the rest become one."""
    heading = room.measures(size.BLOCK_HEADING + size.BLOCK_GAP)
    most = max(int(room.height // heading), 2)
    return [_shortened(column, most) for column in columns]


def _shortened(column: Column, most: int) -> Column:
    framed = tuple(
        group if group.framed else replace(group, title=group.members[0].product.name)
        for group in column.groups
    )
    if len(framed) <= most:
        return replace(column, groups=framed)
    largest = sorted(framed, key=lambda group: (-len(group.members), group.key))
    rest = largest[most - 1 :]
    members = tuple(node for group in rest for node in group.members)
    title = str(_REST.fill(number=len(rest)))
    last = Group(f"{column.stage}/{column.tiers[0]}/…", title, column.stage, members)
    return replace(column, groups=(*largest[: most - 1], last))
