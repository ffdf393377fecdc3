"""What somebody sees who calls the service for the first time."""

from __future__ import annotations

from starlette.testclient import TestClient

from .service import Served

GAPS = "/v1/gaps?region=芜湖市&chain=新能源汽车"


def test_the_demo_answers_what_wuhu_lacks(demo: TestClient) -> None:
    answer = demo.get(GAPS)
    assert answer.status_code == 200
    body = answer.json()
    assert body["gaps"] and body["snapshot"]["number"] >= 1
    assert answer.headers["x-lianpu-snapshot"] == str(body["snapshot"]["number"])


def test_the_document_names_every_operation(demo: TestClient) -> None:
    document = demo.get("/openapi.json").json()
    named = [
        operation.get("operationId")
        for path in document["paths"].values()
        for operation in path.values()
    ]
    assert document["openapi"].startswith("3.1")
    assert None not in named and len(named) == len(set(named))


def test_no_key_no_data(guarded: Served) -> None:
    answer = guarded.client.get(GAPS)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_key_with_the_scope_is_let_in(guarded: Served) -> None:
    assert guarded.client.get(GAPS, headers=guarded.may("read")).status_code == 200
    refused = guarded.client.get(GAPS, headers=guarded.may("import"))
    assert refused.status_code == 403
    assert refused.json()["type"] == "/problems/forbidden"


def test_the_demo_answers_this_machine_only(demo: TestClient) -> None:
    assert demo.get(GAPS, headers={"Host": "evil.example"}).status_code == 403


def test_problems_speak_both_languages(demo: TestClient) -> None:
    problem = demo.get("/v1/gaps?region=亚特兰蒂斯", headers={"Accept-Language": "en"}).json()
    assert problem["status"] == 404
    assert "亚特兰蒂斯" in problem["texts"]["zh"] and problem["detail"].isascii() is False
    assert problem["title"] == "there is no such thing"


def test_methods_that_nobody_has_heard_of_are_counted_as_one(demo: TestClient) -> None:
    for method in ("BREW", "WHISK"):
        demo.request(method, "/v1/health")
    counted = [line for line in demo.get("/metrics").text.splitlines() if 'method="' in line]
    assert not [line for line in counted if "BREW" in line or "WHISK" in line]
    assert [line for line in counted if 'method="other"' in line]
