"""Assistants over HTTP: the tools of the Model Context Protocol under /mcp, behind the same keys.

Each POST is answered by itself, so that any worker can answer it and a client may come back after
a restart; there are no streams to be kept open.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ...text import Text
from ..operational.clients import Granted
from .problems import ForbiddenError
from .service import Service
from .stack.common import refuse, state_of

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

PATH = "/mcp"
_NO_SCOPE = Text("需要权限 read", "the scope read is needed")


class Assistants:
    """The tools, for those who may read."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def at_work(self) -> AsyncGenerator[None]:
        """Answer for as long as the block lasts."""
        from mcp.server.transport_security import TransportSecuritySettings

        from ..mcp.server import build_server

        server = build_server(self._service.atlas, self._gate)
        # Who may ask, and by which host name in demo mode, the entry has seen to.
        unguarded = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        server.streamable_http_app(
            json_response=True, stateless_http=True, transport_security=unguarded
        )
        self._manager = server.session_manager
        async with self._manager.run():
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a message, as ASGI says."""
        state_of(scope)["route"] = PATH
        caller: Granted = state_of(scope)["caller"]
        if not caller.may("read"):
            await refuse(ForbiddenError(_NO_SCOPE), scope, receive, send)
        elif self._manager:
            await self._manager.handle_request(scope, receive, send)

    def _gate(self, context: Any, region: str | None, cluster: str | None) -> None:
        caller: Granted = context.request_context.request.state.caller
        self._service.ensure_may_ask(caller, region, cluster)


def mount_assistants(app: FastAPI, service: Service) -> Assistants | None:
    """Give an application the path for assistants; none where the extra is not installed."""
    if find_spec("mcp") is None:
        return None
    found = Assistants(service)
    app.router.routes.append(Route(PATH, found, methods=["POST"]))
    return found
