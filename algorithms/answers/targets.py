"""Targets as an answer."""

from __future__ import annotations

import numpy as np

from ...text import Text
from ..evidence import Fact, evidence_of_demand, evidence_of_targets
from ..gaps import Assessment
from ..index import Index
from ..status import Status
from ..targets import Excluded, Gate, Targets
from .common import (
    coverage_of,
    enterprise_refs,
    number,
    part_answers,
    product_ref,
    region_ref,
    scope_answer,
    snapshot_answer,
    term,
)
from .models import GateAnswer, Ref, TargetAnswer, TargetsAnswer

_GAP = {
    Status.MISSING: Text("本地尚无企业生产", "nobody here makes it"),
    Status.UNKNOWN: Text(
        "本地是否有企业生产尚不清楚", "whether anybody here makes it is not known"
    ),
    Status.WEAK: Text("本地环节薄弱", "it is weak here"),
}
_STANDS = Text("本地已有生产", "it is made here")


def targets_answer(
    index: Index,
    found: Targets,
    standing: Assessment,
    *,
    offset: int = 0,
    limit: int | None = None,
    evidence: bool = True,
) -> TargetsAnswer:
    """Return targets as an answer; `standing` tells how the product stands in the scope."""
    every = np.arange(len(found))
    chosen = every[offset:] if limit is None else every[offset : offset + limit]
    facts = evidence_of_targets(index, found, chosen) if evidence else {}
    demand = evidence_of_demand(index, standing.figures, found.product) if evidence else []
    names = _names(index, found, chosen)
    status = standing.verdict.status[found.product]
    return TargetsAnswer(
        scope=scope_answer(found.scope, standing.chain),
        snapshot=snapshot_answer(index.snapshot),
        coverage=coverage_of(index, found.scope),
        product=product_ref(index, found.product),
        status=term(status),
        demand=demand,
        rivals=[region_ref(index, int(each)) for each in found.rivals],
        total=len(found),
        targets=[
            _target(index, found, int(each), names, facts, (status, demand)) for each in chosen
        ],
        excluded=[_excluded(each, names) for each in found.excluded],
    )


def _target(
    index: Index,
    found: Targets,
    at: int,
    names: dict[str, Ref],
    facts: dict[str, list[Fact]],
    gap: tuple[Status, list[Fact]],
) -> TargetAnswer:
    key = str(index.firms.ids[found.candidates.firm[at]])
    home = int(index.firms.home[found.candidates.firm[at]])
    linked = [
        names[str(index.firms.ids[each])]
        for each in np.union1d(found.supplies[at], found.owns[at]).astype(int)
    ]
    makes = product_ref(index, int(found.candidates.near[at]))
    return TargetAnswer(
        enterprise=names[key],
        home=region_ref(index, home) if home >= 0 else None,
        makes=makes,
        exact=bool(found.candidates.exact[at]),
        score=number(found.score[at]),
        parts=part_answers(found.parts, at),
        gates=[term(gate) for gate in Gate],
        linked=linked,
        why=str(_why(index, found, names[key], makes, linked, gap)),
        evidence=facts.get(key, []),
    )


def _why(
    index: Index,
    found: Targets,
    who: Ref,
    makes: Ref,
    linked: list[Ref],
    gap: tuple[Status, list[Fact]],
) -> Text:
    """The argument in one sentence: need here, gap here, ability there, links between."""
    status, demand = gap
    sought = index.products.names[found.product]
    user = next((fact for fact in demand if fact.role == "user"), None)
    zh, en = "", ""
    if user:
        zh = f"本地{user.start_name}生产{user.end_name}，需要{sought}；"
        en = f"{user.start_name} here makes {user.end_name}, which needs {sought}; "
    state = _GAP.get(status, _STANDS)
    zh += f"{state.zh}；{who.name}生产{makes.name}"
    en += f"{state.en}; {who.name} makes {makes.name}"
    if linked:
        others = "、".join(each.name for each in linked[:3])
        zh, en = f"{zh}，与本地{others}已有往来", f"{en} and is linked to {others} here"
    return Text(f"{zh}。", f"{en}.")


def _excluded(each: Excluded, names: dict[str, Ref]) -> GateAnswer:
    because = names[each.because].name if each.because in names else each.because
    return GateAnswer(enterprise=names[each.enterprise], gate=term(each.gate), because=because)


def _names(index: Index, found: Targets, chosen: np.ndarray) -> dict[str, Ref]:
    numbers = [found.candidates.firm[chosen]]
    numbers += [each for at in chosen for each in (found.supplies[at], found.owns[at])]
    firms = np.unique(np.concatenate(numbers)).astype(int)
    wanted = [str(index.firms.ids[each]) for each in firms]
    wanted += [each.enterprise for each in found.excluded] + [e.because for e in found.excluded]
    return enterprise_refs(index.snapshot, wanted)
