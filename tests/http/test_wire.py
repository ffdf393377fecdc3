"""What comes over a real socket."""

from __future__ import annotations

import socket
from collections.abc import Generator

import pytest
from lianpu.api.http.wire import protocol
from starlette.types import Receive, Scope, Send

from ..support.listening import listening


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the query and the body as they came."""
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    said = scope["query_string"] + b"|" + body
    length = (b"content-length", str(len(said)).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [length]})
    await send({"type": "http.response.body", "body": said})


def said(port: int, *sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        for part in sent:
            line.sendall(part)
        answer = b""
        while b"|" not in answer or not answer.endswith(b"end"):
            answer += line.recv(4096)
    return answer.split(b"\r\n\r\n")[-1]


@pytest.fixture(scope="module")
def port() -> Generator[int]:
    with listening(echo, http=protocol(), lifespan="off") as found:
        yield found


def test_chinese_in_an_address_may_come_as_it_is_typed(port: int) -> None:
    request = "POST /?region=芜湖 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nend"
    assert said(port, request.encode()) == b"region=%E8%8A%9C%E6%B9%96|end"


def test_a_body_that_looks_like_a_request_stays_as_it_is(port: int) -> None:
    body = "GET /芜湖 HTTP/1.1\r\n".encode() + b"end"
    head = f"POST /?a HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    assert said(port, head, body) == b"a|" + body
