"""An analyst cleans a list of names in OpenRefine against the graph."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlsplit

import jsonschema
import pytest
from lianpu.api.operational.audit import entries
from starlette.testclient import TestClient

from . import reconciliation_schemas as schemas
from .service import Served

PAGE = {"Origin": "https://page.example"}
NINGDE, CELL = "宁德时代新能源科技股份有限公司", "动力电池"


def fits(answer: Any, schema: schemas.Schema) -> Any:
    """Return the JSON of an answer that is as the specification says."""
    assert answer.status_code == 200, answer.text
    jsonschema.Draft202012Validator(schema).validate(answer.json())
    return answer.json()


def candidates(demo: TestClient, **query: Any) -> list[dict[str, Any]]:
    sent = {"queries": json.dumps({"q0": query})}
    found: list[dict[str, Any]] = fits(demo.post("/reconcile", data=sent), schemas.RESULTS)["q0"][
        "result"
    ]
    scores = [each["score"] for each in found]
    assert scores == sorted(scores, reverse=True)
    return found


def test_the_manifest_leads_to_every_part(demo: TestClient) -> None:
    manifest = fits(demo.get("/reconcile"), schemas.MANIFEST)
    for place in (*manifest["suggest"].values(), manifest["extend"]["propose_properties"]):
        path = urlsplit(place["service_url"] + place["service_path"]).path
        assert demo.get(path).status_code == 200
    assert "authentication" not in manifest


def test_a_full_name_is_a_match(demo: TestClient) -> None:
    best = candidates(demo, query=NINGDE)[0]
    assert (best["name"], best["score"], best["match"]) == (NINGDE, 100, True)
    assert best["type"] == [{"id": "Enterprise", "name": "企业"}]


def test_a_short_name_is_matched_with_reasons(demo: TestClient) -> None:
    best, *others = candidates(demo, query="惠州德赛西威", limit=3)
    assert best["name"] == "惠州市德赛西威汽车电子股份有限公司"
    assert best["score"] > 80 and len(others) <= 2
    assert {each["id"] for each in best["features"]} >= {"coverage", "lead"}


def test_an_id_finds_its_own(demo: TestClient) -> None:
    key = candidates(demo, query=CELL, type="Product")[0]["id"]
    assert candidates(demo, query=key)[0]["name"] == CELL


def test_a_type_leaves_the_others_out(demo: TestClient) -> None:
    assert {each["type"][0]["id"] for each in candidates(demo, query=CELL, type="Product")} == {
        "Product"
    }
    assert candidates(demo, query=CELL, type=["Nothing"]) == []


def test_a_product_that_is_only_alike_is_no_match(demo: TestClient) -> None:
    found = candidates(demo, query="动力电池铝箔材料", type="Product")
    assert found and not any(each["match"] for each in found)


def test_a_place_tells_sister_firms_apart(demo: TestClient) -> None:
    properties = [{"pid": "region", "v": "芜湖市"}]
    plain = {each["name"]: each["score"] for each in candidates(demo, query="国轩高科", limit=20)}
    placed = candidates(demo, query="国轩高科", limit=20, properties=properties)
    for each in placed:
        agrees = {f["id"]: f["value"] for f in each["features"]}.get("region_agrees")
        if agrees is False and each["name"] in plain:
            assert each["score"] < plain[each["name"]]


def test_queries_do_not_bear_on_each_other(demo: TestClient) -> None:
    names = ["奇瑞汽车", "奇瑞新能源", "奇瑞商用车"]
    batch = {name: {"query": name} for name in names}
    together = fits(demo.get(f"/reconcile?queries={quote(json.dumps(batch))}"), schemas.RESULTS)
    for name in names:
        assert together[name]["result"] == candidates(demo, query=name)


def test_what_is_typed_is_completed(demo: TestClient) -> None:
    found = fits(demo.get("/reconcile/suggest/entity?prefix=宁德"), schemas.ENTITIES)["result"]
    assert found[0]["name"].startswith("宁德")
    more = fits(demo.get("/reconcile/suggest/entity?prefix=宁德&cursor=1"), schemas.ENTITIES)
    assert more["result"][:1] == found[1:2]
    kinds = fits(demo.get("/reconcile/suggest/type?prefix=产"), schemas.TYPES)["result"]
    assert [each["id"] for each in kinds] == ["Product"]
    columns = fits(demo.get("/reconcile/suggest/property?prefix=资质"), schemas.PROPERTIES)
    assert [each["id"] for each in columns["result"]] == ["titles"]


def test_columns_are_filled_with_what_is_known(demo: TestClient) -> None:
    key = candidates(demo, query=NINGDE)[0]["id"]
    proposed = fits(demo.get("/reconcile/properties?type=Enterprise"), schemas.PROPOSAL)
    wanted = [{"id": each["id"]} for each in proposed["properties"]]
    asked = {"ids": [key, "nobody"], "properties": wanted}
    found = fits(demo.post("/reconcile", data={"extend": json.dumps(asked)}), schemas.EXTENSION)
    row = found["rows"][key]
    assert row["region"] == [{"str": "宁德市"}] and row["name"] == [{"str": NINGDE}]
    assert {"str": "上市公司"} in row["titles"] and row["revenue"][0]["float"] > 1e11
    assert all(values == [] for values in found["rows"]["nobody"].values())
    products = next(each for each in found["meta"] if each["id"] == "products")
    assert products["type"]["id"] == "Product"
    assert all(set(cell) == {"id", "name"} for cell in row["products"])


def test_a_preview_is_a_small_page_that_runs_nothing(demo: TestClient) -> None:
    key = candidates(demo, query=NINGDE)[0]["id"]
    page = demo.get(f"/reconcile/preview?id={key}")
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert NINGDE in page.text and "2024-12-31" in page.text
    assert demo.get("/reconcile/preview?id=<b>").status_code == 404


@pytest.mark.parametrize(
    "queries",
    ["", "[]", "{", '{"q": {"name": "x"}}', '{"q": {"query": 5}}', '{"q":' * 2000],
)
def test_a_batch_that_cannot_be_read_is_refused_in_words(demo: TestClient, queries: str) -> None:
    refused = demo.post("/reconcile", data={"queries": queries})
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"


def test_a_batch_is_no_larger_than_the_manifest_says(demo: TestClient) -> None:
    many = {f"q{i}": {"query": "a"} for i in range(demo.get("/reconcile").json()["batchSize"] + 1)}
    assert demo.post("/reconcile", data={"queries": json.dumps(many)}).status_code == 413


def test_no_key_but_the_manifest_says_how(guarded: Served) -> None:
    manifest = fits(guarded.client.get("/reconcile"), schemas.MANIFEST)
    assert manifest["authentication"]["name"] == "Authorization"
    for path in ("?queries={}", "/suggest/entity", "/properties", "/preview?id=x"):
        assert guarded.client.get(f"/reconcile{path}").status_code == 401
    assert guarded.client.post("/reconcile", data={"queries": "{}"}).status_code == 401
    other = guarded.may("leads")
    assert guarded.client.get("/reconcile?queries={}", headers=other).status_code == 403
    assert guarded.client.get("/reconcile?queries={}", headers=guarded.may("read")).json() == {}


def test_openrefine_carries_its_key_in_the_path_and_no_log_has_it(guarded: Served) -> None:
    key = guarded.key("read")
    manifest = fits(guarded.client.get(f"/reconcile/{key}"), schemas.MANIFEST)
    entity = manifest["suggest"]["entity"]
    path = urlsplit(entity["service_url"] + entity["service_path"]).path
    assert guarded.client.get(f"{path}?prefix=宁德").json()["result"]
    assert guarded.client.post(f"/reconcile/{key}", data={"queries": "{}"}).json() == {}
    assert guarded.client.get("/reconcile/lp_wrong?queries={}").status_code == 401
    _, (noted,) = entries(guarded.service.database, None, limit=1, offset=0)
    assert (noted.path, noted.status) == ("/reconcile", 401)


def test_pages_of_other_origins_may_ask_with_a_key(guarded: Served) -> None:
    asked = {"Access-Control-Request-Method": "POST"} | PAGE
    asked["Access-Control-Request-Headers"] = "authorization"
    allowed = guarded.client.options("/reconcile/suggest/entity", headers=asked)
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == "*"
    refused = guarded.client.get("/reconcile?queries={}", headers=PAGE)
    assert refused.status_code == 401 and refused.headers["access-control-allow-origin"] == "*"
    elsewhere = guarded.client.get("/v1/chains", headers=PAGE | guarded.may("read"))
    assert "access-control-allow-origin" not in elsewhere.headers


def test_in_demo_mode_only_pages_of_this_machine_may_ask(demo: TestClient) -> None:
    strange = demo.get("/reconcile", headers=PAGE)
    assert "access-control-allow-origin" not in strange.headers
    refine = {"Origin": "http://127.0.0.1:3333"}
    own = demo.get("/reconcile", headers=refine)
    assert own.headers["access-control-allow-origin"] == refine["Origin"]


def test_jsonp_wraps_the_answer_and_nothing_else(guarded: Served, demo: TestClient) -> None:
    key = guarded.key("read")
    script = guarded.client.get(f"/reconcile/{key}?queries={{}}&callback=jQuery1.go")
    assert script.text == "/**/jQuery1.go({});"
    assert script.headers["content-type"].startswith("text/javascript")
    assert guarded.client.get("/reconcile?callback=alert(1)").status_code == 422
    assert demo.get("/reconcile?callback=go").status_code == 403
