"""A store of each kind for the contract's tests."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from lianpu.graph.store import Store

from ..neo4j.stores import empty_store
from .stores import FACTORIES


@pytest.fixture(params=[*sorted(FACTORIES), "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Store]:
    """An empty store, migrated, closed after the test."""
    if request.param == "neo4j":
        opened: Store = empty_store(request.getfixturevalue("neo4j_server"))
    else:
        opened = FACTORIES[request.param](tmp_path / "data")
    yield opened
    opened.close()
