"""What the algorithms answer is what the model's page says, on graphs nobody thought of."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from lianpu.algorithms.answers.models import GapAnswer, PartAnswer, TargetsAnswer
from lianpu.atlas import Atlas

from ..support.graphs import Graph
from .graphs import CHAINS, CLUSTERS, PRODUCTS, REGIONS, graphs, written
from .oracle.gaps import Gap, Gaps
from .oracle.record import Record
from .oracle.scopes import Place
from .oracle.targets import Targets

Scope = tuple[str | None, str | None]
"""A region or a cluster."""
REGION_SCOPES: list[Scope] = [(region, None) for region in REGIONS]
CLUSTER_SCOPES: list[Scope] = [(None, cluster) for cluster in CLUSTERS]
SCOPES = REGION_SCOPES + CLUSTER_SCOPES
modest = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@modest
@given(graphs(), st.lists(st.sampled_from(SCOPES), unique_by=str, min_size=2, max_size=3))
def test_the_gaps_are_those_of_the_oracle(graph: Graph, scopes: list[Scope]) -> None:
    note(written(graph))
    with _published(graph) as (atlas, record):
        found = [d for scope in scopes for d in _gap_differences(atlas, record, scope)]
    assert not found, "\n".join(found)


@modest
@given(
    graphs(),
    st.lists(st.sampled_from(SCOPES), unique_by=str, min_size=2, max_size=2),
    st.lists(st.sampled_from(PRODUCTS), unique=True, min_size=2, max_size=3),
)
def test_the_targets_are_those_of_the_oracle(
    graph: Graph, scopes: list[Scope], products: list[str]
) -> None:
    note(written(graph))
    with _published(graph) as (atlas, record):
        found = [
            f"{scope} {product} {d}"
            for scope in scopes
            for product in products
            for d in _target_differences(atlas, record, scope, product)
        ]
    assert not found, "\n".join(found)


@contextmanager
def _published(graph: Graph) -> Generator[tuple[Atlas, Record]]:
    """A graph in a folder of its own: an atlas over it, and the oracle's record of it."""
    with tempfile.TemporaryDirectory() as folder:
        yield graph.publish(Path(folder)), Record(graph.rows, date.today())


def _gap_differences(atlas: Atlas, record: Record, scope: Scope) -> Iterator[str]:
    for chain in (None, *CHAINS):
        where = f"{scope} {chain}"
        oracle = Gaps(Place(record, *scope), atlas.settings, chain)
        answer = atlas.gaps(scope[0], chain, cluster=scope[1], all_statuses=True, evidence=False)
        expected, given = oracle.answer(), {gap.product.id: gap for gap in answer.gaps}
        if expected.keys() != given.keys():
            yield f"{where} products {sorted(given)} ≠ {sorted(expected)}"
            continue
        rate = (answer.local_rate.value, answer.local_rate.covered)
        if chain:
            yield from _differing({where: rate}, {where: oracle.chain_rate()})
        for product, gap in given.items():
            said, right = _of_answer(gap), _of_oracle(expected[product])
            yield from (f"{where} {product} {d}" for d in _differing(said, right))
        scores = [round(g.priority.score or 0.0, 9) for g in answer.gaps]
        if scores != sorted(scores, reverse=True):
            yield f"{where} order {scores}"


def _of_answer(gap: GapAnswer) -> dict[str, Any]:
    makers = gap.makers
    return {
        "status": gap.status.code,
        "reasons": {reason.code for reason in gap.reasons},
        "kinds": {kind.code for kind in gap.kinds},
        "break": gap.is_break,
        "certainty": gap.certainty,
        "users": gap.users,
        "need": gap.need,
        "supply": gap.supply,
        "potential": gap.potential,
        "makers": makers.local,
        "titled": makers.titled,
        "national": makers.national,
        "by statistics": makers.by_statistics,
        "hhi": makers.hhi,
        "nearest": (makers.nearest.level, makers.nearest.count),
        "outside": makers.nearest.outside,
        "rate": (gap.local_rate.value, gap.local_rate.basis),
        "quotient": (gap.location_quotient.value, gap.location_quotient.basis),
        "action": gap.action.code,
        "other actions": {action.code for action in gap.other_actions},
        "score": gap.priority.score,
    } | _parts(gap.priority.parts)


def _of_oracle(gap: Gap) -> dict[str, Any]:
    figure = gap.figure
    return {
        "status": gap.status,
        "reasons": gap.reasons,
        "kinds": gap.kinds,
        "break": gap.is_break,
        "certainty": figure.certainty,
        "users": len(figure.users),
        "need": figure.need,
        "supply": figure.supply,
        "potential": gap.potential,
        "makers": len(figure.makers),
        "titled": gap.titled,
        "national": gap.national,
        "by statistics": figure.by_statistics,
        "hhi": figure.hhi,
        "nearest": gap.nearest,
        "outside": gap.outside,
        "rate": (figure.rate, figure.rate_basis),
        "quotient": (figure.quotient, figure.quotient_basis),
        "action": gap.action,
        "other actions": gap.other_actions,
        "score": gap.score,
    } | gap.parts


def _target_differences(atlas: Atlas, record: Record, scope: Scope, product: str) -> Iterator[str]:
    answer = atlas.targets(scope[0], product, cluster=scope[1], limit=None)
    oracle = Targets(Place(record, *scope), atlas.settings, product)
    given = {target.enterprise.id: target for target in answer.targets}
    yield from _differing(
        _around(answer),
        {"targets": set(oracle.targets), "excluded": oracle.excluded, "rivals": oracle.rivals()},
    )
    for firm, target in oracle.targets.items():
        if firm in given:
            said = {
                "makes": given[firm].makes.id,
                "exact": given[firm].exact,
                "score": given[firm].score,
                "linked": {each.id for each in given[firm].linked},
            } | _parts(given[firm].parts)
            right = {
                "makes": target.makes,
                "exact": target.exact,
                "score": target.score,
                "linked": target.linked,
            }
            yield from (f"{firm} {d}" for d in _differing(said, right | target.parts))
    scores = [round(target.score or 0.0, 9) for target in answer.targets]
    if scores != sorted(scores, reverse=True):
        yield f"order {scores}"


def _around(answer: TargetsAnswer) -> dict[str, Any]:
    return {
        "targets": {target.enterprise.id for target in answer.targets},
        "excluded": {each.enterprise.id: each.gate.code for each in answer.excluded},
        "rivals": {each.id for each in answer.rivals},
    }


def _parts(parts: list[PartAnswer]) -> dict[str, tuple[float | None, float | None]]:
    return {part.name: (part.raw, part.value) for part in parts}


def _differing(said: Mapping[str, Any], right: Mapping[str, Any]) -> Iterator[str]:
    for name in (*right, *(name for name in said if name not in right)):
        if not _same(said.get(name), right.get(name)):
            yield f"{name}: {said.get(name)} ≠ {right.get(name)}"


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return all(_same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, float) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return bool(one == other)
