"""Targets and leads go over into the CRMs that teams have."""

from __future__ import annotations

import csv
import io
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from lianpu.api.crm import FIELDS, csv_of, frame_of, mapping_named, mappings
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

from ..support.graphs import Graph
from .eventful import CITY, Hands, eventful, lead, report

SYSTEMS = ["fxiaoke", "hubspot", "salesforce", "xiaoshouyi"]
WUHU = {"region": "芜湖市", "product": "动力电池"}
CODE = "91340200711045678A"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rows(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_systems_of_recruiters_are_there() -> None:
    assert list(mappings()) == SYSTEMS


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_mapping_holds_together(system: str) -> None:
    mapping = mappings()[system]
    for kind in ("target", "lead"):
        columns = mapping.columns_for(kind)  # type: ignore[arg-type]
        headers = [each.header for each in columns]
        assert len(headers) == len(set(headers)) and mapping.key in headers
        assert {each.value for each in columns if each.value} <= set(FIELDS)
        assert all((each.value is None) != (each.constant is None) for each in columns)
    assert mapping.source and mapping.note.zh and mapping.note.en
    assert set(mapping.words) <= set(FIELDS)


@pytest.mark.parametrize("system", SYSTEMS)
def test_targets_come_with_the_headers_of_the_system(demo: TestClient, system: str) -> None:
    answer = demo.get(f"/v1/crm/{system}/targets", params=WUHU)
    mapping = mappings()[system]
    found = rows(answer)
    assert list(found[0]) == [each.header for each in mapping.columns_for("target")]
    name = next(each.header for each in mapping.columns if each.value == "name")
    assert found[0][name] == "宁德时代新能源科技股份有限公司"
    assert answer.content.startswith(b"\xef\xbb\xbf") is (system != "salesforce")
    assert answer.headers["content-disposition"] == f'attachment; filename="{system}-targets.csv"'


def test_a_sheet_of_a_region_has_the_targets_of_its_gaps(demo: TestClient) -> None:
    params = {"region": "芜湖市", "chain": "新能源汽车", "gaps": "3", "limit": "2"}
    found = rows(demo.get("/v1/crm/xiaoshouyi/targets", params=params))
    assert len({row["补链产品"] for row in found}) == 3
    assert all(row["客户来源"] == "链谱" and row["备注"] for row in found)
    placed = [row for row in found if row["省份"]]
    assert placed and all(row["城市"] or row["省份"].endswith("市") for row in placed)


def test_a_workbook_is_given_where_it_is_asked_for(demo: TestClient) -> None:
    answer = demo.get("/v1/crm/fxiaoke/targets", params=WUHU, headers={"Accept": XLSX})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    header, first, *_ = sheet.to_python()
    assert header[:2] == ["客户名称", "统一社会信用代码"]
    assert first[0] == "宁德时代新能源科技股份有限公司"
    picture = demo.get("/v1/crm/fxiaoke/targets", params=WUHU, headers={"Accept": "image/png"})
    assert picture.status_code == 406


def test_a_system_nobody_mapped_is_refused_with_those_there_are(demo: TestClient) -> None:
    refused = demo.get("/v1/crm/excel/targets", params=WUHU)
    assert refused.status_code == 404 and "hubspot" in refused.json()["detail"]


def test_the_list_tells_headers_and_preparations(demo: TestClient) -> None:
    found = demo.get("/v1/crm", headers={"Accept-Language": "en"}).json()["crms"]
    hubspot = next(each for each in found if each["id"] == "hubspot")
    assert hubspot["key"] == "Unified Social Credit Code"
    assert "unique values" in hubspot["note"]


@pytest.fixture
def hands(town_folder: Path) -> Generator[Hands]:
    with eventful(town_folder) as found:
        yield found


def test_leads_go_over_with_the_systems_own_words(hands: Hands) -> None:
    crm = hands.client("leads", region=CITY)
    found = report(crm, lead(crm, "battery-bee", note="=1+1"), stage="talks")
    lead(crm, "battery-two")
    sheet = rows(crm.get("/v1/crm/hubspot/leads", params={"stage": "talks"}))
    assert [(row["Lianpu lead"], row["Lead Status"]) for row in sheet] == [
        (found["id"], "In progress")
    ]
    chinese = rows(crm.get("/v1/crm/xiaoshouyi/leads"))
    assert {row["招商阶段"] for row in chinese} == {"洽谈", "线索"}
    assert {row["省份"] for row in chinese} == {"甲省", "乙省"}


def test_a_firm_whose_code_has_come_keeps_its_lead(hands: Hands) -> None:
    crm = hands.client("leads", region=CITY)
    lead(crm, "battery-two")
    change = Graph()
    change.firm(CODE, "A2", name="甲二电池有限公司", code=CODE, former_ids=["battery-two"])
    hands.publish(change)
    (row,) = rows(crm.get("/v1/crm/salesforce/leads"))
    assert (row["Lianpu_Id__c"], row["USCC__c"], row["BillingState"]) == (CODE, CODE, "甲省")


def test_leads_of_elsewhere_are_not_given_out(hands: Hands) -> None:
    lead(hands.client("leads", region=CITY), "battery-bee")
    assert rows(hands.client("leads", region="B1").get("/v1/crm/salesforce/leads")) == []


def test_what_looks_like_a_formula_stays_text() -> None:
    mapping = mapping_named("hubspot")
    row = {"name": '=HYPERLINK("http://evil")', "id": "x"}
    assert b"'=HYPERLINK" in csv_of(mapping, frame_of(mapping, "target", [row]))


def test_the_page_names_every_field() -> None:
    page = (Path(__file__).parents[2] / "docs" / "crm.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` | {text.zh} | {text.en} |" in page for name, text in FIELDS.items())
