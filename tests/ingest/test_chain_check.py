"""What is wrong with a chain is found and said with its row."""

from __future__ import annotations

from pathlib import Path

import pytest
from lianpu.ingest import check_chains, library_codes
from lianpu.ingest.library import chain_files

HEADER = "产业链,产品,别名,环节,层级,必需投入,上位产品,行业代码"


def words(tmp_path: Path, *rows: str) -> list[tuple[int | None, str]]:
    path = tmp_path / "chain.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    found = check_chains([path], industries=["C3841"])
    return [(each.row, each.wrong.zh) for each in found]


GOOD = ("车,电芯,,上游,1,,,C3841", "车,电池,,中游,2,电芯,,")


def test_a_sound_chain_has_no_problem(tmp_path: Path) -> None:
    assert words(tmp_path, *GOOD) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("车,轮胎,,上游,1,,,", "没有投入，也不是任何产品的投入"),
        ("车,电池,,中游,2,电芯,,", "第 3 行已经有了"),
        ("车,整车,电芯,下游,3,电池,,", "别名“电芯”是“电芯”的名称或别名"),
        ("车,整车,,上游,1,电池,,", "与上下游方向相反"),
        ("车,整车,,下游,3,电池,,C9999", "没有行业代码“C9999”"),
        ("车,整车,,下游,3,电池|发动机,,", "“发动机”不是任何产业链里的产品"),
        ("车,磷酸铁锂电池,,中游,2,电芯,电池,", "会算两次"),
        ("车,整车,,下游,第三,电池,,", "不是数字"),
    ],
)
def test_each_fault_is_named_with_its_row(tmp_path: Path, row: str, said: str) -> None:
    path = tmp_path / "chain.csv"
    path.write_text("\n".join([HEADER, *GOOD, row]) + "\n", encoding="utf-8")
    found = check_chains([path], industries=["C3841"])
    assert [each.row for each in found] == [4]
    assert said in found[0].wrong.zh + found[0].right.zh
    assert found[0].serious
    assert "第 4 行" in found[0].where


def test_circles_name_their_products(tmp_path: Path) -> None:
    rows = ("车,甲,,中游,1,丙,,", "车,乙,,中游,1,甲,,", "车,丙,,中游,1,乙,,")
    ((_, said),) = words(tmp_path, *rows)
    assert "成了一圈" in said
    assert all(name in said for name in "甲乙丙")


def test_general_products_in_a_circle(tmp_path: Path) -> None:
    rows = (*GOOD, "车,甲,,中游,2,电芯,乙,", "车,乙,,中游,2,,甲,")
    assert any("上位产品成了一圈" in said for _, said in words(tmp_path, *rows))


def test_the_library_itself_is_sound() -> None:
    found = check_chains(chain_files(), industries=library_codes(), library=True)
    assert [(each.where, each.wrong.zh) for each in found] == []
