"""A service over the small town, a CRM that listens, and hands that move the time."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from lianpu.api.http.events import deliver
from lianpu.api.http.events.announce import announce
from lianpu.api.http.leads.facts import write_leads
from lianpu.api.operational.database import by_clock
from starlette.testclient import TestClient

from ..support.graphs import Graph
from ..support.listening import listening
from ..support.receiver import Receiver
from .service import Served, served

NEVER = 1e9
CITY, CHAIN = "A1", "ev"
EVERY = [
    "gap.opened",
    "gap.closed",
    "target.entered",
    "target.left",
    "lead.updated",
    "import.finished",
    "snapshot.published",
]


@dataclass
class Hands:
    """Moves the time, publishes snapshots, and does the service's duties when told to."""

    served: Served
    folder: Path
    receiver: Receiver
    url: str
    moment: datetime = field(default_factory=lambda: datetime.now(UTC))

    def client(self, *scopes: str, region: str | None = None) -> TestClient:
        """Return the service as a new client with these scopes calls it."""
        client = TestClient(self.served.client.app, base_url=str(self.served.client.base_url))
        client.headers.update(self.served.may(*scopes, region=region))
        return client

    def listen(self, crm: TestClient, types: list[str] = EVERY, **told: Any) -> dict[str, Any]:
        """Subscribe; the receiver knows the secret from here on."""
        body = {"url": self.url, "types": types, "region": CITY, "chain": CHAIN} | told
        made = crm.post("/v1/subscriptions", json=body)
        assert made.status_code == 201, made.text
        found: dict[str, Any] = made.json()
        self.receiver.secrets.append(found["secret"])
        return found

    def publish(self, change: Graph) -> None:
        """Publish a further snapshot."""
        change.publish(self.folder)

    def deliver(self) -> None:
        """Announce what is new, and deliver what is due."""
        service = self.served.service
        write_leads(service)
        announce(service)

        async def all_of_it() -> None:
            for _ in range(100):
                if not await deliver.step(service):
                    return

        asyncio.run(all_of_it())

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**time)


@contextmanager
def eventful(folder: Path, **http: Any) -> Generator[Hands]:
    """Serve the small town with a receiver beside it; nothing is done before it is told to."""
    settings: dict[str, Any] = {
        "private_destinations": True,
        "write_seconds": NEVER,
        "events_seconds": NEVER,
    }
    receiver = Receiver()
    with ExitStack() as stack:
        port = stack.enter_context(listening(receiver, lifespan="off"))
        found = stack.enter_context(served(folder, **(settings | http)))
        hands = Hands(found, folder, receiver, f"http://127.0.0.1:{port}/hook")
        stack.enter_context(by_clock(lambda: hands.moment))
        announce(found.service)
        yield hands


def lead(crm: TestClient, enterprise: str, product: str = "battery", **told: Any) -> Any:
    """Take a target over; return the lead."""
    body = {"region": CITY, "product": product, "enterprise": enterprise} | told
    made = crm.post("/v1/leads", json=body)
    assert made.status_code == 201, made.text
    return made.json()


def report(crm: TestClient, found: Any, **told: Any) -> Any:
    """Report what became of a lead; return its next version."""
    tag = {"If-Match": f'"v{found["version"]}"'}
    answer = crm.patch(f"/v1/leads/{found['id']}", json=told, headers=tag)
    assert answer.status_code == 200, answer.text
    return answer.json()
