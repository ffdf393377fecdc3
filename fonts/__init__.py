"""The font that travels with the project: see docs/maps.md."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FAMILY = "Lianpu Sans"
FILE = Path(__file__).with_name("LianpuSans-Regular.otf")
UNITS = 1000
"""Units of the font to an em."""
LICENCE = Path(__file__).with_name("OFL.txt")


@cache
def advances() -> dict[int, float]:
    """Return the width of every character of the font by code point, in ems."""
    from fontTools.ttLib import TTFont

    with TTFont(FILE, lazy=True) as font:
        widths: dict[str, tuple[int, int]] = font["hmtx"].metrics
        glyphs: dict[int, str] = font.getBestCmap() or {}
        return {code: widths[glyph][0] / UNITS for code, glyph in glyphs.items()}


def lacking(text: str) -> list[str]:
    """Return the characters of a text that the font has no glyph for, each once."""
    known = advances()
    return [each for each in dict.fromkeys(text) if ord(each) not in known]
