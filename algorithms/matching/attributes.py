"""What can be told of a list of enterprises or products, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...graph.schema import SCHEMA
from ...text import Text
from ..answers.common import snapshot_answer
from ..answers.models import Ref
from ..index import Index
from .describe import said
from .models import AttributesAnswer, Value


@dataclass(frozen=True)
class Attribute:
    """A property, or the other ends of a relation."""

    name: str
    title: Text
    label: str
    """Whose it is: Enterprise or Product."""
    relation: str = ""
    """Empty for a property of the node itself."""
    forward: bool = True
    """Whether the relation leads from the node to what is told."""
    of: str = ""
    """Label of what is told, where that can be matched itself."""
    doc: str = ""


def _own(label: str) -> list[Attribute]:
    node = SCHEMA.node(label)
    return [
        Attribute(each.name, each.title, label, doc=" ".join((each.doc, each.measured_in)).strip())
        for each in node.properties
    ]


ATTRIBUTES: tuple[Attribute, ...] = (
    *_own("Enterprise"),
    Attribute("region", Text("所在地区", "region"), "Enterprise", "LOCATED_IN"),
    Attribute("industry", Text("行业", "industry"), "Enterprise", "BELONGS_TO"),
    Attribute("titles", Text("资质", "titles"), "Enterprise", "HOLDS"),
    Attribute("products", Text("产品", "products"), "Enterprise", "PRODUCES", of="Product"),
    Attribute("clusters", Text("产业集群", "clusters"), "Enterprise", "MEMBER_OF"),
    *_own("Product"),
    Attribute("chains", Text("产业链", "chains"), "Product", "INCLUDES", forward=False),
    Attribute("kind_of", Text("上级产品", "kind of"), "Product", "IS_A", of="Product"),
    Attribute("goes_into", Text("用于", "goes into"), "Product", "INPUT_TO", of="Product"),
    Attribute("inputs", Text("投入", "inputs"), "Product", "INPUT_TO", forward=False, of="Product"),
)


def attributes_answer(index: Index, ids: Sequence[str], names: Sequence[str]) -> AttributesAnswer:
    """Return what is known of enterprises and products by id; an empty list where nothing is."""
    values: dict[str, dict[str, list[Value]]] = {key: {name: [] for name in names} for key in ids}
    for each in ATTRIBUTES:
        if each.name in names:
            for key, value in _told(index, each, list(dict.fromkeys(ids))):
                values[key][each.name].append(value)
    return AttributesAnswer(snapshot=snapshot_answer(index.snapshot), values=values)


def _told(index: Index, each: Attribute, ids: list[str]) -> list[tuple[str, Value]]:
    if each.relation:
        return _ends(index, each, ids)
    found = index.snapshot.table(
        f'SELECT id, "{each.name}" AS value FROM "{each.label}" WHERE list_contains($ids, id)',
        {"ids": ids},
    ).to_pylist()
    return [
        (row["id"], said(each.label, each.name, value))
        for row in found
        for value in _several(row["value"])
    ]


def _ends(index: Index, each: Attribute, ids: list[str]) -> list[tuple[str, Value]]:
    kind = SCHEMA.relation(each.relation)
    other = SCHEMA.node(kind.end if each.forward else kind.start)
    near, far = ("start", '"end"') if each.forward else ('"end"', "start")
    found = index.snapshot.table(
        f'SELECT f.{near} AS id, o."{other.key.name}" AS key, o.name AS name '
        f'FROM "{each.relation}" AS f JOIN "{other.label}" AS o ON o."{other.key.name}" = f.{far} '
        f"WHERE list_contains($ids, f.{near}) ORDER BY 1, 2",
        {"ids": ids},
    ).to_pylist()
    return [
        (row["id"], Ref(id=row["key"], name=row["name"] or row["key"]) if each.of else row["name"])
        for row in found
    ]


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
