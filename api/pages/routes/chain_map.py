"""The chain map 产业链图谱: one drawing, to look around in, and what stands behind each box."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from markupsafe import Markup
from pydantic import Field

from ....algorithms.browse.models import ChainMapAnswer
from ....algorithms.index.kept import Kept
from ....maps import Sheet, face_named, lay_out, render, svg
from ....text import Text, language
from ...http.reading.params import Name
from ..download import attached
from ..guard import PageRoute
from ..view import View, Viewing, Where
from .leads import leads_by_firm
from .start import choose

router = APIRouter(route_class=PageRoute)

FIRMS = 4
"""Leading makers and targets that a box names."""
SCREEN = Sheet("screen", 1340.0, 690.0)
"""About the shape of what a screen leaves below the toolbar."""
TARGETS = 5
EXPORTS = {
    "svg": Text("矢量图 SVG", "drawing, SVG"),
    "png": Text("图片 PNG", "picture, PNG"),
    "pdf": Text("打印稿 PDF（A3）", "for print, PDF (A3)"),
    "pptx": Text("演示文稿 PPTX", "slide, PPTX"),
    "html": Text("单个网页 HTML", "one page, HTML"),
    "graphml": Text("图数据 GraphML", "graph, GraphML"),
    "gexf": Text("图数据 GEXF", "graph, GEXF"),
    "json": Text("图数据 Cytoscape", "graph, Cytoscape"),
    "mmd": Text("流程图 Mermaid", "graph, Mermaid"),
}
"""The files that the map is given as."""
_ANSWERS: Kept[ChainMapAnswer] = Kept(most=32)
"""Naming the best targets of every gap takes a while: answers of a snapshot are kept."""


class MapAsked(Where):
    """Which map, with which groups folded, and which product is looked at."""

    fold: list[Name] = Field(default_factory=list[Name], max_length=100)
    product: Name | None = None


class PanelAsked(Where):
    """Which product."""

    product: Name


@router.get("/map")
def chain_map(view: Viewing, asked: Annotated[MapAsked, Query()]) -> Response:
    """Show the map of a chain in a region, or of the chain alone."""
    where = view.settle(asked)
    if where.chain is None:
        where = where.model_copy(update={"chain": _first_chain(view, where)})
    if where.chain is None:
        return choose(view, where)
    drawing = lay_out(_answer(view, where), SCREEN, asked.fold)
    panel = _panel(view, where, asked.product) if asked.product and drawing.answer.scope else None
    return view.show(
        "map.html",
        where,
        asked=asked,
        answer=drawing.answer,
        drawing=Markup(svg(drawing)),  # noqa: S704 - made by our own code, which escapes texts
        groups=list(dict.fromkeys(each.title for each in drawing.blocks if each.framed)),
        panel=panel,
        exports=EXPORTS,
        again_as=lambda form: view.link(f"map.{form}", where, fold=asked.fold),
    )


@router.get("/map.{form}")
def map_file(view: Viewing, form: str, asked: Annotated[MapAsked, Query()]) -> Response:
    """Give the map as a file: on paper for people, as a graph for other tools."""
    where = view.settle(asked)
    face = face_named(form)
    data = render(_answer(view, where), form, folded=asked.fold)
    return attached(data, f"lianpu-map.{form}", face.media_type)


@router.get("/panel")
def panel(view: Viewing, asked: Annotated[PanelAsked, Query()]) -> Response:
    """Show what stands behind a box: makers, the parts of the priority, targets with reasons."""
    where = view.settle(asked)
    return view.show("panel.html", where, **_panel(view, where, asked.product))


def _answer(view: View, where: Where) -> ChainMapAnswer:
    """Return what the map shows."""
    atlas = view.atlas
    number = where.snapshot or view.service.newest()
    key = (atlas.folder, number, where.as_of, where.region, where.cluster, where.chain, language())
    return _ANSWERS.get(
        key, lambda: atlas.chain_map(where.chain or "", where.region, **where.asked(), firms=FIRMS)
    )


def _first_chain(view: View, where: Where) -> str | None:
    """Return the chain that the region has the most makers of."""
    if not (where.region or where.cluster):
        return None
    found = view.atlas.overview(where.region, **where.asked()).chains
    return found[0].chain.id if found else None


def _panel(view: View, where: Where, product: str) -> dict[str, Any]:
    answer = view.atlas.explanation(where.region, product, chain=where.chain, **where.asked())
    found = view.atlas.targets(where.region, product, **where.asked(), limit=TARGETS)
    lands = view.atlas.region_of(where.region, where.cluster)
    gap = answer.explained
    return {
        "gap": gap,
        "makers": [each for each in gap.evidence if each.role == "maker"],
        "targets": found,
        "lands": lands,
        "product_id": gap.product.id,
        "taken": leads_by_firm(view, lands, gap.product.id),
    }
