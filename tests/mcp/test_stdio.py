"""`lianpu mcp` speaks over standard input and output."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from mcp.client.stdio import StdioServerParameters

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


def test_a_folder_without_data_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    said = subprocess.run(
        [LIANPU, "--data", tmp_path, "mcp"],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert said.returncode == 3
    assert said.stdout == ""
    assert "lianpu init" in said.stderr


def test_without_the_extra_the_command_says_how_to_get_it(folder: Path) -> None:
    lacking = (
        "import sys; sys.modules['mcp'] = None; sys.argv = ['lianpu', *sys.argv[1:]]; "
        "from lianpu.api.cli.app import main; main()"
    )
    said = subprocess.run(
        [sys.executable, "-c", lacking, "--data", folder, "mcp"],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert said.returncode == 7
    assert "pip install 'lianpu[mcp]'" in said.stderr
