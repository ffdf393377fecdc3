"""Files as they come: what is read from them, and what is said of bad ones."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from lianpu.errors import BadInputError
from lianpu.ingest.reading import RawTable, read_frame, read_path

KNOWN = {"企业", "产品", "收入占比"}


def read(path: Path) -> RawTable:
    (table,) = read_path(path, KNOWN.__contains__)
    return table


def cells(table: RawTable) -> dict[str, list[object]]:
    return {h: c.to_pylist() for h, c in zip(table.headers, table.columns, strict=True)}


def write(tmp_path: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_text_tables_in_every_encoding_and_with_every_delimiter(
    tmp_path: Path, encoding: str, mark: str
) -> None:
    text = f"企业{mark}产品\n甲公司{mark}轴承\n乙公司{mark}齿轮\n"
    table = read(write(tmp_path, "a.csv", text, encoding))
    assert cells(table) == {"企业": ["甲公司", "乙公司"], "产品": ["轴承", "齿轮"]}
    assert table.rows.to_pylist() == [2, 3]


def test_the_header_is_found_below_a_title(tmp_path: Path) -> None:
    table = read(write(tmp_path, "a.csv", "某市企业名单,\n企业,产品\n甲,乙\n"))
    assert table.headers == ("企业", "产品")
    assert table.rows.to_pylist() == [3]


def test_blank_lines_and_quoted_line_breaks_do_not_shift_row_numbers(tmp_path: Path) -> None:
    table = read(write(tmp_path, "a.csv", '企业,产品\n甲,乙\n\n丙,"丁\n戊"\n'))
    assert cells(table)["产品"] == ["乙", "丁\n戊"]
    assert table.rows.to_pylist() == [2, 4]


def test_a_ragged_line_is_reported_and_costs_no_other(tmp_path: Path) -> None:
    table = read(write(tmp_path, "a.csv", "企业,产品\n甲,乙\n丙,丁,戊\n己\n庚,辛\n"))
    assert cells(table)["企业"] == ["甲", "庚"]
    assert [(p.row, "格" in p.wrong.zh) for p in table.problems] == [(3, True), (4, True)]


def test_json_lines_keep_line_numbers_past_bad_lines(tmp_path: Path) -> None:
    lines = ['{"企业": "甲", "产品": ["乙", "丙"]}', "", "not json", '{"企业": "丁", "数": 1}']
    table = read(write(tmp_path, "a.jsonl", "\n".join(lines)))
    assert cells(table)["产品"] == ["乙|丙", None]
    assert table.rows.to_pylist() == [1, 4]
    assert [p.row for p in table.problems] == [3]


@pytest.mark.parametrize("odd", ["[" * 100_000 + "]" * 100_000, r'"\ud800"'])
def test_a_json_line_that_no_record_could_be_costs_no_other(tmp_path: Path, odd: str) -> None:
    table = read(write(tmp_path, "a.jsonl", f'{{"企业": "甲"}}\n{{"企业": {odd}}}\n'))
    assert cells(table)["企业"] == ["甲"]
    assert [p.row for p in table.problems] == [2]


def test_whole_numbers_too_long_for_floating_point_stay_as_they_are(tmp_path: Path) -> None:
    table = read(write(tmp_path, "a.jsonl", '{"企业": 913402001234567890}\n\n{"企业": 1}\n'))
    assert cells(table)["企业"] == ["913402001234567890", "1"]


def test_a_regular_json_lines_file_keeps_codes_as_text(tmp_path: Path) -> None:
    text = "\n".join(json.dumps({"企业": f"甲{i}", "产品": f"00{i}"}) for i in range(3)) + "\n"
    assert cells(read(write(tmp_path, "a.jsonl", text)))["产品"] == ["000", "001", "002"]


def test_parquet_and_frames(tmp_path: Path) -> None:
    pq.write_table(pa.table({"企业": ["甲"], "收入占比": [0.5]}), tmp_path / "a.parquet")
    assert cells(read(tmp_path / "a.parquet")) == {"企业": ["甲"], "收入占比": [0.5]}
    mixed = pd.DataFrame({"企业": ["甲", 3, None]}, dtype=object)
    assert cells(read_frame(mixed, "x")) == {"企业": ["甲", "3", None]}


def test_categories_are_texts_by_number_and_unused_ones_are_left_out() -> None:
    kinds = pd.CategoricalDtype(["x" * 40_000, "乙", "甲"])
    frame = pd.DataFrame({"企业": pd.Series(["甲", None, "乙", "甲"], dtype=kinds)})
    table = read_frame(frame, "x")
    assert cells(table) == {"企业": ["甲", None, "乙", "甲"]}
    assert sorted(table.columns[0].dictionary.to_pylist()) == ["乙", "甲"]


def test_a_huge_cell_of_a_parquet_file_is_named_by_its_row(tmp_path: Path) -> None:
    texts = pa.table({"企业": ["甲", "乙", "甲"], "产品": ["丙", None, "x" * 40_000]})
    pq.write_table(texts, tmp_path / "a.parquet")
    with pytest.raises(BadInputError, match="第 3 行“产品”"):
        read(tmp_path / "a.parquet")


def test_workbooks_with_title_blank_rows_dates_and_mixed_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("企业产品")
        sheet.write(0, 0, "某区企业产品表")
        sheet.write_row(2, 0, ["企业", "产品", "收入占比", "日期"])
        sheet.write_row(3, 0, ["甲", "乙", 0.1])
        sheet.write_datetime(
            3, 3, datetime(2024, 5, 1), book.add_format({"num_format": "yyyy-mm-dd"})
        )
        sheet.write_row(5, 0, ["丙", "丁", "12%"])
        book.add_worksheet("空表")
    table = read(path)
    assert (table.sheet, table.rows.to_pylist()) == ("企业产品", [4, 6])
    assert cells(table)["收入占比"] == ["0.1", "12%"]
    assert cells(table)["日期"] == [datetime(2024, 5, 1).date(), None]


def test_headers_merged_over_rows_stand_beside_headings_over_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:D1", "某区企业产品表")
        sheet.write("D2", "金额单位：万元、人")
        sheet.merge_range("A3:A4", "企业")
        sheet.merge_range("B3:B4", "产品")
        sheet.merge_range("C3:D3", "经济指标")
        sheet.write_row("C4", ["收入占比", "产能"])
        sheet.merge_range("A5:A6", "甲")  # of two rows that belong together
        sheet.write_row("B5", ["轴承", 0.1, 3])
        sheet.write_row("B6", ["齿轮", 0.2, 4])
    table = read(path)
    assert table.headers == ("企业", "产品", "收入占比", "产能")
    assert (table.rows.to_pylist(), table.unit) == ([5, 6], "万元")
    assert cells(table)["产能"] == [3, 4]


def test_a_note_above_the_headers_of_a_text_table_states_the_unit_of_money(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "某市企业（单位：亿元）,\n企业,产品\n甲,乙\n")
    assert read(path).unit == "亿元"


def test_a_formula_whose_result_is_not_in_the_file_is_not_taken_for_empty(tmp_path: Path) -> None:
    for value, refused in (("", True), ("5", False)):
        path = tmp_path / f"a{value}.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("企业产品")
            sheet.write_row(0, 0, ["企业", "产品", "产能"])
            sheet.write_row(1, 0, ["甲", "乙"])
            sheet.write_formula(1, 2, "=2+3", None, int(value) if value else "")  # pyright: ignore[reportArgumentType]
        if refused:
            path.write_bytes(_without_results(path))
            with pytest.raises(BadInputError, match="C2"):
                read(path)
        else:
            assert cells(read(path))["产能"] == [5]


def _without_results(path: Path) -> bytes:
    """Return a workbook as a program writes it that cannot work out formulas."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(made, "w") as copy:
        for each in book.infolist():
            copy.writestr(each, book.read(each).replace(b' t="str"', b"").replace(b"<v></v>", b""))
    return made.getvalue()


def test_a_stray_cell_in_the_last_corner_of_a_sheet_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("企业产品")
        sheet.write_row(0, 0, ["企业", "产品"])
        sheet.write("XFD1048576", "x")
    with pytest.raises(BadInputError, match="1048576"):
        read(path)


def test_a_workbook_that_unpacks_to_far_more_than_it_is_gets_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b"")
        book.infolist()[0].file_size = 2 << 30
    with pytest.raises(BadInputError, match="1 GB"):
        read(path)


BAD: dict[str, tuple[str, str | bytes, str]] = {
    "empty": ("a.csv", "", "空的"),
    "only a header": ("a.csv", "企业,产品\n", "没有数据"),
    "binary": ("a.csv", b"abc\x00\x01\xff", "二进制"),
    "unknown encoding": ("a.csv", b"\xff\xfe\xfd"[::-1] + b"\x80\xff,\xff", "编码"),
    "an unclosed quotation mark": ("a.csv", '企业,产品\n甲,"乙\n丙,丁\n', "引号"),
    "a header twice": ("a.csv", "企业,企业\n甲,乙\n", "两次"),
    "a huge cell": ("a.csv", f"企业,产品\n甲,{'x' * 40_000}\n", "32767"),
    "a workbook named .csv": ("a.csv", b"PK\x03\x04rest", "扩展名"),
    "text named .xlsx": ("a.xlsx", "企业,产品\n甲,乙\n", "扩展名"),
    "a cut-off workbook": ("a.xlsx", b"PK\x03\x04rest", "打不开"),
    "a workbook with a password": (
        "a.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "密码",
    ),
    "a damaged Parquet file": ("a.parquet", b"PAR1rest", "读不了"),
    "JSON that is none": ("a.jsonl", "not json\n", "JSON"),
    "a JSON array without end": ("a.json", "[" * 100_000, "JSON"),
    "a kind of file that is not taken": ("a.pdf", "%PDF", "类型"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_in_words(tmp_path: Path, case: str) -> None:
    name, content, words = BAD[case]
    with pytest.raises(BadInputError) as error:
        read(write(tmp_path, name, content))
    assert words in error.value.message.zh
    assert name in error.value.message.zh
    assert error.value.cure is not None


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="找不到"):
        read(tmp_path / "none.csv")
