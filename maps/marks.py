"""The signs of the statuses: each has a shape of its own, so that colour is never needed."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from . import theme
from .layout.model import Mark, Point

_DIAMOND: tuple[Point, ...] = ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0))
_TRIANGLE: tuple[Point, ...] = ((0, -1.1), (1.15, 0.9), (-1.15, 0.9))


def draw_mark(parent: Xml.Element, mark: Mark) -> None:
    """Draw a diamond (strong), a disc (adequate), a triangle (weak), a cross (missing) or a
    question mark in a ring (unknown); nothing without a status.
    """
    if mark.status:
        _DRAW[mark.status](parent, mark, theme.STATUSES[mark.status].mark)


def _strong(parent: Xml.Element, mark: Mark, colour: str) -> None:
    _polygon(parent, mark, _DIAMOND, colour)


def _adequate(parent: Xml.Element, mark: Mark, colour: str) -> None:
    Xml.SubElement(parent, "circle", _circle(mark, 0.92) | {"fill": colour})


def _weak(parent: Xml.Element, mark: Mark, colour: str) -> None:
    _polygon(parent, mark, _TRIANGLE, colour)


def _missing(parent: Xml.Element, mark: Mark, colour: str) -> None:
    reach = mark.radius * 0.78
    x, y = mark.x, mark.y
    path = (
        f"M{x - reach:.2f} {y - reach:.2f}L{x + reach:.2f} {y + reach:.2f}"
        f"M{x - reach:.2f} {y + reach:.2f}L{x + reach:.2f} {y - reach:.2f}"
    )
    width = f"{mark.radius * 0.55:.2f}"
    look = {"d": path, "fill": "none", "stroke": colour, "stroke-width": width}
    Xml.SubElement(parent, "path", look | {"stroke-linecap": "round"})


def _unknown(parent: Xml.Element, mark: Mark, colour: str) -> None:
    width = f"{mark.radius * 0.28:.2f}"
    ring = {"fill": theme.PAPER, "stroke": colour, "stroke-width": width}
    Xml.SubElement(parent, "circle", _circle(mark, 1.0) | ring)
    look = {
        "x": f"{mark.x:.2f}",
        "y": f"{mark.y + mark.radius * 0.6:.2f}",
        "font-size": f"{mark.radius * 1.65:.2f}",
        "text-anchor": "middle",
        "fill": colour,
    }
    Xml.SubElement(parent, "text", look).text = "?"


def _polygon(parent: Xml.Element, mark: Mark, shape: tuple[Point, ...], colour: str) -> None:
    points = " ".join(
        f"{mark.x + x * mark.radius:.2f},{mark.y + y * mark.radius:.2f}" for x, y in shape
    )
    Xml.SubElement(parent, "polygon", {"points": points, "fill": colour})


def _circle(mark: Mark, part: float) -> dict[str, str]:
    return {"cx": f"{mark.x:.2f}", "cy": f"{mark.y:.2f}", "r": f"{mark.radius * part:.2f}"}


_DRAW = {
    "strong": _strong,
    "adequate": _adequate,
    "weak": _weak,
    "missing": _missing,
    "unknown": _unknown,
}
