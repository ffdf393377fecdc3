"""A small world for every test of the import."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from .world import World


@pytest.fixture
def world(tmp_path: Path) -> Generator[World]:
    """A small world in a folder of its own."""
    made = World(tmp_path / "data")
    yield made
    made.close()
