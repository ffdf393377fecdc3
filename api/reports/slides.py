"""The report as slides: profile, the map in native shapes, gaps, whom to call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.util import Pt

from ...maps import SLIDE, lay_out
from ...maps.layout.measure import clean, cut, wrapped
from ...maps.layout.model import Role, Words
from ...maps.pptx import add_slide, add_text, emu, rgb, saved, write
from . import words as say
from .gathering import Gathered
from .handbook import gap_rows, handbook, profile_points, target_rows

EDGE = 40.0
"""The margin of a slide, in points."""
GAPS_A_SLIDE, CALLS = 12, 6


def slides(found: Gathered) -> bytes:
    """Return the report as PPTX of 16:9."""
    drawing = lay_out(found.map, SLIDE)
    deck = Presentation()
    deck.slide_width, deck.slide_height = emu(SLIDE.width), emu(SLIDE.height)
    book = handbook(found)
    title = str(say.SLIDES.fill(place=found.place, chain=found.chain))
    _cover(deck, clean(title), book.subtitle, book.note)
    _profile(deck, found)
    add_slide(deck, drawing)
    rows = gap_rows(found.gaps.gaps[: 2 * GAPS_A_SLIDE])
    head = [str(each) for each in say.GAP_HEAD]
    for first in range(0, len(rows), GAPS_A_SLIDE):
        part = rows[first : first + GAPS_A_SLIDE]
        _table(deck, str(say.GAPS), head, part, say.GAP_WIDTHS, 9.5)
    head = [str(each) for each in say.TARGET_HEAD]
    for gap, answer in found.calls[:CALLS]:
        title = f"{say.CALLS} · {gap.product.name}（{gap.status.text}）"
        _table(deck, title, head, target_rows(answer), say.TARGET_WIDTHS, 12)
    return saved(deck, drawing)


def _blank(deck: Any, title: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    shown = cut(title, 22, SLIDE.width - 2 * EDGE)
    add_text(slide.shapes, Words(EDGE, 52, 22, shown, Role.TITLE))
    return slide


def _cover(deck: Any, title: str, subtitle: str, note: str) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    room = SLIDE.width - 4 * EDGE
    add_text(slide.shapes, Words(2 * EDGE, 220, 34, cut(title, 34, room), Role.TITLE))
    add_text(slide.shapes, Words(2 * EDGE, 256, 16, cut(subtitle, 16, room), Role.SUBTITLE))
    for at, line in enumerate(wrapped(note, 12, room, 3)):
        add_text(slide.shapes, Words(2 * EDGE, 300 + 18 * at, 12, line, Role.NOTE))


def _profile(deck: Any, found: Gathered) -> None:
    slide = _blank(deck, str(say.PROFILE))
    y = 96.0
    for point in profile_points(found):
        for at, line in enumerate(wrapped(point, 15, SLIDE.width - 2 * EDGE - 20, 4)):
            lead = "• " if at == 0 else ""
            x = EDGE if at == 0 else EDGE + 15 * 0.65
            add_text(slide.shapes, Words(x, y, 15, lead + line, Role.HEADING))
            y += 22
        y += 12


def _table(
    deck: Any,
    title: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    letters: float,
) -> None:
    """A native table."""
    slide = _blank(deck, title)
    wide, high = SLIDE.width - 2 * EDGE, 24.0 * (len(rows) + 1)
    frame = slide.shapes.add_table(
        len(rows) + 1, len(head), emu(EDGE), emu(76), emu(wide), emu(high)
    )
    table = frame.table
    for column, part in enumerate(widths):
        table.columns[column].width = emu(wide * part)
    for at, row in enumerate((head, *rows)):
        for column, text in enumerate(row):
            _cell(table.cell(at, column), text, letters, head=at == 0, shaded=at % 2 == 0)


def _cell(cell: Any, text: str, letters: float, *, head: bool, shaded: bool) -> None:
    cell.margin_left = cell.margin_right = Pt(4)
    cell.margin_top = cell.margin_bottom = Pt(2.5)
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb("#1f3a5f" if head else "#f4f7fa" if shaded else "#ffffff")
    role = Role.LANE if head else Role.SUBTITLE
    write(cell.text_frame.paragraphs[0], Words(0, 0, letters, text, role))
