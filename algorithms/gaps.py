"""Gaps: what a scope lacks, how bad it is, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from ..settings import Settings
from ..text import Text
from .action import Action, actions, main_action
from .chain import Chain, importance
from .figures import Figures, figures_of
from .index import Flags, Floats, Index, Ints, flags_of
from .labels import Labels
from .nearest import Elsewhere, cultivable, elsewhere
from .parts import Part, weighted_mean
from .priority import Grounds, priority_parts
from .rates import certainty, local_rate, location_quotient, relatedness_density
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
    figures = figures_of(index, scope)
    rate, observed = local_rate(figures)
    quotient, basis = location_quotient(index, figures)
    certain = certainty(index, figures)
    chains = importance(index, chain)
    found = verdict(
        figures,
        quotient,
        rate,
        certain,
        chains.key,
        heard_of=index.heard_of,
        titles_recorded=index.titles_recorded,
    )
    extendable, potential = _extendable(index, figures)
    outside = elsewhere(index, figures, settings.neighbour_km)
    kinds = _kinds(figures, found, extendable)
    looked_at = np.flatnonzero(_looked_at(index, figures, chain, kinds))
    if only is not None:
        looked_at = np.array([only])
    chosen = looked_at[found.status.is_in(*statuses)[looked_at]]
    unknown = found.status.is_in(Status.UNKNOWN)
    near_here = cultivable(index, figures) | (figures.makers > 0)
    holding = actions(outside, near_here, unknown)
    nothing_known = found.status.is_in(Status.UNKNOWN) & np.isnan(certain)
    main = main_action(holding, nothing_known)
    density = relatedness_density(index, figures)
    grounds = Grounds(
        need=figures.need[chosen],
        users=figures.users[chosen].astype(np.float64),
        hhi=figures.hhi[chosen],
        elsewhere=outside.outside[chosen].astype(np.float64),
        criticality=chains.criticality[chosen],
        density=density[chosen],
        certainty=certain[chosen],
    )
    parts = priority_parts(settings, grounds)
    score = weighted_mean(parts)
    order = np.lexsort((chosen, -np.nan_to_num(score)))
    chosen = chosen[order]
    return Assessment(
        scope=scope,
        chain=chain,
        figures=figures,
        outside=outside,
        verdict=found,
        looked_at=looked_at,
        product=chosen,
        key=chains.key[chosen],
        chain_rate=_chain_rate(figures, rate, looked_at),
        kinds={kind: holds[chosen] for kind, holds in kinds.items()},
        is_break=(kinds[Kind.FILL] & _has_input(index, figures))[chosen],
        certainty=certain[chosen],
        rate=rate[chosen],
        rate_observed=observed[chosen],
        quotient=quotient[chosen],
        quotient_basis=basis.take(chosen),
        potential=potential[chosen],
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


def _extendable(index: Index, figures: Figures) -> tuple[Flags, Floats]:
    """Products that an essential input is made here of, and the supply of those inputs."""
    made = np.flatnonzero(figures.made)
    places, which = index.essential_to.places(made)
    product, supplied = index.essential_to.columns[places], figures.supply[made][which]
    has_input = flags_of(product, index.width)
    valued = flags_of(product[~np.isnan(supplied)], index.width)
    supply = np.bincount(product, np.nan_to_num(supplied), index.width)
    return has_input & ~figures.made, np.where(valued, supply, np.nan)


def _has_input(index: Index, figures: Figures) -> Flags:
    """Products that an input is made here of: a gap with users is a break 断点 then."""
    return flags_of(index.used_in.of(np.flatnonzero(figures.made)), index.width)
