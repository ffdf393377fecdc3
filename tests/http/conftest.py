"""The service over a copy of the example, asked through all of its layers."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ..support.town import town
from .service import Served, served


@pytest.fixture(scope="session")
def http_folder(example_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with an operational database of its own, for tests that change no facts."""
    return Path(shutil.copytree(example_folder, tmp_path_factory.mktemp("http") / "data"))


@pytest.fixture(scope="session")
def _town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town") / "data"
    town().publish(folder)
    return folder


@pytest.fixture
def town_folder(_town: Path, tmp_path: Path) -> Path:
    """The small town of `support/town.py`, to be written to."""
    return Path(shutil.copytree(_town, tmp_path / "town"))


@pytest.fixture(scope="session")
def demo(http_folder: Path) -> Generator[TestClient]:
    """The service in demo mode: no key is needed."""
    with served(http_folder, demo=True) as service:
        yield service.client


@pytest.fixture(scope="session")
def guarded(http_folder: Path) -> Generator[Served]:
    """The service as it is: no key, no data."""
    with served(http_folder) as service:
        yield service
