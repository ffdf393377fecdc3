"""Other layouts, brought in by a mapping file."""

from __future__ import annotations

from pathlib import Path

import pytest
from lianpu.errors import BadInputError
from lianpu.ingest import ImportReport, run

from .world import World

MAPPING = r"""
as_of = 2021-10-19
confidence = 0.5

[source]
title = "某数据集"

[lookups.firms]
file = "firms.csv"
key = "code"
value = "full"
patterns = { code = { find = '\.[A-Z]+$', put = "" } }

[[tables]]
files = "firms.csv"
template = "企业"
columns = { full = "企业名称", money = "营业收入", state = "经营状态" }
ignore = ["code", "where"]
patterns = { code = { find = '\.[A-Z]+$', put = "" } }
units = { "营业收入" = "万元" }
values = { state = { "1" = "存续", "0" = "注销" } }
one_each = { by = "code", name = "full", into = "别名" }

[[tables]]
files = "makes.csv"
template = "企业产品"
columns = { goods = "产品", weight = "收入占比" }
ignore = ["code"]
patterns = { code = { find = '\.[A-Z]+$', put = "" } }
lookups = [{ column = "code", from = "firms", to = "企业" }]
bounds = { weight = [0, 1] }

[[tables.keep]]
column = "weight"
least = 0
zh = "占比为负"
en = "a negative weight"

[[tables.drop]]
column = "goods"
matches = "^合计$"
zh = "合计行"
en = "a total"

[[tables]]
files = "pays.csv"
template = "供货关系"
columns = { payer = "需方", payee = "供方" }
constants = { "产品" = "钢材" }

[[tables]]
files = "paths.csv"
template = "产品目录"
columns = { path = "产品", into = "用于" }
copies = { "上位产品" = { from = "path", find = '^(?:(.*)-[^-]+|[^-]*)$', put = '\1' } }
separators = { into = ",", "上位产品" = "" }
"""

FILES = {
    "firms.csv": "code,full,money,state,where\n1.SH,新名科技股份有限公司,12,1,上交所\n"
    "1.SH,旧名科技股份有限公司,12,1,上交所\n2.SZ,乙钢铁有限公司,,0,深交所\n",
    "makes.csv": "code,goods,weight\n"
    "1,传感器,0.4\n1,汽车,-0.2\n2.SZ,钢材,1.3\n2,合计,1\n9,塑料,1\n",
    "pays.csv": "payer,payee\n新名科技股份有限公司,乙钢铁有限公司\n",
    "paths.csv": 'path,into\n汽车-摩托车,"物流,维修、保养"\n汽车,物流\n',
}


def bring(world: World, folder: Path, mapping: str = MAPPING) -> ImportReport:
    folder.mkdir(exist_ok=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    file = folder / "mapping.toml"
    file.write_text(mapping, encoding="utf-8")
    return run(world.store, folder, settings=world.settings, mapping=file, reviews=world.reviews)


def test_another_layout_comes_in_and_the_second_time_changes_nothing(
    world: World, tmp_path: Path
) -> None:
    report = bring(world, tmp_path / "in")
    assert (report.rejected, report.to_review) == (0, 0)
    assert bring(world, tmp_path / "in").batch is None


def test_one_firm_under_two_names_is_one_firm_with_an_alias(world: World, tmp_path: Path) -> None:
    bring(world, tmp_path / "in")
    assert world.rows("Enterprise", "name", "aliases", "revenue", "status") == {
        ("新名科技股份有限公司", ("旧名科技股份有限公司",), 120_000.0, "active"),
        ("乙钢铁有限公司", None, None, "closed"),
    }


def test_filtered_rows_are_counted_with_their_reason(world: World, tmp_path: Path) -> None:
    report = bring(world, tmp_path / "in")
    makes = next(sheet for sheet in report.sheets if sheet.file == "makes.csv")
    assert [(reason.zh, count) for reason, count in makes.skipped] == [
        ("占比为负", 1),
        ("合计行", 1),
        ("“code”中的值在对照表里没有", 1),
    ]


def test_a_negative_weight_makes_no_maker_and_an_overlarge_one_no_share(
    world: World, tmp_path: Path
) -> None:
    bring(world, tmp_path / "in")
    product = dict(world.rows("Product", "id", "name"))
    made = {(product[key], share) for key, share in world.rows("PRODUCES", "end", "share")}
    assert made == {("传感器", 0.4), ("钢材", None)}


def test_a_relation_is_turned_round_by_naming_its_ends(world: World, tmp_path: Path) -> None:
    bring(world, tmp_path / "in")
    names = dict(world.rows("Enterprise", "id", "name"))
    ((start, end),) = world.rows("SUPPLIES", "start", "end")
    assert (names[start], names[end]) == ("乙钢铁有限公司", "新名科技股份有限公司")


def test_paths_give_levels_and_only_the_named_separator_separates(
    world: World, tmp_path: Path
) -> None:
    bring(world, tmp_path / "in")
    name = dict(world.rows("Product", "id", "name"))
    kinds = {(name[a], name[b]) for a, b in world.rows("IS_A", "start", "end")}
    assert kinds == {("汽车-摩托车", "汽车")}
    assert {"物流", "维修、保养"} <= set(name.values())


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("tables = 3", "tables"),
        ('[[tables]]\nfiles="a"\ntemplate="企业"\ncolour="red"', "colour"),
        ("not toml", "读不了"),
        ('[[tables]]\nfiles="none.csv"\ntemplate="企业"', "没有 none.csv"),
        ('[[tables]]\nfiles="firms.csv"\ntemplate="火箭"', "火箭"),
        ('[[tables]]\nfiles="firms.csv"\ntemplate="企业"\ncolumns={nix="企业名称"}', "nix"),
    ],
)
def test_a_wrong_mapping_is_refused_in_words(
    world: World, tmp_path: Path, wrong: str, words: str
) -> None:
    with pytest.raises(BadInputError) as error:
        bring(world, tmp_path / "in", wrong)
    assert words in str(error.value)
