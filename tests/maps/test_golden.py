"""Three small chains look as they did; LIANPU_GOLDEN=write keeps what they look like now."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lianpu.maps.layout import A4, lay_out
from lianpu.maps.svg import svg

from .chains import SMALL

GOLDEN = Path(__file__).with_name("golden")


@pytest.mark.parametrize("name", SMALL)
def test_a_small_chain_looks_as_it_did(name: str) -> None:
    drawn = svg(lay_out(SMALL[name](), A4)).replace("><", ">\n<")
    kept = GOLDEN / f"{name}.svg"
    if os.environ.get("LIANPU_GOLDEN") == "write":
        kept.write_text(drawn, encoding="utf-8")
    assert drawn == kept.read_text(encoding="utf-8")
