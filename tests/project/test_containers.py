"""The container files name settings and commands that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lianpu.api.cli.care import described
from lianpu.settings import Settings

ROOT = Path(__file__).parents[2]
KNOWN = {name for name, _, _ in described(Settings.model_construct())}


@pytest.mark.parametrize("name", ["compose.yaml", "Containerfile", "docs/neo4j.md"])
def test_every_setting_that_is_named_is_one(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = {each.rstrip("_") for each in re.findall(r"LIANPU_[A-Z0-9_]+", text)}
    assert named
    assert named <= KNOWN
