"""Asking a Neo4j server the questions of `cypher/questions` as they stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from ....cypher import Query, Value, load, names
from ....errors import BadInputError, ConflictError, NotKnownError
from ....settings import Settings
from ....text import Text
from .connection import Connection, text_of
from .ledger import Ledger
from .migrations import require_migrated
from .rows import escaped, key_of

AREA = "questions"

_NO_QUESTION = Text("没有叫“{name}”的问题", "there is no question called “{name}”")
_THERE_ARE = Text("可以问：{names}", "There are: {names}")
_NO_PARAMETER = Text(
    "问题 {question} 没有参数 {name}", "the question {question} takes no parameter {name}"
)
_MISSING = Text("问题 {question} 缺少参数 {name}", "the question {question} needs {name}")
_TAKES = Text("它的参数：{names}", "It takes {names}")
_NO_NUMBER = Text(
    "参数 {name} 应为正整数，现为“{value}”", "{name} must be a whole number above 0, not “{value}”"
)
_UNKNOWN = Text("图里没有叫“{name}”的{label}", "the graph has no {label} called “{name}”")
_SEVERAL = Text("“{name}”有多个，请写编号：{names}", "“{name}” is several, give the key: {names}")
_NOT_WHOLE = Text(
    "这个图正在写入一大批数据，或有一次导入、复制被中断：现在回答会不全",
    "a large batch is being written to this graph, or an import or copy was cut short: an answer "
    "would be wrong now",
)
_FINISH = Text(
    "请等写入结束后再问；若已中断，把同样的导入或复制再运行一次。",
    "Ask when it is done; where it was cut short, run the same import or copy again.",
)

_NAMED = {
    "region": "Region",
    "product": "Product",
    "cluster": "Cluster",
    "chain": "Chain",
    "start": "Enterprise",
    "end": "Enterprise",
}
"""Parameters that name a node, with its label."""
_LABELS = {
    "Region": Text("地区", "region"),
    "Product": Text("产品", "product"),
    "Cluster": Text("产业集群", "cluster"),
    "Chain": Text("产业链", "chain"),
    "Enterprise": Text("企业", "enterprise"),
}


class QuestionAnswer(BaseModel):
    """What the server answered: the values that were asked with, and the rows."""

    model_config = ConfigDict(frozen=True)

    question: str
    values: dict[str, Value]
    columns: list[str]
    rows: list[dict[str, Any]]


def questions() -> list[Query]:
    """Return every question, sorted by name."""
    return [load(name) for name in names(AREA)]


def question(name: str) -> Query:
    """Return the question of that name.

    Raises
    ------
    NotKnownError
        There is none; those that there are are listed.
    """
    known = [each.rpartition("/")[2] for each in names(AREA)]
    if name not in known:
        raise NotKnownError(_NO_QUESTION.fill(name=name), _THERE_ARE.fill(names="、".join(known)))
    return load(f"{AREA}/{name}")


def values_for(query: Query, given: Mapping[str, str]) -> dict[str, Value]:
    """Return what a question is asked with: values as people write them, and its defaults.

    Raises
    ------
    BadInputError
        A parameter is unknown, missing, or no number where it must be one.
    """
    short = query.name.rpartition("/")[2]
    takes = _TAKES.fill(names="、".join(each.name for each in query.parameters))
    known = {each.name: each for each in query.parameters}
    for name in given:
        if name not in known:
            raise BadInputError(_NO_PARAMETER.fill(question=short, name=name), takes)
    values: dict[str, Value] = {}
    for name, parameter in known.items():
        if name not in given and parameter.required:
            raise BadInputError(_MISSING.fill(question=short, name=name), takes)
        if name not in given:
            values[name] = parameter.default
        else:
            number = isinstance(parameter.default, int)
            values[name] = _whole(name, given[name]) if number else given[name]
    return values


def ask(settings: Settings, name: str, given: Mapping[str, str]) -> QuestionAnswer:
    """Ask the server that the settings name.

    Nodes are given by key or name; a name that several have is not guessed at.

    Raises
    ------
    NotKnownError
        There is no such question, or the graph has no such node, or several.
    BadInputError
        See `values_for`.
    StoreError
        The server does not answer, refuses, or takes too long.
    ConflictError
        The database holds no graph of Lianpu, or one that is not written to its end.
    """
    query = question(name)
    values = values_for(query, given)
    connection = Connection(settings)
    try:
        require_migrated(connection)
        if not Ledger(connection).is_whole():
            raise ConflictError(_NOT_WHOLE, _FINISH)
        for each, label in _NAMED.items():
            if isinstance(said := values.get(each), str):
                values[each] = _key(connection, label, said)
        found = connection.read(query.text, **values)
    finally:
        connection.close()
    rows = [dict(zip(query.returns, row, strict=True)) for row in found]
    return QuestionAnswer(question=name, values=values, columns=list(query.returns), rows=rows)


def _whole(name: str, text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text):
        raise BadInputError(_NO_NUMBER.fill(name=name, value=text))
    return int(text)


def _key(connection: Connection, label: str, name: str) -> str:
    """Return the key of the node of that key, name or other name."""
    text = text_of("find_named", label=escaped(label), key=key_of(label))
    found = connection.read(text, name=name)
    chosen = [row for row in found if row[2]] or found
    if not chosen:
        raise NotKnownError(_UNKNOWN.fill(name=name, label=_LABELS[label]))
    if len(chosen) > 1:
        listed = "；".join(f"{called}（{key}）" for key, called, _ in chosen)
        raise NotKnownError(_SEVERAL.fill(name=name, names=listed))
    return str(chosen[0][0])
