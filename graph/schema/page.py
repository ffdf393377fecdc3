"""The reference page of the schema, derived from its declaration."""

from __future__ import annotations

from . import SCHEMA
from .types import NodeType, Property, RelationType

_INTRO = """# The schema

Derived from `graph/schema`; do not edit. Every row carries, besides its own properties, what is
listed under [Every fact](#every-fact). Nothing is overwritten: a change retires the row and starts
a new one. *Structural* types (codes, products, chains) hold back in time: their `as_of` says when
they were looked up, not when they began.
"""


def schema_page() -> str:
    """Return the page as Markdown."""
    parts = [_INTRO, "## Nodes\n", *map(_node, SCHEMA.nodes)]
    parts += ["## Relations\n", *map(_relation, SCHEMA.relations)]
    parts += ["## Every fact\n", _table(SCHEMA.fact)]
    return "\n".join(parts)


def _node(kind: NodeType) -> str:
    said = f"{kind.doc}{_structural(kind)}"
    return f"### {kind.label} {kind.title.zh}\n\n{said}\n\n{_table(kind.columns)}"


def _relation(kind: RelationType) -> str:
    head = f"### {kind.type} {kind.title.zh}\n\n`({kind.start})-[:{kind.type}]->({kind.end})`"
    identity = ", ".join(f"`{name}`" for name in kind.identity)
    said = f"{kind.doc}{_structural(kind)} One fact for each ({identity})."
    table = f"\n\n{_table(kind.properties)}" if kind.properties else "\n"
    return f"{head}\n\n{said}{table}"


def _structural(kind: NodeType | RelationType) -> str:
    return " *Structural.*" if kind.structural else ""


def _table(columns: tuple[Property, ...]) -> str:
    lines = ["| property | 名称 | type | unit | meaning |", "| --- | --- | --- | --- | --- |"]
    for each in columns:
        values = ", ".join(f"{choice.value} {choice.text.zh}" for choice in each.choices)
        meaning = "; ".join(part for part in (each.doc, values) if part)
        cells = (f"`{each.name}`", each.title.zh, each.kind.word, each.measured_in, meaning)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
