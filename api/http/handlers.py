"""The one table of handlers: whatever goes wrong in a route becomes a problem."""

from __future__ import annotations

from typing import cast

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from ...errors import LianpuError
from ...text import Text
from . import problems
from .problems import BY_STATUS, INTERNAL, INVALID, MEDIA_TYPE, Problem, Wrong
from .stack.common import request_id

_LOG = structlog.get_logger("lianpu.http")

_INVALID = Text("请求有 {count} 处不符合接口文档", "the request does not fit in {count} places")
_SEE = Text("见 /openapi.json。", "See /openapi.json.")
_INTERNAL = Text("服务内部出错，已记入日志", "an internal error; it is in the log")
_TELL = Text("请把编号 {request} 告诉管理员。", "Tell the operator this id: {request}.")


def add_handlers(app: FastAPI) -> None:
    """Let an application answer with problems."""
    app.add_exception_handler(LianpuError, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _internal)


def _known(request: Request, error: Exception) -> Response:
    found = cast("LianpuError", error)
    problem = problems.problem_of(found, request_id(request.scope))
    return _response(problem, problems.headers_of(found))


def _invalid(request: Request, error: Exception) -> Response:
    found = cast("RequestValidationError", error).errors()
    wrong = [
        Wrong(where=".".join(str(part) for part in each["loc"]), why=str(each["msg"]))
        for each in found[:50]
    ]
    detail = _INVALID.fill(count=len(found))
    return _response(
        problems.problem(INVALID, detail, request_id(request.scope), cure=_SEE, wrong=wrong)
    )


def _of_http(request: Request, error: Exception) -> Response:
    found = cast("HTTPException", error)
    kind = BY_STATUS.get(found.status_code, BY_STATUS[400])
    detail = Text(f"{request.method} {request.url.path}", f"{request.method} {request.url.path}")
    problem = problems.problem(kind, detail, request_id(request.scope))
    return _response(problem, dict(found.headers or {}))


def _internal(request: Request, error: Exception) -> Response:
    key = request_id(request.scope)
    _LOG.error("internal error", request=key, path=request.url.path, exc_info=error)
    cure = _TELL.fill(request=key)
    return _response(problems.problem(INTERNAL, _INTERNAL, key, cure=cure))


def _response(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    return Response(
        problem.model_dump_json(),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers=headers,
    )
