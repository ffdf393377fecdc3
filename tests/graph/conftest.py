"""A store of each kind for the contract's tests."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from lianpu.graph.store import Store

from .stores import FACTORIES


@pytest.fixture(params=sorted(FACTORIES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Store]:
    """An empty store, migrated, closed after the test."""
    opened = FACTORIES[request.param](tmp_path / "data")
    yield opened
    opened.close()
