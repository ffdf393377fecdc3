"""Assistants over HTTP: a real server, the SDK's own client, the service's own keys."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from lianpu.api.http import create_app
from lianpu.api.operational.clients import add_client, add_key
from lianpu.settings import load_settings
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent
from starlette.testclient import TestClient

from ..support.listening import listening
from .service import Served

WUHU, HEFEI = "340200", "合肥市"


@dataclass(frozen=True)
class Spoken:
    """A service that assistants can reach."""

    url: str
    app: Any

    def key(self, *scopes: str, region: str | None = None) -> str:
        database = self.app.state.service.database
        client = add_client(database, "助手", list(scopes), region)
        return add_key(database, client.id)[1]

    def ask(self, key: str, mode: str, tool: str, **arguments: Any) -> CallToolResult:
        async def call() -> CallToolResult:
            headers = {"Authorization": f"Bearer {key}"}
            async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
                transport = streamable_http_client(self.url, http_client=http)
                async with Client(transport, mode=mode) as client:
                    return await client.call_tool(tool, arguments)

        return asyncio.run(call())


@pytest.fixture(scope="module")
def spoken(http_folder: Path) -> Generator[Spoken]:
    app = create_app(load_settings(data=http_folder, http={"answers": "own"}))
    with listening(app) as port:
        yield Spoken(f"http://127.0.0.1:{port}/mcp", app)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_an_assistant_asks_the_service_what_wuhu_lacks(spoken: Spoken, mode: str) -> None:
    found = spoken.ask(
        spoken.key("read"), mode, "list_gaps", region="芜湖市", chain="新能源汽车", limit=3
    )
    assert not found.is_error and found.structured_content
    gap = found.structured_content["gaps"][0]
    assert gap["evidence"][0]["source"] and gap["evidence"][0]["as_of"]


def test_a_key_of_one_city_asks_of_that_city_alone(spoken: Spoken) -> None:
    key = spoken.key("read", region=WUHU)
    assert not spoken.ask(key, "auto", "list_gaps", region="芜湖市", limit=1).is_error
    refused = spoken.ask(key, "auto", "list_gaps", region=HEFEI, limit=1)
    (said,) = refused.content
    assert refused.is_error and isinstance(said, TextContent)
    assert WUHU in said.text


def test_no_key_no_tools(demo: TestClient, guarded: Served) -> None:
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    assert guarded.client.post("/mcp", json=message).status_code == 401
    assert (
        guarded.client.post("/mcp", json=message, headers=guarded.may("leads")).status_code == 403
    )
    assert demo.get("/mcp").status_code == 405
