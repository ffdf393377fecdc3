"""Which enterprise or product a name means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...text import Text
from ..answers.common import snapshot_answer
from ..index import Index
from ..lookup import all_called
from .describe import described
from .hints import WEIGHTS, Hint, agreeing, weighed
from .models import Match, MatchesAnswer
from .names import names_of

if TYPE_CHECKING:
    from ...ingest.resolve.decide import Thresholds
    from ...ingest.resolve.similarity import Candidate

LABELS = ("Enterprise", "Product")
"""What can be looked for."""
_NEAR = 20
"""Candidates that hints may still turn round."""


@dataclass(frozen=True)
class MatchAsked:
    """A name and what else is known; without a name a hint of a code is looked up."""

    text: str
    labels: tuple[str, ...] = LABELS
    hints: tuple[Hint, ...] = ()
    limit: int = 5


@dataclass(frozen=True)
class _Found:
    label: str
    candidate: Candidate
    hints: dict[str, bool]


def matches_answer(index: Index, asked: MatchAsked, thresholds: Thresholds) -> MatchesAnswer:
    """Return what a name may mean, the best first.

    `sure` is decided as an import decides: the only one of exactly that name or code; else the
    enterprise with a score that is high enough and far enough above that of the next one. A
    product is never taken for its likeness: one word more makes another product.
    """
    found = [each for label in asked.labels for each in _looked_up(index, label, asked)]
    found.sort(key=lambda each: (-each.candidate.score, each.candidate.key))
    taken = _taken(found, thresholds)
    shown = found[: asked.limit]
    about = described(index, [(each.label, each.candidate.key) for each in shown])
    return MatchesAnswer(
        snapshot=snapshot_answer(index.snapshot),
        matches=[
            Match(
                id=each.candidate.key,
                name=about[each.label, each.candidate.key][0],
                label=each.label,
                description=about[each.label, each.candidate.key][1],
                score=each.candidate.score,
                sure=each.candidate is taken,
                features={reason.name: reason.value for reason in each.candidate.reasons}
                | {f"{name}_agrees": agrees for name, agrees in each.hints.items()},
            )
            for each in shown
        ],
    )


def _taken(found: list[_Found], thresholds: Thresholds) -> Candidate | None:
    from ...ingest.resolve.decide import decide

    same = [each.candidate for each in found if each.candidate.score == 1]
    if same:
        return same[0] if len(same) == 1 else None
    return decide([e.candidate for e in found if e.label == "Enterprise"], thresholds).taken


def _looked_up(index: Index, label: str, asked: MatchAsked) -> list[_Found]:
    """Return the candidates of one label, weighed with the hints."""
    candidates = _by_key(_named(index, label, asked))
    hints = [each for each in asked.hints if each.name in WEIGHTS and label == "Enterprise"]
    agree = {each.name: agreeing(index, each, list(candidates)) for each in hints}
    found: list[_Found] = []
    for key, candidate in candidates.items():
        said = {name: known[key] for name, known in agree.items() if key in known}
        score = candidate.score
        for name, agrees in said.items():
            score = weighed(score, name, agrees=agrees)
        found.append(_Found(label, replace(candidate, score=score), said))
    return found


def _named(index: Index, label: str, asked: MatchAsked) -> Iterable[Candidate]:
    from ...ingest.resolve.similarity import Candidate, Reason

    same = Reason("same_name", Text("名称、别名或编号相同", "the same name, alias or id"), 1.0, 1.0)
    words = [asked.text] if asked.text else []
    codes = [value for hint in asked.hints if hint.name == "code" for value in hint.values]
    for word in words + (codes if label == "Enterprise" else []):
        for named in all_called(index, label, word):
            yield Candidate(named.name, named.key, 1.0, (same,))
    for word in words:
        yield from names_of(index, label).search(word, _NEAR)


def _by_key(candidates: Iterable[Candidate]) -> dict[str, Candidate]:
    """Return the best candidate of each key."""
    best: dict[str, Candidate] = {}
    for each in candidates:
        if each.key not in best or each.score > best[each.key].score:
            best[each.key] = each
    return best
