"""Signing in with a key, and out again."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from ....text import Text
from ...http.problems import UnauthorisedError
from ...http.service import service_of
from ...http.stack.common import SESSION_COOKIE as SESSION
from ...operational.sessions import HOURS, end_session, start_session
from ..guard import OpenRoute, root_of, set_cookie
from ..render import page

router = APIRouter(route_class=OpenRoute)

_BAD_KEY = Text("密钥无效、过期或已吊销", "the key is unknown, expired or revoked")


@router.get("/sign-in")
def form(
    request: Request, there: Annotated[str, Query(alias="next", max_length=2000)] = ""
) -> Response:
    """Show the form; those who are let in already are led on."""
    if request.state.caller is not None:
        return RedirectResponse(_inside(request, there), status_code=303)
    return _form(request, there)


@router.post("/sign-in")
async def sign_in(
    request: Request,
    key: Annotated[str, Form(max_length=200)] = "",
    there: Annotated[str, Form(alias="next", max_length=2000)] = "",
) -> Response:
    """Let in who shows a good key."""
    service = service_of(request)
    granted = await service.doorman.who(key.strip())
    if granted is None or granted.key is None:
        return _form(request, there, str(_BAD_KEY))
    shown = await asyncio.to_thread(start_session, service.database, granted.key)
    response = RedirectResponse(_inside(request, there), status_code=303)
    set_cookie(request, response, SESSION, shown, HOURS * 3600)
    return response


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """End the session, here and for whoever has copied its cookie."""
    service = service_of(request)
    if shown := request.cookies.get(SESSION):
        await asyncio.to_thread(end_session, service.database, shown)
        service.doorman.forget()
    response = RedirectResponse(f"{root_of(request)}/sign-in", status_code=303)
    response.delete_cookie(SESSION, path=root_of(request))
    return response


def _form(request: Request, there: str, wrong: str = "") -> Response:
    status = UnauthorisedError.http_status if wrong else 200
    return page(request, "sign_in.html", {"there": there, "wrong": wrong}, status)


def _inside(request: Request, there: str) -> str:
    """Return where to go; only to this page, whatever a link says."""
    root = f"{root_of(request)}/"
    return there if there.startswith(root) and "\\" not in there else root
