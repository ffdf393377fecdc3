"""The drawing as SVG, the master of all pictures.

Only presentation attributes, no style sheet and no script, so that a page with a strict
Content-Security-Policy may hold it. Classes and `data-` attributes say what is what, for a page
that wants to bring it to life: `g.lp-box.lp-missing[data-product]`, `g.lp-block[data-block]`,
`path.lp-flow[data-start][data-end]`, `g.lp-lane[data-stage]`.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from ..fonts import FAMILY
from . import theme
from . import words as say
from .layout.measure import clean
from .layout.model import (
    Anchor,
    Bar,
    Block,
    Box,
    Drawing,
    Flow,
    Lane,
    Point,
    Rect,
    Role,
    Tile,
    Words,
)
from .marks import draw_mark

FONTS = (
    f"'{FAMILY}', 'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
)
INKS = {
    Role.TITLE: theme.HEADER,
    Role.SUBTITLE: theme.MUTED,
    Role.FIGURE: theme.INK,
    Role.CAPTION: theme.MUTED,
    Role.LANE: theme.HEADER_INK,
    Role.HEADING: theme.INK,
    Role.COUNT: theme.MUTED,
    Role.NAME: theme.INK,
    Role.DETAIL: theme.MUTED,
    Role.TARGET: theme.TARGET,
    Role.NOTE: theme.MUTED,
}
_HEAVY = {
    Role.TITLE: 0.035,
    Role.FIGURE: 0.03,
    Role.LANE: 0.035,
    Role.HEADING: 0.035,
    Role.NAME: 0.018,
}
"""The font has one weight: headings are drawn with an outline, as wide as this part of the size."""
ROUND, EDGE = 3.0, 0.9


def svg(drawing: Drawing) -> str:
    """Return the drawing as an SVG document."""
    sheet = drawing.sheet
    root = Xml.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": f"{_number(sheet.width)}pt",
            "height": f"{_number(sheet.height)}pt",
            "viewBox": f"0 0 {_number(sheet.width)} {_number(sheet.height)}",
            "class": "lp-map",
            "font-family": FONTS,
            "role": "group",
            "aria-label": drawing.title,
        },
    )
    Xml.SubElement(root, "title").text = drawing.title
    paper = Rect(0, 0, sheet.width, sheet.height)
    _rect(root, paper, {"class": "lp-paper", "fill": theme.PAPER})
    for lane in drawing.lanes:
        _lane(root, lane)
    flows = Xml.SubElement(root, "g", {"class": "lp-flows", "fill": "none"})
    for flow in sorted(drawing.flows, key=lambda each: each.essential):
        _flow(flows, flow)
    for block in drawing.blocks:
        _block(root, block)
    head = Xml.SubElement(root, "g", {"class": "lp-frame"})
    for tile in drawing.tiles:
        _tile(head, tile)
    for start, end, essential, kind in drawing.samples:
        _line(head, (start, end), essential=essential, kind=kind)
    _say(head, drawing.words)
    return Xml.tostring(root, encoding="unicode")


def _lane(root: Xml.Element, lane: Lane) -> None:
    group = Xml.SubElement(root, "g", {"class": "lp-lane", "data-stage": lane.stage})
    _rect(group, lane.rect, {"fill": theme.LANE})
    head = lane.header
    tip = min(head.height / 2, 9.0)
    corners = [
        (head.x, head.y),
        (head.right - tip, head.y),
        (head.right, head.middle),
        (head.right - tip, head.bottom),
        (head.x, head.bottom),
    ]
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in corners)
    Xml.SubElement(group, "polygon", {"points": points, "fill": theme.STAGES[lane.stage]})
    if lane.bar.parts:
        _rect(group, lane.bar.edge(EDGE), {"fill": theme.PAPER, "rx": "0.6"})
    _bar(group, lane.bar)
    _say(group, lane.words)


def _flow(parent: Xml.Element, flow: Flow) -> None:
    names = ["lp-flow", "lp-kind" if flow.kind else "lp-essential" if flow.essential else ""]
    group = Xml.SubElement(
        parent,
        "g",
        {
            "class": " ".join(filter(None, names)),
            "data-start": flow.start,
            "data-end": flow.end,
        },
    )
    _line(group, flow.path, essential=flow.essential, kind=flow.kind)


def _line(parent: Xml.Element, path: Sequence[Point], *, essential: bool, kind: bool) -> None:
    colour = theme.ESSENTIAL if essential else theme.LINE
    look = {
        "fill": "none",
        "stroke": colour,
        "stroke-width": "1" if essential else "0.8",
        "stroke-linejoin": "round",
    }
    if kind:
        look["stroke-dasharray"] = "3 2"
    Xml.SubElement(parent, "path", {"d": _rounded(path), **look})
    (x0, _), (x, y) = path[-2], path[-1]
    way = 1 if x > x0 else -1
    tip = [(x, y), (x - way * 5.2, y - 2.3), (x - way * 5.2, y + 2.3)]
    points = " ".join(f"{_number(a)},{_number(b)}" for a, b in tip)
    Xml.SubElement(parent, "polygon", {"points": points, "fill": colour})


def _rounded(path: Sequence[Point]) -> str:
    """An orthogonal way with round corners."""
    parts = [f"M{_pair(path[0])}"]
    for before, corner, after in zip(path, path[1:], path[2:], strict=False):
        reach = min(ROUND, _far(before, corner) / 2, _far(corner, after) / 2)
        parts.append(f"L{_pair(_toward(corner, before, reach))}")
        parts.append(f"Q{_pair(corner)} {_pair(_toward(corner, after, reach))}")
    parts.append(f"L{_pair(path[-1])}")
    return "".join(parts)


def _block(root: Xml.Element, block: Block) -> None:
    group = Xml.SubElement(
        root, "g", {"class": "lp-block", "data-block": block.key, "data-group": block.title}
    )
    if block.framed:
        look = {"rx": "3", "fill": theme.CARD, "stroke": theme.FRAME, "stroke-width": "0.7"}
        _rect(group, block.rect, look)
    _bar(group, block.bar)
    _say(group, block.words)
    for box in block.boxes:
        _box(group, box)


def _box(parent: Xml.Element, box: Box) -> None:
    look = theme.STATUSES[box.status]
    attributes = {
        "class": f"lp-box lp-{box.status or 'plain'}",
        "data-product": clean(box.product.product.id),
    }
    group = Xml.SubElement(parent, "g", attributes)
    Xml.SubElement(group, "title").text = _spoken(box)
    border = {"rx": "2.2", "fill": look.fill, "stroke": look.edge, "stroke-width": "0.8"}
    if look.dash:
        border["stroke-dasharray"] = look.dash
    _rect(group, box.rect, border)
    draw_mark(group, box.mark)
    _say(group, box.words)


def _spoken(box: Box) -> str:
    """All that the box says in one line, for pointers and screen readers."""
    node = box.product
    parts = [clean(node.product.name)]
    if node.status:
        parts.append(node.status.text)
    parts += [each.text for each in node.reasons]
    parts += [each.text for each in box.words[1:]]
    return str(say.SEMICOLON).join(parts)


def _tile(parent: Xml.Element, tile: Tile) -> None:
    status = tile.mark.status if tile.mark else ""
    group = Xml.SubElement(parent, "g", {"class": f"lp-tile lp-{status or 'plain'}"})
    look = theme.STATUSES[status]
    _rect(
        group, tile.rect, {"rx": "3", "fill": look.fill, "stroke": look.edge, "stroke-width": "0.7"}
    )
    if tile.mark:
        draw_mark(group, tile.mark)
    _say(group, tile.words)


def _bar(parent: Xml.Element, bar: Bar) -> None:
    for status, rect in bar.parts:
        _rect(parent, rect, {"fill": theme.STATUSES[status].mark})


def _say(parent: Xml.Element, words: Sequence[Words]) -> None:
    for each in words:
        if not each.text:
            continue
        ink = INKS[each.role]
        look = {
            "x": _number(each.x),
            "y": _number(each.y),
            "font-size": _number(each.size),
            "fill": ink,
            "class": f"lp-{each.role.value}",
        }
        if each.anchor is not Anchor.START:
            look["text-anchor"] = each.anchor.value
        if each.role in _HEAVY:
            look |= {"stroke": ink, "stroke-width": _number(each.size * _HEAVY[each.role])}
        Xml.SubElement(parent, "text", look).text = each.text


def _rect(parent: Xml.Element, rect: Rect, look: dict[str, str]) -> None:
    place = {"x": rect.x, "y": rect.y, "width": rect.width, "height": rect.height}
    Xml.SubElement(parent, "rect", {name: _number(value) for name, value in place.items()} | look)


def _far(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _toward(start: Point, end: Point, far: float) -> Point:
    whole = _far(start, end) or 1.0
    return (
        start[0] + (end[0] - start[0]) * far / whole,
        start[1] + (end[1] - start[1]) * far / whole,
    )


def _pair(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
