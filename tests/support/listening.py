"""A real server in a thread, for tests that need one: on a free port of this machine."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Generator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import uvicorn


@contextmanager
def listening(app: Any, **config: Any) -> Generator[int]:
    """Serve an ASGI application for as long as the block lasts; give its port."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, **config))
        thread = Thread(target=lambda: asyncio.run(server.serve([door])))
        thread.start()
        try:
            yield door.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()
