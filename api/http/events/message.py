"""A message as Standard Webhooks wants it: its body, and headers that sign it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from standardwebhooks import Webhook

from ...operational.events import Event, Subscription, good_secrets


def body_of(event: Event) -> bytes:
    """Return the body: the same bytes at every attempt."""
    said = {"type": event.type, "timestamp": event.at.isoformat(), "data": event.data}
    return json.dumps(said, ensure_ascii=False).encode()


def headers_of(event: Event, subscription: Subscription, body: bytes) -> dict[str, str]:
    """Return the headers of an attempt made now, with a signature by every secret that is good."""
    moment = datetime.now(UTC)
    signatures = [
        Webhook(each["secret"]).sign(event.id, moment, body.decode())
        for each in good_secrets(subscription)
    ]
    return {
        "content-type": "application/json",
        "user-agent": "lianpu-webhooks",
        "webhook-id": event.id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
