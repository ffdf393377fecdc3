"""A bridge to notebooks and programs that use py2neo (extra `lianpu[py2neo]`).

graph = connect(settings)                     # a py2neo.Graph on the server that settings name
found = subgraph(graph, "MATCH p = (:Enterprise {id: $id})-[:PRODUCES]->() RETURN p", id=…)
store.upsert(batch_of(found, source="某人的笔记本"))

What is written with py2neo itself goes past the store: it has no version, no batch and no source,
and no snapshot shows it. docs/py2neo.md says what works with Neo4j 5.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

import pyarrow as pa

from ..errors import BadInputError, SettingError, StoreError
from ..settings import Settings
from ..text import Text
from .ids import derived_id
from .schema import SCHEMA, STATED, NodeType, RelationType
from .store import Batch
from .store.neo4j import Connection
from .store.neo4j.failures import refused

try:
    import py2neo
    from py2neo.errors import (
        ConnectionBroken,
        ConnectionUnavailable,
        Neo4jError,
        ServiceUnavailable,
    )
except ImportError as missing:
    raise SettingError(
        Text("没有安装 py2neo", "py2neo is not installed"),
        Text("请运行 pip install lianpu[py2neo]。", "Run `pip install lianpu[py2neo]`."),
    ) from missing

Type = NodeType | RelationType
Rows = dict[str, list[dict[str, Any]]]

_GONE = (
    "create_index",
    "create_uniqueness_constraint",
    "drop_index",
    "drop_uniqueness_constraint",
    "get_indexes",
    "get_uniqueness_constraints",
)
_NO_SCHEMA = Text(
    "py2neo 的 graph.schema.{name} 在 Neo4j 5 上不能用：它所用的过程和语法已被移除",
    "py2neo's graph.schema.{name} does not work with Neo4j 5: the procedures and the syntax that "
    "it uses were removed",
)
_INSTEAD = Text(
    "约束和索引由 lianpu migrate 建立；自己的索引请用 graph.run，写法见 docs/py2neo.md。",
    "`lianpu migrate` makes constraints and indexes; for your own use graph.run, see "
    "docs/py2neo.md.",
)
_NO_CERTIFICATE = Text(
    "py2neo 不能使用自带的证书文件（设置 neo4j.certificate）",
    "py2neo cannot use a certificate file of one's own (the setting neo4j.certificate)",
)
_TRUST = Text(
    "请把证书加入系统信任，或改用官方驱动。",
    "Let the system trust the certificate, or use the official driver.",
)
_BROKEN = Text("py2neo 与 {url} 的连接断开：{why}", "py2neo lost {url}: {why}")
_NO_SUBGRAPH = Text(
    "这个查询没有返回节点、关系或路径", "the query returns no nodes, relations or paths"
)
_LABELS = Text(
    "节点的标签 {labels} 不是链谱的一种节点",
    "the labels {labels} of a node are none of Lianpu's kinds of node",
)
_NO_TYPE = Text("链谱没有 {name} 这种关系", "Lianpu has no relation {name}")
_ADOPT = Text(
    "别的布局的图请用 lianpu adopt 和映射文件读入。",
    "A graph of another layout is read by `lianpu adopt` with a mapping file.",
)
_NO_KEY = Text("有 {label} 节点没有 {key}", "a node {label} has no {key}")
_WRONG_ENDS = Text(
    "{name} 应从 {start} 到 {end}，而不是从 {one} 到 {other}",
    "{name} leads from {start} to {end}, not from {one} to {other}",
)
_WRONG_VALUE = Text(
    "{type}.{column} 的值不可用：{why}", "{type}.{column} has an unusable value: {why}"
)


class ExplainedSchema:
    """In the place of `py2neo.Graph.schema`: what Neo4j 5 still knows, and words for the rest."""

    def __init__(self, schema: Any) -> None:
        self._schema = schema

    def __getattr__(self, name: str) -> Any:
        """Pass on what works.

        Raises
        ------
        StoreError
            Neo4j 5 has removed what this would use.
        """
        if name in _GONE:
            raise StoreError(_NO_SCHEMA.fill(name=name), _INSTEAD)
        return getattr(self._schema, name)


def connect(settings: Settings) -> Any:
    """Return a `py2neo.Graph` on the server that the settings name.

    The official driver asks first: it tells a wrong password from a server that is not there,
    which py2neo does not.

    Raises
    ------
    StoreError
        The server does not answer, refuses the user, or is too old.
    SettingError
        The settings cannot be used with py2neo.
    """
    chosen = settings.neo4j
    if chosen.certificate:
        raise SettingError(_NO_CERTIFICATE, _TRUST)
    Connection(settings).close()
    secret = chosen.password.get_secret_value() if chosen.password else ""
    with _in_words(settings.store):
        graph: Any = py2neo.Graph(settings.store, auth=(chosen.user, secret), name=chosen.database)
    graph.schema = ExplainedSchema(graph.schema)
    return graph


def subgraph(graph: Any, query: str, **values: Any) -> Any:
    """Return what a Cypher query finds as a `py2neo.Subgraph`; the query may only read.

    Raises
    ------
    StoreError
        The server refuses the query, or is gone.
    BadInputError
        The query returns neither nodes nor relations.
    """
    with _in_words(str(graph.service.uri)):
        found = graph.query(query, values).to_subgraph()
    if found is None:
        raise BadInputError(_NO_SUBGRAPH)
    return found


def batch_of(found: Any, *, source: str, as_of: date | None = None) -> Batch:
    """Return the nodes and relations of a `py2neo.Subgraph` as a batch for any store.

    Labels, types and properties are those of the schema. What came out of a store keeps its
    source, day and confidence; the rest is said by `source` (a title) for the day `as_of`.

    Raises
    ------
    BadInputError
        A label, type or value is none of the schema's, or a node lacks its key.
    """
    origin = derived_id("Source", source, "", "")
    rows: Rows = {"Source": [{"id": origin, "title": source}]}
    given = {"source": origin, "as_of": as_of}
    for node in found.nodes:
        kind = _kind_of(node)
        rows.setdefault(kind.name, []).append({**given, **_values(node), **_key(kind, node)})
    for one in found.relationships:
        name = type(one).__name__
        if name not in {each.name for each in SCHEMA.relations}:
            raise BadInputError(_NO_TYPE.fill(name=name), _ADOPT)
        relation = SCHEMA.relation(name)
        ends = _ends(relation, one)
        rows.setdefault(name, []).append({**given, **_values(one), **ends})
    return Batch(source, {name: _table(SCHEMA.by_name[name], each) for name, each in rows.items()})


def _kind_of(node: Any) -> NodeType:
    labels = sorted(map(str, node.labels))
    if len(labels) != 1 or labels[0] not in {each.name for each in SCHEMA.nodes}:
        raise BadInputError(_LABELS.fill(labels="、".join(labels) or "—"), _ADOPT)
    return SCHEMA.node(labels[0])


def _key(kind: NodeType, node: Any) -> dict[str, str]:
    name = kind.key.name
    if not node.get(name):
        raise BadInputError(_NO_KEY.fill(label=kind.label, key=name))
    return {name: str(node[name])}


def _ends(kind: RelationType, one: Any) -> dict[str, str]:
    start, end = _kind_of(one.start_node), _kind_of(one.end_node)
    if (start.label, end.label) != (kind.start, kind.end):
        ends = {"start": kind.start, "end": kind.end, "one": start.label, "other": end.label}
        raise BadInputError(_WRONG_ENDS.fill(name=kind.name, **ends))
    keys = *_key(start, one.start_node).values(), *_key(end, one.end_node).values()
    return dict(zip(("start", "end"), keys, strict=True))


def _values(entity: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what the store says about its own rows; py2neo's dates become Python's."""
    own = {"batch", "retired"}
    return {
        name: value.to_native() if hasattr(value, "to_native") else value
        for name, value in dict(entity).items()
        if name not in own and value is not None
    }


def _table(kind: Type, rows: list[dict[str, Any]]) -> pa.Table:
    kinds = {each.name: each.kind.arrow for each in (*kind.columns, *STATED)}
    columns = dict.fromkeys(name for row in rows for name in row)
    return pa.table({name: _column(kind, name, rows, kinds.get(name)) for name in columns})


def _column(
    kind: Type, name: str, rows: list[dict[str, Any]], wanted: pa.DataType | None
) -> pa.Array:
    try:
        return pa.array([row.get(name) for row in rows], wanted)
    except (pa.ArrowException, TypeError) as error:
        values = {"type": kind.name, "column": name, "why": str(error)[:200]}
        raise BadInputError(_WRONG_VALUE.fill(**values)) from None


@contextmanager
def _in_words(url: str) -> Generator[None]:
    try:
        yield
    except Neo4jError as error:
        raise refused(str(error.code), url, str(error.message).splitlines()[0]) from error
    except (ConnectionBroken, ConnectionUnavailable, ServiceUnavailable, OSError) as error:
        raise StoreError(_BROKEN.fill(url=url, why=str(error) or type(error).__name__)) from error
