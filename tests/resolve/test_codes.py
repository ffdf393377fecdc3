"""Credit codes are checked as python-stdnum checks them, explained, and never mended."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lianpu.ingest.resolve.codes import Verdict, check_uscc, check_usccs
from stdnum.cn import uscc

GOOD = "91110000600037341L"


@pytest.mark.parametrize(
    "written",
    [
        GOOD,
        GOOD.lower(),
        f"  {GOOD} ",
        "9111 0000 6000 37341L",
        "９１１１００００６０００３７３４１Ｌ",
    ],
)
def test_spaces_width_and_case_do_not_matter(written: str) -> None:
    assert check_uscc(written).code == GOOD


@pytest.mark.parametrize(
    ("written", "verdict", "word"),
    [
        ("9111000060003734", Verdict.WRONG_LENGTH, "16位，少了"),
        (GOOD + "1", Verdict.WRONG_LENGTH, "19位，多了"),
        ("9.13402E+17", Verdict.WRONG_LENGTH, "科学计数法"),
        ("91110000600O37341L", Verdict.WRONG_CHARACTER, "第12位“O”"),
        ("A1110000600037341L", Verdict.WRONG_CHARACTER, "前8位应为数字"),
        ("91110000600037342L", Verdict.WRONG_CHECK_DIGIT, "营业执照"),
    ],
)
def test_a_fault_is_explained_and_gives_no_code(written: str, verdict: Verdict, word: str) -> None:
    check = check_uscc(written)
    assert check.code is None
    assert check.verdict is verdict
    assert check.problem is not None
    assert word in check.problem.zh


def test_a_wrong_check_digit_is_never_put_right() -> None:
    check = check_uscc(GOOD[:-1] + "0")
    assert check.code is None
    assert "L" not in str(check.problem)


def test_no_texts_give_no_verdicts() -> None:
    assert check_usccs([]).tolist() == []


def _with_check_digit(digits: str, body: str) -> str:
    return digits + body + uscc.calc_check_digit(digits + body)


def _with_a_slip(code: str, place: int, char: str) -> str:
    return code[:place] + char + code[place + 1 :]


_VALID = st.builds(
    _with_check_digit,
    st.text(alphabet="0123456789", min_size=8, max_size=8),
    st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9),
)
_NEARLY = st.builds(
    _with_a_slip, _VALID, st.integers(0, 17), st.sampled_from("0123456789ABCIOSVZabcxyz -９－ıß")
)


@given(st.lists(st.one_of(_VALID, _VALID.map(str.lower), _NEARLY, st.text(max_size=20))))
def test_a_million_at_once_are_judged_as_one_by_one(texts: list[str]) -> None:
    one_by_one = [uscc.is_valid(unicodedata.normalize("NFKC", text)) for text in texts]
    assert (check_usccs(texts) == Verdict.VALID).tolist() == one_by_one
    assert check_usccs(texts).tolist() == [check_uscc(text).verdict for text in texts]
