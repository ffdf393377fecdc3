"""Pieces that several answers share."""

from __future__ import annotations

from enum import Enum

import numpy as np

from ...graph.snapshot import Snapshot
from ..chain import Chain
from ..index import Index
from ..parts import Part
from ..scope import Scope
from .models import PartAnswer, Ref, ScopeAnswer, ScopeCoverage, SnapshotAnswer, Term


def term(word: Enum) -> Term:
    """Return a word of the model: its name in lower case, and how it reads."""
    return Term(code=word.name.lower(), text=str(word.value))


def number(value: float) -> float | None:
    """Return a figure, None where it is not known."""
    return None if np.isnan(value) else float(value)


def product_ref(index: Index, product: int) -> Ref:
    """Return a product by its number."""
    return Ref(id=index.products.keys[product], name=index.products.names[product])


def region_ref(index: Index, region: int) -> Ref:
    """Return a region by its number."""
    return Ref(id=index.regions.codes[region], name=index.regions.names[region])


def enterprise_refs(snapshot: Snapshot, ids: list[str]) -> dict[str, Ref]:
    """Return enterprises by id."""
    names = snapshot.enterprise_names(ids)
    return {each: Ref(id=each, name=names.get(each, each)) for each in ids}


def scope_answer(scope: Scope, chain: Chain | None) -> ScopeAnswer:
    """Return what the question was about."""
    return ScopeAnswer(
        kind=scope.kind,
        id=scope.key,
        name=scope.name,
        chain=Ref(id=chain.key, name=chain.name) if chain else None,
    )


def snapshot_answer(snapshot: Snapshot) -> SnapshotAnswer:
    """Return which snapshot answered."""
    return SnapshotAnswer(number=snapshot.number, date=snapshot.manifest.day, as_of=snapshot.as_of)


def coverage_of(index: Index, scope: Scope) -> ScopeCoverage:
    """Return how far the record of the scope's active enterprises reaches."""
    known = index.firms.known[scope.members]
    revenue = index.firms.revenue[scope.members]
    reported = ~np.isnan(revenue)
    return ScopeCoverage(
        enterprises=len(known),
        known=int(known.sum()),
        revenue=float(revenue[reported].sum()) if reported.any() else None,
        known_revenue=float(revenue[reported & known].sum()) if reported.any() else None,
    )


def part_answers(parts: list[Part], thing: int) -> list[PartAnswer]:
    """Return the parts of one thing's score."""
    return [
        PartAnswer(
            name=part.name,
            text=str(part.title),
            value=number(part.value[thing]),
            raw=number(part.raw[thing]),
            basis=part.basis_of(thing),
            weight=part.weight,
            half=part.half_of(thing),
            figures={name: number(figure[thing]) for name, figure in part.figures.items()},
        )
        for part in parts
    ]
