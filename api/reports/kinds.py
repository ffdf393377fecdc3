"""The reports there are, and the files that each may be."""

from __future__ import annotations

from collections.abc import Callable

from ...errors import BadInputError
from . import words as say
from .gathering import Gathered

Maker = Callable[[Gathered], bytes]
KINDS: dict[str, tuple[str, ...]] = {
    "handbook": ("docx", "pdf"),
    "ppt": ("pptx",),
    "worklist": ("xlsx",),
}
"""The endings of each kind of report."""
_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pdf": "application/pdf",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}


def known_kind(kind: str, ending: str) -> None:
    """Make sure that there is such a report.

    Raises
    ------
    BadInputError
        There is no such kind of report, or it cannot be such a file.
    """
    if kind not in KINDS:
        raise BadInputError(say.NO_KIND.fill(name=kind), say.THE_KINDS.fill(kinds=" ".join(KINDS)))
    if ending not in KINDS[kind]:
        raise BadInputError(
            say.NO_ENDING.fill(kind=say.KINDS[kind], ending=ending),
            say.THE_ENDINGS.fill(endings=" ".join(KINDS[kind])),
        )


def report(found: Gathered, kind: str, ending: str) -> bytes:
    """Return a report as the bytes of a file.

    Raises
    ------
    BadInputError
        There is no such report, or the font lacks a character.
    """
    known_kind(kind, ending)
    return _maker(kind, ending)(found)


def _maker(kind: str, ending: str) -> Maker:
    """Libraries are loaded when they are wanted."""
    if kind == "worklist":
        from .worklist import worklist_xlsx

        return worklist_xlsx
    if kind == "ppt":
        from .slides import slides

        return slides
    if ending == "pdf":
        from .print import handbook_pdf

        return handbook_pdf
    from .word import handbook_docx

    return handbook_docx
