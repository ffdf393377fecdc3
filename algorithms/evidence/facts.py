"""Facts as evidence: a relation, both its ends by name, what it states, its source and its day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
from pydantic import BaseModel, ConfigDict

from ...graph.schema import SCHEMA, RelationType
from ...graph.snapshot import Snapshot
from ...graph.sql import one_of
from ...text import Text


class Fact(BaseModel):
    """One stated fact, as it stands in the graph."""

    model_config = ConfigDict(frozen=True)

    role: str
    """What it is evidence of: maker, user, input, nearest, home, link …"""
    relation: str
    start: str
    start_name: str
    end: str
    end_name: str
    states: dict[str, Any]
    """The properties that it states, in the units of the schema."""
    source: str
    """Title of the source."""
    link: str | None
    as_of: date
    confidence: float

    def sentence(self) -> Text:
        """Return the fact in words, with its source and day."""
        title = SCHEMA.relation(self.relation).title
        return Text(
            f"{self.start_name} {title.zh} {self.end_name}（{self.source}，{self.as_of}）",
            f"{self.start_name} {title.en} {self.end_name} ({self.source}, {self.as_of})",
        )


_FIRM = "Enterprise"
_LISTED = 1000
"""Up to how many starts a query names one by one."""
WANTED = pa.schema(
    [("about", pa.string()), ("role", pa.string()), ("start", pa.string()), ("end", pa.string())]
)
"""What to look up: facts between two keys, and which thing they are evidence about."""


def facts_between(snapshot: Snapshot, relation: str, wanted: pa.Table) -> dict[str, list[Fact]]:
    """Return the facts of a relation between the wanted ends, by what they are about.

    A wanted end that is a product stands for all that is a kind of it, so that "makes batteries"
    finds "makes lithium batteries".
    """
    if wanted.num_rows == 0:
        return {}
    kind = SCHEMA.relation(relation)
    starts = set(wanted.column("start").to_pylist())
    narrow = one_of("f.start", starts) if len(starts) <= _LISTED else "true"
    sql = (
        f"SELECT DISTINCT w.about, w.role, {_columns(kind)} FROM wanted AS w {_kinds(kind)} "
        f'JOIN "{relation}" AS f ON f.start = w.start AND f."end" = {_end(kind)} '
        f'{_names(kind)} WHERE {narrow} ORDER BY w.about, w.role, f.start, f."end"'
    )
    found = snapshot.table(sql, given={"wanted": wanted}).to_pylist()
    return _grouped(snapshot, kind, found)


def facts_where(
    snapshot: Snapshot,
    relation: str,
    role: str,
    about: str,
    condition: str,
    values: dict[str, Any],
    joined: str = "",
) -> dict[str, list[Fact]]:
    """Return the facts of a relation that meet a condition on `f`, its ends `s` and `e`.

    An end that is an enterprise is not joined: a condition cannot speak of it.

    `about` is the SQL expression for what each is evidence about; `joined` are further joins that
    it and the condition may refer to.
    """
    kind = SCHEMA.relation(relation)
    sql = (
        f"SELECT {about} AS about, '{role}' AS role, {_columns(kind)} "
        f'FROM "{relation}" AS f {_names(kind)} {joined} WHERE {condition} '
        'ORDER BY f.start, f."end"'
    )
    return _grouped(snapshot, kind, snapshot.table(sql, values).to_pylist())


def _grouped(
    snapshot: Snapshot, kind: RelationType, found: list[dict[str, Any]]
) -> dict[str, list[Fact]]:
    """Enterprises are named here: to join a million names for a handful of facts costs most."""
    grouped: dict[str, list[Fact]] = {}
    firms = [end for end, label in (("start", kind.start), ("end", kind.end)) if label == _FIRM]
    names = snapshot.enterprise_names(row[end] for row in found for end in firms)
    for row in found:
        row |= {f"{end}_name": names.get(row[end]) for end in firms}
        grouped.setdefault(row["about"], []).append(_fact(kind, row))
    return grouped


def _fact(kind: RelationType, row: dict[str, Any]) -> Fact:
    states = {each.name: row[each.name] for each in kind.properties if row[each.name] is not None}
    return Fact(
        role=row["role"],
        relation=kind.name,
        start=row["start"],
        start_name=row["start_name"] or row["start"],
        end=row["end"],
        end_name=row["end_name"] or row["end"],
        states=states,
        source=row["source_title"] or "",
        link=row["source_link"],
        as_of=row["as_of"],
        confidence=row["confidence"],
    )


def _columns(kind: RelationType) -> str:
    own = "".join(f', f."{each.name}"' for each in kind.properties)
    start, end = ("NULL" if each == _FIRM else name for each, name in _ends(kind))
    return (
        f'f.start, {start} AS start_name, f."end", {end} AS end_name, f.as_of, f.confidence, '
        f"o.title AS source_title, o.link AS source_link{own}"
    )


def _ends(kind: RelationType) -> tuple[tuple[str, str], tuple[str, str]]:
    return (kind.start, "s.name"), (kind.end, "e.name")


def _names(kind: RelationType) -> str:
    joined = 'LEFT JOIN "Source" AS o ON o.id = f.source'
    for label, alias, column in ((kind.start, "s", "f.start"), (kind.end, "e", 'f."end"')):
        if label != _FIRM:
            key = SCHEMA.node(label).key.name
            joined += f' LEFT JOIN "{label}" AS {alias} ON {alias}."{key}" = {column}'
    return joined


def _kinds(kind: RelationType) -> str:
    return 'JOIN product_up AS u ON u.ancestor = w."end"' if kind.name == "PRODUCES" else ""


def _end(kind: RelationType) -> str:
    return "u.product" if kind.name == "PRODUCES" else 'w."end"'
