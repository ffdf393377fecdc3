"""The messages that receivers get, as the OpenAPI document tells of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import FastAPI, Header

from .models import (
    GapMessage,
    ImportMessage,
    LeadMessage,
    PingMessage,
    SnapshotMessage,
    TargetMessage,
)

MESSAGES: dict[str, type[Any]] = {
    "gap": GapMessage,
    "target": TargetMessage,
    "lead": LeadMessage,
    "import": ImportMessage,
    "snapshot": SnapshotMessage,
    "ping": PingMessage,
}
_ID = "id of the event: the same at every attempt, so that what came twice is known"
_SIGNATURES = "v1,… for every secret that is good, with blanks between"


def add_webhooks(app: FastAPI) -> None:
    """Let a document tell of the messages."""
    for name, message in MESSAGES.items():
        app.webhooks.post(
            name,
            operation_id=f"receive_{name}",
            tags=["events"],
            status_code=204,
            summary=(message.__doc__ or "").strip(),
        )(_receiving(message))


def _receiving(message: type[Any]) -> Callable[..., None]:
    def receive(
        body: message,  # type: ignore[valid-type]
        webhook_id: Annotated[str, Header(description=_ID)],
        webhook_timestamp: Annotated[int, Header(description="seconds since 1970, of the attempt")],
        webhook_signature: Annotated[str, Header(description=_SIGNATURES)],
    ) -> None:
        """Take a message; answer 2xx within ten seconds, else it comes again."""

    receive.__annotations__["body"] = message
    return receive
