"""Templates: headers as people write them, empty sheets to fill in, the reference page."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from lianpu.errors import BadInputError
from lianpu.graph.schema import SCHEMA, RelationType
from lianpu.ingest import TEMPLATES, templates_page, write_template
from lianpu.ingest.reading import RawTable, read_path
from lianpu.ingest.templates import choose, known_header, match_headers, named
from python_calamine import load_workbook

ENTERPRISES = TEMPLATES["enterprises"]


def raw(*headers: str, file: str = "x.csv") -> RawTable:
    columns = tuple(pa.array(["a"]) for _ in headers)
    return RawTable(file, None, headers, columns, pa.array([2]))


@pytest.mark.parametrize(
    "header",
    [
        "营业收入",
        " 营业 收入 ",
        "营业收入（万元）",
        "营业收入(亿元)",
        "Revenue",
        "营收*",
        "＊营业收入",
    ],
)
def test_a_header_is_known_in_all_its_spellings(header: str) -> None:
    assert "revenue" in match_headers(ENTERPRISES, ["企业名称", header]).places


def test_the_unit_in_a_header_is_kept() -> None:
    match = match_headers(ENTERPRISES, ["企业名称", "营业收入（亿元）"])
    assert match.places["revenue"][1].factor == 1e8


def test_a_foreign_currency_and_an_unknown_unit_in_a_header_are_refused() -> None:
    match = match_headers(ENTERPRISES, ["企业名称", "营业收入（美元）", "注册资本（吨）"])
    assert set(match.places) == {"name"}
    assert len(match.notices) == 2


def test_two_headers_of_one_meaning_are_not_both_taken() -> None:
    match = match_headers(ENTERPRISES, ["营收", "企业名称", "营业收入"])
    assert match.places["revenue"][0] == 2
    assert "同一内容" in match.notices[0].wrong.zh


@pytest.mark.parametrize(
    ("file", "template"),
    [
        ("企业.csv", "enterprises"),
        ("芜湖市企业产品2024.csv", "enterprise_products"),
        ("supplies.csv", "supplies"),
    ],
)
def test_the_name_of_a_file_tells_the_template(file: str, template: str) -> None:
    table = raw("企业", "产品", "供方", "需方", "企业名称", file=file)
    assert choose(table)[0].name == template


def test_else_the_headers_tell_it() -> None:
    assert choose(raw("供应商", "客户", "采购额"))[0].name == "supplies"
    assert choose(raw("产业链", "产品", "环节", "层级"))[0].name == "chains"


def test_a_sheet_that_fits_nothing_is_refused_with_the_choices() -> None:
    with pytest.raises(BadInputError, match="看不出"):
        choose(raw("甲", "乙"))
    with pytest.raises(BadInputError, match="没有叫“火箭”的模板"):
        named("火箭")


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_written_template_is_recognised_as_itself(tmp_path: Path, name: str, ending: str) -> None:
    path = tmp_path / f"t{ending}"
    write_template(name, path)
    if ending == ".csv":
        headers = path.read_text(encoding="utf-8-sig").strip().split(",")
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    else:
        sheet = load_workbook(path).get_sheet_by_name(TEMPLATES[name].title.zh)
        headers = [str(cell) for cell in sheet.to_python()[0]]
    match = match_headers(TEMPLATES[name], headers)
    assert match.notices == ()
    assert len(match.places) == len(TEMPLATES[name].columns)


def test_an_empty_template_holds_nothing_not_even_its_example(tmp_path: Path) -> None:
    write_template("企业", tmp_path / "t.xlsx")
    with pytest.raises(BadInputError, match="没有数据"):
        read_path(tmp_path / "t.xlsx", known_header)


def test_a_template_is_written_as_nothing_else(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="xlsx"):
        write_template("企业", tmp_path / "t.doc")


def test_what_templates_give_is_in_the_schema() -> None:
    for template in TEMPLATES.values():
        for gives in template.gives:
            kind = SCHEMA.by_name[gives.type]
            columns = {each.name for each in kind.columns}
            assert set(gives.columns) | set(gives.constants) <= columns
            ends = {"start", "end"} if isinstance(kind, RelationType) else {kind.key.name}
            assert ends <= set(gives.columns)
            for given in gives.columns.values():
                for name in (given,) if isinstance(given, str) else given:
                    assert template.column(name)


def test_no_header_means_two_columns_of_one_template() -> None:
    for template in TEMPLATES.values():
        own = [each.title.zh for each in template.columns]
        assert len(own) == len(set(own))


def test_the_reference_page_is_fresh() -> None:
    page = Path(__file__).parents[2] / "docs" / "templates.md"
    assert page.read_text(encoding="utf-8") == templates_page()
