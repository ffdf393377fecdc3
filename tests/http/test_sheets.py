"""The map and the reports as files."""

from __future__ import annotations

from typing import get_args

import pytest
from lianpu.api.http.routes.sheets import Form
from lianpu.maps import faces
from starlette.testclient import TestClient

MAP = "/v1/chains/新能源汽车/drawing"
REPORT = "/v1/chains/LED/report"
BEGINS = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF", "pptx": b"PK", "mmd": b"flowchart"}


def test_the_service_offers_every_format_there_is() -> None:
    assert list(get_args(Form)) == list(faces())


@pytest.mark.parametrize("form", BEGINS)
def test_a_map_is_given_in_the_format_asked_for(demo: TestClient, form: str) -> None:
    answer = demo.get(f"{MAP}/{form}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == faces()[form].media_type
    assert answer.headers["content-disposition"] == f'attachment; filename="chain-map.{form}"'
    assert answer.content.startswith(BEGINS[form])


def test_a_map_of_a_region_names_makers_and_whom_to_call(demo: TestClient) -> None:
    drawn = demo.get(f"{MAP}/svg", params={"region": "芜湖市"}).text
    assert "芜湖市新能源汽车产业链图谱" in drawn
    assert "可招：" in drawn


def test_a_report_is_given_as_a_file(demo: TestClient) -> None:
    answer = demo.get(f"{REPORT}/worklist/xlsx", params={"region": "南昌高新区"})
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"PK")
    assert answer.headers["content-disposition"] == 'attachment; filename="worklist.xlsx"'


def test_a_report_needs_a_region_and_a_format_of_its_kind(demo: TestClient) -> None:
    assert demo.get(f"{REPORT}/handbook/docx").status_code == 422
    answer = demo.get(f"{REPORT}/handbook/xlsx", params={"region": "南昌高新区"})
    assert answer.status_code == 422
    assert "docx pdf" in answer.text


def test_an_unknown_format_is_refused(demo: TestClient) -> None:
    assert demo.get(f"{MAP}/bmp").status_code == 422
