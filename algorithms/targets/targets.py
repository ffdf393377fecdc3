"""Targets: whom to call for a gap, and why them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...settings import Settings
from ..groundwork import groundwork_of
from ..index import Floats, Index, Ints
from ..parts import Part, falling_order, weighted_mean
from ..scope import Scope
from .candidates import Candidates, candidates_for
from .contention import rivals
from .gates import Excluded, Gate, already_here, not_active, same_group, turned_down
from .links import links_of
from .score import Pull, score_parts


@dataclass(frozen=True)
class Targets:
    """Candidates for a gap that passed all gates, the best first; and who did not, and why."""

    scope: Scope
    product: int
    candidates: Candidates
    score: Floats
    parts: list[Part]
    supplies: list[Ints]
    """For each candidate the local enterprises that it trades with."""
    owns: list[Ints]
    """For each candidate the local enterprises that it shares owners with."""
    rivals: Ints
    """Other regions with the same gap and more pull."""
    excluded: list[Excluded]

    def __len__(self) -> int:
        return len(self.candidates)


def find_targets(index: Index, scope: Scope, product: int, settings: Settings) -> Targets:
    """Return whom to call so that a product is made in a scope, by falling score."""
    found = candidates_for(index, product, scope.members)
    links = links_of(index)
    here = already_here(index, scope, found, links.group)
    excluded = not_active(index, product)
    over = turned_down(index, scope, product, found)
    excluded += [
        Excluded(index.firms.ids[firm], gate, because)
        for gate, gone in ((Gate.ALREADY_HERE, here), (Gate.TURNED_DOWN, over))
        for firm, because in gone.items()
        if gate is Gate.ALREADY_HERE or firm not in here
    ]
    keep = ~np.isin(found.firm, np.array([*here, *over], dtype=np.int64))
    found = _taken(found, np.flatnonzero(keep))
    figures = groundwork_of(index, scope, settings).figures
    contending = rivals(index, scope, product, int(figures.users[product]))
    pull = Pull(float(figures.need[product]), len(contending))
    scored = score_parts(index, settings, scope, found, pull, links)
    score = weighted_mean(scored.parts)
    double = same_group(links.group, found.firm, score)
    ids = index.firms.ids
    excluded += [
        Excluded(ids[found.firm[each]], Gate.SAME_GROUP, ids[found.firm[best]])
        for each, best in double.items()
    ]
    order = np.lexsort((found.firm, falling_order(score)))
    order = np.array([each for each in order.tolist() if each not in double], dtype=np.int64)
    return Targets(
        scope=scope,
        product=product,
        candidates=_taken(found, order),
        score=score[order],
        parts=[part.take(order) for part in scored.parts],
        supplies=[scored.supplies[each] for each in order],
        owns=[scored.owns[each] for each in order],
        rivals=contending,
        excluded=excluded,
    )


def _taken(found: Candidates, positions: Ints) -> Candidates:
    return Candidates(
        found.product,
        found.firm[positions],
        found.near[positions],
        found.nearness[positions],
        found.output[positions],
    )
