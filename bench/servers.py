"""Servers in processes of their own: the service over a data folder, and the bare floor."""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from lianpu.api.http import create_app
from lianpu.api.http.wire import protocol
from lianpu.api.operational import open_database
from lianpu.api.operational.clients import add_client, add_key

from bench.scene import settings_for

_START_SECONDS = 300.0


@dataclass(frozen=True)
class Server:
    """A server in a process of its own."""

    pid: int
    port: int

    @property
    def processor(self) -> float:
        """Seconds of processor time that it has taken."""
        text = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii")
        fields = text.rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory(self) -> float:
        """Memory that it holds, MiB."""
        text = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        line = next(each for each in text.splitlines() if each.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


@contextmanager
def serving(serve: Callable[..., None], *given: object) -> Generator[Server]:
    """Let `serve(port, *given)` run in a process of its own for as long as the block lasts."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = int(door.getsockname()[1])
    fresh = multiprocessing.get_context("spawn")
    process: BaseProcess = fresh.Process(target=serve, args=(port, *given))
    process.start()
    try:
        _await(port)
        yield Server(process.pid or 0, port)
    finally:
        process.terminate()
        process.join()


def serve_lianpu(port: int, data: Path, http: dict[str, Any]) -> None:
    """Serve a data folder, with some settings of `http` changed; the log goes nowhere."""
    sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end
    settings = settings_for(data)
    changed = settings.http.model_copy(update=http)
    _serve(create_app(settings.model_copy(update={"http": changed})), port)


def serve_bytes(port: int, bodies: dict[str, bytes]) -> None:
    """Serve bytes by path from memory, by a route of FastAPI and nothing else."""
    app = FastAPI(openapi_url=None)

    @app.get("/{rest:path}")
    async def given(request: Request) -> Response:
        asked = f"{request.url.path}?{request.url.query}"
        return Response(bodies[asked], media_type="application/json")

    _serve(app, port)


def serve_receiver(port: int) -> None:
    """Serve what takes every webhook and forgets it."""
    app = FastAPI(openapi_url=None)

    @app.post("/")
    async def taken() -> Response:
        return Response(status_code=204)

    _serve(app, port)


def new_key(data: Path, scopes: Sequence[str]) -> str:
    """Return the key of a new client that is never told to slow down."""
    database = open_database(settings_for(data))
    client = add_client(database, "bench", [*scopes], rate=10**9)
    key = add_key(database, client.id, days=1)[1]
    database.close()
    return key


def _serve(app: FastAPI, port: int) -> None:
    uvicorn.run(app, port=port, http=protocol(), log_config=None, access_log=False)  # type: ignore[arg-type]


def _await(port: int) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("the server did not start")
