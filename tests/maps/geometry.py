"""What must hold of every drawing, said in plain geometry."""

from __future__ import annotations

from itertools import combinations, pairwise

from lianpu.maps.layout import Drawing
from lianpu.maps.layout.measure import width
from lianpu.maps.layout.model import Anchor, Point, Rect, Words

SLACK = 0.05


def overlap(one: Rect, other: Rect) -> bool:
    """Whether two rectangles share more than a border."""
    apart = one.right <= other.x + SLACK or other.right <= one.x + SLACK
    apart = apart or one.bottom <= other.y + SLACK or other.bottom <= one.y + SLACK
    return not apart


def inside(inner: Rect, outer: Rect) -> bool:
    """Whether a rectangle lies within another."""
    across = outer.x - SLACK <= inner.x and inner.right <= outer.right + SLACK
    return across and outer.y - SLACK <= inner.y and inner.bottom <= outer.bottom + SLACK


def crosses(start: Point, end: Point, rect: Rect) -> bool:
    """Whether an upright or level line runs through the inside of a rectangle."""
    left, right = sorted((start[0], end[0]))
    upper, lower = sorted((start[1], end[1]))
    line = Rect(left, upper, right - left, lower - upper)
    beside = line.right <= rect.x + SLACK or line.x >= rect.right - SLACK
    beside = beside or line.bottom <= rect.y + SLACK or line.y >= rect.bottom - SLACK
    return not beside


def extent(words: Words) -> Rect:
    """The room that a text takes: as high as its letters are."""
    wide = width(words.text, words.size)
    back = {Anchor.START: 0.0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[words.anchor]
    return Rect(words.x - back, words.y - 0.8 * words.size, wide, 0.9 * words.size)


def faults(drawing: Drawing) -> list[str]:
    """What is wrong with a drawing."""
    return [*_places(drawing), *_texts(drawing), *_ways(drawing), *_whole(drawing)]


def _places(drawing: Drawing) -> list[str]:
    paper = Rect(0, 0, drawing.sheet.width, drawing.sheet.height)
    lanes = {lane.stage: lane.rect for lane in drawing.lanes}
    rects = [(block.key, block.rect) for block in drawing.blocks]
    found = [f"{a} on {b}" for (a, x), (b, y) in combinations(rects, 2) if overlap(x, y)]
    found += [
        f"{lane.stage} off the sheet" for lane in drawing.lanes if not inside(lane.rect, paper)
    ]
    for block in drawing.blocks:
        if not inside(block.rect, lanes[block.stage]):
            found.append(f"{block.key} out of its lane")
        boxes = [box.rect for box in block.boxes]
        found += [f"boxes of {block.key}" for x, y in combinations(boxes, 2) if overlap(x, y)]
        found += [f"box out of {block.key}" for box in boxes if not inside(box, block.rect)]
    return found


def _texts(drawing: Drawing) -> list[str]:
    paper = Rect(0, 0, drawing.sheet.width, drawing.sheet.height)
    holders = [(words, box.rect) for b in drawing.blocks for box in b.boxes for words in box.words]
    holders += [(words, part.rect) for part in drawing.blocks for words in part.words]
    holders += [(words, part.rect) for part in drawing.tiles for words in part.words]
    holders += [(words, lane.header) for lane in drawing.lanes for words in lane.words]
    holders += [(words, paper) for words in drawing.words]
    return [
        f"“{words.text}” does not fit" for words, rect in holders if not inside(extent(words), rect)
    ]


def _ways(drawing: Drawing) -> list[str]:
    found: list[str] = []
    paper = Rect(0, 0, drawing.sheet.width, drawing.sheet.height)
    rects = {block.key: block.rect for block in drawing.blocks}
    for flow in drawing.flows:
        name = f"{flow.start} to {flow.end}"
        for one, other in pairwise(flow.path):
            if one[0] != other[0] and one[1] != other[1]:
                found.append(f"{name} is aslant")
            found += [f"{name} through {key}" for key, r in rects.items() if crosses(one, other, r)]
        ends = ((flow.path[0], flow.start), (flow.path[-1], flow.end))
        found += [f"{name} hangs loose" for at, key in ends if not _touches(at, rects[key])]
        found += [
            f"{name} leaves the sheet" for x, y in flow.path if not inside(Rect(x, y, 0, 0), paper)
        ]
    return found


def _touches(point: Point, rect: Rect) -> bool:
    beside = min(abs(point[0] - rect.x), abs(point[0] - rect.right)) < SLACK
    return beside and rect.y - SLACK <= point[1] <= rect.bottom + SLACK


def _whole(drawing: Drawing) -> list[str]:
    """Every product is on the sheet once, or counted as one of those left out."""
    named = [box.product.product.id for block in drawing.blocks for box in block.boxes]
    named += [node.product.id for block in drawing.blocks for node in block.hidden]
    wanted = sorted(node.product.id for node in drawing.answer.nodes)
    return [] if sorted(named) == wanted else ["products are lost or doubled"]
