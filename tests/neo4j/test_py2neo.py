"""py2neo against the real server: what goes over the bridge, and what is explained."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lianpu.errors import BadInputError, SettingError, StoreError
from lianpu.graph.py2neo_bridge import batch_of, connect, subgraph
from lianpu.graph.store.neo4j import Neo4jStore
from py2neo import Node, Relationship

from ..graph.stores import JANUARY, current, embedded, small_graph, versions, write
from .server import Server
from .stores import settings_for

MAKES = "MATCH p = (:Enterprise {id: $id})-[:PRODUCES]->(:Product) RETURN p"


@pytest.fixture
def graph(neo4j_server: Server, store: Neo4jStore) -> Generator[Any]:
    """A py2neo graph over a small one."""
    small_graph(store)
    opened = connect(settings_for(neo4j_server))
    yield opened
    opened.service.connector.close()


def test_a_subgraph_comes_out_with_its_nodes_relations_and_dates(graph: Any) -> None:
    found = subgraph(graph, MAKES, id="a")
    assert {(str(node.labels), node["name"]) for node in found.nodes} == {
        (":Enterprise", "甲公司"),
        (":Product", "轴承"),
    }
    (made,) = found.relationships
    assert (type(made).__name__, made["share"]) == ("PRODUCES", 0.5)
    assert made["as_of"].to_native() == JANUARY


def test_what_came_out_goes_in_again_and_changes_nothing(graph: Any, store: Neo4jStore) -> None:
    everything = subgraph(graph, "MATCH (a)-[r]->(b) RETURN a, r, b")
    assert store.upsert(batch_of(everything, source="测试")).batch == 2  # the new source alone
    assert store.upsert(batch_of(everything, source="测试")).batch is None


def test_what_a_notebook_adds_goes_in_as_a_batch_with_source_day_and_history(
    graph: Any, store: Neo4jStore, tmp_path: Path
) -> None:
    found = subgraph(graph, MAKES, id="a")
    (made,) = found.relationships
    made["share"], made["as_of"] = 0.8, date(2024, 6, 1)
    gear = Node("Product", id="q", name="齿轮")
    added = found | Relationship(made.start_node, "PRODUCES", gear, share=0.2)
    store.upsert(batch_of(added, source="某人的笔记本", as_of=date(2024, 6, 1)))
    shares = versions(store, "PRODUCES", "end", "share", "as_of")
    assert ("p", 0.5, JANUARY) in shares
    assert ("p", 0.8, date(2024, 6, 1)) in shares
    assert ("q", 0.2, date(2024, 6, 1)) in shares
    assert ("某人的笔记本",) in current(store, "Source", "title")
    other = embedded(tmp_path)
    write(other, {"Source": [{"id": "s", "title": "测试"}]})
    other.upsert(batch_of(added, source="某人的笔记本"))
    assert ("a", "q") in current(other, "PRODUCES", "start", "end")
    other.close()


@pytest.mark.parametrize(
    "name", ["get_indexes", "get_uniqueness_constraints", "create_index", "drop_index"]
)
def test_what_neo4j_5_removed_is_explained(graph: Any, name: str) -> None:
    with pytest.raises(StoreError) as error:
        getattr(graph.schema, name)("Enterprise", "name")
    assert name in str(error.value)
    assert "graph.run" in str(error.value)


def test_labels_types_and_plain_queries_work_as_ever(graph: Any) -> None:
    assert {"Enterprise", "Product"} <= graph.schema.node_labels
    assert "PRODUCES" in graph.schema.relationship_types
    assert graph.nodes.match("Enterprise", id="a").first()["name"] == "甲公司"
    frame = graph.run("MATCH (n:Enterprise) RETURN n.id AS id ORDER BY id").to_data_frame()
    assert frame["id"].tolist() == ["a", "b"]


def test_a_wrong_password_is_told_from_a_server_that_is_not_there(neo4j_server: Server) -> None:
    right = settings_for(neo4j_server)
    with pytest.raises(StoreError, match="不接受用户名或密码"):
        connect(settings_for(neo4j_server, password="wrong"))  # noqa: S106
    with pytest.raises(StoreError, match="无法连接"):
        connect(right.model_copy(update={"store": "bolt://127.0.0.1:1"}))


def test_a_certificate_file_of_ones_own_is_refused(neo4j_server: Server, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="证书"):
        connect(settings_for(neo4j_server, certificate=tmp_path / "ca.pem"))


@pytest.mark.parametrize(
    ("query", "error", "words"),
    [
        ("MATCH (n:Enterprise) RETURN n.name", BadInputError, "没有返回节点"),
        ("RETRUN 1", StoreError, "SyntaxError"),
        ("CREATE (n:Enterprise {id: 'x'}) RETURN n", StoreError, "只读"),
    ],
)
def test_a_query_that_cannot_be_answered_is_refused_in_words(
    graph: Any, query: str, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        subgraph(graph, query)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Node("company", name="甲"), "lianpu adopt"),
        (Node("Enterprise", "Person", id="a"), "Enterprise、Person"),
        (Node("Enterprise", name="甲"), "没有 id"),
        (Node("Enterprise", id="a", revenue="很多"), "Enterprise.revenue"),
        (Relationship(Node("Product", id="p"), "PRODUCES", Node("Product", id="q")), "Enterprise"),
        (Relationship(Node("Product", id="p"), "LIKES", Node("Product", id="q")), "LIKES"),
    ],
)
def test_a_subgraph_of_another_layout_is_refused_in_words(found: Any, words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        batch_of(found, source="测试")
