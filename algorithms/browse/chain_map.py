"""A chain as a map: nodes with stage, tier, status and counts; edges between them."""

from __future__ import annotations

from typing import Any

from ..answers.common import coverage_of, product_ref, scope_answer, snapshot_answer, term
from ..answers.models import Ref
from ..chain import Chain
from ..gaps import Assessment
from ..index import Index
from .models import ChainEdge, ChainMapAnswer, ChainNode

_EDGES = """
WITH included AS (SELECT "end" AS product FROM "INCLUDES" WHERE start = $key)
SELECT start, "end", 'INPUT_TO' AS relation, coalesce(essential, false) AS essential, coefficient
FROM "INPUT_TO" WHERE start IN (FROM included) AND "end" IN (FROM included)
UNION ALL
SELECT start, "end", 'IS_A', false, NULL
FROM "IS_A" WHERE start IN (FROM included) AND "end" IN (FROM included)
ORDER BY relation, start, "end"
"""


def chain_map_answer(index: Index, chain: Chain, standing: Assessment | None) -> ChainMapAnswer:
    """Return the map of a chain; `standing` tells how its products stand in a scope."""
    rows: list[dict[str, Any]] = index.snapshot.table(_EDGES, {"key": chain.key}).to_pylist()
    return ChainMapAnswer(
        chain=Ref(id=chain.key, name=chain.name),
        scope=scope_answer(standing.scope, chain) if standing else None,
        snapshot=snapshot_answer(index.snapshot),
        coverage=coverage_of(index, standing.scope) if standing else None,
        nodes=[_node(index, chain, at, standing) for at in range(len(chain.product))],
        edges=[ChainEdge(**row) for row in rows],
    )


def _node(index: Index, chain: Chain, at: int, standing: Assessment | None) -> ChainNode:
    product = int(chain.product[at])
    figures = standing.figures if standing else None
    everywhere = int(index.makers_all[product])
    return ChainNode(
        product=product_ref(index, product),
        stage=chain.stage[at],
        tier=chain.tier[at],
        group=chain.group[at],
        key=bool(chain.key_link[at]),
        status=term(standing.verdict.status[product]) if standing else None,
        makers=int(figures.makers[product]) if figures else everywhere,
        makers_elsewhere=int(standing.outside.outside[product]) if standing else 0,
        users=int(figures.users[product]) if figures else 0,
    )
