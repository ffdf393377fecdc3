"""A receiver of webhooks as a CRM would build one: it verifies with the library."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError
from starlette.types import Receive, Scope, Send

RETRY_AFTER = 1234
"""Seconds that it asks for with a 429."""
Got = tuple[str, dict[str, Any]]
"""Id and body of a message."""


def _messages() -> list[Got]:
    return []


@dataclass
class Receiver:
    """An ASGI application that takes messages; `answer` decides what it says to each."""

    secrets: list[str] = field(default_factory=list)
    answer: Callable[[dict[str, Any]], int] = lambda _: 204
    taken: list[Got] = field(default_factory=_messages)
    """Every message that was answered 2xx, repeated ones included."""
    signatures: list[int] = field(default_factory=list)
    """How many signatures each message carried."""
    forged: int = 0
    _lock: Lock = field(default_factory=Lock)

    def types(self) -> list[str]:
        return [body["type"] for _, body in self.taken]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [body["data"] for _, body in self.taken if body["type"] == kind]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        status = self._take(body, {k.decode(): v.decode() for k, v in scope["headers"]})
        headers: list[tuple[bytes, bytes]] = []
        if 300 <= status < 400:
            headers = [(b"location", b"http://127.0.0.1:1/")]
        if status == 429:
            headers = [(b"retry-after", str(RETRY_AFTER).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    def _take(self, body: bytes, headers: dict[str, str]) -> int:
        with self._lock:
            said = json.loads(body)
            if not any(_verifies(secret, body, headers) for secret in self.secrets):
                self.forged += 1
                return 401
            status = self.answer(said)
            if status < 300:
                self.taken.append((headers["webhook-id"], said))
                self.signatures.append(len(headers["webhook-signature"].split()))
            return status


def _verifies(secret: str, body: bytes, headers: dict[str, str]) -> bool:
    try:
        Webhook(secret).verify(body, headers)
    except WebhookVerificationError:
        return False
    return True
