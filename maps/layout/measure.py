"""How wide a text is, and how much of it fits: the font has no kerning, so widths add up."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from ...fonts import advances

ELLIPSIS = "…"
WIDE, NARROW = 1.0, 0.6
"""Ems of a character that the font lacks, where it is shown with the reader's own fonts."""


def width(text: str, size: float) -> float:
    """Return the width of a text in the unit of its size."""
    known = advances()
    return size * sum(known[ord(each)] if ord(each) in known else _guess(each) for each in text)


def cut(text: str, size: float, room: float) -> str:
    """Return the text, or as much of its beginning as fits with an ellipsis."""
    if width(text, size) <= room:
        return text
    room -= width(ELLIPSIS, size)
    used, kept = 0.0, 0
    for each in text:
        used += width(each, size)
        if used > room:
            break
        kept += 1
    return text[:kept].rstrip() + ELLIPSIS if room > 0 else ""


def listing(lead: str, names: Sequence[str], size: float, room: float, joint: str = "、") -> str:
    """Return the lead with as many of the names as fit, at least one of them, cut if need be."""
    if not names:
        return cut(lead, size, room)
    text = lead + names[0]
    for name in names[1:]:
        longer = text + joint + name
        if width(longer, size) > room:
            break
        text = longer
    return cut(text, size, room)


def wrapped(text: str, size: float, room: float, lines: int) -> list[str]:
    """Return a text in up to so many lines, the last one cut; latin words are kept whole."""
    found: list[str] = []
    rest = text
    while rest and len(found) < lines - 1 and width(rest, size) > room:
        at = _break(rest, size, room)
        found.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    if rest:
        found.append(cut(rest, size, room))
    return found


def clean(text: str) -> str:
    """Return a text without what no page may hold: control characters and lone surrogates."""
    kept = (" " if each in "\t\r\n" else each for each in text)
    return "".join(each for each in kept if unicodedata.category(each) not in ("Cc", "Cs"))


def _break(text: str, size: float, room: float) -> int:
    """Where a line ends: the last place that fits where a break is allowed."""
    used, best = 0.0, 0
    for at, each in enumerate(text):
        used += width(each, size)
        if used > room:
            return best or max(at, 1)
        after = text[at + 1 : at + 2]
        if not (_latin(each) and _latin(after)) and after not in "、，。；：）”":
            best = at + 1
    return len(text)


def _latin(each: str) -> bool:
    return bool(each) and not each.isspace() and ord(each) < 0x2E80


def _guess(each: str) -> float:
    return WIDE if unicodedata.east_asian_width(each) in "WF" else NARROW
