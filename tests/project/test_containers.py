"""The container files name settings and commands that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lianpu.api.cli.app import build
from lianpu.api.cli.care import described
from lianpu.settings import HttpSettings, Settings

ROOT = Path(__file__).parents[2]
FILES = ("compose.yaml", "Containerfile")
KNOWN = {name for name, _, _ in described(Settings.model_construct())}


@pytest.mark.parametrize("name", ["compose.yaml", "Containerfile", "docs/neo4j.md"])
def test_every_setting_that_is_named_is_one(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = {each.rstrip("_") for each in re.findall(r"LIANPU_[A-Z0-9_]+", text)}
    assert named
    assert named <= KNOWN


def test_what_runs_there_are_commands_of_the_program() -> None:
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in FILES)
    named = set(re.findall(r'\["lianpu", "(\w+)"', text))
    assert named == {"init", "serve"}
    assert named <= {each.name for each in build().registered_commands}


def test_the_service_is_looked_for_where_it_listens() -> None:
    port = HttpSettings.model_fields["port"].default
    compose, image = ((ROOT / name).read_text(encoding="utf-8") for name in FILES)
    assert f"127.0.0.1:{port}:{port}" in compose
    assert f"EXPOSE {port}" in image
    assert f"http://127.0.0.1:{port}/v1/health" in image
