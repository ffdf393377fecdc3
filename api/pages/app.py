"""The views as a part of the service."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from ..http.stack.common import PAGE as ROOT
from .assets import mark_of
from .assets import router as assets
from .guard import root_of
from .routes import (
    board,
    chain_map,
    changes,
    enterprises,
    gaps,
    imports,
    leads,
    overview,
    reviews,
    session,
    start,
    targets,
)

VIEWS: tuple[APIRouter, ...] = (
    start.router,
    start.open_router,
    session.router,
    overview.router,
    chain_map.router,
    gaps.router,
    targets.router,
    enterprises.router,
    board.router,
    changes.router,
    leads.router,
    imports.router,
    reviews.router,
)
ICON = "icon.svg"
HOME = ROOT
"""Where the page begins."""


def add_pages(app: FastAPI) -> None:
    """Let the service show its views; `/` leads to them."""
    app.add_api_route("/", _home, include_in_schema=False)
    app.add_api_route("/favicon.ico", _icon, include_in_schema=False)
    for router in (assets, *VIEWS):
        app.include_router(router, prefix=ROOT, include_in_schema=False)


def _icon(request: Request) -> Response:
    """Browsers ask for this address whatever a page says."""
    return RedirectResponse(f"{root_of(request)}/assets/{mark_of(ICON)}/{ICON}")


def _home(request: Request) -> Response:
    return RedirectResponse(f"{root_of(request)}/")
