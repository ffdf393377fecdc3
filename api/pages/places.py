"""Places where they lie: centroids, and boundaries where an operator has approved ones.

No boundaries are shipped: a map of them needs an approval 审图号 in China. What an operator
supplies is drawn only with the number of its approval, which is printed beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from math import cos, radians, sqrt
from pathlib import Path
from typing import Any, cast

from ...algorithms.browse.models import BoardAnswer, BoardRow
from ...errors import SettingError
from ...settings import PageSettings
from ...text import Text

WIDTH, EDGE = 1000.0, 40.0
LEAST_DOT, MOST_DOT = 6.0, 26.0
ROOM = 76.0, 24.0
"""Names closer than this to another one are left out: pointing at a place tells them too."""

_BAD = Text("边界文件 {path} 不能用：{why}", "the boundaries {path} cannot be used: {why}")
_NO_APPROVAL = Text(
    "设置了边界文件而没有审图号，不绘边界",
    "there is a file of boundaries without an approval number: they are not drawn",
)
_SHAPE = Text("须为 GeoJSON 要素集合", "it must be a GeoJSON feature collection")

Ring = list[list[float]]


@dataclass(frozen=True)
class Dot:
    """A place: where it lies, how many enterprises it has, what the chain is there."""

    x: float
    y: float
    radius: float
    row: BoardRow
    makers: int
    leads: bool
    named: bool


@dataclass(frozen=True)
class Picture:
    """A map without a ground: outlines where there are any, dots, and lines between rivals."""

    width: float
    height: float
    outlines: tuple[str, ...]
    dots: tuple[Dot, ...]
    overlaps: tuple[tuple[float, float, float, float], ...]
    note: str
    """The approval of the boundaries, or why none are drawn."""


@dataclass(frozen=True)
class _Frame:
    """From degrees to the picture: equirectangular, true at the middle latitude."""

    west: float
    north: float
    squeeze: float
    scale: float
    height: float

    def __call__(self, east: float, north: float) -> tuple[float, float]:
        x = EDGE + (east - self.west) * self.squeeze * self.scale
        return round(x, 1), round(EDGE + (self.north - north) * self.scale, 1)


def draw(answer: BoardAnswer, chain: int, settings: PageSettings) -> Picture | None:
    """Return the places of a board where they lie, for one of its chains; None without places.

    Raises
    ------
    SettingError
        The file of boundaries cannot be used.
    """
    rows = [row for row in answer.rows if row.longitude is not None and row.enterprises]
    if not rows or not answer.chains:
        return None
    shapes, note = _boundaries(settings)
    wanted = {row.region.id for row in answer.rows}
    rings = [ring for code, found in shapes.items() if code in wanted for ring in found]
    points = [(cast("float", row.longitude), cast("float", row.latitude)) for row in rows]
    frame = _frame([*points, *((x, y) for ring in rings for x, y, *_ in ring)])
    most = max(row.enterprises for row in rows)
    dots = tuple(_name(_dot(frame, row, chain, most) for row in rows))
    return Picture(
        WIDTH,
        frame.height,
        tuple(_path(frame, ring) for ring in rings),
        dots,
        tuple(_overlaps(dots, chain)),
        note,
    )


def _frame(points: list[tuple[float, float]]) -> _Frame:
    easts, norths = [x for x, _ in points], [y for _, y in points]
    west, north = min(easts), max(norths)
    squeeze = cos(radians((min(norths) + north) / 2))
    wide = max((max(easts) - west) * squeeze, 0.05)
    high = max(north - min(norths), 0.05)
    scale = min((WIDTH - 2 * EDGE) / wide, (WIDTH - 2 * EDGE) / high)
    # What is narrower than the picture stands in its middle.
    west -= ((WIDTH - 2 * EDGE) / scale - wide) / 2 / squeeze
    return _Frame(west, north, squeeze, scale, round(high * scale + 2 * EDGE, 1))


def _dot(frame: _Frame, row: BoardRow, chain: int, most: int) -> Dot:
    x, y = frame(cast("float", row.longitude), cast("float", row.latitude))
    cell = row.cells[chain]
    radius = LEAST_DOT + (MOST_DOT - LEAST_DOT) * sqrt(cell.makers / most)
    return Dot(x, y, round(radius, 1), row, cell.makers, cell.leads, named=False)


def _name(dots: Iterable[Dot]) -> Iterator[Dot]:
    """Name the places with makers, the most important first, as far as there is room."""
    taken: list[tuple[float, float]] = []
    for dot in sorted(dots, key=lambda each: (-each.leads, -each.makers)):
        x, y = dot.x, dot.y + dot.radius
        free = all(abs(x - a) > ROOM[0] or abs(y - b) > ROOM[1] for a, b in taken)
        if free and dot.makers:
            taken.append((x, y))
        yield replace(dot, named=free and dot.makers > 0)


def _overlaps(dots: tuple[Dot, ...], chain: int) -> list[tuple[float, float, float, float]]:
    at = {dot.row.region.id: dot for dot in dots}
    return [
        (dot.x, dot.y, at[other.id].x, at[other.id].y)
        for dot in dots
        for other in dot.row.cells[chain].overlaps
        if other.id in at and dot.row.region.id < other.id
    ]


def _path(frame: _Frame, ring: Ring) -> str:
    points = [frame(x, y) for x, y, *_ in ring]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


def _boundaries(settings: PageSettings) -> tuple[dict[str, list[Ring]], str]:
    if settings.boundaries is None:
        return {}, ""
    if not settings.boundaries_approval:
        return {}, str(_NO_APPROVAL)
    return _read(settings.boundaries), settings.boundaries_approval


@lru_cache(maxsize=2)
def _read(path: Path) -> dict[str, list[Ring]]:
    """Return the rings of each region by its code."""
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(each["properties"]["code"]): _rings(each["geometry"]) for each in found["features"]
        }
    except (KeyError, TypeError, IndexError):
        raise SettingError(_BAD.fill(path=path, why=_SHAPE)) from None
    except (OSError, ValueError) as error:
        raise SettingError(_BAD.fill(path=path, why=error)) from None


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    """Return the outer rings of a Polygon or MultiPolygon."""
    parts = geometry["coordinates"]
    polygons = [parts] if geometry["type"] == "Polygon" else parts
    return [polygon[0] for polygon in polygons]
