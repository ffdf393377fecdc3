"""The drawing as a slide of native shapes that can be edited.

A block is a group that moves as one. A line is made of straight connectors, glued to small ports on
the blocks and to joints where it turns: elbow connectors would be led anew, through boxes, by some
programs that open the file.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time
from itertools import pairwise
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.shapes import MSO_CONNECTOR_TYPE, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from . import theme
from .layout import Drawing
from .layout.measure import width
from .layout.model import Anchor, Bar, Block, Box, Flow, Lane, Mark, Point, Rect, Role, Tile, Words
from .svg import EDGE, INKS

FACE = "Microsoft YaHei"
"""What offices have; a machine without it takes its own Chinese font."""
BOLD = {Role.TITLE, Role.FIGURE, Role.LANE, Role.HEADING, Role.NAME}
TOP, LEFT, BOTTOM, RIGHT = range(4)
"""Where lines are glued to a rectangle."""
SLACK, SLACK_AFTER = 1.12, 1.35
"""How much wider the reader's own font may be; where text may grow to the right, it may more."""
PORT = 0.4
"""The size of a port or joint, in points."""
_ALIGNED = {
    Anchor.START: PP_ALIGN.LEFT,
    Anchor.MIDDLE: PP_ALIGN.CENTER,
    Anchor.END: PP_ALIGN.RIGHT,
}
_MARKS = {
    "strong": MSO_SHAPE.DIAMOND,
    "adequate": MSO_SHAPE.OVAL,
    "weak": MSO_SHAPE.ISOSCELES_TRIANGLE,
    "missing": MSO_SHAPE.MATH_MULTIPLY,
    "unknown": MSO_SHAPE.DONUT,
}


def pptx(drawing: Drawing) -> bytes:
    """Return the drawing as a presentation of one slide, as large as the sheet."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = emu(drawing.sheet.width), emu(drawing.sheet.height)
    add_slide(deck, drawing)
    return saved(deck, drawing)


def saved(deck: Any, drawing: Drawing) -> bytes:
    """Return a presentation as a file; its dates are those of the snapshot."""
    day = datetime.combine(drawing.answer.snapshot.date, time())
    about = deck.core_properties
    about.title, about.author = drawing.title, "Lianpu"
    about.created = about.modified = day
    about.last_modified_by = "Lianpu"
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def add_slide(deck: Any, drawing: Drawing) -> None:
    """Add a slide with the drawing."""
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    shapes = slide.shapes
    shapes.turbo_add_enabled = True
    for lane in drawing.lanes:
        _lane(shapes, lane)
    knots: dict[Point, Any] = {}
    for block in drawing.blocks:
        _block(shapes, block, _ports(block, drawing.flows), knots)
    _flows(shapes, drawing.flows, knots)
    for tile in drawing.tiles:
        _tile(shapes, tile)
    for start, end, essential, kind in drawing.samples:
        line = shapes.add_connector(MSO_CONNECTOR_TYPE.STRAIGHT, *_ends(start, end))
        _ink(line, essential=essential, kind=kind, arrow=True)
    for words in drawing.words:
        add_text(shapes, words)


def add_text(shapes: Any, words: Words) -> None:
    """Add a text in a frame of its own."""
    slack = SLACK_AFTER if words.anchor is Anchor.START else SLACK
    wide = width(words.text, words.size) * slack + 8
    back = {Anchor.START: 0.0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[words.anchor]
    place = Rect(words.x - back, words.y - words.size, wide, words.size * 1.3)
    box = shapes.add_textbox(*_place(place))
    _empty(box.text_frame)
    box.text_frame.word_wrap = True
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment = _ALIGNED[words.anchor]
    write(paragraph, words)


def _lane(shapes: Any, lane: Lane) -> None:
    _fill(shapes.add_shape(MSO_SHAPE.RECTANGLE, *_place(lane.rect)), theme.LANE)
    head = shapes.add_shape(MSO_SHAPE.PENTAGON, *_place(lane.header))
    head.name = lane.title
    _fill(head, theme.STAGES[lane.stage])
    if lane.bar.parts:
        _fill(shapes.add_shape(MSO_SHAPE.RECTANGLE, *_place(lane.bar.edge(EDGE))), theme.PAPER)
    _bar(shapes, lane.bar)
    for words in lane.words:
        add_text(shapes, words)


def _block(shapes: Any, block: Block, ports: Sequence[Point], knots: dict[Point, Any]) -> None:
    """Draw a block with its ports as a group; the ports are added to the knots."""
    before = len(shapes)
    if block.framed:
        frame = shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *_place(block.rect))
        frame.name = block.title
        _fill(frame, theme.CARD, theme.FRAME, 0.7)
        _corner(frame, block.rect, 3)
    _bar(shapes, block.bar)
    for words in block.words:
        add_text(shapes, words)
    for box in block.boxes:
        _box(shapes, box)
    knots |= {point: _knot(shapes, point) for point in ports}
    group = shapes.add_group_shape(list(shapes)[before:])
    group.name = block.title or block.boxes[0].product.product.name


def _ports(block: Block, flows: Sequence[Flow]) -> list[Point]:
    """Where lines meet a block."""
    points = [flow.path[0] for flow in flows if flow.start == block.key]
    points += [flow.path[-1] for flow in flows if flow.end == block.key]
    return list(dict.fromkeys(points))


def _box(shapes: Any, box: Box) -> None:
    look = theme.STATUSES[box.status]
    shape = shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *_place(box.rect))
    shape.name = box.product.product.name
    _fill(shape, look.fill, look.edge, 0.8)
    if look.dash:
        dashes = MSO_LINE_DASH_STYLE
        missing = box.status == "missing"
        shape.line.dash_style = dashes.DASH if missing else dashes.ROUND_DOT
    _corner(shape, box.rect, 2.2)
    _texts(shape.text_frame, box)
    _mark(shapes, box.mark)


def _texts(frame: Any, box: Box) -> None:
    """One paragraph a line; a tag at the right of the name follows it after a tab."""
    _empty(frame)
    left = min(words.x for words in box.words)
    frame.margin_left = emu(left - box.rect.x)
    frame.margin_top = emu(box.words[0].y - box.words[0].size - box.rect.y)
    frame.vertical_anchor = MSO_ANCHOR.TOP
    lines: dict[float, list[Words]] = {}
    for words in box.words:
        lines.setdefault(words.y, []).append(words)
    for at, line in enumerate(lines.values()):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.line_spacing = Pt(line[0].size * 1.27)
        paragraph.alignment = PP_ALIGN.LEFT
        properties = paragraph._p.get_or_add_pPr()
        properties.set("indent", str(emu(line[0].x - left)))
        properties.set("marL", "0")
        for each in line:
            tag = each.anchor is Anchor.END
            write(paragraph, each._replace(text=f"  {each.text}") if tag else each)


def _mark(shapes: Any, mark: Mark) -> None:
    if not mark.status:
        return
    reach = mark.radius * (1.5 if mark.status == "missing" else 1.05)
    place = Rect(mark.x - reach, mark.y - reach, 2 * reach, 2 * reach)
    _fill(shapes.add_shape(_MARKS[mark.status], *_place(place)), theme.STATUSES[mark.status].mark)


def _tile(shapes: Any, tile: Tile) -> None:
    look = theme.STATUSES[tile.mark.status if tile.mark else ""]
    shape = shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *_place(tile.rect))
    _fill(shape, look.fill, look.edge, 0.7)
    _corner(shape, tile.rect, 3)
    if tile.mark:
        _mark(shapes, tile.mark)
    for words in tile.words:
        add_text(shapes, words)


def _bar(shapes: Any, bar: Bar) -> None:
    for status, rect in bar.parts:
        part = shapes.add_shape(MSO_SHAPE.RECTANGLE, *_place(rect))
        _fill(part, theme.STATUSES[status].mark)


def _flows(shapes: Any, flows: Sequence[Flow], knots: dict[Point, Any]) -> None:
    """Draw every stretch of the lines once, however many lines run on it."""
    stretches: dict[tuple[Point, Point], list[Flow]] = {}
    for flow in flows:
        for pair in pairwise(flow.path):
            stretches.setdefault(pair, []).append(flow)
    last = {flow.path[-2:] for flow in flows}
    for (start, end), its in stretches.items():
        for point in (start, end):
            if point not in knots:
                knots[point] = _knot(shapes, point)
        line = shapes.add_connector(MSO_CONNECTOR_TYPE.STRAIGHT, 0, 0, 0, 0)
        leaves, arrives = _sides(start, end)
        line.begin_connect(knots[start], leaves)
        line.end_connect(knots[end], arrives)
        essential, kind = any(f.essential for f in its), all(f.kind for f in its)
        _ink(line, essential=essential, kind=kind, arrow=(start, end) in last)


def _knot(shapes: Any, point: Point) -> Any:
    """Add something to glue a line to."""
    place = Rect(point[0] - PORT / 2, point[1] - PORT / 2, PORT, PORT)
    knot = shapes.add_shape(MSO_SHAPE.RECTANGLE, *_place(place))
    _fill(knot, theme.ESSENTIAL)
    return knot


def _sides(start: Point, end: Point) -> tuple[int, int]:
    """Which sides of its knots a stretch runs between."""
    if start[1] == end[1]:
        return (RIGHT, LEFT) if end[0] > start[0] else (LEFT, RIGHT)
    return (BOTTOM, TOP) if end[1] > start[1] else (TOP, BOTTOM)


def _ink(line: Any, *, essential: bool, kind: bool, arrow: bool) -> None:
    line.line.color.rgb = rgb(theme.ESSENTIAL if essential else theme.LINE)
    line.line.width = Pt(1 if essential else 0.8)
    if kind:
        line.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    if arrow:
        edge = line.line._get_or_add_ln()
        edge.append(edge.makeelement(qn("a:tailEnd"), {"type": "triangle", "w": "sm", "len": "sm"}))
    _plain(line)


def _fill(shape: Any, colour: str, edge: str = "", wide: float = 0.0) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(colour)
    _plain(shape)
    if edge:
        shape.line.color.rgb = rgb(edge)
        shape.line.width = Pt(wide)
    else:
        shape.line.fill.background()


def _plain(shape: Any) -> None:
    """Take away the shadows and colours of the theme."""
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)


def _corner(shape: Any, rect: Rect, radius: float) -> None:
    shape.adjustments[0] = radius / min(rect.width, rect.height)


def _empty(frame: Any) -> None:
    frame.word_wrap = False
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def write(paragraph: Any, words: Words) -> None:
    """Add a text to a paragraph, in a typeface that has Chinese."""
    run = paragraph.add_run()
    run.text = words.text
    font = run.font
    font.size, font.bold, font.name = Pt(round(words.size, 1)), words.role in BOLD, FACE
    font.color.rgb = rgb(INKS[words.role])
    properties = run._r.get_or_add_rPr()
    eastern = properties.makeelement(qn("a:ea"), {"typeface": FACE})
    properties.find(qn("a:latin")).addnext(eastern)


def rgb(colour: str) -> RGBColor:
    """Return a colour."""
    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))  # type: ignore[no-untyped-call]


def emu(points: float) -> Emu:
    """Return a length in the unit of the file."""
    return Emu(round(points * 12700))


def _place(rect: Rect) -> tuple[Emu, Emu, Emu, Emu]:
    return emu(rect.x), emu(rect.y), emu(rect.width), emu(rect.height)


def _ends(start: Point, end: Point) -> tuple[Emu, Emu, Emu, Emu]:
    return emu(start[0]), emu(start[1]), emu(end[0]), emu(end[1])
