"""The drawing as PNG, by resvg."""

from __future__ import annotations

import resvg_py

from ..fonts import FAMILY, FILE
from .glyphs import check
from .layout import Drawing
from .svg import svg

DOTS = 200
"""Dots an inch: an A3 sheet has 3307 × 2339."""


def png(drawing: Drawing, dots: int = DOTS) -> bytes:
    """Return the drawing as PNG.

    Raises
    ------
    BadInputError
        The font lacks a character; resvg would draw nothing for it and say nothing.
    """
    check(words.text for words in drawing.texts())
    return resvg_py.svg_to_bytes(
        svg_string=svg(drawing),
        zoom=dots / 96,
        dpi=96.0,
        skip_system_fonts=True,
        font_files=[str(FILE)],
        font_family=FAMILY,
    )
