"""From candidates to a decision: matched, doubtful or new, with the reason in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ...text import Text
from .similarity import Candidate


class Outcome(StrEnum):
    """What a name turned out to be."""

    MATCHED = "matched"
    DOUBTFUL = "doubtful"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a candidate is taken, and when it is shown to a person.

    A candidate is taken with a score of at least `accept` that is at least `margin` above that of
    the next one with another key; one of at least `review` waits for a person's decision.
    """

    accept: float = 0.86
    margin: float = 0.05
    review: float = 0.55


DEFAULT_THRESHOLDS = Thresholds()


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome, the candidate taken if there is one, those to choose from, and why."""

    outcome: Outcome
    taken: Candidate | None
    candidates: tuple[Candidate, ...]
    reason: Text


def decide(
    candidates: Sequence[Candidate], thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> Decision:
    """Decide about one name from its candidates, the best first."""
    worthy = tuple(c for c in candidates if c.score >= thresholds.review)
    if not worthy:
        return Decision(Outcome.NEW, None, (), _nobody(candidates))
    best = worthy[0]
    rival = next((c for c in worthy if c.key != best.key), None)
    if best.score < thresholds.accept:
        return Decision(Outcome.DOUBTFUL, None, worthy, _not_sure(best))
    if rival and best.score - rival.score < thresholds.margin:
        return Decision(Outcome.DOUBTFUL, None, worthy, _too_close(best, rival))
    return Decision(Outcome.MATCHED, best, worthy, _sure(best))


def _nobody(candidates: Sequence[Candidate]) -> Text:
    if not candidates:
        return Text(zh="没有名称相近的企业。", en="No company has a similar name.")
    return Text(
        zh="最接近的是“{name}”（{score:.0%}），相差太远。",
        en="The nearest is “{name}” ({score:.0%}), too far off.",
    ).fill(name=candidates[0].name, score=candidates[0].score)


def _not_sure(best: Candidate) -> Text:
    return Text(
        zh="可能是“{name}”（{score:.0%}）：{against}。",
        en="Perhaps “{name}” ({score:.0%}): {against}.",
    ).fill(name=best.name, score=best.score, against=_against(best))


def _too_close(best: Candidate, rival: Candidate) -> Text:
    return Text(
        zh="“{name}”（{score:.0%}）与“{other}”（{other_score:.0%}）难分高下。",
        en="“{name}” ({score:.0%}) and “{other}” ({other_score:.0%}) are too close to call.",
    ).fill(name=best.name, score=best.score, other=rival.name, other_score=rival.score)


def _sure(best: Candidate) -> Text:
    return Text(
        zh="与“{name}”相符（{score:.0%}），没有相近的其他企业。",
        en="It fits “{name}” ({score:.0%}) and no other company comes near.",
    ).fill(name=best.name, score=best.score)


def _against(best: Candidate) -> Text:
    """Name what took most from the score: the conflicts, or else the weakest feature."""
    conflicts = [r.label for r in best.reasons if not r.weight]
    if not conflicts:
        total = sum(r.weight for r in best.reasons)
        weakest = max(best.reasons, key=lambda r: r.weight * (1 - r.value) / total)
        conflicts = [Text(zh="不足：{label}", en="weak: {label}").fill(label=weakest.label)]
    return Text(zh="、".join(c.zh for c in conflicts), en=", ".join(c.en for c in conflicts))
