"""A clear winner is taken, a close call waits for a person, a stranger is new."""

from __future__ import annotations

from lianpu.ingest.resolve.decide import Outcome, Thresholds, decide
from lianpu.ingest.resolve.index import NameIndex
from lianpu.ingest.resolve.similarity import Candidate


def candidates(*scores: float) -> list[Candidate]:
    return [Candidate(f"企业{i}", str(i), score, ()) for i, score in enumerate(scores)]


def test_a_clear_winner_is_taken() -> None:
    decision = decide(candidates(0.95, 0.7))
    assert decision.outcome is Outcome.MATCHED
    assert decision.taken is not None
    assert decision.taken.key == "0"


def test_two_that_are_close_wait_for_a_person() -> None:
    decision = decide(candidates(0.95, 0.94))
    assert (decision.outcome, decision.taken) == (Outcome.DOUBTFUL, None)
    assert "企业0" in decision.reason.zh
    assert "企业1" in decision.reason.en


def test_two_names_of_one_firm_are_no_close_call() -> None:
    twice = [Candidate("旧名", "a", 0.95, ()), Candidate("新名", "a", 0.94, ())]
    assert decide(twice).outcome is Outcome.MATCHED


def test_nobody_alike_is_new() -> None:
    assert decide([]).outcome is Outcome.NEW
    assert decide(candidates(0.3)).candidates == ()


def test_thresholds_are_the_callers() -> None:
    assert decide(candidates(0.8), Thresholds(accept=0.8)).outcome is Outcome.MATCHED


def test_a_doubt_names_what_speaks_against() -> None:
    found = NameIndex(["江苏恒瑞医药股份有限公司"]).search("江苏恒瑞医药有限公司")
    decision = decide(found)
    assert decision.outcome is Outcome.DOUBTFUL
    assert "组织形式不同" in decision.reason.zh
    assert "different legal forms" in decision.reason.en
