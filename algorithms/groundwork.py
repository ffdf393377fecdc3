"""The groundwork of an assessment: what is so in a scope whichever chain is looked at.

People ask one thing after another about one place: its gaps with other filters, the targets of
each, why, all chains side by side. That of the places asked about last is kept with the index.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..settings import Settings
from .figures import Figures, figures_of
from .index import Flags, Floats, Index, flags_of
from .labels import Labels
from .nearest import Elsewhere, cultivable, elsewhere
from .rates import certainty, local_rate, location_quotient, relatedness_density
from .scope import Scope


@dataclass(frozen=True)
class Groundwork:
    """What is so of every product in a scope, shape (products,)."""

    figures: Figures
    outside: Elsewhere
    rate: Floats
    rate_observed: Flags
    quotient: Floats
    quotient_basis: Labels[str]
    certainty: Floats
    density: Floats
    extendable: Flags
    """An essential input is made here, the product itself is not."""
    potential: Floats
    """Σ supply here of the essential inputs, yuan a year; NaN where none is known."""
    has_input: Flags
    """An input is made here: a gap with users is a break 断点 then."""
    near_here: Flags
    """It is made here, or something near it is."""


def groundwork_of(index: Index, scope: Scope, settings: Settings) -> Groundwork:
    """Return the groundwork of a scope; that of the scopes asked about last is kept."""
    name = ("groundwork", scope.kind, scope.key, settings.neighbour_km)
    km = settings.neighbour_km
    found: Groundwork = index.lately.get(name, lambda: _work_out(index, scope, km))
    return found


def _work_out(index: Index, scope: Scope, neighbour_km: float) -> Groundwork:
    figures = figures_of(index, scope)
    rate, observed = local_rate(figures)
    quotient, basis = location_quotient(index, figures)
    extendable, potential = _extendable(index, figures)
    return Groundwork(
        figures=figures,
        outside=elsewhere(index, figures, neighbour_km),
        rate=rate,
        rate_observed=observed,
        quotient=quotient,
        quotient_basis=basis,
        certainty=certainty(index, figures),
        density=relatedness_density(index, figures),
        extendable=extendable,
        potential=potential,
        has_input=_has_input(index, figures),
        near_here=cultivable(index, figures) | (figures.makers > 0),
    )


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
    """Products that an input is made here of."""
    return flags_of(index.used_in.of(np.flatnonzero(figures.made)), index.width)
