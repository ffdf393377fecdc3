"""What the handbook says, chapter by chapter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...algorithms.answers import GapAnswer, TargetsAnswer
from ...algorithms.answers.words import STAGES, word
from ...algorithms.status import Status
from ...maps.layout.measure import clean
from ...text import Text
from ..figures import figure, money, percent
from . import words as say
from .gathering import EVIDENCE, Gathered
from .parts import Book, Heading, Map, Paragraph, Part, Points, Table

NAMES = 12
"""How many names a sentence lists."""
EXCLUDED = 6


def handbook(found: Gathered) -> Book:
    """Return the handbook of a region and a chain."""
    snapshot = found.gaps.snapshot
    day = str(say.AS_OF.fill(day=snapshot.as_of)) if snapshot.as_of else ""
    subtitle = say.SUBTITLE.fill(number=snapshot.number, date=snapshot.date, as_of=day)
    title = say.HANDBOOK.fill(place=found.place, chain=found.chain)
    parts: list[Part] = [
        Heading(1, str(say.PROFILE)),
        *_profile(found),
        Map(str(say.MAP)),
        Heading(1, str(say.GAPS)),
        *_gaps(found),
        Heading(1, str(say.CALLS)),
        *_calls(found),
        Heading(1, str(say.METHOD)),
        *_method(found),
    ]
    return Book(clean(str(title)), str(subtitle), str(say.NOTE), tuple(parts))


def link_of(gap: GapAnswer) -> str:
    """Return where on the chain a product stands: its stage and group."""
    return str(say.LINK).join(filter(None, (word(STAGES, gap.stage), clean(gap.group or ""))))


def kind_of(gap: GapAnswer) -> str:
    """Return the kinds of a gap, and whether it is a break."""
    kinds = [each.text for each in gap.kinds] + ([str(say.BREAK)] if gap.is_break else [])
    return str(say.JOIN).join(kinds)


def profile_points(found: Gathered) -> list[str]:
    """Return the region and how the chain stands in it, a sentence a point."""
    coverage, rate, gaps = found.gaps.coverage, found.gaps.local_rate, found.gaps.gaps
    nodes = found.map.nodes
    texts = [
        say.COVERAGE.fill(
            place=found.place,
            enterprises=coverage.enterprises,
            known=coverage.known,
            revenue=money(coverage.revenue),
        ),
        say.COUNTS.fill(chain=found.chain, total=len(nodes), counts=_counts(found)),
    ]
    if rate.value is not None:
        texts.append(say.RATE.fill(rate=percent(rate.value), covered=percent(rate.covered)))
    strong = [n.product.name for n in nodes if n.status and n.status.code == "strong"]
    leaders = [firm.short_name or firm.name for node in nodes for firm in node.leaders[:2]]
    breaks = [gap.product.name for gap in gaps if gap.is_break]
    urgent = [gap.product.name for gap in gaps]
    for text, names in (
        (say.STRONG, strong),
        (say.LEADERS, leaders),
        (say.URGENT, urgent),
        (say.BREAKS, breaks),
    ):
        if names:
            texts.append(text.fill(names=_listed(names)))
    return [clean(str(each)) for each in texts]


def _profile(found: Gathered) -> Iterable[Part]:
    yield Points(tuple(profile_points(found)))


def _counts(found: Gathered) -> str:
    counts = found.gaps.counts
    return str(say.JOIN).join(
        str(say.COUNT.fill(status=each.value, number=counts.get(each.name.lower(), 0)))
        for each in Status
    )


def _listed(names: Sequence[str]) -> str:
    return str(say.JOIN).join(list(dict.fromkeys(names))[:NAMES])


def gap_rows(gaps: Sequence[GapAnswer]) -> tuple[tuple[str, ...], ...]:
    """Return the gaps as rows of a table, as `words.GAP_HEAD` names its columns."""
    return tuple(
        tuple(
            clean(cell)
            for cell in (
                str(at),
                gap.product.name + (" ★" if gap.key else ""),
                link_of(gap),
                str(say.LINK).join(filter(None, (gap.status.text, kind_of(gap)))),
                str(say.SEMICOLON).join(each.text for each in gap.reasons),
                f"{gap.makers.local} / {gap.makers.nearest.outside}",
                str(gap.users),
                money(gap.need),
                gap.action.text,
                figure(gap.priority.score),
            )
        )
        for at, gap in enumerate(gaps, start=1)
    )


def _gaps(found: Gathered) -> Iterable[Part]:
    gaps = found.gaps
    if not gaps.gaps:
        yield Paragraph(str(say.NO_GAPS))
        return
    yield Paragraph(str(say.FIRST.fill(shown=len(gaps.gaps), total=gaps.total)))
    yield Table(_said(say.GAP_HEAD), gap_rows(gaps.gaps), say.GAP_WIDTHS)


def _calls(found: Gathered) -> Iterable[Part]:
    if not found.calls:
        yield Paragraph(str(say.NO_CALLS))
    for at, (gap, answer) in enumerate(found.calls, start=1):
        status = str(say.LINK).join(filter(None, (gap.status.text, kind_of(gap))))
        title = say.CALL.fill(at=at, product=gap.product.name, status=status)
        yield Heading(2, clean(str(title)))
        line = say.GAP_LINE.fill(
            local=gap.makers.local,
            outside=gap.makers.nearest.outside,
            users=gap.users,
            action=gap.action.text,
        )
        yield Paragraph(str(line))
        yield Table(_said(say.TARGET_HEAD), target_rows(answer), say.TARGET_WIDTHS)
        yield from _evidence(answer)


def target_rows(answer: TargetsAnswer) -> tuple[tuple[str, ...], ...]:
    """Return targets as rows of a table, as `words.TARGET_HEAD` names its columns."""
    return tuple(
        tuple(
            clean(cell)
            for cell in (
                str(at),
                target.enterprise.name,
                target.home.name if target.home else "—",
                figure(target.score),
                target.why,
            )
        )
        for at, target in enumerate(answer.targets, start=1)
    )


def _evidence(answer: TargetsAnswer) -> Iterable[Part]:
    """The facts behind the best target, and who was left out and why."""
    if answer.targets:
        best = answer.targets[0]
        facts = tuple(clean(str(fact.sentence())) for fact in best.evidence[:EVIDENCE])
        lead = clean(str(say.EVIDENCE.fill(firm=best.enterprise.name)))
        yield Points((lead, *facts), small=True)
    left_out = [
        str(say.EXCLUDED_ONE.fill(firm=each.enterprise.name, gate=each.gate.text))
        for each in answer.excluded[:EXCLUDED]
    ]
    if left_out:
        joined = str(say.SEMICOLON).join(left_out)
        yield Points((clean(str(say.EXCLUDED.fill(firms=joined))),), small=True)


def _method(found: Gathered) -> Iterable[Part]:
    rows = [(clean(title), str(day), clean(link)) for title, link, day in found.sources()]
    if rows:
        yield Table(_said(say.SOURCE_HEAD), tuple(rows), say.SOURCE_WIDTHS)
    yield Points(tuple(str(each) for each in say.METHODS))


def _said(texts: Sequence[Text]) -> tuple[str, ...]:
    return tuple(str(each) for each in texts)
