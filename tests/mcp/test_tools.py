"""What an assistant is given: sourced and dated answers, and words where there is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lianpu.api.mcp.asking import Asking
from lianpu.api.mcp.browsing import Browsing
from lianpu.api.mcp.server import build_server
from lianpu.atlas import open_atlas
from lianpu.errors import BadInputError
from lianpu.text import Text
from mcp import Client
from mcp.server.mcpserver import MCPServer
from mcp.types import Tool

from .calls import answer, ask, during, read


@pytest.fixture(scope="module")
def server(folder: Path) -> MCPServer[Any]:
    return build_server(open_atlas(folder))


def tools(server: MCPServer[Any]) -> dict[str, Tool]:
    async def listed(client: Client) -> list[Tool]:
        return (await client.list_tools()).tools

    return {tool.name: tool for tool in during(server, listed)}


def test_every_question_is_a_tool_that_only_reads(server: MCPServer[Any]) -> None:
    found = tools(server)
    wanted = {name for group in (Asking, Browsing) for name in vars(group) if name[0] != "_"}
    assert set(found) == wanted
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in found.values())


def test_an_assistant_reads_units_and_that_unknown_is_not_absent(server: MCPServer[Any]) -> None:
    described = tools(server)["list_gaps"].description or ""
    assert "UNKNOWN IS NOT ABSENT" in described
    assert "yuan a year" in described
    assert server.instructions is not None
    assert "Unknown 未知 is not absent 缺失" in server.instructions


def test_what_a_city_lacks_comes_with_sources_and_days(server: MCPServer[Any]) -> None:
    found = ask(server, "list_gaps", region="甲一市", chain="ev")
    text = read(found)
    assert "动力电池（battery）：缺失，补链；" in text
    assert "（手工样例，2024-06-30）" in text
    assert "“未知”是记录不全，不等于缺失" in text
    gap = answer(found)["gaps"][0]
    assert gap["evidence"][0]["source"] == "手工样例"
    assert gap["evidence"][0]["as_of"] == "2024-06-30"


def test_the_structured_answer_is_that_of_the_atlas(server: MCPServer[Any], folder: Path) -> None:
    found = answer(ask(server, "list_targets", region="甲一市", product="动力电池"))
    same = open_atlas(folder).targets("甲一市", "动力电池", limit=5)
    assert found == same.model_dump(mode="json")


def test_every_tool_answers(server: MCPServer[Any]) -> None:
    firm, other = "battery-bee", "car-one"
    asked: dict[str, dict[str, Any]] = {
        "list_gaps": {"cluster": "k-ev", "status": ["missing"], "action": ["attract"]},
        "list_targets": {"region": "甲一市", "product": "battery"},
        "get_shortlist": {"region": "甲一市", "chain": "ev"},
        "explain_product": {"region": "甲一市", "product": "battery"},
        "list_changes": {"region": "甲一市", "since_day": "2024-01-01"},
        "get_coverage": {"region": "A1"},
        "get_chain_map": {"chain": "ev", "region": "A1"},
        "get_enterprise": {"enterprise": firm},
        "list_enterprises": {"q": "乙一"},
        "list_openings": {"enterprise": firm},
        "get_path": {"start": firm, "end": other},
        "get_neighbourhood": {"enterprise": firm},
        "list_chains": {},
        "list_products": {"q": "电池"},
        "list_regions": {"within": "甲省"},
        "list_clusters": {"region": "甲一市"},
        "list_sources": {},
    }
    assert set(asked) == set(tools(server))

    async def call_all(client: Client) -> list[Any]:
        return [await client.call_tool(name, given) for name, given in asked.items()]

    for found in during(server, call_all):
        assert answer(found)
        assert read(found)


def test_words_come_in_the_language_asked_for(server: MCPServer[Any]) -> None:
    found = read(ask(server, "list_gaps", region="甲一市", chain="ev", language="en"))
    assert "active enterprises" in found
    assert "在营企业" in read(ask(server, "list_gaps", region="甲一市", chain="ev"))


def test_a_name_nobody_has_is_answered_with_near_ones(server: MCPServer[Any]) -> None:
    found = ask(server, "list_gaps", region="甲一")
    assert not found.is_error
    wrong = ask(server, "list_gaps", region="甲一是")
    assert wrong.is_error
    assert "甲一市" in read(wrong)


def test_an_argument_that_does_not_exist_is_refused(server: MCPServer[Any]) -> None:
    wrong = ask(server, "list_gaps", region="甲一市", chains="ev")
    assert wrong.is_error
    assert "chains" in read(wrong)


def test_what_the_gate_refuses_is_refused_in_words(folder: Path) -> None:
    def gate(_: Any, region: str | None, cluster: str | None) -> None:
        if region != "甲一市":
            raise BadInputError(Text("只限甲一市", "A1 only"))

    server = build_server(open_atlas(folder), gate)
    assert not ask(server, "list_gaps", region="甲一市").is_error
    for tool in ("list_gaps", "list_changes", "get_coverage"):
        wrong = ask(server, tool, region="乙一市")
        assert wrong.is_error
        assert "只限甲一市" in read(wrong)
