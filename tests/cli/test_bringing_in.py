"""From an empty folder to a marked workbook, on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from lianpu.errors import SettingError, StoreError
from python_calamine import CalamineWorkbook

from .conftest import Run

SHEET = "企业名称,所在地区,主营产品,营业收入（万元）\n"
GOOD = "芜湖试制座椅有限公司,芜湖市,汽车座椅,5200\n"
BAD = "芜湖无数字有限公司,芜湖市,汽车座椅,很多\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A sheet with one good row and one bad number."""
    path = tmp_path / "企业.csv"
    path.write_text(SHEET + GOOD + BAD, encoding="utf-8-sig")
    return path


def test_good_rows_go_in_and_bad_ones_come_back_marked(run: Run, data: Path, sheet: Path) -> None:
    marked = sheet.with_name("错误.xlsx")
    said = run("-d", data, "import", sheet, "--errors", marked)
    assert said.code == 0
    assert "很多" in said.err
    assert "已发布快照 2" in said.err
    rows = CalamineWorkbook.from_path(marked).get_sheet_by_index(0).to_python()
    (column,) = [n for n, title in enumerate(rows[0]) if title == "错误"]
    assert [bool(row[column]) for row in rows[1:]] == [False, True]
    assert "座椅" in run("-d", data, "enterprise", "芜湖试制座椅有限公司").out


def test_the_same_file_twice_changes_nothing(run: Run, data: Path, sheet: Path) -> None:
    run("-d", data, "import", sheet)
    assert "没有新内容" in run("-d", data, "import", sheet).err


def test_a_strict_import_takes_all_rows_or_none(run: Run, data: Path, sheet: Path) -> None:
    said = run("-d", data, "import", "--strict", sheet)
    assert said.code == 2
    assert run("-d", data, "enterprise", "芜湖试制座椅有限公司").code == 3


def test_check_says_what_is_wrong_and_writes_nothing(run: Run, data: Path, sheet: Path) -> None:
    said = run("-d", data, "check", sheet)
    assert "很多" in said.err
    assert "没有发现问题" not in said.err
    assert run("-d", data, "enterprise", "芜湖试制座椅有限公司").code == 3


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "空"), (b"\xff\xfe\x00\x01\x02", ""), (b"a,b\n1,2\n", "")],
)
def test_a_file_that_is_no_sheet_of_ours_is_refused_in_words(
    run: Run, data: Path, tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "怪.csv"
    path.write_bytes(content)
    said = run("-d", data, "import", path)
    assert said.code == 2
    assert says in said.err
    assert "怪.csv" in said.err


def test_a_template_is_written_and_can_be_filled_in(run: Run, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "企业.xlsx"
    assert run("-d", data, "template", "enterprises", path).code == 0
    titles = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[0]
    assert titles[0] == "企业名称"


def test_snapshots_and_doctor_tell_how_the_folder_stands(run: Run, data: Path) -> None:
    assert "746" in run("-d", data, "snapshots").out
    said = run("-d", data, "doctor")
    assert said.code == 0
    assert "✓" in said.out


def test_settings_are_listed_with_their_values(run: Run, data: Path) -> None:
    said = run("-d", data, "settings")
    assert said.code == 0
    assert "LIANPU_NEIGHBOUR_KM" in said.out


def test_init_makes_a_folder_that_answers(run: Run, tmp_path: Path) -> None:
    said = run("-d", tmp_path / "new", "init")
    assert said.code == 0
    assert "已就绪" in said.err
    answer = run("-d", tmp_path / "new", "gaps", "-r", "芜湖市", "-c", "LED", "--format", "json")
    counts = json.loads(answer.out)["counts"]
    # Nobody is on record anywhere: everything is unknown and nothing is called absent.
    assert {status: number for status, number in counts.items() if number}.keys() == {"unknown"}


def test_a_reader_that_leaves_early_gets_no_traceback(example_folder: Path) -> None:
    command = f"{sys.executable} -c 'from lianpu.api.cli.app import main; main()'"
    script = f"{command} -d {example_folder} settings | head -1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.stdout


def test_a_name_is_shown_as_it_is_and_commands_nothing(
    run: Run, data: Path, tmp_path: Path
) -> None:
    odd = tmp_path / "[[]企业.csv"
    odd.write_text(
        "企业名称,所在地区,主营产品,列[/]\n"
        "[/]甲[red]有限公司,合肥市,[/]件,\n"
        "=乙有限公司,合肥市,[/]件,\n"
        "丙有限公司,[/]\x1b]0;x\x07地,,\n"
        "一,格[/],太,多,\x1b[31m\n",
        encoding="utf-8",
    )
    marked = tmp_path / "[错误].xlsx"
    said = run("--data", data, "import", "-t", "企业", odd, "--errors", marked)
    assert said.code == 0, said.err
    assert "[/]]0;x地" in said.err
    for words in (
        ("targets", "-r", "南昌市", "-p", "[/]件"),
        ("enterprise", "[/]甲[red]有限公司"),
        ("explain", "-r", "合肥市", "-p", "[/]件"),
    ):
        answer = run("--data", data, *words)
        assert answer.code == 0, answer.err
        assert "[/]甲[red]有限公司" in answer.out
        assert "\x1b" not in said.err + answer.out


def test_a_name_that_looks_like_a_formula_stays_text_in_csv(
    run: Run, data: Path, tmp_path: Path
) -> None:
    (tmp_path / "企业.csv").write_text("企业名称,所在地区\n=乙有限公司,合肥市\n", encoding="utf-8")
    assert run("--data", data, "import", tmp_path / "企业.csv").code == 0
    said = run("--data", data, "enterprise", "=乙有限公司", "--format", "csv")
    assert ",'=乙有限公司" in said.out


@pytest.mark.parametrize("written", ["[[[", None])
def test_a_settings_file_that_cannot_be_read_is_said_in_words(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str | None
) -> None:
    path = tmp_path / "设置.toml"
    if written is not None:
        path.write_text(written, encoding="utf-8")
    monkeypatch.setenv("LIANPU_SETTINGS", str(path))
    said = run("snapshots")
    assert said.code == SettingError.exit_code
    assert str(path) in said.err


def test_a_damaged_review_list_is_said_in_words(run: Run, data: Path) -> None:
    (data / "lianpu.sqlite").write_bytes(b"no database " * 100)
    said = run("--data", data, "review")
    assert said.code == StoreError.exit_code
    assert "复核清单" in said.err


def test_nothing_on_record_is_not_the_same_as_no_gaps(run: Run, data: Path) -> None:
    assert "还没有已知产品的企业" in run("--data", data, "gaps", "-r", "三沙市").out


def test_a_note_of_the_unit_counts_and_comes_back_with_the_marked_rows(
    run: Run, data: Path, tmp_path: Path
) -> None:
    path, marked = tmp_path / "企业.csv", tmp_path / "改.xlsx"
    path.write_text(
        "单位：万元,,\n企业名称,所在区县,营业收入\n测量有限公司,合肥市,12\n未知地有限公司,没有的地,3\n",
        encoding="utf-8",
    )
    assert run("--data", data, "import", path, "--errors", marked).code == 0
    assert "12万元" in run("--data", data, "enterprise", "测量有限公司").out
    said = run("--data", data, "import", marked)
    assert "不变" in said.err
    assert "更新 0" in said.err
