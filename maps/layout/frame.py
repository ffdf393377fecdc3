"""What stands around the chain: title, figures, lanes, legend, sources."""

from __future__ import annotations

from collections.abc import Sequence

from ...algorithms.browse.models import ChainMapAnswer
from .. import words as say
from . import sheet as size
from .blocks import NOTHING, strip
from .fitting import Fitted
from .grouping import STATUSES, counts_of
from .measure import clean, cut, width, wrapped
from .model import Anchor, Lane, Mark, Point, Rect, Role, Tile, Words
from .sheet import Measures, Sheet

Sample = tuple[Point, Point, bool, bool]


def title_of(answer: ChainMapAnswer) -> str:
    """Return what the sheet is called."""
    chain = clean(answer.chain.name)
    if answer.scope is None:
        return str(say.CHAIN_ONLY.fill(chain=chain))
    return str(say.MAP.fill(region=clean(answer.scope.name), chain=chain))


def header(
    answer: ChainMapAnswer, sheet: Sheet, measures: Measures
) -> tuple[tuple[Words, ...], tuple[Tile, ...]]:
    """Return title and subtitle at the left, the figures at the right."""
    tiles = _tiles(answer, sheet, measures)
    room = (tiles[0].rect.x if tiles else sheet.width - sheet.margin) - sheet.margin - measures(12)
    letters, small = measures(size.TITLE), measures(size.SUBTITLE)
    name = title_of(answer)
    if width(name, letters) > room:
        letters = max(measures(12), letters * room / width(name, letters))
    y = sheet.margin + measures(22)
    title = Words(sheet.margin, y, letters, cut(name, letters, room), Role.TITLE)
    lines = wrapped(_standing(answer), small, room, 2)
    below = [
        Words(sheet.margin, round(y + measures(14 + 10 * at), 2), small, line, Role.SUBTITLE)
        for at, line in enumerate(lines)
    ]
    return (title, *below), tiles


def footer(
    answer: ChainMapAnswer, sheet: Sheet, measures: Measures
) -> tuple[tuple[Words, ...], tuple[Tile, ...], tuple[Sample, ...]]:
    """Return the legend of lines and the star, and the notes."""
    top = sheet.height - sheet.margin - measures(size.FOOTER)
    letters = measures(size.NOTE)
    words, samples = _legend(sheet, top + measures(12), measures)
    end = sheet.width - sheet.margin
    by = Words(end, top + measures(12), letters, str(say.MADE_BY), Role.NOTE, Anchor.END)
    notes = [_sources(answer), str(say.METHOD)]
    lines = [
        Words(
            sheet.margin,
            round(top + measures(22 + 9.5 * at), 2),
            letters,
            cut(note, letters, sheet.inner),
            Role.NOTE,
        )
        for at, note in enumerate(notes if answer.scope else notes[:1])
    ]
    return (*words, by, *lines), (), samples


def lanes_of(
    fitted: Sequence[Fitted],
    sides: Sequence[tuple[float, float]],
    sheet: Sheet,
    measures: Measures,
) -> tuple[Lane, ...]:
    """Return a lane for each stage, around its columns."""
    stages = list(dict.fromkeys(each.column.stage for each in fitted))
    return tuple(_lane(stage, fitted, sides, sheet, measures) for stage in stages)


def _lane(
    stage: str,
    fitted: Sequence[Fitted],
    sides: Sequence[tuple[float, float]],
    sheet: Sheet,
    measures: Measures,
) -> Lane:
    own = [at for at, each in enumerate(fitted) if each.column.stage == stage]
    pad = measures(size.LANE_PAD)
    left, right = sides[own[0]][0] - pad, sides[own[-1]][1] + pad
    top = sheet.margin + measures(size.HEADER)
    bottom = sheet.height - sheet.margin - measures(size.FOOTER)
    head = Rect(round(left, 2), top, round(right - left, 2), measures(size.LANE_HEADER))
    body = Rect(head.x, head.bottom, head.width, round(bottom - head.bottom, 2))
    nodes = [n for at in own for group in fitted[at].column.groups for n in group.members]
    title, number = str(say.STAGES[stage]), str(say.PRODUCTS.fill(number=len(nodes)))
    letters, small = measures(size.LANE), measures(size.CAPTION)
    baseline = round(head.y + measures(14.2), 2)
    start = head.x + measures(11)
    words = [Words(start, baseline, letters, cut(title, letters, head.width), Role.LANE)]
    x = start + width(title, letters) + measures(7)
    if x + width(number, small) + measures(12) < head.right:
        words.append(Words(round(x, 2), baseline, small, number, Role.LANE))
    counts = counts_of(nodes)
    place = Rect(
        round(x + width(number, small) + measures(8), 2), head.y + measures(8), 0, measures(5)
    )
    wide = head.right - measures(16) - place.x
    bar = NOTHING
    if counts and wide > measures(20):
        bar = strip(counts, place._replace(width=min(wide, measures(120))))
    return Lane(stage, title, body, head, tuple(words), bar)


def _tiles(answer: ChainMapAnswer, sheet: Sheet, measures: Measures) -> tuple[Tile, ...]:
    """The summary: a figure for each status, with its mark; the local rate where it is known."""
    if answer.scope is None:
        return ()
    counts = counts_of(answer.nodes)
    found = [(code, str(counts.get(code, 0)), str(say.STATUSES[code])) for code in STATUSES]
    rate = answer.local_rate.value if answer.local_rate else None
    if rate is not None:
        found.append(("", f"{rate:.0%}", str(say.RATE)))
    wide, high, gap = measures(58), measures(38), measures(6)
    left = sheet.width - sheet.margin - len(found) * (wide + gap) + gap
    return tuple(
        _tile(Rect(round(left + at * (wide + gap), 2), sheet.margin, wide, high), *each, measures)
        for at, each in enumerate(found)
    )


def _tile(rect: Rect, code: str, figure: str, caption: str, measures: Measures) -> Tile:
    middle = round(rect.x + rect.width / 2, 2)
    letters, small = measures(size.FIGURE), measures(size.CAPTION)
    mark = None
    x = middle
    if code:
        radius = measures(3.6)
        x = round(middle + radius + measures(1), 2)
        mark = Mark(
            round(x - width(caption, small) / 2 - radius - measures(3), 2),
            round(rect.y + measures(29.2), 2),
            radius,
            code,
        )
    words = (
        Words(middle, round(rect.y + measures(19), 2), letters, figure, Role.FIGURE, Anchor.MIDDLE),
        Words(
            x,
            round(rect.y + measures(31.6), 2),
            small,
            cut(caption, small, rect.width - measures(4)),
            Role.CAPTION,
            Anchor.MIDDLE,
        ),
    )
    return Tile(rect, mark, words)


def _legend(sheet: Sheet, y: float, measures: Measures) -> tuple[list[Words], tuple[Sample, ...]]:
    letters, long = measures(size.NOTE), measures(20)
    x, words, samples = sheet.margin, [], []
    for text, essential, kind in (
        (say.ESSENTIAL, True, False),
        (say.INPUT, False, False),
        (say.KIND, False, True),
    ):
        level = y - measures(2.2)
        samples.append(((x, level), (x + long, level), essential, kind))
        x += long + measures(4)
        words.append(Words(round(x, 2), y, letters, str(text), Role.NOTE))
        x = round(x + width(str(text), letters) + measures(12), 2)
    words.append(Words(x, y, letters, str(say.KEY), Role.NOTE))
    return words, tuple(samples)


def _standing(answer: ChainMapAnswer) -> str:
    snapshot, coverage = answer.snapshot, answer.coverage
    day = str(say.AS_OF.fill(day=snapshot.as_of)) if snapshot.as_of else ""
    if coverage is None:
        return str(say.SNAPSHOT.fill(number=snapshot.number, date=snapshot.date, as_of=day))
    revenue = ""
    if coverage.revenue and coverage.known_revenue is not None:
        share = f"{coverage.known_revenue / coverage.revenue:.0%}"
        revenue = str(say.REVENUE.fill(share=share))
    return str(
        say.STANDING.fill(
            number=snapshot.number,
            date=snapshot.date,
            as_of=day,
            enterprises=coverage.enterprises,
            known=coverage.known,
            revenue=revenue,
        )
    )


def _sources(answer: ChainMapAnswer) -> str:
    if not answer.sources:
        return str(say.NO_SOURCES)
    joined = str(say.SEMICOLON).join(clean(each) for each in answer.sources)
    return str(say.SOURCES.fill(sources=joined))
