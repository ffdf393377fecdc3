"""The evidence path between two enterprises: the fewest facts that join them."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from ...graph.schema import SCHEMA
from ..answers.common import snapshot_answer
from ..answers.models import Ref
from ..evidence import Fact, facts_where
from ..index import Index
from ..lookup import Named
from .models import PathAnswer

JOINING = (
    "SUPPLIES",
    "INVESTS_IN",
    "PRODUCES",
    "INPUT_TO",
    "IS_A",
    "UNDERTAKES",
    "FILLS",
    "MEMBER_OF",
)
"""What joins. Sharing a region, an industry or a title is no evidence of a link."""

_BOTH_WAYS = " UNION ALL ".join(
    f"SELECT '{name}' AS relation, start AS here, \"end\" AS there, true AS onward "
    f'FROM "{name}" UNION ALL '
    f'SELECT \'{name}\', "end", start, false FROM "{name}"'
    for name in JOINING
)
_STEP = f"""
SELECT j.there, arg_min(
    {{'relation': j.relation, 'here': j.here, 'onward': j.onward}},
    (list_position({list(JOINING)}, j.relation), j.here)
) AS via
FROM ({_BOTH_WAYS}) AS j
SEMI JOIN frontier AS f ON f.key = j.here
ANTI JOIN seen AS s ON s.key = j.there
GROUP BY j.there
ORDER BY j.there
"""
"""Among equally short ways, trade goes before ownership, ownership before products."""


def path_answer(index: Index, start: Named, end: Named, most: int) -> PathAnswer:
    """Return the shortest way of at most `most` facts from one enterprise to another."""
    came_from = _search(index, start.key, end.key, most)
    facts = _facts(index, came_from, end.key) if end.key in came_from else []
    there = start.key == end.key or bool(facts)
    return PathAnswer(
        start=Ref(id=start.key, name=start.name),
        end=Ref(id=end.key, name=end.name),
        snapshot=snapshot_answer(index.snapshot),
        steps=len(facts) if there else None,
        facts=facts,
    )


def _search(index: Index, start: str, end: str, most: int) -> dict[str, dict[str, Any] | None]:
    came_from: dict[str, dict[str, Any] | None] = {start: None}
    frontier = [start]
    for _ in range(most):
        if end in came_from or not frontier:
            break
        given = {"frontier": _keys(frontier), "seen": _keys(list(came_from))}
        rows = index.snapshot.table(_STEP, given=given).to_pylist()
        came_from |= {row["there"]: row["via"] for row in rows}
        frontier = [row["there"] for row in rows]
    return came_from


def _facts(index: Index, came_from: dict[str, dict[str, Any] | None], end: str) -> list[Fact]:
    facts: list[Fact] = []
    there = end
    while via := came_from[there]:
        ends = (via["here"], there) if via["onward"] else (there, via["here"])
        found = facts_where(
            index.snapshot,
            via["relation"],
            _role(via["relation"]),
            "''",
            'f.start = $start AND f."end" = $end',
            {"start": ends[0], "end": ends[1]},
        )
        facts.insert(0, found[""][0])
        there = via["here"]
    return facts


def _role(relation: str) -> str:
    kind = SCHEMA.relation(relation)
    return "link" if kind.start == kind.end == "Enterprise" else "product"


def _keys(keys: list[str]) -> pa.Table:
    return pa.table({"key": pa.array(keys, pa.string())})
