"""Asking a server by the SDK's own client."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from mcp import Client
from mcp.client import Transport
from mcp.client.stdio import StdioServerParameters
from mcp.server.mcpserver import MCPServer
from mcp.types import CallToolResult, TextContent

T = TypeVar("T")
Server = MCPServer[Any] | StdioServerParameters | Transport


def during(server: Server, what: Callable[[Client], Awaitable[T]]) -> T:
    """Connect, do something, and disconnect."""

    async def run() -> T:
        async with Client(server, read_timeout_seconds=60) as client:
            return await what(client)

    return asyncio.run(run())


def ask(server: Server, tool: str, **arguments: Any) -> CallToolResult:
    """Call one tool."""

    async def call(client: Client) -> CallToolResult:
        found = await client.call_tool(tool, arguments)
        assert isinstance(found, CallToolResult)
        return found

    return during(server, call)


def read(result: CallToolResult) -> str:
    """Return the text of an answer."""
    (block,) = result.content
    assert isinstance(block, TextContent)
    return block.text


def answer(result: CallToolResult) -> dict[str, Any]:
    """Return the structured content of an answer that is no error."""
    assert not result.is_error, read(result)
    assert isinstance(result.structured_content, dict)
    return result.structured_content
