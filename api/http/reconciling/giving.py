"""How answers go out: as JSON, or where a client cannot do otherwise as JSONP."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import Response

from ....text import Text
from ..problems import ForbiddenError
from ..service import Service

_NO_JSONP = Text(
    "演示模式不提供 JSONP：任何网页都能借浏览器读到数据",
    "no JSONP in demo mode: any web page could read the data by way of a browser",
)


def given(service: Service, answer: Any, callback: str | None) -> Response:
    """Return an answer.

    A script may be included by any page and brings no Origin along, so JSONP is safe only where
    the page has to know a key.

    Raises
    ------
    ForbiddenError
        JSONP in demo mode.
    """
    text = json.dumps(answer, ensure_ascii=False)
    if callback is None:
        return Response(text, media_type="application/json")
    if service.demo:
        raise ForbiddenError(_NO_JSONP)
    # Line separators end a string in older JavaScript; the comment keeps other readers away.
    safe = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Response(f"/**/{callback}({safe});", media_type="text/javascript")
