"""What is around an enterprise: facts to k steps, led on by enterprises only."""

from __future__ import annotations

from collections.abc import Iterable

from ...graph.schema import SCHEMA, RelationType
from ..answers.common import snapshot_answer
from ..answers.models import Ref
from ..evidence import Fact, facts_where
from ..index import Index
from ..lookup import Named
from .models import NeighbourhoodAnswer, Node

RELATIONS = tuple(kind.name for kind in SCHEMA.relations if "Enterprise" in (kind.start, kind.end))
"""Relations with an enterprise at one end at least."""
JOINING = ("SUPPLIES", "INVESTS_IN", "PRODUCES", "UNDERTAKES", "MEMBER_OF", "LOCATED_IN")
"""What is followed where nothing else is asked for."""


def neighbourhood_answer(
    index: Index, centre: Named, steps: int, relations: Iterable[str], limit: int
) -> NeighbourhoodAnswer:
    """Return the nodes within `steps` facts of an enterprise, `limit` nodes at the most.

    A step leads on from enterprises only: a product or a region joins thousands of firms that
    have nothing else in common.
    """
    found = _Found(limit, Node(id=centre.key, label="Enterprise", name=centre.name, steps=0))
    frontier = [centre.key]
    for step in range(1, steps + 1):
        facts = [
            (SCHEMA.relation(name), fact)
            for name in relations
            for fact in _touching(index, name, frontier)
        ]
        frontier = found.take(facts, step)
        if not frontier:
            break
    return NeighbourhoodAnswer(
        enterprise=Ref(id=centre.key, name=centre.name),
        snapshot=snapshot_answer(index.snapshot),
        nodes=list(found.nodes.values()),
        facts=list(found.facts.values()),
        cut=found.cut,
    )


def _touching(index: Index, relation: str, ids: list[str]) -> list[Fact]:
    kind = SCHEMA.relation(relation)
    ends = [
        f"list_contains($ids, {column})"
        for end, column in ((kind.start, "f.start"), (kind.end, 'f."end"'))
        if end == "Enterprise"
    ]
    found = facts_where(
        index.snapshot, relation, "neighbour", "''", f"({' OR '.join(ends)})", {"ids": ids}
    )
    return found.get("", [])


class _Found:
    """What has been gathered so far."""

    def __init__(self, limit: int, centre: Node) -> None:
        self.limit = limit
        self.nodes: dict[tuple[str, str], Node] = {("Enterprise", centre.id): centre}
        self.facts: dict[tuple[object, ...], Fact] = {}
        self.cut = False

    def take(self, facts: Iterable[tuple[RelationType, Fact]], step: int) -> list[str]:
        """Take facts in; return the enterprises that are new."""
        fresh: list[str] = []
        for kind, fact in facts:
            ends = ((kind.start, fact.start, fact.start_name), (kind.end, fact.end, fact.end_name))
            new = [each for each in ends if each[:2] not in self.nodes]
            if len(self.nodes) + len(new) > self.limit:
                self.cut = True
                continue
            for label, key, name in new:
                self.nodes[(label, key)] = Node(id=key, label=label, name=name, steps=step)
                fresh += [key] if label == "Enterprise" else []
            parts = (fact.relation, fact.start, fact.end, fact.states.get("product"))
            self.facts.setdefault(parts, fact)
        return fresh
