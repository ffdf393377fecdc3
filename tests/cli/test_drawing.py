from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run

HERE = ("-r", "芜湖市", "-c", "新能源汽车")


def test_a_map_is_written_in_the_format_of_the_ending(ask: Run, tmp_path: Path) -> None:
    file = tmp_path / "图谱.svg"
    said = ask("map", *HERE, "--out", file)
    assert said.code == 0, said.err
    drawn = file.read_text(encoding="utf-8")
    assert "芜湖市新能源汽车产业链图谱" in drawn
    assert "可招：" in drawn


def test_a_map_without_a_region_shows_the_chain_alone(ask: Run, tmp_path: Path) -> None:
    file = tmp_path / "chain.pdf"
    assert ask("map", "-c", "LED", "--paper", "A4", "--out", file).code == 0
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("name", ["图谱.doc", "图谱"])
def test_an_unknown_ending_is_refused_before_any_work(ask: Run, tmp_path: Path, name: str) -> None:
    said = ask("map", *HERE, "--out", tmp_path / name)
    assert said.code == 2
    assert "可用的格式：svg png pdf pptx html graphml gexf mmd json" in said.err


def test_a_file_that_cannot_be_written_is_told(ask: Run, tmp_path: Path) -> None:
    said = ask("map", "-c", "LED", "--out", tmp_path / "nowhere" / "map.mmd")
    assert said.code == 2
    assert "无法写入" in said.err


def test_a_worklist_is_written(ask: Run, tmp_path: Path) -> None:
    file = tmp_path / "作战图.xlsx"
    said = ask("report", "--kind", "worklist", "-r", "南昌高新区", "-c", "LED", "-o", file)
    assert said.code == 0, said.err
    assert file.read_bytes().startswith(b"PK")


def test_a_report_needs_a_region_and_says_so(ask: Run, tmp_path: Path) -> None:
    said = ask("report", "--kind", "handbook", "-c", "LED", "-o", tmp_path / "手册.docx")
    assert said.code == 2
    assert "请指定地区或产业集群" in said.err


def test_a_report_in_a_wrong_format_is_refused(ask: Run, tmp_path: Path) -> None:
    said = ask("report", "--kind", "handbook", *HERE, "-o", tmp_path / "手册.xlsx")
    assert said.code == 2
    assert "docx pdf" in said.err
