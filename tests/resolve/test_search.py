"""A search gives the companies that a name may mean, each with its score and the reasons."""

from __future__ import annotations

import pytest
from lianpu.ingest.resolve.index import NameIndex, score
from lianpu.ingest.resolve.similarity import CONFLICTS, FEATURES, Candidate

KNOWN = [
    "芜湖伯特利汽车安全系统股份有限公司",
    "大陆汽车电子(芜湖)有限公司",
    "宁波海天精工股份有限公司",
    "海天水务集团股份公司",
    "安徽新华传媒股份有限公司",
    "上海新华传媒股份有限公司",
]


def conflicts(candidate: Candidate) -> set[str]:
    return {reason.name for reason in candidate.reasons if not reason.weight}


def test_a_short_name_finds_its_full_name() -> None:
    best = NameIndex(KNOWN, keys=list("abcdef")).search("伯特利")[0]
    assert (best.name, best.key) == (KNOWN[0], "a")


def test_an_abbreviated_place_finds_its_firm() -> None:
    assert NameIndex(KNOWN).search("皖新传媒")[0].name == "安徽新华传媒股份有限公司"


def test_a_firm_that_one_name_of_a_list_fits_falls_back_for_the_others() -> None:
    index = NameIndex(KNOWN)
    exact, vague = index.search_many(["海天精工", "海天股份"])
    assert exact[0].name == "宁波海天精工股份有限公司"
    assert vague[0].name == "海天水务集团股份公司"
    contested = next(c for c in vague if c.name == "宁波海天精工股份有限公司")
    assert "contested" in conflicts(contested)


def test_two_spellings_of_one_firm_in_a_list_both_find_it() -> None:
    found = NameIndex(KNOWN).search_many(["伯特利", "芜湖伯特利汽车安全系统", "伯特利"])
    assert [candidates[0].name for candidates in found] == [KNOWN[0]] * 3


def test_an_empty_index_finds_nothing() -> None:
    assert NameIndex([]).search("伯特利") == []


@pytest.mark.parametrize("name", ["", "  ", "*", "xyz"])
def test_a_name_that_shares_nothing_finds_nothing(name: str) -> None:
    assert NameIndex(KNOWN).search(name) == []


def test_the_limit_is_kept() -> None:
    assert len(NameIndex(KNOWN).search("海天传媒", limit=2)) == 2


def test_the_same_name_in_another_spelling_scores_one() -> None:
    assert score("大陆汽车电子芜湖有限责任公司", "大陆汽车电子(芜湖)有限公司").score == 1


def test_a_score_can_be_recomputed_from_its_reasons() -> None:
    candidate = score("大陆汽车电子（长春）有限公司", "大陆汽车电子(芜湖)有限公司")
    features = [r for r in candidate.reasons if r.weight]
    expected = sum(r.weight * r.value for r in features) / sum(r.weight for r in features)
    for reason in candidate.reasons:
        expected *= 1 if reason.weight else reason.value
    assert candidate.score == pytest.approx(expected)


@pytest.mark.parametrize(
    ("given", "known", "conflict"),
    [
        ("大陆汽车电子(长春)有限公司", "大陆汽车电子(芜湖)有限公司", "other_region"),
        ("金冠电气股份有限公司", "吉林省金冠电气股份有限公司", "one_region"),
        ("比亚迪汽车有限公司", "比亚迪汽车工业有限公司", "other_core"),
        ("江苏恒瑞医药有限公司", "江苏恒瑞医药股份有限公司", "other_form"),
        ("东风汽车股份有限公司", "东风汽车集团股份有限公司", "other_group"),
        ("奇瑞汽车股份有限公司大连分公司", "奇瑞汽车股份有限公司", "other_branch"),
        ("中铁四局集团有限公司", "中铁一局集团有限公司", "other_figures"),
        ("海天", "宁波海天精工股份有限公司", "brand_only"),
    ],
)
def test_what_speaks_against_a_pair_is_named(given: str, known: str, conflict: str) -> None:
    assert conflict in conflicts(score(given, known))


def test_every_feature_and_conflict_says_what_it_is() -> None:
    functions = [f.value for f in FEATURES] + [c.holds for c in CONFLICTS]
    assert all(function.__doc__ for function in functions)
    assert all(0 < conflict.factor < 1 for conflict in CONFLICTS)
