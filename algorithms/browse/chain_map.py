"""A chain as a map: nodes with stage, tier, status and counts; edges between them."""

from __future__ import annotations

from typing import Any

from ...settings import Settings
from ..answers.common import (
    coverage_of,
    number,
    product_ref,
    scope_answer,
    snapshot_answer,
    term,
)
from ..answers.gaps import chain_rate
from ..answers.models import Ref
from ..chain import Chain
from ..gaps import Assessment
from ..index import Index
from .chain_firms import NOBODY, Named, firms_of
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

_SOURCES = """
WITH included AS (SELECT source, "end" AS product FROM "INCLUDES" WHERE start = $key),
made AS (
    SELECT p.source FROM "PRODUCES" AS p JOIN product_up AS u ON u.product = p."end"
    WHERE u.ancestor IN (SELECT product FROM included)
)
SELECT o.title FROM (SELECT source FROM included UNION ALL SELECT source FROM made) AS f
JOIN "Source" AS o ON o.id = f.source
WHERE o.title <> '' GROUP BY o.title ORDER BY count(*) DESC, o.title LIMIT $most
"""
SOURCES_NAMED = 8


def chain_map_answer(
    index: Index,
    chain: Chain,
    standing: Assessment | None,
    settings: Settings,
    *,
    firms: int = 0,
) -> ChainMapAnswer:
    """Return the map of a chain.

    Parameters
    ----------
    standing
        How the chain's products stand in a scope, whatever their status; None without a scope.
    firms
        How many leading makers in the scope and how many targets to name of each product.
    """
    rows: list[dict[str, Any]] = index.snapshot.table(_EDGES, {"key": chain.key}).to_pylist()
    named = NOBODY
    if standing and firms:
        named = firms_of(index, standing, chain.product, settings, firms)
    return ChainMapAnswer(
        chain=Ref(id=chain.key, name=chain.name),
        scope=scope_answer(standing.scope, chain) if standing else None,
        snapshot=snapshot_answer(index.snapshot),
        coverage=coverage_of(index, standing.scope) if standing else None,
        nodes=_nodes(index, chain, standing, named),
        edges=[ChainEdge(**row) for row in rows],
        local_rate=chain_rate(standing) if standing else None,
        sources=_sources(index, chain) if firms else [],
    )


def _nodes(
    index: Index, chain: Chain, standing: Assessment | None, named: Named
) -> list[ChainNode]:
    places = {int(p): at for at, p in enumerate(standing.product)} if standing else {}
    nodes: list[ChainNode] = []
    for at, product in enumerate(chain.product.tolist()):
        node = _node(index, chain, at, standing)
        if standing:
            more = _standing(standing, places[product])
            firms = {
                "leaders": named.leaders.get(product, []),
                "targets": named.targets.get(product, []),
            }
            node = node.model_copy(update=more | firms)
        nodes.append(node)
    return nodes


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


def _standing(found: Assessment, at: int) -> dict[str, Any]:
    """What a map says of a product beyond its status."""
    return {
        "kinds": [term(kind) for kind, holds in found.kinds.items() if holds[at]],
        "is_break": bool(found.is_break[at]),
        "reasons": [term(each) for each in found.verdict.reasons_of(int(found.product[at]))],
        "action": term(found.main_action[at]),
        "priority": number(found.score[at]),
    }


def _sources(index: Index, chain: Chain) -> list[str]:
    values = {"key": chain.key, "most": SOURCES_NAMED}
    found: list[str] = index.snapshot.table(_SOURCES, values).column("title").to_pylist()
    return found
