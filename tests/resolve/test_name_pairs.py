"""The labelled pairs: what is matched without asking is right, and the figures stay as they are.

Each given name is searched among all known names of the table, as a row of a sheet would be.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from lianpu.ingest.resolve.decide import Outcome, decide
from lianpu.ingest.resolve.index import NameIndex
from lianpu.ingest.resolve.names import same_key

PAIRS = Path(__file__).with_name("name_pairs.csv")


@cache
def judged() -> tuple[tuple[dict[str, str], str], ...]:
    """Each pair with what becomes of it; "other" where the given name is another known firm."""
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        pairs = list(csv.DictReader(lines))
    known = sorted({pair["known"] for pair in pairs})
    index = NameIndex(known, [same_key(name) for name in known])
    return tuple((pair, judge(index, pair)) for pair in pairs)


def judge(index: NameIndex, pair: dict[str, str]) -> str:
    decision = decide(index.search(pair["given"]))
    key = same_key(pair["known"])
    if decision.taken:
        return Outcome.MATCHED if decision.taken.key == key else "other"
    return Outcome.DOUBTFUL if key in {c.key for c in decision.candidates} else Outcome.NEW


def test_the_bench_is_large_and_labelled() -> None:
    labels = Counter(pair["label"] for pair, _ in judged())
    assert labels.total() >= 200
    assert set(labels) == {"same", "different", "doubtful"}


def test_what_is_matched_without_asking_is_right() -> None:
    wrong = [p for p, outcome in judged() if outcome == "matched" and p["label"] != "same"]
    assert wrong == []


def test_the_same_firm_is_never_taken_for_another() -> None:
    assert [p for p, outcome in judged() if outcome == "other" and p["label"] == "same"] == []


def test_most_of_what_is_the_same_is_matched_without_asking(
    capsys: pytest.CaptureFixture[str],
) -> None:
    same = Counter(outcome for pair, outcome in judged() if pair["label"] == "same")
    recall = same["matched"] / same.total()
    with capsys.disabled():
        sys.stdout.write(f" recall {recall:.1%}, {same['doubtful']} more left to a person ")
    assert recall >= 0.75
    assert same["new"] <= 1


def test_the_results_are_frozen() -> None:
    assert Counter((pair["label"], outcome) for pair, outcome in judged()) == {
        ("same", "matched"): 88,
        ("same", "doubtful"): 26,
        ("same", "new"): 1,
        ("different", "doubtful"): 29,
        ("different", "new"): 52,
        ("different", "other"): 20,
        ("doubtful", "doubtful"): 19,
        ("doubtful", "other"): 1,
    }
