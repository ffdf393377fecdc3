"""Serving an assistant: mcp."""

from __future__ import annotations

import typer

from ...errors import SettingError
from ...text import Text
from .session import session_of

_NOT_THERE = Text("缺少组件 mcp", "the package mcp is not installed")
_INSTALL = Text("请运行 pip install 'lianpu[mcp]'。", "Run `pip install 'lianpu[mcp]'`.")


def mcp(context: typer.Context) -> None:
    """Speak the Model Context Protocol over standard input and output."""
    from ...graph.snapshot import open_snapshot

    atlas = session_of(context).atlas()
    open_snapshot(atlas.folder)  # an assistant is told at once that there is nothing to ask of
    try:
        from ..mcp.server import build_server
    except ImportError as error:
        if (error.name or "").split(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise SettingError(_NOT_THERE, _INSTALL) from None
    build_server(atlas).run("stdio")
