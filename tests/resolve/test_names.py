"""Spellings of one name meet under one key; different firms keep different keys."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lianpu.ingest.resolve.names import (
    normalise_name,
    parse_company,
    same_key,
    same_keys,
    short_name,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("大陆汽车电子（芜湖）有限公司", "大陆汽车电子(芜湖) 有限公司"),
        ("大陆汽车电子【芜湖】有限公司", "大陆汽车电子芜湖有限公司"),
        ("ＴＣＬ科技集团股份有限公司", "tcl 科技集团股份有限公司"),
        ("长江存储科技有限责任公司", "长江存储科技有限公司"),
        ("东华软件股份公司", "东华软件股份有限公司"),
        ("“中国石油天然气股份有限公司。”", "中国石油天然气股份有限公司"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert same_key(one) == same_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("大陆汽车电子(芜湖)有限公司", "大陆汽车电子(长春)有限公司"),
        ("安徽江淮汽车集团有限公司", "安徽江淮汽车集团股份有限公司"),
        ("东风汽车股份有限公司", "东风汽车集团股份有限公司"),
        ("金冠电气股份有限公司", "吉林省金冠电气股份有限公司"),
        ("中铁一局集团有限公司", "中铁四局集团有限公司"),
        ("某某3.5英寸盘有限公司", "某某35英寸盘有限公司"),
    ],
)
def test_different_firms_have_different_keys(one: str, other: str) -> None:
    assert same_key(one) != same_key(other)


@given(st.text(max_size=30))
def test_a_key_is_its_own_key(name: str) -> None:
    assert same_key(same_key(name)) == same_key(name)


@given(
    st.lists(
        st.none()
        | st.text(max_size=30)
        | st.text("甲乙丙有限责任股份公司AbＡ1.· ()（）", max_size=20)
    )
)
def test_the_keys_of_a_column_are_those_of_its_names(names: list[str | None]) -> None:
    found = same_keys(pa.array(names, pa.string())).to_pylist()
    assert found == [None if name is None else same_key(name) for name in names]


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("锂离子电池　（三元）", "锂离子电池(三元)"),
        ("Carbon  Fibre 布", "carbon fibre布"),
        ("ＩＧＢＴ 模块", "igbt模块"),
        ("【高纯】石英砂", "(高纯)石英砂"),
        (" 线控制动 ", "线控制动"),
    ],
)
def test_a_product_name_is_written_in_one_way(written: str, normal: str) -> None:
    assert normalise_name(written) == normal


@pytest.mark.parametrize(
    ("listed", "bare"),
    [
        ("*ST康得", "康得"),
        ("S*ST云大", "云大"),
        ("万科A", "万科"),
        ("武锅B退", "武锅"),
        ("东贝B股", "东贝"),
        ("退市昆机", "昆机"),
        ("N海泰", "海泰"),
        ("中芯国际-U", "中芯国际"),
        ("九号公司-WD", "九号"),
        ("天能股份", "天能"),
        ("TCL科技", "tcl科技"),
        ("股份", "股份"),
    ],
)
def test_what_an_exchange_adds_to_a_short_name_is_taken_off(listed: str, bare: str) -> None:
    assert short_name(listed) == bare


def test_a_company_name_is_taken_apart() -> None:
    name = parse_company("大陆汽车电子（芜湖）有限责任公司")
    assert (name.core, name.brand, name.trade) == ("大陆汽车电子", "大陆", "汽车电子")
    assert (name.legal_form, name.group, name.branch) == ("有限公司", False, "")
    assert name.regions == ("340200",)


def test_the_group_is_a_part_of_its_own() -> None:
    for written in ("深圳市天地(集团)股份有限公司", "深圳市天地集团股份有限公司"):
        name = parse_company(written)
        assert (name.region, name.core, name.group) == ("深圳市", "天地", True)


@pytest.mark.parametrize(
    ("written", "branch"),
    [
        ("中国工商银行股份有限公司芜湖分行", "芜湖分行"),
        ("中国工商银行芜湖分行", "芜湖分行"),
        ("奇瑞汽车股份有限公司(大连分公司)", "大连分公司"),
        ("奇瑞汽车股份有限公司", ""),
    ],
)
def test_a_branch_is_told_from_its_firm(written: str, branch: str) -> None:
    assert parse_company(written).branch == branch


def test_a_note_behind_the_name_is_no_part_of_it() -> None:
    noted = parse_company("珠海格力电器股份有限公司（简称：格力电器）")
    assert noted.body == "珠海格力电器"


def test_a_cut_off_legal_form_is_no_part_of_the_core() -> None:
    assert parse_company("内蒙古伊利实业集团股份有限公").core == "伊利实业"


def test_a_name_of_trade_words_only_keeps_a_brand() -> None:
    assert parse_company("汽车科技有限公司").brand == "汽车"
