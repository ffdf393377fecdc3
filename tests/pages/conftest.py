"""The page over a copy of the example, as a browser without scripts sees it."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ..http.service import Served, served


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
