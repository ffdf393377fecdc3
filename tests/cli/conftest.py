"""The command line as a person or a script runs it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from lianpu.api.cli.app import main


@dataclass(frozen=True)
class Said:
    """What a command printed and the code that it ended with."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run the command line in this process and a throw-away folder with the words given."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)

    def run(*words: str | Path) -> Said:
        monkeypatch.setattr(sys, "argv", ["lianpu", *map(str, words)])
        try:
            main()
            code: object = 0
        except SystemExit as leave:
            code = leave.code or 0
        said = capsys.readouterr()
        assert isinstance(code, int)
        return Said(code, said.out, said.err)

    return run


@pytest.fixture
def ask(run: Run, example_folder: Path) -> Run:
    """Ask the example something."""
    return lambda *words: run("--data", example_folder, *words)


@pytest.fixture
def data(example_folder: Path, tmp_path: Path) -> Path:
    """A copy of the example that may be written to."""
    return Path(shutil.copytree(example_folder, tmp_path / "data"))
