"""The chain map 产业链图谱 as a sheet: one layout, many faces. See docs/maps.md."""

from .layout import A1, A2, A3, A4, SHEETS, SLIDE, Drawing, Sheet, lay_out
from .render import FIRMS, face_named, faces, format_of, render
from .svg import svg

__all__ = [
    "A1",
    "A2",
    "A3",
    "A4",
    "FIRMS",
    "SHEETS",
    "SLIDE",
    "Drawing",
    "Sheet",
    "face_named",
    "faces",
    "format_of",
    "lay_out",
    "render",
    "svg",
]
