"""One function for all faces, for the command line, the service and notebooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ..algorithms.browse.models import ChainMapAnswer
from ..errors import BadInputError
from ..text import Text
from .layout import A3, Drawing, Sheet, lay_out

FIRMS = 4
"""How many makers and targets of a product the faces have use for."""
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_NO_FORMAT = Text("不认识输出格式“{name}”", "there is no output format “{name}”")
_FORMATS = Text("可用的格式：{formats}", "The formats are: {formats}")


@dataclass(frozen=True)
class Face:
    """A format that a chain map is written in."""

    media_type: str
    draw: Callable[[Drawing], bytes] | None = None
    """From the drawing, for what people look at."""
    tell: Callable[[ChainMapAnswer], bytes] | None = None
    """From the answer, for what other tools read."""


def faces() -> dict[str, Face]:
    """Return every format by its name, which is the ending of its files too."""
    from . import exchange
    from .page import page
    from .pdf import pdf
    from .png import png
    from .pptx import pptx
    from .svg import svg

    return {
        "svg": Face("image/svg+xml", lambda drawing: svg(drawing).encode()),
        "png": Face("image/png", png),
        "pdf": Face("application/pdf", pdf),
        "pptx": Face(PPTX, pptx),
        "html": Face("text/html; charset=utf-8", lambda drawing: page(drawing).encode()),
        "graphml": Face("application/graphml+xml", tell=exchange.graphml),
        "gexf": Face("application/gexf+xml", tell=exchange.gexf),
        "mmd": Face("text/vnd.mermaid; charset=utf-8", tell=exchange.mermaid),
        "json": Face("application/json", tell=exchange.cytoscape),
    }


def face_named(name: str) -> Face:
    """Return the face of a format.

    Raises
    ------
    BadInputError
        There is no such format; those that there are are listed.
    """
    known = faces()
    if name not in known:
        raise BadInputError(_NO_FORMAT.fill(name=name), _FORMATS.fill(formats=" ".join(known)))
    return known[name]


def format_of(path: Path) -> str:
    """Return the format that a file's ending asks for.

    Raises
    ------
    BadInputError
        It asks for none that there is.
    """
    name = path.suffix.lower().removeprefix(".")
    face_named(name)
    return name


def render(
    answer: ChainMapAnswer, name: str, *, sheet: Sheet = A3, folded: Iterable[str] = ()
) -> bytes:
    """Return a chain map in a format.

    Parameters
    ----------
    answer
        What `Atlas.chain_map` gives, with `firms=FIRMS` where firms are to be named.
    folded
        Titles of the groups of which only the heading is shown.

    Raises
    ------
    BadInputError
        There is no such format, or the font lacks a character.
    """
    face = face_named(name)
    if face.tell:
        return face.tell(answer)
    assert face.draw  # noqa: S101 - a face has one of the two
    return face.draw(lay_out(answer, sheet, folded))
