"""Answers on the command line: tables for people, one object or one table for machines."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from .conftest import Run, Said

HERE = ("-r", "芜湖市", "-c", "新能源汽车")


def parsed(said: Said) -> Any:
    assert said.code == 0, said.err
    return json.loads(said.out)


def test_gaps_are_a_table_for_people(ask: Run) -> None:
    said = ask("gaps", *HERE)
    assert said.code == 0
    assert "芜湖市 × 新能源汽车" in said.out
    for word in ("补链", "强链", "招引", "无人生产", "把握只就在册企业而言"):
        assert word in said.out


def test_gaps_as_json_are_one_object_with_all_its_parts(ask: Run) -> None:
    answer = parsed(ask("gaps", *HERE, "--format", "json"))
    assert answer["scope"]["name"] == "芜湖市"
    assert answer["snapshot"]["number"] == 1
    assert answer["coverage"]["enterprises"] >= answer["coverage"]["known"] > 0
    gap = answer["gaps"][0]
    wanted = {"product", "status", "kinds", "reasons", "certainty", "users", "makers"}
    assert wanted | {"local_rate", "action", "priority", "evidence"} <= gap.keys()
    assert {"name", "value", "raw", "weight"} <= gap["priority"]["parts"][0].keys()
    assert {"relation", "source", "as_of"} <= gap["evidence"][0].keys()


def test_targets_as_json_carry_parts_gates_and_evidence(ask: Run) -> None:
    answer = parsed(ask("targets", "-r", "芜湖市", "-p", "汽车座椅", "--format", "json"))
    target = answer["targets"][0]
    assert {"enterprise", "score", "parts", "gates", "evidence", "why"} <= target.keys()
    assert {"relation", "source", "as_of"} <= target["evidence"][0].keys()


def test_the_priority_can_be_done_again_from_its_parts(ask: Run) -> None:
    for gap in parsed(ask("gaps", *HERE, "--format", "json"))["gaps"]:
        parts = [each for each in gap["priority"]["parts"] if each["value"] is not None]
        weight = sum(each["weight"] for each in parts)
        score = sum(each["weight"] * each["value"] for each in parts) / weight
        assert gap["priority"]["score"] == pytest.approx(score)


def test_csv_has_a_row_a_gap_under_chinese_headers(ask: Run) -> None:
    said = ask("gaps", *HERE, "--limit", "5", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert len(rows) == 5
    assert "产品" in rows[0]


def test_a_workbook_holds_the_gaps_and_their_evidence(ask: Run, tmp_path: Path) -> None:
    out = tmp_path / "缺口.xlsx"
    assert ask("gaps", *HERE, "--out", out).code == 0
    assert len(CalamineWorkbook.from_path(out).sheet_names) == 2


def test_a_workbook_needs_a_file(ask: Run) -> None:
    said = ask("gaps", *HERE, "--format", "xlsx")
    assert (said.code, said.out) == (2, "")
    assert "--out" in said.err


def test_explain_shows_every_part_with_its_weight(ask: Run) -> None:
    said = ask("explain", "-r", "芜湖市", "-p", "汽车座椅")
    assert said.code == 0
    for word in ("本地需求", "关键度", "权重", "合计", "HHI", "按企业数"):
        assert word in said.out


def test_regions_are_shown_side_by_side(ask: Run) -> None:
    said = ask("standings", "--within", "安徽省", "--level", "city", "--sort", "breaks")
    assert said.code == 0
    for word in ("安徽省", "芜湖市", "市级", "断点", "最急的缺口"):
        assert word in said.out
    asked = ("standings", "--level", "province", *HERE[2:])
    answer = parsed(ask(*asked, "--format", "json"))
    assert answer["total"] == len(answer["regions"]) > 30
    found = next(each for each in answer["regions"] if each["region"]["name"] == "安徽省")
    gaps = parsed(ask("gaps", "-r", "安徽省", *HERE[2:], "--all", "--format", "json"))
    assert {code: n for code, n in found["counts"].items() if n} == gaps["counts"]
    rows = list(csv.DictReader(io.StringIO(ask(*asked, "--format", "csv").out)))
    assert [int(row["断点"]) for row in rows] == [each["breaks"] for each in answer["regions"]]


def test_an_enterprise_is_shown_in_the_words_of_the_schema(ask: Run) -> None:
    said = ask("enterprise", "奇瑞汽车")
    assert "所属集团" in said.out
    assert "存续" in said.out
    assert "short_name" not in said.out


def test_english_by_choice(run: Run, example_folder: Path) -> None:
    said = run("--data", example_folder, "--lang", "en", "gaps", *HERE, "-n", "3")
    assert "missing" in said.out
    assert "certainty speaks of the enterprises on record" in said.out


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["gaps"], 2, "请指定地区或产业集群"),
        (["gaps", "-r", "火星"], 3, "没有叫“火星”的地区"),
        (["gaps", "-r", "芜湖市", "-c", "炼金术"], 3, "没有叫“炼金术”的产业链"),
        (["gaps", "-r", "芜湖市", "--as-of", "昨天"], 2, "不是日期"),
        (["gaps", "-r", "芜湖市", "--snapshot", "99"], 3, "99"),
        (["gaps", "-k", "无此集群"], 3, "没有叫“无此集群”的产业集群"),
        (["standings", "--within", "火星"], 3, "没有叫“火星”的地区"),
        (["standings", "--level", "乡"], 2, "--level"),
        (["standings", "--sort", "颜色"], 2, "不能按“颜色”排序"),
        (["targets", "-r", "芜湖市", "-p", "永动机"], 3, "没有叫“永动机”的产品"),
        (["enterprise", "无此公司"], 3, "无此公司"),
        (["gaps", "-r", "芜湖市", "--out", "/无此目录/缺口.xlsx"], 2, "无法写入"),
        (["settings", "--bogus"], 2, "--bogus"),
    ],
)
def test_what_cannot_be_answered_is_said_in_words_with_a_code(
    ask: Run, words: list[str], code: int, says: str
) -> None:
    said = ask(*words)
    assert said.code == code
    assert says in said.err
    assert said.out == ""
    assert "Traceback" not in said.err


def test_without_a_data_folder_the_first_step_is_named(run: Run, tmp_path: Path) -> None:
    for words in (["gaps", "-r", "芜湖市"], ["snapshots"], ["doctor"]):
        said = run("--data", tmp_path / "none", *words)
        assert said.code == (1 if words == ["doctor"] else 3), words
        assert "lianpu init" in said.err + said.out
