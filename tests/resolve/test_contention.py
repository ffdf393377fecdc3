"""A claim of one name lowers the others' scores, and never turns a clear winner round."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lianpu.ingest.resolve.contention import contention


def test_a_name_alone_is_not_lowered() -> None:
    assert contention([{"a": 0.9, "b": 0.3}]) == [{"a": 1, "b": 1}]


def test_a_claim_lowers_the_one_that_fits_less() -> None:
    clear, vague = contention([{"a": 1.0, "b": 0.2}, {"a": 0.8, "b": 0.8}])
    assert clear["a"] == 1
    assert vague["a"] == pytest.approx(0.9, abs=0.01)


def test_two_spellings_of_one_company_leave_each_other_alone() -> None:
    assert contention([{"a": 0.9, "b": 0.2}] * 2) == [{"a": 1, "b": 1}] * 2


def test_no_names_and_no_candidates_are_no_contention() -> None:
    assert contention([]) == []
    assert contention([{}]) == [{}]


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.floats(0, 1)), max_size=5))
def test_a_factor_takes_a_fifth_at_most(scores: list[dict[str, float]]) -> None:
    factors = contention(scores)
    assert [set(f) for f in factors] == [set(s) for s in scores]
    assert all(0.8 <= factor <= 1 for by_key in factors for factor in by_key.values())
