"""The place in a company's name is found where it is one, and not where it is a plain word."""

from __future__ import annotations

import pytest
from lianpu.ingest.resolve.names import region_of_name, regions_of_name
from lianpu.ingest.resolve.regions import Gazetteer, Region, compatible, within


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("芜湖伯特利汽车安全系统股份有限公司", "340200"),
        ("安徽省芜湖市鸠江区某某机械厂", "340207"),
        ("大陆汽车电子（芜湖）有限公司", "340200"),
        ("上海电气（芜湖）风电装备有限公司", "340200"),
        ("中山大洋电机股份有限公司", "442000"),
        ("上海中山医疗科技有限公司", "310000"),
        ("吉林敖东药业集团股份有限公司", "220000"),
        ("昆山沪光汽车电器股份有限公司", "320583"),
        ("浙江永康三锋工具有限公司", "330784"),
        ("海南普利制药股份有限公司", "460000"),
        ("奇瑞汽车股份有限公司大连分公司", "210200"),
    ],
)
def test_a_place_is_found_in_front_in_brackets_and_in_the_branch(name: str, code: str) -> None:
    assert region_of_name(name) == code


@pytest.mark.parametrize(
    "name",
    [
        "长江存储科技有限责任公司",
        "中山大学达安基因股份有限公司",
        "东方通信股份有限公司",
        "兴业银行股份有限公司",
        "新华人寿保险股份有限公司",
        "中国石油天然气股份有限公司",
        "奇瑞汽车股份有限公司",
        "博世（中国）投资有限公司",
    ],
)
def test_a_plain_word_is_no_place(name: str) -> None:
    assert regions_of_name(name) == ()


def test_an_ambiguous_place_gives_all_candidates_and_no_single_one() -> None:
    assert set(regions_of_name("朝阳区某某机械厂")) >= {"110105", "220104"}
    assert region_of_name("朝阳区某某机械厂") is None
    assert region_of_name("北京市朝阳区某某机械厂") == "110105"


def test_an_alias_is_a_name_of_its_place() -> None:
    gazetteer = Gazetteer([Region("340210", "湾沚区", "湾沚", ("芜湖县",))])
    assert region_of_name("芜湖县某某机械厂", gazetteer) == "340210"


def test_without_places_a_name_has_none() -> None:
    assert regions_of_name("芜湖伯特利汽车安全系统股份有限公司", Gazetteer([])) == ()


def test_a_division_lies_within_its_superiors_and_itself() -> None:
    assert within("340207", "340000")
    assert within("340207", "340200")
    assert within("340207", "340207")
    assert not within("340000", "340207")
    assert compatible(["340000"], ["340207"])
    assert not compatible(["340200"], ["340100"])
