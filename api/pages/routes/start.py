"""Where one begins: the overview of the region one is at home in, else a choice of regions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from ....algorithms.browse import EnterpriseFilter, Page
from ....text import Language
from ...http.reading.params import Name
from ..guard import LANGUAGE, OpenRoute, PageRoute, root_of, set_cookie
from ..view import Viewing, Where

router = APIRouter(route_class=PageRoute)
open_router = APIRouter(route_class=OpenRoute)

_YEAR = 365 * 24 * 3600
_SUGGESTED = Page(limit=12)
Written = Annotated[str, Query(max_length=50)]


@router.get("/")
def start(view: Viewing, where: Annotated[Where, Query()]) -> Response:
    """Lead to the overview, or let a region be chosen."""
    where = view.settle(where)
    if where.region or where.cluster:
        return RedirectResponse(view.link("overview", where), status_code=303)
    return choose(view, where)


def choose(view: Viewing, where: Where) -> Response:
    """Show the choice of regions and clusters; those with the most on record first."""
    if view.service.newest() is None:
        return view.show("empty.html", where)
    board = view.atlas.board("CHN", level="city")
    clusters = view.atlas.clusters(page=Page(limit=24, order=(("members", True),))).clusters
    return view.show("choose.html", where, rows=board.rows[:24], clusters=clusters)


@router.get("/suggest/regions")
def suggest_regions(view: Viewing, region: Written = "", around: Written = "") -> Response:
    """Suggest regions while a name is written, in a field of either name."""
    name = region or around
    found = view.atlas.regions(name, page=_SUGGESTED).regions if name else []
    return view.show("suggest_regions.html", Where(), regions=found)


@router.get("/suggest/enterprises")
def suggest_enterprises(view: Viewing, q: Written = "") -> Response:
    """Suggest enterprises while a name is written."""
    found = view.atlas.enterprises(EnterpriseFilter(q=q), page=_SUGGESTED) if q else None
    return view.show("suggest_enterprises.html", Where(), found=found)


@open_router.get("/language/{language}")
def switch(request: Request, language: Language, back: Name = "") -> Response:
    """Switch the language and go back to the view."""
    inside = back.startswith(root_of(request) + "/") and "\\" not in back
    response = RedirectResponse(back if inside else f"{root_of(request)}/", status_code=303)
    set_cookie(request, response, LANGUAGE, language, _YEAR)
    return response
