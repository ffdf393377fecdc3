"""Sheets of paper, and the measures of what stands on them. All in points."""

from __future__ import annotations

from dataclasses import dataclass

MILLIMETRE = 72 / 25.4


@dataclass(frozen=True)
class Sheet:
    """A sheet: its size, and the sizes of the texts on it."""

    name: str
    width: float
    height: float
    margin: float = 24.0
    scale: float = 1.0
    """Of texts and boxes; wide margins of a slide shown on a wall want larger ones."""

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin


def _paper(name: str, width: float, height: float, scale: float = 1.0) -> Sheet:
    return Sheet(name, round(width * MILLIMETRE, 2), round(height * MILLIMETRE, 2), scale=scale)


A1 = _paper("A1", 841, 594, 1.5)
A2 = _paper("A2", 594, 420, 1.2)
A3 = _paper("A3", 420, 297)
A4 = _paper("A4", 297, 210, 0.85)
SLIDE = Sheet("16:9", 960.0, 540.0, 20.0, 0.95)
SHEETS = {each.name: each for each in (A4, A3, A2, A1, SLIDE)}


@dataclass(frozen=True)
class Measures:
    """Sizes and distances on a sheet."""

    scale: float

    def __call__(self, length: float) -> float:
        """Return a length of an A3 sheet on this one."""
        return length * self.scale


TITLE, SUBTITLE, FIGURE, CAPTION = 21.0, 7.6, 15.0, 6.8
LANE, HEADING, NAME, DETAIL, NOTE = 10.5, 8.6, 8.0, 6.1, 6.4
LEAST_NAME = 6.2
"""Names that are too long for their box are set smaller down to this, then cut."""
HEADER = 56.0
"""The height of title and figures above the lanes."""
LANE_HEADER = 20.0
FOOTER = 34.0
BOX_PAD, NAME_LINE, DETAIL_LINE = 2.6, 10.0, 7.3
BOX_GAP, BLOCK_PAD, BLOCK_HEADING, BLOCK_GAP = 2.3, 3.2, 14.0, 8.0
LANE_PAD = 5.0
LEAST_BOX, MOST_BOX = 98.0, 168.0
"""How narrow and how wide a box is at the most."""
CHANNEL, MOST_CHANNEL, TRACK, ARROW = 22.0, 58.0, 3.1, 7.0
THREAD, THREAD_GAP = 2.4, 2.0
"""The height that a long edge takes where it runs between two blocks."""
