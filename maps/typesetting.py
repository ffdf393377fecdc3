"""Typst sets what is printed: PDF/A-2u, so that it can be archived, and its text searched."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cache
from typing import Final

import typst

from ..fonts import FILE

STANDARD: Final = "a-2u"


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FILE.parent)])


def typeset(source: str, inputs: dict[str, str], day: date) -> bytes:
    """Return a Typst document as PDF/A-2u; the same source, inputs and day give the same bytes.

    Values come in as `inputs` only, so that nothing in the data is read as markup.
    """
    compiler = typst.Compiler(
        source.encode(), font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs
    )
    made = compiler.compile(
        format="pdf",
        pdf_standards=STANDARD,
        timestamp=datetime.combine(day, time(), tzinfo=UTC),
    )
    assert isinstance(made, bytes)  # noqa: S101 - a PDF is one file, however many pages
    return made
