"""Taking a target over and following it."""

from __future__ import annotations

import re

from lianpu.api.http.leads.facts import write_leads
from starlette.testclient import TestClient

from ..http.service import Served
from .forms import send, sign_in

TARGETS = "/page/targets?region=芜湖市&product=智能座舱域控制器"
FIRM = "惠州市德赛西威汽车电子股份有限公司"
ALL = ("read", "leads", "contacts")


def take(client: TestClient, **more: str) -> str:
    """Take the first target over; return the id of the lead."""
    page = client.get(TARGETS).text
    names = ("region", "product", "enterprise")
    values = {name: re.findall(rf'name="{name}" value="([^"]+)"', page)[-1] for name in ("region",)}
    form = page.split(f">{FIRM}<")[1].split("</form>")[0]
    values |= {name: re.findall(rf'name="{name}" value="([^"]+)"', form)[0] for name in names}
    found = send(client, "/page/leads", page, **values, **more)
    assert found.status_code == 303, found.text
    return str(found.headers["location"].split("#")[1])


def test_a_target_is_taken_over_and_brought_to_production(desk: Served) -> None:
    client = desk.client
    sign_in(client, desk.key(*ALL))
    lead = take(client)
    for stage in ("洽谈", "签约", "开工", "投产"):
        page = client.get("/page/leads").text
        assert f"→ {stage}" in page
        (version,) = re.findall(r'name="version" value="(\d+)"', page)
        send(client, "/page/lead/next", page, id=lead, version=version)
    assert "→" not in client.get("/page/leads").text
    write_leads(desk.service)
    assert "新增缺口" in client.get("/page/changes?region=芜湖市&since=1").text
    assert "智能座舱域控制器" in client.get("/page/changes?region=芜湖市&since=1").text


def test_who_is_taken_over_is_marked_among_the_targets(desk: Served) -> None:
    sign_in(desk.client, desk.key(*ALL))
    take(desk.client)
    assert "已是线索" in desk.client.get(TARGETS).text


def test_who_is_turned_down_for_a_reason_is_offered_no_more(desk: Served) -> None:
    sign_in(desk.client, desk.key(*ALL))
    take(desk.client, reason="刚在外地扩产")
    write_leads(desk.service)
    page = desk.client.get(TARGETS).text
    assert FIRM in page.split("未列入及原因")[1]


def test_a_lead_is_not_taken_twice(desk: Served) -> None:
    sign_in(desk.client, desk.key(*ALL))
    page = desk.client.get(TARGETS).text
    lead = take(desk.client)
    form = {"region": "340200", "product": "智能座舱域控制器", "enterprise": FIRM}
    found = send(desk.client, "/page/leads", page, **form)
    assert found.status_code == 409 and lead in found.text


def test_the_form_of_a_lead_writes_all_of_it(desk: Served) -> None:
    client = desk.client
    sign_in(client, desk.key(*ALL))
    lead = take(client)
    page = client.get(f"/page/lead?id={lead}").text
    said = {"stage": "signed", "wan": "35000", "note": "已考察两次", "contact_name": "李工"}
    send(client, "/page/lead", page, id=lead, version="1", **said)
    page = client.get(f"/page/lead?id={lead}").text
    assert all(each in page for each in ('value="35000.0"', "已考察两次", "李工", "签约"))
    assert "3.50亿元" in client.get("/page/leads").text


def test_whoever_was_slower_is_told_what_changed(desk: Served) -> None:
    client = desk.client
    sign_in(client, desk.key(*ALL))
    lead = take(client)
    page = client.get(f"/page/lead?id={lead}").text
    send(client, "/page/lead", page, id=lead, version="1", stage="talks")
    found = send(client, "/page/lead", page, id=lead, version="1", stage="signed")
    assert found.status_code == 412 and "刚被别人改过" in found.text


def test_a_lead_does_not_end_without_a_reason(desk: Served) -> None:
    client = desk.client
    sign_in(client, desk.key(*ALL))
    lead = take(client)
    page = client.get(f"/page/lead?id={lead}").text
    found = send(client, "/page/lead", page, id=lead, version="1", stage="ended")
    assert found.status_code == 422 and "须说明原因" in found.text


def test_contact_data_are_for_those_with_the_scope(desk: Served) -> None:
    client = desk.client
    sign_in(client, desk.key(*ALL))
    lead = take(client)
    page = client.get(f"/page/lead?id={lead}").text
    send(client, "/page/lead", page, id=lead, version="1", stage="talks", contact_name="李工")
    client.cookies.clear()
    sign_in(client, desk.key("read", "leads"))
    page = client.get(f"/page/lead?id={lead}").text
    assert "李工" not in page and "contact_name" not in page


def test_leads_of_other_regions_are_not_shown(desk: Served) -> None:
    sign_in(desk.client, desk.key(*ALL))
    lead = take(desk.client)
    desk.client.cookies.clear()
    sign_in(desk.client, desk.key("read", "leads", region="360100"))
    assert FIRM not in desk.client.get("/page/leads").text
    assert desk.client.get(f"/page/lead?id={lead}").status_code == 403


def test_readers_see_no_leads_and_no_button(desk: Served) -> None:
    sign_in(desk.client, desk.key("read"))
    assert "登记为线索" not in desk.client.get(TARGETS).text
    assert desk.client.get("/page/leads").status_code == 403
