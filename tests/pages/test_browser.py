"""Walking through the page as a person would, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from .browser import faults
from .test_views import VIEWS

SHEET = (
    "企业名称,所在地区,主营产品,营业收入（万元）\n"
    "芜湖试制雷达有限公司,芜湖市,激光雷达,12000\n"
    "芜湖试制电控有限公司,芜湖市,电机控制器,很多\n"
    "某公司,亚特兰蒂斯,动力电池,800\n"
)
WIDTHS = (390, 3840)


def test_a_morning_at_the_office(page: Page, tmp_path: Path) -> None:
    """Import a sheet with errors, mend it, find a gap, take a lead, follow it, export."""
    marked = hand_in(page, tmp_path)
    mend(page, marked)
    gap = find_a_gap(page)
    take_a_lead(page, gap)
    export(page, gap)


def hand_in(page: Page, folder: Path) -> Path:
    sheet = folder / "企业名录.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    page.goto("/page/")
    page.get_by_role("link", name="导入").click()
    page.set_input_files("input[type=file]", sheet)
    page.get_by_role("button", name="上传并导入").click()
    expect(page.get_by_text("要改的地方")).to_be_visible(timeout=60_000)
    expect(page.locator("#errors")).to_contain_text("“很多”不是数字")
    expect(page.locator("#errors")).to_contain_text("亚特兰蒂斯")
    assert faults(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="下载标红的表格").click()
    path = folder / "errors.xlsx"
    download.value.save_as(path)
    return path


def mend(page: Page, marked: Path) -> None:
    book = load_workbook(marked)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "很多":
                cell.value = "9000"
            if cell.value == "亚特兰蒂斯":
                cell.value = "芜湖市"
    book.save(marked)
    page.get_by_role("link", name="再传一份").click()
    page.set_input_files("input[type=file]", marked)
    page.get_by_role("button", name="上传并导入").click()
    expect(page.get_by_text("图谱新增")).to_be_visible(timeout=60_000)
    expect(page.locator("#errors")).to_have_count(0)


def find_a_gap(page: Page) -> str:
    page.get_by_role("link", name="缺口", exact=True).click()
    page.locator("select[name=chain]").select_option(label="新能源汽车")
    page.wait_for_url("**chain=**")
    results = page.locator("#results tbody tr")
    page.get_by_label("缺失").check()
    expect(page.locator("#results .status.weak")).to_have_count(0)
    page.get_by_role("link", name="本地用户").click()
    expect(page.get_by_role("columnheader", name="本地用户")).to_have_attribute(
        "aria-sort", "descending"
    )
    assert "status=missing" in page.url and "sort=-users" in page.url
    name = results.first.get_by_role("rowheader").inner_text().split("\n")[0].strip()
    results.first.get_by_role("link", name="招引对象").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    return name


def take_a_lead(page: Page, gap: str) -> None:
    firm = page.locator(".target").first.get_by_role("link").first.inner_text()
    page.get_by_role("button", name="登记为线索").first.click()
    page.wait_for_url("**/leads**")
    ticket = page.get_by_role("article", name=firm)
    expect(ticket).to_contain_text(gap.removesuffix(" 关键"))
    ticket.get_by_role("button", name="洽谈").click()
    talks = page.locator(".stage-talks")
    expect(talks).to_contain_text(firm)
    page.goto(talks.locator("a[href*='/page/lead?']").first.get_attribute("href") or "")
    expect(page.locator("main")).to_contain_text(firm)
    assert faults(page) == []
    for _ in range(300):
        page.goto("/page/changes?region=芜湖市&since=1")
        if firm in page.locator("main").inner_text():
            return
        page.wait_for_timeout(200)
    raise AssertionError("the lead did not come into the graph")


def export(page: Page, gap: str) -> None:
    page.goto("/page/gaps?region=芜湖市&chain=新能源汽车&status=missing")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Excel").click()
    rows = CalamineWorkbook.from_path(download.value.path()).get_sheet_by_index(0).to_python()
    assert any(gap.split(" ", maxsplit=1)[0] in map(str, row) for row in rows)


def test_looking_around_on_the_map(page: Page) -> None:
    page.goto("/page/map?region=芜湖市&chain=新能源汽车")
    look_for_a_product(page)
    open_its_panel(page)
    fold_a_group(page)
    move_by_keyboard(page)


def look_for_a_product(page: Page) -> None:
    page.keyboard.press("/")
    field = page.get_by_placeholder("在图中查找")
    expect(field).to_be_focused()
    field.fill("电池管理系统")
    expect(page.locator("#found")).to_have_text("1")
    field.press("Enter")
    world = page.locator("svg.lp-map .world")
    expect(world).to_have_attribute("transform", pattern("scale(2"))
    page.get_by_role("button", name="全图").click()
    expect(world).to_have_attribute("transform", pattern("scale(1)"))
    field.fill("")


def open_its_panel(page: Page) -> None:
    box = page.locator(".lp-box", has_text="动力电池系统").first
    box.hover()
    expect(page.locator("#tip")).to_contain_text("动力电池系统")
    box.click()
    panel = page.get_by_role("complementary", name="产品")
    expect(panel.get_by_role("heading", level=2)).to_contain_text("动力电池系统")
    expect(panel).to_contain_text("为什么是这个优先级")
    expect(panel.get_by_role("button", name="登记为线索").first).to_be_visible()
    page.reload()
    expect(panel.get_by_role("heading", level=2)).to_contain_text("动力电池系统")
    page.keyboard.press("Escape")
    expect(panel.get_by_role("heading", level=2)).to_have_count(0)


def fold_a_group(page: Page) -> None:
    boxes = page.locator(".lp-box")
    before = boxes.count()
    page.get_by_role("button", name="收起 三电系统").first.click()
    expect(page.get_by_role("button", name="展开 三电系统").first).to_be_visible()
    assert boxes.count() < before
    assert "fold=" in page.url
    page.get_by_role("button", name="薄弱", exact=True).click()
    expect(page.locator(".lp-box.lp-weak.off")).to_have_count(0)
    assert page.locator(".lp-box.lp-missing.off").count() > 0


def move_by_keyboard(page: Page) -> None:
    page.locator(".lp-box[tabindex='0']").focus()
    before = page.evaluate("document.activeElement.dataset.product")
    page.keyboard.press("ArrowDown")
    after = page.evaluate("document.activeElement.dataset.product")
    assert after and after != before
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_visible()


@pytest.mark.parametrize("view", [each for each in VIEWS if not each.startswith("/page/panel")])
def test_axe_finds_no_grave_fault_and_nothing_is_wider_than_the_screen(
    page: Page, view: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(view)
    page.wait_for_load_state("networkidle")
    assert faults(page) == []
    assert beyond(page) <= 0


def test_axe_finds_no_grave_fault_in_english(page: Page) -> None:
    page.goto("/page/language/en?back=/page/map?chain=新能源汽车%26product=动力电池")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert faults(page) == []
    page.goto("/page/language/zh?back=/page/")


@pytest.mark.parametrize("width", WIDTHS)
def test_no_view_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for view in VIEWS:
        page.goto(view)
        assert beyond(page) <= 0, view
    page.set_viewport_size({"width": 1440, "height": 900})


def test_printing_leaves_out_what_only_a_screen_needs(page: Page) -> None:
    page.goto("/page/gaps?region=芜湖市&chain=新能源汽车")
    page.emulate_media(media="print")
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.locator("#results")).to_be_visible()
    page.emulate_media(media="screen")


def beyond(page: Page) -> int:
    """Return how many pixels a page is wider than its window."""
    script = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(script))


def pattern(text: str) -> re.Pattern[str]:
    """Return a pattern for what an attribute holds somewhere."""
    return re.compile(re.escape(text))
