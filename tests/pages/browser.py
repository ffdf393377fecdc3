"""A real browser before a real server."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from lianpu.api.http import create_app
from lianpu.settings import load_settings
from playwright.sync_api import Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
PATIENCE = 60_000
"""Milliseconds to wait for what has to come."""
_GRAVE = ("serious", "critical")
_RULES = "axe.run({resultTypes: ['violations']})"


@contextmanager
def listening(folder: Path, **http: Any) -> Generator[str]:
    """Serve a data folder in demo mode on a free port; give its address."""
    settings = load_settings(
        data=folder, page={"region": "芜湖市"}, http={"rate": 1_000_000, **http}
    )
    app = create_app(settings, demo=True)
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def faults(page: Page) -> list[str]:
    """Return the grave accessibility faults of what a page shows."""
    page.evaluate(AXE)
    found = page.evaluate(_RULES)["violations"]
    return [
        f"{each['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for each in found
        if each["impact"] in _GRAVE
        for node in each["nodes"][:3]
    ]
