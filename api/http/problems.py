"""Problems: every refusal as problem+json (RFC 9457), from one table.

`type` is stable and leads to a page of this service that explains it in both languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel, Field

from ... import errors
from ...errors import LianpuError
from ...text import Text

MEDIA_TYPE = "application/problem+json"


class RefusedError(LianpuError):
    """A request that the service refuses; the class decides the status."""

    http_status: ClassVar[int] = 400
    headers: ClassVar[dict[str, str]] = {}


class UnauthorisedError(RefusedError):
    """No key, or one that is not good."""

    http_status = 401
    headers: ClassVar[dict[str, str]] = {"WWW-Authenticate": 'Bearer realm="lianpu"'}


class ForbiddenError(RefusedError):
    """The key does not reach so far."""

    http_status = 403


class NotAcceptableError(RefusedError):
    """The answer does not exist in the form asked for."""

    http_status = 406


class RepeatError(RefusedError):
    """An Idempotency-Key that cannot be answered again."""

    http_status = 409


class GoneError(RefusedError):
    """It was there and is no more."""

    http_status = 410


class ChangedError(RefusedError):
    """What is to be updated has changed since it was read."""

    http_status = 412


class TooLargeError(RefusedError):
    """The body is larger than is allowed."""

    http_status = 413


class NotReadFirstError(RefusedError):
    """An update without If-Match."""

    http_status = 428


class TooManyError(RefusedError):
    """More requests than are allowed."""

    http_status = 429


class BusyError(RefusedError):
    """More requests at a time than can be handled."""

    http_status = 503
    headers: ClassVar[dict[str, str]] = {"Retry-After": "1"}


class TimeOutError(RefusedError):
    """The answer took too long."""

    http_status = 504


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its name in the URL, its status, its title."""

    name: str
    status: int
    title: Text


def _kind(status: int, name: str, zh: str, en: str) -> Kind:
    return Kind(name, status, Text(zh, en))


BY_ERROR: dict[type[LianpuError], Kind] = {
    errors.RejectedRowsError: _kind(422, "rejected-rows", "有行不能导入", "rows cannot be taken"),
    errors.BadInputError: _kind(422, "bad-input", "输入不可用", "the input cannot be used"),
    errors.NotKnownError: _kind(404, "not-known", "没有这个对象", "there is no such thing"),
    errors.ConflictError: _kind(409, "conflict", "与现有内容冲突", "it contradicts what is there"),
    errors.StoreBusyError: _kind(503, "store-busy", "数据正在写入", "another writer is at work"),
    errors.StoreError: _kind(503, "store", "数据暂不可用", "the store cannot be used now"),
    UnauthorisedError: _kind(401, "unauthorised", "未通过身份验证", "not authenticated"),
    ForbiddenError: _kind(403, "forbidden", "无权进行此操作", "not allowed"),
    NotAcceptableError: _kind(406, "not-acceptable", "没有所需格式", "no such format"),
    RepeatError: _kind(409, "repeat", "幂等键不能这样重用", "the key cannot be used again so"),
    GoneError: _kind(410, "gone", "已不再保留", "not kept any more"),
    ChangedError: _kind(412, "changed", "已被他人修改", "it has changed since it was read"),
    TooLargeError: _kind(413, "too-large", "内容过大", "the body is too large"),
    NotReadFirstError: _kind(428, "if-match", "缺少 If-Match", "If-Match is missing"),
    TooManyError: _kind(429, "too-many", "请求过于频繁", "too many requests"),
    BusyError: _kind(503, "busy", "服务繁忙", "the service is busy"),
    TimeOutError: _kind(504, "timeout", "超时", "it took too long"),
}
INVALID = _kind(422, "invalid", "请求不符合接口文档", "the request does not fit the document")
INTERNAL = _kind(500, "internal", "服务内部出错", "an internal error")
BY_STATUS: dict[int, Kind] = {
    400: _kind(400, "bad-request", "请求有误", "a bad request"),
    404: _kind(404, "no-such-path", "没有这个地址", "there is no such path"),
    405: _kind(405, "method", "此地址不支持该方法", "the path does not take this method"),
    415: _kind(415, "media-type", "不支持的内容类型", "the media type is not supported"),
}
KINDS: tuple[Kind, ...] = (*BY_ERROR.values(), INVALID, INTERNAL, *BY_STATUS.values())


class Wrong(BaseModel):
    """One thing that is wrong with a request."""

    where: str = Field(description="the place, such as query.limit or body.stage")
    why: str


class Problem(BaseModel):
    """A refusal, as RFC 9457 says it."""

    type: str = Field(description="stable: the path of a page that explains it")
    title: str = Field(description="the kind of problem, in the language asked for")
    status: int
    detail: str = Field(description="what happened, in the language asked for")
    cure: str | None = Field(default=None, description="what helps, where something does")
    texts: dict[str, str] = Field(description="detail and cure in zh and en")
    instance: str = Field(description="the request's id, as in the log")
    errors: list[Wrong] = Field(
        default_factory=list[Wrong], description="what is wrong with the request, place by place"
    )


def kind_of(error: LianpuError) -> Kind:
    """Return the kind of an error: that of its class, or of the nearest class above it."""
    for each in type(error).__mro__:
        if each in BY_ERROR:
            return BY_ERROR[each]
    return INTERNAL


def problem_of(error: LianpuError, request: str) -> Problem:
    """Return an error as a problem."""
    return problem(kind_of(error), error.message, request, cure=error.cure)


def problem(
    kind: Kind,
    detail: Text,
    request: str,
    *,
    cure: Text | None = None,
    wrong: list[Wrong] | None = None,
) -> Problem:
    """Return a problem of a kind."""
    return Problem(
        type=f"/problems/{kind.name}",
        title=str(kind.title),
        status=kind.status,
        detail=str(detail),
        cure=str(cure) if cure else None,
        texts={
            "zh": f"{detail.zh}。{cure.zh}" if cure else detail.zh,
            "en": f"{detail.en}. {cure.en}" if cure else detail.en,
        },
        instance=request,
        errors=wrong or [],
    )


def headers_of(error: LianpuError) -> dict[str, str]:
    """Return the headers that go with an error."""
    if isinstance(error, RefusedError):
        return dict(error.headers)
    return {"Retry-After": "5"} if isinstance(error, errors.StoreError) else {}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the problems of those statuses as FastAPI's `responses` want them."""
    titles = {kind.status: kind.title.en for kind in reversed(KINDS)}
    return {
        status: {
            "description": titles[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }
