"""Lists and answers: pages, order, fields, forms, ETags, time."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

from ..support.graphs import Graph
from .service import served

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GAPS = {"region": "芜湖市", "chain": "新能源汽车"}
LISTS = {
    "chains": "/v1/chains",
    "products": "/v1/products",
    "regions": "/v1/regions",
    "clusters": "/v1/clusters",
    "sources": "/v1/sources",
    "enterprises": "/v1/enterprises",
    "snapshots": "/v1/snapshots",
    "gaps": "/v1/gaps?region=芜湖市",
    "targets": "/v1/targets?region=芜湖市&product=动力电池",
    "changes": "/v1/changes?region=芜湖市",
    "standings": "/v1/standings?within=安徽省&level=city",
}
FIELD = {"standings": "regions"}
"""What a list is called in its answer, where it is not as in its path."""


def get(demo: TestClient, path: str, **query: Any) -> dict[str, Any]:
    answer = demo.get(path, params=query) if query else demo.get(path)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_pages_hold_together_all_rows_once(demo: TestClient) -> None:
    whole = get(demo, "/v1/products", limit=1000)
    seen: list[str] = []
    answer = demo.get("/v1/products?limit=70")
    while True:
        seen += [each["id"] for each in answer.json()["products"]]
        following = answer.links.get("next")
        if following is None:
            break
        answer = demo.get(following["url"])
    assert answer.json()["next"] is None
    assert len(set(seen)) == len(seen) == whole["total"]
    assert seen[:1000] == [each["id"] for each in whole["products"]]


def test_a_cursor_is_good_for_its_own_question_only(demo: TestClient) -> None:
    cursor = get(demo, "/v1/products", limit=2)["next"]
    for wrong in ({"q": "电", "cursor": cursor}, {"cursor": "bm9uZQ"}, {"cursor": "é"}):
        assert demo.get("/v1/products", params=wrong).status_code == 422


def test_lists_are_sorted_as_asked(demo: TestClient) -> None:
    rows = get(demo, "/v1/gaps", **GAPS, sort="product", limit=1000)["gaps"]
    names = [each["product"]["name"] for each in rows]
    falling = get(demo, "/v1/gaps", **GAPS, sort="-product", limit=1000)["gaps"]
    assert [each["product"]["name"] for each in falling] == names[::-1]
    assert demo.get("/v1/gaps", params=GAPS | {"sort": "colour"}).status_code == 422


def test_regions_stand_side_by_side_in_the_order_asked_for(demo: TestClient) -> None:
    asked = {"within": "安徽省", "level": "city", "limit": 1000}
    rows = get(demo, "/v1/standings", **asked)["regions"]
    assert {each["level"] for each in rows} == {"city"}
    by_breaks = get(demo, "/v1/standings", **asked, sort="-breaks")["regions"]
    assert by_breaks == sorted(rows, key=lambda each: -each["breaks"])
    page = get(demo, "/v1/standings", **asked | {"limit": 3}, sort="missing,-weak")
    assert (page["total"], len(page["regions"])) == (len(rows), 3)
    assert (
        page["regions"]
        == sorted(rows, key=lambda each: (each["counts"]["missing"], -each["counts"]["weak"]))[:3]
    )
    assert demo.get("/v1/standings?sort=colour").status_code == 422


def test_gaps_are_filtered_by_status_kind_action_and_priority(demo: TestClient) -> None:
    every = get(demo, "/v1/gaps", **GAPS, limit=1000)["gaps"]
    for name, value in (("status", "weak"), ("kind", "extend"), ("action", "attract")):
        found = get(demo, "/v1/gaps", **GAPS, **{name: value}, limit=1000)["gaps"]
        field = {"status": "status", "kind": "kinds", "action": "action"}[name]
        wanted = [each for each in every if value in json.dumps(each[field])]
        assert [each["product"]["id"] for each in found] == [
            each["product"]["id"] for each in wanted
        ]
    urgent = get(demo, "/v1/gaps", **GAPS, min_priority=0.5, limit=1000)["gaps"]
    assert urgent and all(each["priority"]["score"] >= 0.5 for each in urgent)


def test_only_the_chosen_fields_are_given(demo: TestClient) -> None:
    page = get(demo, "/v1/gaps", **GAPS, fields="product.name,priority.score", limit=3)
    assert all(
        set(each) == {"product", "priority"}
        and set(each["product"]) == {"name"}
        and set(each["priority"]) == {"score"}
        for each in page["gaps"]
    )
    assert demo.get("/v1/gaps", params=GAPS | {"fields": "colour"}).status_code == 422


@pytest.mark.parametrize("name", LISTS)
def test_every_list_comes_in_every_form(demo: TestClient, name: str) -> None:
    path = LISTS[name]
    rows: list[dict[str, Any]] = demo.get(path).json()[FIELD.get(name, name)]
    lines = demo.get(path, headers={"Accept": "application/x-ndjson"}).text.splitlines()
    assert [json.loads(line) for line in lines] == rows
    table = demo.get(path, headers={"Accept": "text/csv"})
    assert len(list(csv.DictReader(io.StringIO(table.text)))) == len(rows)
    book = demo.get(path, headers={"Accept": XLSX})
    assert book.headers["content-type"] == XLSX
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0)
    assert len(sheet.to_python()) == (1 + len(rows) if rows else 0)
    assert demo.get(path, headers={"Accept": "application/pdf"}).status_code == 406


def test_what_a_spreadsheet_would_take_for_a_formula_is_text(tmp_path: Path) -> None:
    graph = Graph()
    graph.region("CHN", "country")
    graph.product("=1+1")
    graph.publish(tmp_path)
    with served(tmp_path, demo=True) as service:
        table = service.client.get("/v1/products", headers={"Accept": "text/csv"}).text
    assert "'=1+1" in table


def test_the_same_answer_is_not_sent_twice(demo: TestClient) -> None:
    first = demo.get("/v1/gaps", params=GAPS)
    tag = first.headers["etag"]
    again = demo.get("/v1/gaps", params=GAPS, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    other = demo.get("/v1/gaps", params={"region": "合肥市"}, headers={"If-None-Match": tag})
    assert other.status_code == 200
    english = demo.get("/v1/gaps", params=GAPS, headers={"Accept-Language": "en"})
    assert english.headers["etag"] != tag


def test_answers_are_compressed_as_asked(demo: TestClient) -> None:
    plain = demo.get("/v1/gaps", params=GAPS, headers={"Accept-Encoding": "identity"})
    for coding in ("gzip", "br"):
        small = demo.get("/v1/gaps", params=GAPS, headers={"Accept-Encoding": coding})
        assert small.headers["content-encoding"] == coding
        assert int(small.headers["content-length"]) < len(plain.content) / 4
        assert small.json() == plain.json()


def test_a_new_snapshot_gives_a_new_tag_and_pages_stay_with_the_old_one(
    tmp_path: Path,
) -> None:
    graph = Graph()
    graph.region("CHN", "country")
    for number in range(3):
        graph.product(f"p{number}")
    graph.publish(tmp_path)
    with served(tmp_path, demo=True) as service:
        first = service.client.get("/v1/products?limit=2")
        more = Graph()
        more.product("p00")
        more.publish(tmp_path)
        fresh = service.client.get("/v1/products?limit=2")
        assert fresh.headers["etag"] != first.headers["etag"]
        assert fresh.json()["snapshot"]["number"] == first.json()["snapshot"]["number"] + 1
        rest = service.client.get(first.links["next"]["url"]).json()
        assert rest["snapshot"]["number"] == first.json()["snapshot"]["number"]
        assert [each["id"] for each in rest["products"]] == ["p2"]


def test_a_day_in_the_past_answers_from_what_held_then(demo: TestClient) -> None:
    past = demo.get("/v1/enterprises?as_of=1990-01-01")
    assert past.json()["snapshot"]["as_of"] == past.headers["x-lianpu-as-of"] == "1990-01-01"
    assert past.json()["total"] < get(demo, "/v1/enterprises")["total"]


def test_unknown_questions_are_refused_not_ignored(demo: TestClient) -> None:
    answer = demo.get("/v1/gaps", params=GAPS | {"colour": "red"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == "query.colour"


def test_a_name_that_is_nearly_right_gets_suggestions(demo: TestClient) -> None:
    found = get(demo, "/v1/enterprises", q="宁德时带")
    assert found["total"] == 0
    assert any("宁德时代" in each["enterprise"]["name"] for each in found["suggestions"])


def test_every_figure_of_an_explanation_can_be_worked_out_again(demo: TestClient) -> None:
    gap = get(demo, "/v1/gaps", **GAPS)["gaps"][0]
    told = get(
        demo, "/v1/explain", region="芜湖市", product=gap["product"]["id"], chain="新能源汽车"
    )
    parts = [part for part in told["explained"]["priority"]["parts"] if part["value"] is not None]
    score = sum(part["weight"] * part["value"] for part in parts) / sum(
        part["weight"] for part in parts
    )
    assert score == pytest.approx(gap["priority"]["score"])


def test_who_stands_behind_an_enterprise_and_between_two(demo: TestClient) -> None:
    targets = get(demo, "/v1/targets", region="芜湖市", product="动力电池")["targets"]
    firm = targets[0]["enterprise"]["id"]
    assert get(demo, f"/v1/enterprises/{firm}")["facts"]
    around = get(demo, f"/v1/enterprises/{firm}/neighbourhood", steps=2)
    assert firm in {each["id"] for each in around["nodes"]}
    openings = get(demo, f"/v1/enterprises/{firm}/openings", limit=5)
    assert len(openings["openings"]) <= 5
    path = get(demo, "/v1/path", start=firm, end=targets[1]["enterprise"]["id"])
    assert path["steps"] is None or len(path["facts"]) == path["steps"]


def test_whom_to_call_for_a_whole_chain(demo: TestClient) -> None:
    found = get(demo, "/v1/shortlist", **GAPS, gaps=3, each=2)["shortlist"]
    assert 0 < len(found) <= 3 and all(len(each["targets"]) <= 2 for each in found)
