"""Guarding the views: who is let in, what a browser may load, that a form comes from here.

A view is a `PageRoute`: whatever goes wrong in it becomes a page in words, and every answer carries
the policy below. No script and no style stands in a page itself, so none can be smuggled in.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute

from ...errors import BadInputError, LianpuError
from ...text import Language, Text, use_language
from ..http.problems import ForbiddenError, UnauthorisedError
from ..http.service import service_of
from ..http.stack.common import PAGE as ROOT
from ..http.stack.common import SESSION_COOKIE as SESSION

VISITOR, LANGUAGE = "lianpu_visitor", "lianpu_language"
TOKEN_FIELD, TOKEN_HEADER = "csrf", "x-csrf"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Vary": "Cookie, HX-Request",
}
_READING = ("GET", "HEAD")
_FOREIGN = Text("这个表单不是从本页面提交的", "this form was not sent from this page")
_AGAIN = Text("请刷新页面后重试。", "Load the page again and retry.")
_UNREADABLE = Text(
    "地址或表单里有 {count} 处不能用：{where}", "{count} values are unusable: {where}"
)

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A view that needs somebody who is let in."""

    open = False
    """Whether the view is shown to everybody."""

    def get_route_handler(self) -> Handler:
        """Return the view with its guard around it."""
        inner = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            use_language(language_of(request))
            response = await self._answer(inner, request)
            response.headers.update(HEADERS)
            if VISITOR not in request.cookies:
                set_cookie(request, response, VISITOR, visitor_of(request))
            return response

        return guarded

    async def _answer(self, inner: Handler, request: Request) -> Response:
        from .render import error_page

        try:
            if not self.open and request.state.caller is None:
                return to_sign_in(request)
            if request.method not in _READING:
                await ensure_own_form(request)
            return await inner(request)
        except UnauthorisedError:
            return to_sign_in(request)
        except RequestValidationError as error:
            return error_page(request, _unreadable(error))
        except LianpuError as error:
            return error_page(request, error)


class OpenRoute(PageRoute):
    """A view for everybody: it holds no data."""

    open = True


def language_of(request: Request) -> Language:
    """Return the language that was switched to, else that of the settings."""
    chosen = request.cookies.get(LANGUAGE)
    if chosen == "en":
        return "en"
    return "zh" if chosen == "zh" else service_of(request).settings.language


def to_sign_in(request: Request) -> Response:
    """Lead to the sign-in, and back from there."""
    path = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    there = f"{root_of(request)}/sign-in?next={quote(path, safe='')}"
    if request.headers.get("hx-request"):
        return Response(status_code=401, headers={"HX-Redirect": there})
    return RedirectResponse(there, status_code=303)


def root_of(request: Request) -> str:
    """Return the path under which the views lie for the browser."""
    return f"{request.scope.get('root_path', '')}{ROOT}"


def token_of(request: Request) -> str:
    """Return a token that a form of this visitor and session must carry.

    It is another one each time, so that nothing can be learnt from how well pages compress.
    """
    salt = secrets.token_hex(8)
    return f"{salt}.{_signed(request, salt)}"


def visitor_of(request: Request) -> str:
    """Return the random name of a browser; a new one where it has none yet."""
    if VISITOR in request.cookies:
        return request.cookies[VISITOR]
    if not hasattr(request.state, "visitor"):
        request.state.visitor = secrets.token_urlsafe(16)
    return str(request.state.visitor)


async def ensure_own_form(request: Request) -> None:
    """Refuse what another site makes a browser send.

    Raises
    ------
    ForbiddenError
        The request comes from elsewhere, or does not carry the token of its visitor.
    """
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    given = request.headers.get(TOKEN_HEADER) or (await request.form()).get(TOKEN_FIELD)
    if foreign or site not in ("same-origin", "none") or not _is_token(request, given):
        raise ForbiddenError(_FOREIGN, _AGAIN)


def set_cookie(
    request: Request, response: Response, name: str, value: str, seconds: int | None = None
) -> None:
    """Set a cookie that scripts cannot read, that no other site sends, secure where it can be."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=root_of(request),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def _is_token(request: Request, given: object) -> bool:
    if not isinstance(given, str):
        return False
    salt, _, signed = given.partition(".")
    return hmac.compare_digest(signed.encode(), _signed(request, salt).encode())


def _signed(request: Request, salt: str) -> str:
    secret = service_of(request).doorman.secret.encode()
    bound = f"form|{salt}|{visitor_of(request)}|{request.cookies.get(SESSION, '')}"
    return hmac.new(secret, bound.encode(), hashlib.sha256).hexdigest()


def _unreadable(error: RequestValidationError) -> BadInputError:
    found = error.errors()
    where = "、".join(str(each["loc"][-1]) for each in found[:5])
    return BadInputError(_UNREADABLE.fill(count=len(found), where=where))
