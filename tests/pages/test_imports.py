"""Handing sheets in on the page, mending them, and deciding on names in doubt."""

from __future__ import annotations

import re
import time

import httpx2
import pytest
from starlette.testclient import TestClient

from ..http.service import Served
from .forms import send, sign_in, token_in

HEAD = "企业名称,所在地区,主营产品,营业收入（万元）\n"
GOOD = HEAD + "芜湖试制电池有限公司,芜湖市,动力电池,12000\n"
BAD = GOOD + "某公司,亚特兰蒂斯,动力电池,很多\n"
DOUBTFUL = HEAD + "奇瑞汽车有限公司,芜湖市,新能源汽车,\n"


@pytest.fixture
def office(desk: Served) -> TestClient:
    """A browser of somebody who may import and review."""
    sign_in(desk.client, desk.key("read", "import", "review"))
    return desk.client


def hand_in(office: TestClient, text: str, **more: str) -> httpx2.Response:
    page = office.get("/page/imports").text
    files = [("files", ("企业名录.csv", text.encode(), "text/csv"))]
    return office.post("/page/imports", data={"csrf": token_in(page), **more}, files=files)


def finished(office: TestClient, address: str) -> str:
    for _ in range(600):
        page = office.get(address).text
        if 'hx-trigger="every 1s"' not in page:
            return page
        time.sleep(0.05)
    raise AssertionError(address)


def test_bad_rows_come_back_in_words_and_good_ones_go_in(office: TestClient) -> None:
    page = finished(office, str(hand_in(office, BAD).url))
    assert "亚特兰蒂斯" in page and "“很多”不是数字" in page
    (marked,) = re.findall(r'href="([^"]+marked\.xlsx)"', page)
    assert office.get(marked).content.startswith(b"PK")
    assert "芜湖试制电池有限公司" in office.get("/page/enterprises?q=芜湖试制电池").text
    assert "企业名录.csv" in office.get("/page/imports").text


def test_a_strict_import_says_why_nothing_was_written(office: TestClient) -> None:
    page = finished(office, str(hand_in(office, BAD, strict="true").url))
    assert "未写入任何数据" in page
    assert "没有这样的企业" in office.get("/page/enterprises?q=芜湖试制电池").text


def test_a_doubtful_name_is_decided_on_and_its_row_goes_in(office: TestClient) -> None:
    page = finished(office, str(hand_in(office, DOUBTFUL).url))
    assert "去复核" in page
    reviews = office.get("/page/reviews").text
    assert "奇瑞汽车有限公司" in reviews
    (number,) = re.findall(r"/page/reviews/(\d+)", reviews)
    found = send(office, f"/page/reviews/{number}", reviews, answer="same")
    assert "复核后入库的行" in finished(office, found.headers["location"])
    assert "奇瑞汽车有限公司" not in office.get("/page/reviews").text
    assert "奇瑞汽车有限公司" in office.get("/page/reviews?state=same").text


def test_a_template_that_does_not_exist_is_refused_in_words(office: TestClient) -> None:
    assert "没有模板" in hand_in(office, GOOD, template="nothing").text


def test_an_empty_template_is_given_to_fill_in(office: TestClient) -> None:
    found = office.get("/page/imports/template/enterprises.xlsx")
    assert found.content.startswith(b"PK")
    assert office.get("/page/imports/template/nothing.xlsx").status_code in (404, 422)


def test_only_those_who_may_import_see_imports(desk: Served, office: TestClient) -> None:
    address = str(hand_in(office, GOOD).url)
    finished(office, address)
    office.cookies.clear()
    sign_in(office, desk.key("read"))
    assert office.get("/page/imports").status_code == 403
    assert office.get(address).status_code == 403
    office.cookies.clear()
    sign_in(office, desk.key("read", "import", region="360100"))
    assert office.get(address).status_code == 403
