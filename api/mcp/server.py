"""The server: the tools, how they answer, and the two ways of reaching it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import cleandoc
from typing import Any, ParamSpec

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel

from ... import __version__
from ...atlas import Atlas
from ...errors import LianpuError
from ...text import Language, use_language
from .asking import Asking
from .browsing import Browsing
from .digest import digest
from .params import Gate

P = ParamSpec("P")

INSTRUCTIONS = """链谱 Lianpu knows industrial chains 产业链: who makes what, where, what goes into
what, and from which source and day each fact comes. It answers what a region lacks, how bad that
is, whom to call, and why.

Rules for whoever repeats its answers:
- Unknown 未知 is not absent 缺失. A product whose status is unknown has to be verified 核实; do not
  call it missing. What has no value (null, —) is not known; it is not zero.
- Give the source and the day of the facts that you repeat, and the snapshot's number and day.
- Money is yuan, shares, rates, scores and certainty are 0 to 1.
- Names are matched exactly or by alias; when one is not found, near names are offered: ask.

Begin with list_gaps; go on with list_targets for a gap, explain_product for "why".
"""
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


def build_server(atlas: Atlas, gate: Gate | None = None) -> MCPServer[Any]:
    """Return the server over an atlas.

    Parameters
    ----------
    gate : refuses what the one who asks may not ask of; nobody is refused where there is none.
    """
    return MCPServer(
        "lianpu",
        title="链谱 Lianpu",
        instructions=INSTRUCTIONS,
        version=__version__,
        tools=_tools(atlas, gate or _open),
        log_level="ERROR",
        subscriptions=False,
    )


def told(question: Callable[P, BaseModel], language: Language) -> Callable[P, CallToolResult]:
    """Let a question answer as a tool: text to read, the whole answer as structured content.

    What goes wrong in words is told in words.
    """

    @wraps(question)
    def tool(*args: P.args, **kwargs: P.kwargs) -> CallToolResult:
        asked: Any = kwargs.get("language")
        use_language(asked or language)
        try:
            answer = question(*args, **kwargs)
        except LianpuError as error:
            raise ToolError(str(error)) from None
        text = TextContent(type="text", text=digest(answer))
        return CallToolResult(content=[text], structured_content=answer.model_dump(mode="json"))

    return tool


def _tools(atlas: Atlas, gate: Gate) -> list[Tool]:
    return [
        _strict(Tool.from_function(told(getattr(group, name), atlas.settings.language)))
        for group in (Asking(atlas, gate), Browsing(atlas))
        for name in vars(type(group))
        if not name.startswith("_")
    ]


def _strict(tool: Tool) -> Tool:
    """Refuse arguments of unknown names: a slip would ask another question."""
    model = tool.fn_metadata.arg_model
    model.model_config["extra"] = "forbid"
    model.model_rebuild(force=True)
    return tool.model_copy(
        update={
            "parameters": model.model_json_schema(),
            "description": cleandoc(tool.description),
            "annotations": _READS,
        }
    )


def _open(_context: Any, _region: str | None, _cluster: str | None) -> None:
    """Nobody is refused."""
