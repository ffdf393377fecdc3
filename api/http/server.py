"""The server: uvicorn with one worker in this process, or several of their own."""

from __future__ import annotations

import os
import tempfile
from typing import Any

import uvicorn
from fastapi import FastAPI

from ...settings import Settings, load_settings
from .app import create_app
from .wire import protocol

_SILENT_SECONDS = 60
"""After how long a worker that says nothing is replaced: one that starts is silent for a while."""
_SETTINGS, _DEMO = "LIANPU_SERVED_SETTINGS", "LIANPU_SERVED_DEMO"


def run_server(settings: Settings, *, demo: bool) -> None:
    """Serve until told to stop; requests under way are finished first."""
    http = settings.http
    common: dict[str, Any] = {
        "host": http.host,
        "port": http.port,
        "http": protocol(),
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "timeout_graceful_shutdown": http.drain_seconds,
    }
    if http.workers == 1:
        uvicorn.run(create_app(settings, demo=demo), **common)
        return
    with tempfile.TemporaryDirectory() as metrics:
        os.environ[_SETTINGS] = _packed(settings)
        os.environ[_DEMO] = "1" if demo else ""
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = metrics
        uvicorn.run(
            f"{__name__}:worker",
            factory=True,
            workers=http.workers,
            timeout_worker_healthcheck=_SILENT_SECONDS,
            **common,
        )


def worker() -> FastAPI:
    """Return the application of one of several workers."""
    found = Settings.model_validate_json(os.environ[_SETTINGS])
    secret = load_settings().http.database
    http = found.http.model_copy(update={"database": secret})
    settings = found.model_copy(update={"http": http})
    return create_app(settings, demo=bool(os.environ[_DEMO]))


def _packed(settings: Settings) -> str:
    """The settings as the workers get them; secrets they read from where they stand."""
    return settings.model_dump_json(exclude={"http": {"database"}, "neo4j": {"password"}})
