"""The drawing: where everything on the sheet is. All faces draw from it; it holds no arithmetic.

Lengths are points (1/72 inch) from the upper left corner; the y of a text is its baseline.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from ...algorithms.browse.models import ChainEdge, ChainMapAnswer, ChainNode
from .sheet import Sheet

Point = tuple[float, float]
Counts = dict[str, int]
"""How many products have each status, by the code of the status; those that occur, in order."""


class Rect(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower side."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """The y of its middle."""
        return self.y + self.height / 2


class Role(Enum):
    """What a text is, which decides how it looks."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    FIGURE = "figure"
    CAPTION = "caption"
    LANE = "lane"
    HEADING = "heading"
    COUNT = "count"
    NAME = "name"
    DETAIL = "detail"
    TARGET = "target"
    NOTE = "note"


class Anchor(Enum):
    """Which part of a text its x says."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Words(NamedTuple):
    """A line of text that fits where it stands."""

    x: float
    y: float
    size: float
    text: str
    role: Role
    anchor: Anchor = Anchor.START


class Mark(NamedTuple):
    """The sign of a status: its shape says the same as its colour."""

    x: float
    y: float
    radius: float
    status: str


@dataclass(frozen=True)
class Box:
    """A product."""

    product: ChainNode
    rect: Rect
    mark: Mark
    words: tuple[Words, ...]

    @property
    def status(self) -> str:
        """The code of its status; empty without a scope."""
        return self.product.status.code if self.product.status else ""


@dataclass(frozen=True)
class Bar:
    """How the products of a group or a lane stand: a strip, a part for each status."""

    parts: tuple[tuple[str, Rect], ...]

    def edge(self, wide: float) -> Rect:
        """Return what is so much wider on all sides: on a dark ground a strip needs an edge."""
        first, last = self.parts[0][1], self.parts[-1][1]
        across = last.right - first.x + 2 * wide
        return Rect(first.x - wide, first.y - wide, across, first.height + 2 * wide)


@dataclass(frozen=True)
class Block:
    """A group of products, or one product without a group."""

    key: str
    title: str
    stage: str
    rect: Rect
    framed: bool
    boxes: tuple[Box, ...]
    hidden: tuple[ChainNode, ...]
    counts: Counts
    bar: Bar
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Flow:
    """What goes from one block to another, and its way there."""

    start: str
    end: str
    path: tuple[Point, ...]
    essential: bool
    kind: bool
    """Only that one is a kind of the other; nothing flows."""
    edges: tuple[ChainEdge, ...]


@dataclass(frozen=True)
class Lane:
    """上游, 中游 or 下游."""

    stage: str
    title: str
    rect: Rect
    header: Rect
    words: tuple[Words, ...]
    bar: Bar


@dataclass(frozen=True)
class Tile:
    """One figure of the summary, which is the legend of the marks too."""

    rect: Rect
    mark: Mark | None
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Drawing:
    """A whole sheet."""

    answer: ChainMapAnswer
    sheet: Sheet
    title: str
    lanes: tuple[Lane, ...]
    blocks: tuple[Block, ...]
    flows: tuple[Flow, ...]
    tiles: tuple[Tile, ...]
    samples: tuple[tuple[Point, Point, bool, bool], ...]
    """Lines of the legend: from, to, essential, kind."""
    words: tuple[Words, ...]
    """What stands outside the lanes: title, subtitle, legend, notes."""

    def _repr_html_(self) -> str:
        """Show the sheet in a notebook."""
        from ..svg import svg

        return svg(self)

    def texts(self) -> list[Words]:
        """Return every text of the sheet."""
        found = list(self.words)
        found += [words for lane in self.lanes for words in lane.words]
        found += [words for tile in self.tiles for words in tile.words]
        found += [words for block in self.blocks for words in block.words]
        for block in self.blocks:
            for box in block.boxes:
                found += box.words
        return found
