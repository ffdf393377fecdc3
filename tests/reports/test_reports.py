"""The reports on a small town, opened again by other libraries and programs."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from docx import Document
from lianpu.api.reports import KINDS, Gathered, gather, report
from lianpu.errors import BadInputError
from pptx import Presentation
from python_calamine import CalamineWorkbook

from ..support.programs import program
from ..support.town import town


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Gathered:
    atlas = town().publish(tmp_path_factory.mktemp("town"))
    return gather(atlas, "ev", "A1")


def handbook_texts(made: bytes) -> str:
    document = Document(io.BytesIO(made))
    texts = [each.text for each in document.paragraphs]
    cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    return "\n".join([*texts, *cells])


def test_the_handbook_says_what_is_missing_whom_to_call_and_on_which_facts(found: Gathered) -> None:
    text = handbook_texts(report(found, "handbook", "docx"))
    for words in (
        "甲一市ev产业链招商手册",
        "在册企业中无人生产",
        "动力电池",
        "乙一新能源股份有限公司",
        "本地甲一汽车有限公司生产整车，需要动力电池",
        "依据：",
        "数据来源与方法",
    ):
        assert words in text


def test_the_handbook_holds_the_map_on_a_page_of_its_own(found: Gathered) -> None:
    document = Document(io.BytesIO(report(found, "handbook", "docx")))
    assert len(document.inline_shapes) == 1
    widths = [round((section.page_width or 0) / 36000) for section in document.sections]
    assert widths == [210, 420, 210]


def test_the_printed_handbook_can_be_searched(found: Gathered, tmp_path: Path) -> None:
    file = tmp_path / "handbook.pdf"
    file.write_bytes(report(found, "handbook", "pdf"))
    text = subprocess.run([program("pdftotext"), file, "-"], capture_output=True, check=True)
    joined = "".join(text.stdout.decode().split())
    for words in ("甲一市ev产业链招商手册", "甲一市ev产业链图谱", "乙一新能源", "缺口清单"):
        assert words in joined


def test_the_printed_handbook_is_the_same_each_time(found: Gathered) -> None:
    assert report(found, "handbook", "pdf") == report(found, "handbook", "pdf")


def test_the_slides_have_the_map_in_native_shapes_and_the_gaps_in_a_table(found: Gathered) -> None:
    deck = Presentation(io.BytesIO(report(found, "ppt", "pptx")))
    tables = [shape for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert tables
    names = {shape.name for slide in deck.slides for shape in slide.shapes}
    assert "动力电池" in names


def test_the_worklist_has_a_row_for_every_gap_and_target(found: Gathered) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(report(found, "worklist", "xlsx")))
    about, head, *rows = book.get_sheet_by_index(0).to_python()
    assert "甲一市 × ev" in str(about[0])
    assert head[11:14] == ["阶段", "责任单位/责任人", "下一步"]
    by_target = {row[6]: row for row in rows}
    battery = by_target["乙一新能源股份有限公司"]
    assert battery[1] == "动力电池"
    assert battery[11] == "线索"
    assert "联系乙一新能源股份有限公司" in str(battery[13])


def test_a_name_that_starts_like_a_formula_stays_text(tmp_path: Path) -> None:
    graph = town()
    graph.product("evil", name="=HYPERLINK(1)", kind="component")
    graph.feeds("evil", "car", 0.2)
    graph.add("INCLUDES", start="ev", end="evil")
    graph.firm("far", "B1", name="@SUM公司", makes={"evil": 1.0})
    found = gather(graph.publish(tmp_path), "ev", "A1")
    book = CalamineWorkbook.from_filelike(io.BytesIO(report(found, "worklist", "xlsx")))
    rows = book.get_sheet_by_index(0).to_python()
    assert "=HYPERLINK(1)" in {row[1] for row in rows}


@pytest.mark.parametrize(("kind", "ending"), [("poster", "pdf"), ("handbook", "xlsx"), ("ppt", "")])
def test_a_report_that_there_is_not_is_refused_with_those_there_are(
    found: Gathered, kind: str, ending: str
) -> None:
    with pytest.raises(BadInputError) as refused:
        report(found, kind, ending)
    wanted = KINDS.get(kind, tuple(KINDS))
    assert all(each in str(refused.value) for each in wanted)
