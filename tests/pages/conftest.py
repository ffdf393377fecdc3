"""The page over a copy of the example, as a browser without scripts sees it."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from starlette.testclient import TestClient

from ..http.service import Served, served
from ..support.programs import program
from .browser import FLAGS, NAMES, PATIENCE, listening


@pytest.fixture(scope="session")
def page_folder(example_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with an operational database of its own."""
    return Path(shutil.copytree(example_folder, tmp_path_factory.mktemp("page") / "data"))


@pytest.fixture(scope="session")
def demo(page_folder: Path) -> Generator[TestClient]:
    """The page in demo mode, at home in 芜湖市."""
    with served(page_folder, demo=True, page={"region": "芜湖市"}) as service:
        yield service.client


@pytest.fixture
def guarded(page_folder: Path) -> Generator[Served]:
    """The page as it is, with a browser that has not been there yet."""
    with served(page_folder) as service:
        yield service


@pytest.fixture
def desk(example_folder: Path, tmp_path: Path) -> Generator[Served]:
    """A service with a folder of its own, for those who change something."""
    folder = Path(shutil.copytree(example_folder, tmp_path / "data"))
    with served(folder, write_seconds=3600) as service:
        yield service


@pytest.fixture(scope="module")
def page(chromium: Browser, address: str) -> Generator[Page]:
    """A tab whose complaints fail the test: refused styles and scripts are among them."""
    context = chromium.new_context(
        base_url=address, locale="zh-CN", viewport={"width": 1440, "height": 900}
    )
    # Patience for machines with other work to do; nothing waits longer than it must.
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda each: said.append(_complaint(each)) if _complaint(each) else None)
    tab.on("pageerror", lambda each: said.append(str(each)))
    yield tab
    context.close()
    assert said == []


def _complaint(message: ConsoleMessage) -> str:
    return f"{message.text} {message.location['url']}" if message.type == "error" else ""


@pytest.fixture(scope="module")
def address(example_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """A server over a copy of the example, for a browser."""
    folder = Path(shutil.copytree(example_folder, tmp_path_factory.mktemp("browsed") / "data"))
    with listening(folder, write_seconds=0.2) as found:
        yield found


@pytest.fixture(scope="session")
def chromium() -> Generator[Browser]:
    """The browser."""
    path = program(*NAMES)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
