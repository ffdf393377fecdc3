"""A service for tests, in this process, with clients of every kind."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lianpu.api.http import create_app
from lianpu.api.http.service import Service
from lianpu.api.http.wire import protocol
from lianpu.api.operational.clients import add_client, add_key
from lianpu.settings import load_settings
from starlette.testclient import TestClient

from ..support.listening import listening

LOCAL = "http://127.0.0.1"
PLENTY = 1_000_000
"""Requests a minute, where rates are not what is tested."""


@dataclass(frozen=True)
class Keys:
    """A service that gives keys out."""

    service: Service

    def key(
        self,
        *scopes: str,
        region: str | None = None,
        rate: int | None = None,
        days: int | None = None,
    ) -> str:
        """Return a new key of a new client."""
        client = add_client(self.service.database, "测试", list(scopes), region, rate)
        return add_key(self.service.database, client.id, days)[1]

    def may(self, *scopes: str, region: str | None = None) -> dict[str, str]:
        """Return the headers of a new client with these scopes."""
        return {"Authorization": f"Bearer {self.key(*scopes, region=region)}"}


@dataclass(frozen=True)
class Served(Keys):
    """A service in this process and what asks it."""

    client: TestClient


@dataclass(frozen=True)
class Online(Keys):
    """A service behind a real socket."""

    url: str


@contextmanager
def served(
    folder: Path, *, demo: bool = False, page: dict[str, Any] | None = None, **http: Any
) -> Generator[Served]:
    """Serve a data folder; `page` and `http` are settings."""
    settings = load_settings(data=folder, page=page, http={"rate": PLENTY, **http})
    app = create_app(settings, demo=demo)
    with TestClient(app, base_url=LOCAL, raise_server_exceptions=False) as client:
        yield Served(app.state.service, client)


def caller(service: Served, *scopes: str, region: str | None = None) -> TestClient:
    """Return the service as a client with these scopes calls it."""
    client = TestClient(service.client.app, base_url=LOCAL)
    client.headers.update(service.may(*scopes, region=region))
    return client


@contextmanager
def online(folder: Path, **http: Any) -> Generator[Online]:
    """Serve a data folder behind a socket of this machine, as `lianpu serve` does."""
    app = create_app(load_settings(data=folder, http={"rate": PLENTY, **http}))
    with listening(app, http=protocol()) as port:
        yield Online(app.state.service, f"{LOCAL}:{port}")
