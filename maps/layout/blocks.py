"""A block: its heading, its boxes in rows, and what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence

from ...algorithms.browse.models import ChainNode
from .. import words as say
from . import sheet as size
from .boxes import box_of
from .fitting import Fitted, box_height
from .grouping import Group, counts_of, importance
from .measure import cut, width
from .model import Anchor, Bar, Block, Box, Counts, Rect, Role, Words
from .sheet import Measures

NOTHING = Bar(())


def block_of(group: Group, fitted: Fitted, rect: Rect, measures: Measures) -> Block:
    """Return a block with its boxes in a place that is large enough for them."""
    cells = fitted.cells(group)
    shown, hidden = _shown(group.members, cells)
    counts = counts_of(group.members)
    heading, bar = _heading(group, rect, counts, measures) if group.framed else ((), NOTHING)
    places = _cells(rect, cells, fitted, measures, framed=group.framed)
    boxes = _boxes(shown, places, fitted.lines, measures)
    more = _more(hidden, places[-1], measures) if hidden and cells else ()
    return Block(
        group.key,
        group.title,
        group.stage,
        rect,
        group.framed,
        boxes,
        hidden,
        counts,
        bar,
        (*heading, *more),
    )


def strip(counts: Counts, rect: Rect) -> Bar:
    """Return a strip with a part for each status, as long as its share."""
    total = sum(counts.values())
    x, parts = rect.x, []
    for status, number in counts.items():
        part = Rect(round(x, 2), rect.y, round(rect.width * number / total, 2), rect.height)
        parts.append((status, part))
        x += rect.width * number / total
    return Bar(tuple(parts))


def _shown(
    members: Sequence[ChainNode], cells: int
) -> tuple[tuple[ChainNode, ...], tuple[ChainNode, ...]]:
    """The most important where not all have a cell; the last cell says how many more there are."""
    if cells >= len(members):
        return tuple(members), ()
    kept = {node.product.id for node in sorted(members, key=importance)[: max(cells - 1, 0)]}
    shown = tuple(node for node in members if node.product.id in kept)
    return shown, tuple(node for node in members if node.product.id not in kept)


def _cells(
    rect: Rect, cells: int, fitted: Fitted, measures: Measures, *, framed: bool
) -> list[Rect]:
    pad = measures(size.BLOCK_PAD)
    left, top = rect.x + pad, rect.y + measures(size.BLOCK_HEADING)
    inner = rect.width - 2 * pad
    if not framed:
        left, top, inner = rect.x, rect.y, rect.width
    gap, height = measures(size.BOX_GAP), box_height(fitted.lines, measures)
    wide = (inner - gap * (fitted.across - 1)) / fitted.across if framed else inner
    return [
        Rect(
            round(left + at % fitted.across * (wide + gap), 2),
            round(top + at // fitted.across * (height + gap), 2),
            round(wide, 2),
            round(height, 2),
        )
        for at in range(cells)
    ]


def _boxes(
    shown: Sequence[ChainNode], places: Sequence[Rect], lines: int, measures: Measures
) -> tuple[Box, ...]:
    return tuple(
        box_of(node, place, lines, measures) for node, place in zip(shown, places, strict=False)
    )


def _heading(
    group: Group, rect: Rect, counts: Counts, measures: Measures
) -> tuple[tuple[Words, ...], Bar]:
    """The title at the left; at the right how many there are, over the strip of their status."""
    pad, small = measures(size.BLOCK_PAD + 1), measures(size.DETAIL)
    left, baseline = round(rect.x + pad, 2), round(rect.y + measures(10.6), 2)
    number = str(say.PRODUCTS.fill(number=len(group.members)))
    room = rect.width - 2 * pad - width(number, small) - measures(5)
    letters = _letters(group.title, room, measures)
    wide = min(room - width(group.title, letters) - measures(4), measures(46))
    wide = wide if counts and wide > measures(14) else 0.0
    end = rect.right - pad - wide - (measures(4) if wide else 0)
    place = Rect(
        round(rect.right - pad - wide, 2), round(rect.y + measures(5.6), 2), wide, measures(4.6)
    )
    words = (
        Words(left, baseline, letters, cut(group.title, letters, room), Role.HEADING),
        Words(round(end, 2), baseline, small, number, Role.COUNT, Anchor.END),
    )
    return words, strip(counts, place) if wide else NOTHING


def _letters(title: str, room: float, measures: Measures) -> float:
    """The size of a heading: smaller where it is too long."""
    wanted, least = measures(size.HEADING), measures(size.LEAST_NAME)
    return round(max(min(wanted, wanted * room / max(width(title, wanted), 0.01)), least), 2)


def _more(hidden: Sequence[ChainNode], cell: Rect, measures: Measures) -> tuple[Words, ...]:
    missing = sum(1 for node in hidden if node.status and node.status.code == "missing")
    text = (say.MORE_GAPS if missing else say.MORE).fill(number=len(hidden), missing=missing)
    letters = measures(size.DETAIL + 0.7)
    fitting = cut(str(text), letters, cell.width - measures(8))
    y = round(cell.middle + letters * 0.36, 2)
    x = round(cell.x + cell.width / 2, 2)
    return (Words(x, y, letters, fitting, Role.COUNT, Anchor.MIDDLE),)
