"""The layout: from the answer about a chain to a drawing of it on a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ...algorithms.browse.models import ChainMapAnswer
from . import sheet as size
from .blocks import block_of
from .fitting import Fitted, Room, fit
from .frame import footer, header, lanes_of, title_of
from .grouping import columns_of
from .model import Block, Drawing, Flow, Rect
from .nets import Net, links_of, nets_of
from .ordering import ordered
from .placing import Pins, Spans, least_height, stacked
from .routing import Ways, tracks_of, trunks_of
from .sheet import A3, Measures, Sheet

REFITS = 8


def lay_out(answer: ChainMapAnswer, sheet: Sheet = A3, folded: Iterable[str] = ()) -> Drawing:
    """Return the drawing of a chain map; the same answer gives the same drawing.

    Parameters
    ----------
    folded
        Titles of the groups that show their heading only.

    Notes
    -----
    Layers are given by stage and tier, so what is left of Sugiyama's method is: threads for long
    edges, order by barycentres, places, ways. Time is near linear in products and edges.
    """
    measures = Measures(sheet.scale)
    top = sheet.margin + measures(size.HEADER + size.LANE_HEADER + size.LANE_PAD)
    bottom = sheet.height - sheet.margin - measures(size.FOOTER + size.LANE_PAD)
    plan = _plan(answer, Room(sheet.inner, bottom - top, measures), top, frozenset(folded))
    sides, tracks = _across(plan, sheet, measures)
    blocks = tuple(_blocks(plan, sides, measures))
    words, tiles, samples = footer(answer, sheet, measures)
    head_words, head_tiles = header(answer, sheet, measures)
    return Drawing(
        answer=answer,
        sheet=sheet,
        title=title_of(answer),
        lanes=lanes_of(plan.fitted, sides, sheet, measures),
        blocks=blocks,
        flows=tuple(_flows(plan, Ways(plan.pins, plan.column_of, sides, tracks))),
        tiles=(*head_tiles, *tiles),
        samples=samples,
        words=(*head_words, *words),
    )


@dataclass(frozen=True)
class _Plan:
    """All that is known before the widths are."""

    fitted: Sequence[Fitted]
    nets: Sequence[Net]
    column_of: Mapping[str, int]
    spans: Spans
    pins: Pins


def _plan(answer: ChainMapAnswer, room: Room, top: float, folded: frozenset[str]) -> _Plan:
    """Plan the columns; where threads need height that boxes have taken, set the boxes anew."""
    columns, free = columns_of(answer), room
    draft = _draft(answer, fit(columns, free, folded), room.measures)
    for _ in range(REFITS):
        if draft.tallest <= room.height:
            break
        free = replace(free, height=free.height - (draft.tallest - room.height))
        draft = _draft(answer, fit(columns, free, folded), room.measures)
    spans: Spans = {}
    for column in draft.order:
        spans |= stacked(column, draft.heights, top, room.height, room.measures)
    pins = Pins(spans, draft.nets, len(draft.fitted))
    return _Plan(draft.fitted, draft.nets, draft.column_of, spans, pins)


@dataclass(frozen=True)
class _Draft:
    """Columns in their order, before it is known whether they are too tall."""

    fitted: Sequence[Fitted]
    nets: Sequence[Net]
    column_of: Mapping[str, int]
    order: Sequence[Sequence[str]]
    heights: Mapping[str, float]
    tallest: float


def _draft(answer: ChainMapAnswer, fitted: Sequence[Fitted], measures: Measures) -> _Draft:
    groups = [(at, group) for at, each in enumerate(fitted) for group in each.column.groups]
    column_of = {group.key: at for at, group in groups}
    block_of_product = {node.product.id: g.key for _, g in groups for node in g.members}
    nets = nets_of(links_of(answer.edges, block_of_product), column_of)
    order = ordered([[group.key for group in each.column.groups] for each in fitted], nets)
    heights = {group.key: fitted[at].height_of(group, measures) for at, group in groups}
    tallest = max((least_height(column, heights, measures) for column in order), default=0.0)
    return _Draft(fitted, nets, column_of, order, heights, tallest)


def _across(
    plan: _Plan, sheet: Sheet, measures: Measures
) -> tuple[list[tuple[float, float]], list[dict[int, float]]]:
    """Return the sides of each column and the x of each trunk by channel."""
    tracks = [
        tracks_of(trunks_of([n.segments[c] for n in plan.nets if c in n.segments], plan.pins))
        for c in range(len(plan.fitted))
    ]
    channels = [_channel_width(each, measures) for each in tracks]
    channels[-1:] = [channels[-1] if tracks[-1] else 0.0] if tracks else []
    boxes = sum(each.across for each in plan.fitted)
    frame = measures(2 * size.BLOCK_PAD - size.BOX_GAP + 2 * size.LANE_PAD)
    free = sheet.inner - sum(channels) - len(plan.fitted) * frame
    pitch = min(free / max(boxes, 1), measures(size.MOST_BOX + size.BOX_GAP))
    spare = sheet.inner - sum(channels) - len(plan.fitted) * frame - boxes * pitch
    widen = spare / max(len(channels) - 1, 1)
    sides: list[tuple[float, float]] = []
    places: list[dict[int, float]] = []
    x = sheet.margin + measures(size.LANE_PAD)
    for at, each in enumerate(plan.fitted):
        right = x + each.across * pitch + frame - 2 * measures(size.LANE_PAD)
        sides.append((round(x, 2), round(right, 2)))
        places.append(
            _tracks(tracks[at], right, channels[at] + 2 * measures(size.LANE_PAD), measures)
        )
        x = right + channels[at] + widen + 2 * measures(size.LANE_PAD)
    return sides, places


def _channel_width(tracks: Mapping[int, int], measures: Measures) -> float:
    number = max(tracks.values(), default=0) + 1
    wide = max(size.TRACK * (number - 1) + size.ARROW, size.CHANNEL - 2 * size.LANE_PAD)
    return measures(min(wide, size.MOST_CHANNEL))


def _tracks(
    tracks: Mapping[int, int], left: float, wide: float, measures: Measures
) -> dict[int, float]:
    """Spread the tracks evenly, clear of the arrows at the right."""
    number = max(tracks.values(), default=0) + 1
    start, end = left + measures(4), left + wide - measures(size.ARROW + 1.5)
    step = (end - start) / (number + 1)
    return {net: round(start + step * (track + 1), 2) for net, track in tracks.items()}


def _blocks(
    plan: _Plan, sides: Sequence[tuple[float, float]], measures: Measures
) -> Iterable[Block]:
    for at, each in enumerate(plan.fitted):
        left, right = sides[at]
        for group in each.column.groups:
            upper, lower = plan.spans[group.key]
            rect = Rect(left, round(upper, 2), round(right - left, 2), round(lower - upper, 2))
            yield block_of(group, each, rect, measures)


def _flows(plan: _Plan, ways: Ways) -> Iterable[Flow]:
    for net in plan.nets:
        for link in net.links:
            path = ways.of(net, link)
            yield Flow(link.start, link.end, path, link.essential, link.kind, link.edges)
