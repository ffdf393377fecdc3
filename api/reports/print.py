"""The handbook as PDF/A, set by typst."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from ...maps import lay_out, svg
from ...maps.glyphs import check
from ...maps.typesetting import typeset
from ...text import language
from .gathering import Gathered
from .handbook import handbook
from .parts import Book

_TEMPLATE = Path(__file__).with_name("handbook.typ")


def handbook_pdf(found: Gathered) -> bytes:
    """Return the handbook as PDF/A-2u.

    Raises
    ------
    BadInputError
        The font lacks a character.
    """
    book, drawing = handbook(found), lay_out(found.map)
    check([*book.texts(), *(words.text for words in drawing.texts())])
    inputs = {
        "book": json.dumps(_told(book), ensure_ascii=False),
        "map": svg(drawing),
        "width": str(drawing.sheet.width),
        "height": str(drawing.sheet.height),
        "lang": language(),
    }
    return typeset(_TEMPLATE.read_text(encoding="utf-8"), inputs, found.gaps.snapshot.date)


def _told(book: Book) -> dict[str, object]:
    parts = [{"kind": type(part).__name__} | asdict(part) for part in book.parts]
    return {"title": book.title, "subtitle": book.subtitle, "note": book.note, "parts": parts}
