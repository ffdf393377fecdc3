"""From answers to HTML: the templates, what they call, and the page of an error."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ... import __version__
from ...errors import LianpuError
from ...text import Text, language
from .. import figures
from ..http.service import service_of
from .assets import mark_of
from .guard import TOKEN_FIELD, root_of, token_of
from .words import ACTIONS, BASES, KINDS, LEADS, STATES, STATUSES, VIEWS, fact_words


def page(
    request: Request, template: str, values: Mapping[str, Any], status: int = 200
) -> HTMLResponse:
    """Return a template as a page."""
    text = _environment().get_template(template).render(_common(request) | dict(values))
    return HTMLResponse(text, status)


def error_page(request: Request, error: LianpuError) -> HTMLResponse:
    """Return an error in words; a part of a page where a part was asked for."""
    status = error.http_status
    values = {"message": str(error.message), "cure": str(error.cure or ""), "status": status}
    part = request.headers.get("hx-request") and not request.headers.get("hx-boosted")
    return page(request, "error_part.html" if part else "error.html", values, status)


def _common(request: Request) -> dict[str, Any]:
    service, caller = service_of(request), request.state.caller
    root, token = root_of(request), token_of(request)
    return {
        "lang": language(),
        "root": root,
        "here": request.url.path.removeprefix(root).strip("/"),
        "path": request.url.path,
        "query": request.url.query,
        "demo": service.demo,
        "caller": caller,
        "may": caller.may if caller else lambda _: False,
        "newest": service.newest(),
        "csrf": Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN_FIELD, token),
        "csrf_token": token,
        "asset": lambda name: f"{root}/assets/{mark_of(name)}/{name}",
        "version": __version__,
    }


def _say(zh: str, en: str) -> str:
    return str(Text(zh, en))


def _width(value: float | None) -> float:
    """Return a share of one as the width of a bar that is 100 wide."""
    return round((value or 0) * 100, 2)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader(str(__package__)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(_GLOBALS)
    made.filters.update(_FILTERS)
    return made


def address(path: str, **query: object) -> str:
    """Return a link with those values of its query that say something."""
    said = {name: value for name, value in query.items() if value not in (None, "", [], False)}
    return f"{path}?{urlencode(said, doseq=True)}" if said else path


def _number(value: float | None, form: Literal["g", "d"] = "g") -> str:
    if value is None:
        return "—"
    return f"{value:,.4g}" if form == "g" else f"{value:,.0f}"


_GLOBALS: dict[str, Any] = {
    "t": _say,
    "address": address,
    "statuses": STATUSES,
    "kinds": KINDS,
    "actions": ACTIONS,
    "lead_stages": LEADS,
    "bases": BASES,
    "states": STATES,
    "views": VIEWS,
}
_FILTERS: dict[str, Any] = {
    "percent": figures.percent,
    "figure": figures.figure,
    "money": figures.money,
    "number": _number,
    "fact": fact_words,
    "width": _width,
}
