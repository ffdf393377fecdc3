"""`lianpu mcp` speaks over standard input and output."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from lianpu.api.cli.app import build
from lianpu.errors import NotKnownError, SettingError
from mcp.client.stdio import StdioServerParameters
from typer.testing import CliRunner

from .calls import answer, ask

LIANPU = Path(sys.executable).with_name("lianpu")


def test_an_assistant_asks_the_command_what_a_city_lacks(folder: Path) -> None:
    command = StdioServerParameters(
        command=str(LIANPU),
        args=["--data", str(folder), "mcp"],
        env=dict(os.environ),  # the client hands on next to nothing of it on its own
    )
    found = answer(ask(command, "list_gaps", region="甲一市", chain="ev"))
    assert found["scope"]["name"] == "甲一市"
    assert {gap["product"]["name"] for gap in found["gaps"]} >= {"动力电池"}


def failure(folder: Path) -> BaseException | None:
    return CliRunner().invoke(build(), ["--data", str(folder), "mcp"]).exception


def test_a_folder_without_data_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    said = failure(tmp_path)
    assert isinstance(said, NotKnownError) and "lianpu init" in str(said)


def test_without_the_extra_the_command_says_how_to_get_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    for name in [each for each in sys.modules if each.startswith(("mcp.", "lianpu.api.mcp."))]:
        monkeypatch.delitem(sys.modules, name)
    said = failure(folder)
    assert isinstance(said, SettingError) and "pip install 'lianpu[mcp]'" in str(said)
