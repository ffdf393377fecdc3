"""Gaps: what a scope lacks, how bad it is, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from ..settings import Settings
from ..text import Text
from .action import Action, actions, main_action
from .chain import Chain, importance
from .figures import Figures
from .groundwork import groundwork_of
from .index import Flags, Floats, Index, Ints
from .labels import Labels
from .nearest import Elsewhere
from .parts import Part, falling_order, weighted_mean
from .priority import Grounds, priority_parts
from .scope import Scope
from .status import Status, Verdict, verdict


class Kind(Enum):
    """The three kinds of gap."""

    FILL = Text("补链", "fill")
    STRENGTHEN = Text("强链", "strengthen")
    EXTEND = Text("延链", "extend")


@dataclass(frozen=True)
class Assessment:
    """How the looked-at products stand in a scope, the most urgent first.

    `product` numbers them; all other arrays of this class go along with it. `figures`, `outside`
    and `verdict` speak of every product of the graph.
    """

    scope: Scope
    chain: Chain | None
    figures: Figures
    outside: Elsewhere
    verdict: Verdict
    looked_at: Ints
    """All products that were looked at, whatever their status."""
    product: Ints
    key: Flags
    """A key link of the chain, or of any chain where none is named."""
    kinds: dict[Kind, Flags]
    is_break: Flags
    certainty: Floats
    rate: Floats
    rate_observed: Flags
    quotient: Floats
    quotient_basis: Labels[str]
    potential: Floats
    """Σ supply here of the essential inputs: what could be processed further, yuan a year."""
    chain_rate: tuple[float, float]
    """The spending-weighted mean of the local rates, and the part of the spending it covers."""
    main_action: Labels[Action]
    actions: dict[Action, Flags]
    score: Floats
    parts: list[Part]

    def __len__(self) -> int:
        return len(self.product)


GAPS = (Status.WEAK, Status.MISSING, Status.UNKNOWN)


def assess(
    index: Index,
    scope: Scope,
    settings: Settings,
    *,
    chain: Chain | None = None,
    statuses: tuple[Status, ...] = GAPS,
    only: int | None = None,
) -> Assessment:
    """Return the products of a chain (or where none is named, those that firms of the scope use
    and those they could go on to make) that have one of the `statuses`, by falling priority;
    or `only` the product of that number.

    Notes
    -----
    Time is linear in the makers of the scope and their inputs, plus a few passes over arrays as
    long as the graph has products.
    """
    ground = groundwork_of(index, scope, settings)
    figures, certain = ground.figures, ground.certainty
    chains = importance(index, chain)
    found = verdict(
        figures,
        ground.quotient,
        ground.rate,
        certain,
        chains.key,
        heard_of=index.heard_of,
        titles_recorded=index.titles_recorded,
    )
    kinds = _kinds(figures, found, ground.extendable)
    looked_at = np.flatnonzero(_looked_at(index, figures, chain, kinds))
    if only is not None:
        looked_at = np.array([only])
    chosen = looked_at[found.status.is_in(*statuses)[looked_at]]
    unknown = found.status.is_in(Status.UNKNOWN)
    holding = actions(ground.outside, ground.near_here, unknown)
    nothing_known = unknown & np.isnan(certain)
    main = main_action(holding, nothing_known)
    grounds = Grounds(
        need=figures.need[chosen],
        users=figures.users[chosen].astype(np.float64),
        hhi=figures.hhi[chosen],
        elsewhere=ground.outside.outside[chosen].astype(np.float64),
        criticality=chains.criticality[chosen],
        density=ground.density[chosen],
        certainty=certain[chosen],
    )
    parts = priority_parts(settings, grounds)
    score = weighted_mean(parts)
    order = np.lexsort((chosen, falling_order(score)))
    chosen = chosen[order]
    return Assessment(
        scope=scope,
        chain=chain,
        figures=figures,
        outside=ground.outside,
        verdict=found,
        looked_at=looked_at,
        product=chosen,
        key=chains.key[chosen],
        chain_rate=_chain_rate(figures, ground.rate, looked_at),
        kinds={kind: holds[chosen] for kind, holds in kinds.items()},
        is_break=(kinds[Kind.FILL] & ground.has_input)[chosen],
        certainty=certain[chosen],
        rate=ground.rate[chosen],
        rate_observed=ground.rate_observed[chosen],
        quotient=ground.quotient[chosen],
        quotient_basis=ground.quotient_basis.take(chosen),
        potential=ground.potential[chosen],
        main_action=main.take(chosen),
        actions={action: holds[chosen] for action, holds in holding.items()},
        score=score[order],
        parts=[part.take(order) for part in parts],
    )


def _chain_rate(figures: Figures, rate: Floats, looked_at: Ints) -> tuple[float, float]:
    """Weigh each product's rate with the known purchases of it, else with the need."""
    spending = np.where(figures.spent > 0, figures.spent, np.nan_to_num(figures.need))[looked_at]
    rated = ~np.isnan(rate[looked_at])
    covered, whole = float(spending[rated].sum()), float(spending.sum())
    if covered == 0:
        return np.nan, 0.0 if whole else np.nan
    return float((spending * np.nan_to_num(rate[looked_at])).sum()) / covered, covered / whole


def _kinds(figures: Figures, found: Verdict, extendable: Flags) -> dict[Kind, Flags]:
    """Only what is missing can be filled or extended to: unknown is not absent."""
    missing = found.status.is_in(Status.MISSING)
    return {
        Kind.FILL: missing & (figures.users > 0),
        Kind.STRENGTHEN: found.status.is_in(Status.WEAK),
        Kind.EXTEND: missing & extendable,
    }


def _looked_at(
    index: Index, figures: Figures, chain: Chain | None, kinds: dict[Kind, Flags]
) -> Flags:
    if chain is None:
        return (figures.users > 0) | kinds[Kind.EXTEND]
    included = np.zeros(index.width, dtype=bool)
    included[chain.product] = True
    return included
