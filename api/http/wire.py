"""What comes over the wire: addresses with Chinese in them as people type them."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes

_LINE = re.compile(rb"[A-Z]{1,10} [^ \r\n]*[\x80-\xff][^ \r\n]* HTTP/1\.[01]\r?\n")
_ASCII = bytes(range(128))

if TYPE_CHECKING or find_spec("httptools"):
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

    class Forgiving(HttpToolsProtocol):
        """Encodes what is not ASCII in a request line before the parser sees it.

        A URL is ASCII by the standard and httptools insists on it, but `curl` sends
        `?region=芜湖市` as the bytes that were typed.
        """

        _between = True
        """No request has begun: what comes next is a request line."""

        def data_received(self, data: bytes) -> None:
            """Take what came, with its request line encoded where it begins with one."""
            if self._between and (line := _LINE.match(data)):
                data = encoded(line[0]) + data[line.end() :]
            super().data_received(data)

        def on_message_begin(self) -> None:
            """Take note that a request has begun."""
            self._between = False
            super().on_message_begin()

        def on_message_complete(self) -> None:
            """Take note that a request has been read."""
            self._between = True
            super().on_message_complete()


def encoded(line: bytes) -> bytes:
    """Return a request line with what is not ASCII percent-encoded."""
    return quote_from_bytes(line, safe=_ASCII).encode()


def protocol() -> type | str:
    """Return the HTTP protocol for uvicorn: uvicorn's own choice where there is no httptools."""
    return Forgiving if find_spec("httptools") else "auto"
