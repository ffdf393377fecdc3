"""What the page has from others is what was published, and says so."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PLACES = (ROOT / "api/pages/assets/vendor", ROOT / "tests/pages/vendor")
FREE = {"0BSD", "BSD-0-Clause", "ISC", "BSD-3-Clause", "Apache-2.0", "MPL-2.0"}


def entries(place: Path) -> list[dict[str, Any]]:
    return tomllib.loads((place / "manifest.toml").read_text(encoding="utf-8"))["file"]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: str(place.relative_to(ROOT)))
def test_every_file_is_as_published(place: Path) -> None:
    for entry in entries(place):
        left = (place / entry["name"]).read_bytes()
        assert hashlib.sha256(left).hexdigest() == entry["sha256"]
        for part in entry["part"]:
            taken, left = left[: part["bytes"]], left[part["bytes"] :].removeprefix(b"\n")
            assert hashlib.sha256(taken).hexdigest() == part["sha256"], part["package"]
        assert left == b""


@pytest.mark.parametrize("place", PLACES, ids=lambda place: str(place.relative_to(ROOT)))
def test_every_library_has_a_free_licence_whose_text_is_there(place: Path) -> None:
    texts = (place / "LICENCES.txt").read_text(encoding="utf-8")
    for entry in entries(place):
        for part in entry["part"]:
            assert part["licence"] in FREE
            assert f"{part['package']} {part['version']}\n" in texts


@pytest.mark.parametrize("place", PLACES, ids=lambda place: str(place.relative_to(ROOT)))
def test_nothing_lies_there_that_the_manifest_does_not_name(place: Path) -> None:
    named = {entry["name"] for entry in entries(place)} | {"manifest.toml", "LICENCES.txt"}
    assert {path.name for path in place.iterdir()} == named
