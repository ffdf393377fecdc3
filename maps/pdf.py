"""The drawing as PDF/A: the SVG on a page of its size, its text still text."""

from __future__ import annotations

from .glyphs import check
from .layout import Drawing
from .svg import svg
from .typesetting import typeset

_SOURCE = """
#set page(
  width: float(sys.inputs.width) * 1pt, height: float(sys.inputs.height) * 1pt, margin: 0pt
)
#set document(title: sys.inputs.title, author: "Lianpu")
#set text(font: "Lianpu Sans", lang: "zh")
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, alt: sys.inputs.title)
"""


def pdf(drawing: Drawing) -> bytes:
    """Return the drawing as PDF/A-2u.

    Raises
    ------
    BadInputError
        The font lacks a character.
    """
    check(words.text for words in drawing.texts())
    inputs = {
        "svg": svg(drawing),
        "title": drawing.title,
        "width": str(drawing.sheet.width),
        "height": str(drawing.sheet.height),
    }
    return typeset(_SOURCE, inputs, drawing.answer.snapshot.date)
