"""The package holds what the repository holds."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
INCLUDED: list[str] = PROJECT["tool"]["hatch"]["build"]["only-include"]


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout: nothing to compare with")
    return listed.stdout.splitlines()


def test_links_build_and_type_checker_name_the_same_folders() -> None:
    links = {path.name for path in (ROOT / ".editable" / "lianpu").iterdir()}
    checked: set[str] = set(PROJECT["tool"]["pyright"]["include"])
    assert links == set(INCLUDED)
    assert {name for name in INCLUDED if name != "py.typed"} <= checked


def test_every_link_leads_to_its_folder() -> None:
    for path in (ROOT / ".editable" / "lianpu").iterdir():
        assert path.resolve() == ROOT / path.name


def test_the_wheel_holds_every_tracked_file_of_the_package(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    held = {
        name.removeprefix("lianpu/")
        for name in zipfile.ZipFile(wheel).namelist()
        if name.startswith("lianpu/")
    }
    wanted = {name for name in tracked() if name.split("/")[0] in INCLUDED}
    wanted = {name for name in wanted if (ROOT / name).exists()}
    assert wanted <= held
    assert all(not name.endswith((".duckdb", ".sqlite")) for name in held)


def test_both_readmes_give_the_two_commands() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "    make demo" in text
        assert "    make test" in text
