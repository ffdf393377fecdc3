"""The words in which the schema is declared."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

import pyarrow as pa

from ...text import Text


class Kind(Enum):
    """What a property holds: its Arrow type, its DuckDB type and its unit."""

    TEXT = ("text", pa.string(), "VARCHAR", "")
    TEXTS = ("texts", pa.list_(pa.string()), "VARCHAR[]", "")
    INTEGER = ("integer", pa.int64(), "BIGINT", "")
    NUMBER = ("number", pa.float64(), "DOUBLE", "")
    MONEY = ("money", pa.float64(), "DOUBLE", "yuan")
    SHARE = ("share", pa.float64(), "DOUBLE", "0 to 1")
    DATE = ("date", pa.date32(), "DATE", "")
    FLAG = ("flag", pa.bool_(), "BOOLEAN", "")

    def __init__(self, word: str, arrow: pa.DataType, duckdb: str, unit: str) -> None:
        self.word = word
        self.arrow = arrow
        self.duckdb = duckdb
        self.unit = unit


@dataclass(frozen=True)
class Choice:
    """One allowed value of a property and the words that people write for it."""

    value: str
    text: Text
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Property:
    """A property of a node or a relation.

    `name` is the column's name everywhere; `title` is what people see above the column, `aliases`
    are further headers under which it is recognised.
    """

    name: str
    kind: Kind
    title: Text
    doc: str = ""
    unit: str = ""
    aliases: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()

    @property
    def measured_in(self) -> str:
        """The unit, from the property itself or else from its kind."""
        return self.unit or self.kind.unit


@dataclass(frozen=True)
class NodeType:
    """A label: its key and its properties.

    `structural` nodes (codes, products, chains) hold back in time until said otherwise: their
    `as_of` says when they were looked up, not when they began.
    """

    label: str
    key: Property
    title: Text
    doc: str
    properties: tuple[Property, ...] = ()
    structural: bool = False

    @property
    def name(self) -> str:
        """The name of the type's table."""
        return self.label

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns that say which thing a row speaks of."""
        return (self.key.name,)

    @property
    def columns(self) -> tuple[Property, ...]:
        """The key and then the properties."""
        return (self.key, *self.properties)

    @property
    def values(self) -> tuple[Property, ...]:
        """The columns whose change makes a new version of the row."""
        return self.properties

    @property
    def starts(self) -> str | None:
        """The property that says when the fact began, where there is one."""
        return None


@dataclass(frozen=True)
class RelationType:
    """A relation from `start` to `end`.

    `identity` names the columns that say which fact a row speaks of; all others are values whose
    change retires the row and starts a new one. An enterprise has one registered home: the
    identity of LOCATED_IN is (start), so moving house retires the old address.
    """

    type: str
    start: str
    end: str
    title: Text
    doc: str
    properties: tuple[Property, ...] = ()
    identity: tuple[str, ...] = ("start", "end")
    structural: bool = False
    starts: str | None = None

    @property
    def name(self) -> str:
        """The name of the type's table."""
        return self.type

    @property
    def columns(self) -> tuple[Property, ...]:
        """Both ends and then the properties."""
        return (START, END, *self.properties)

    @property
    def values(self) -> tuple[Property, ...]:
        """The columns whose change makes a new version of the row."""
        return tuple(column for column in self.columns if column.name not in self.identity)


@dataclass(frozen=True)
class Schema:
    """All node and relation types, and what every stated fact carries."""

    nodes: tuple[NodeType, ...]
    relations: tuple[RelationType, ...]
    fact: tuple[Property, ...]
    by_name: dict[str, NodeType | RelationType] = field(init=False)

    def __post_init__(self) -> None:
        types: tuple[NodeType | RelationType, ...] = (*self.nodes, *self.relations)
        object.__setattr__(self, "by_name", {each.name: each for each in types})

    @property
    def types(self) -> tuple[NodeType | RelationType, ...]:
        """Node types, then relation types."""
        return (*self.nodes, *self.relations)

    def node(self, label: str) -> NodeType:
        """Return the node type of that label (KeyError where there is none)."""
        found = self.by_name[label]
        assert isinstance(found, NodeType)  # noqa: S101 - names are unique over both kinds
        return found

    def relation(self, name: str) -> RelationType:
        """Return the relation type of that name (KeyError where there is none)."""
        found = self.by_name[name]
        assert isinstance(found, RelationType)  # noqa: S101
        return found


START = Property("start", Kind.TEXT, Text("起点", "start"), "key of the node it goes out from")
END = Property("end", Kind.TEXT, Text("终点", "end"), "key of the node it leads to")
