"""What the views show, and what may not stand in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from urllib.parse import quote

import httpx2
import pytest
from starlette.testclient import TestClient

VIEWS = {
    "/page/overview": "产业链总览",
    "/page/map?chain=新能源汽车": "产业链图谱",
    "/page/map?chain=新能源汽车&product=动力电池&fold=三电系统": "为什么是这个优先级",
    "/page/panel?chain=新能源汽车&product=动力电池": "招引对象",
    "/page/gaps?chain=新能源汽车": "缺口清单",
    "/page/gap?chain=新能源汽车&product=动力电池": "为什么是这个优先级",
    "/page/targets": "最急缺口的招引对象",
    "/page/targets?product=智能座舱域控制器": "未列入及原因",
    "/page/enterprises?q=奇瑞": "奇瑞汽车股份有限公司",
    "/page/enterprise?id=奇瑞汽车": "哪里需要它",
    "/page/board": "主导产业链",
    "/page/changes": "新增缺口",
    "/page/leads": "招商线索",
    "/page/imports": "上传表格",
    "/page/reviews": "复核存疑的企业",
}
BAD = "/page/overview?region=" + quote('<script>alert("1")</script>')


def test_the_service_leads_to_its_page(demo: TestClient) -> None:
    found = demo.get("/")
    assert found.url.path == "/page/overview"
    assert "芜湖市" in found.text


@pytest.fixture(scope="module")
def look(demo: TestClient) -> Callable[[str], httpx2.Response]:
    """Look at an address; what was seen once is not asked for again."""
    return cache(lambda address: demo.get(address, follow_redirects=False))


@pytest.mark.parametrize(("address", "words"), VIEWS.items())
def test_a_view_shows_its_subject(
    look: Callable[[str], httpx2.Response], address: str, words: str
) -> None:
    found = look(address)
    assert found.status_code == 200
    assert words in found.text
    assert ("演示模式" in found.text) is not address.startswith("/page/panel")


@pytest.mark.parametrize("address", [*VIEWS, BAD, "/page/sign-in"])
def test_no_script_or_style_stands_in_a_page(
    look: Callable[[str], httpx2.Response], address: str
) -> None:
    found = look(address)
    policy = found.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert not re.search(
        r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", found.text
    )


def test_nothing_is_loaded_from_elsewhere(demo: TestClient) -> None:
    page = demo.get("/page/enterprise?id=奇瑞汽车").text
    own = re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="([^"]+)"', page)
    assert own and all(each.startswith("/page/assets/") for each in own)
    for each in own:
        found = demo.get(each)
        assert found.status_code == 200
        assert "immutable" in found.headers["cache-control"]


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "page.py", "vendor/manifest.toml"])
def test_only_the_pages_own_files_are_given(demo: TestClient, name: str) -> None:
    assert demo.get(f"/page/assets/x/{name}").status_code == 404


def test_what_is_not_known_is_said_in_words(demo: TestClient) -> None:
    found = demo.get("/page/overview?region=芜湖镇")
    assert found.status_code == 404
    assert "没有叫“芜湖镇”的地区" in found.text
    assert "<!doctype html>" in found.text


def test_a_broken_link_is_said_in_words(demo: TestClient) -> None:
    found = demo.get("/page/gaps?as_of=yesterday")
    assert found.status_code == 422
    assert "as_of" in found.text and "Traceback" not in found.text


def test_what_is_written_in_an_address_is_shown_as_text(demo: TestClient) -> None:
    assert "<script>alert" not in demo.get(BAD).text


def test_the_page_is_switched_to_english_and_back(demo: TestClient) -> None:
    there = demo.get("/page/language/en?back=/page/gaps")
    assert there.url.path == "/page/gaps"
    assert '<html lang="en">' in there.text and "DEMO MODE" in there.text
    assert '<html lang="zh-CN">' in demo.get("/page/language/zh?back=/page/gaps").text


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/page/\\x"])
def test_the_switch_leads_nowhere_else(demo: TestClient, back: str) -> None:
    found = demo.get(f"/page/language/zh?back={quote(back)}", follow_redirects=False)
    assert found.headers["location"] == "/page/"


def test_gaps_are_filtered_sorted_and_turned(demo: TestClient) -> None:
    weak = demo.get("/page/gaps?chain=新能源汽车&status=weak&sort=product").text
    assert 'class="status weak"' in weak and 'class="status missing"' not in weak
    assert demo.get("/page/gaps?chain=新能源汽车&page=2").text.count("<tr>") > 50


def test_a_list_goes_along_as_a_workbook(demo: TestClient) -> None:
    for address in ("gaps.xlsx?chain=新能源汽车", "targets.xlsx?product=动力电池"):
        found = demo.get(f"/page/{address}")
        assert found.headers["content-disposition"].endswith('.xlsx"')
        assert found.content.startswith(b"PK")


def test_regions_and_enterprises_are_suggested_while_written(demo: TestClient) -> None:
    assert 'value="芜湖市"' in demo.get("/page/suggest/regions?region=芜湖").text
    assert "奇瑞汽车股份有限公司" in demo.get("/page/suggest/enterprises?q=奇瑞汽车").text


def test_the_map_holds_every_product_and_folds_groups(demo: TestClient) -> None:
    whole = demo.get("/page/map?chain=新能源汽车").text
    assert whole.count("data-product=") == 120
    folded = demo.get("/page/map?chain=新能源汽车&fold=三电系统").text
    assert whole.count("data-product=") > folded.count("data-product=") > 60


def test_without_a_chain_the_map_is_of_the_one_with_the_most_makers(demo: TestClient) -> None:
    assert "芜湖市新能源汽车产业链图谱" in demo.get("/page/map?region=芜湖市").text


@pytest.mark.parametrize(
    ("form", "begins"),
    [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("pptx", b"PK"), ("mmd", b"")],
)
def test_the_map_goes_along_as_a_file(demo: TestClient, form: str, begins: bytes) -> None:
    found = demo.get(f"/page/map.{form}?chain=LED")
    assert found.status_code == 200
    assert found.headers["content-disposition"] == f'attachment; filename="lianpu-map.{form}"'
    assert found.content.startswith(begins)


def test_a_form_that_there_is_none_of_is_refused_in_words(demo: TestClient) -> None:
    assert "不认识输出格式" in demo.get("/page/map.bmp?chain=LED").text


def test_facts_name_products_not_their_ids(demo: TestClient) -> None:
    page = demo.get("/page/enterprise?id=奇瑞汽车").text
    assert "产品 动力电池" in page
    assert not re.search(r"<td>[^<]*p_[0-9a-f]{16}", page)
