"""Local content rate, location quotient and certainty of every product in a scope."""

from __future__ import annotations

import numpy as np

from .figures import Figures, Measures
from .index import Counts, Flags, Floats, Index, Ints, places_of
from .labels import Labels


def local_rate(figures: Measures) -> tuple[Floats, Flags]:
    """Return the local content rate 本地配套率 (0 to 1) and whether it was observed.

    Observed: of the known purchases by enterprises of the scope, the part that stays in it.
    Otherwise at most min(1, supply / need), an upper bound. NaN where neither is known.
    """
    observed = figures.spent > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = figures.spent_here / figures.spent
        bound = np.minimum(1, figures.supply / figures.need)
    bound = np.where(figures.need > 0, bound, np.nan)
    return np.where(observed, rate, bound), observed


OUTPUT, COUNT, STATISTICS, NONE = "output", "count", "statistics", ""


def location_quotient(index: Index, figures: Figures) -> tuple[Floats, Labels[str]]:
    """Return LQ(S, p) = (X(S,p) / X(S)) / (X(p) / X) and what X was for each product.

    X is the output where the scope has it for p; else the number of makers, with the number of
    enterprises with known products for the total; for a product made by statistics alone, X(S,p) /
    X(p) is the stated share of the country. NaN where it cannot be said.
    """
    size, known = parts_of_whole(index, figures.scope.members)
    return quotients(figures, size, known, index.supply_all, index.makers_all)


def parts_of_whole(index: Index, members: Ints) -> tuple[np.float64, np.float64]:
    """Return the part of all output, and of all with known products, that enterprises have."""
    output_here = index.making.total[members].sum()
    known_here = index.firms.known[members].sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        return (
            np.float64(output_here) / index.output_total,
            known_here / np.float64(index.known_total),
        )


def quotients(
    figures: Measures,
    size: np.float64 | Floats,
    known: np.float64 | Floats,
    supply_all: Floats,
    makers_all: Counts,
) -> tuple[Floats, Labels[str]]:
    """Return the location quotients of several things, and their bases: see above.

    Parameters
    ----------
    size, known
        X(S) / X by output and by count: of each thing's scope.
    supply_all, makers_all
        X(p) by output and by count: of each thing's product.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        by_output = figures.supply / supply_all / size
        by_count = figures.makers / makers_all / known
        by_share = figures.statistics_share / size
    has_output = np.nan_to_num(figures.supply) > 0
    counted = figures.makers > 0
    choices = [
        (STATISTICS, figures.by_statistics, by_share),
        (OUTPUT, counted & has_output, by_output),
        (COUNT, counted, by_count),
    ]
    quotient = np.full(len(figures.makers), np.nan)
    for _, holds, value in reversed(choices):
        np.copyto(quotient, value, where=holds)
    unknown = ~np.isfinite(quotient)
    quotient[unknown] = np.nan
    bases = [(NONE, unknown), *((name, holds) for name, holds, _ in choices)]
    return quotient, Labels.first(bases, NONE, len(quotient))


def certainty(index: Index, figures: Figures) -> Floats:
    """Return the chance that there is no maker beyond those on record.

    certainty(S, p) = Π over e of U of (1 - P(p | class(e))), U being the active enterprises of the
    scope without any known product. NaN where nobody at all is on record as making p: then the
    graph knows nothing about it; and where nobody of the scope is on record as making anything:
    then it knows nothing about the scope.
    """
    if not len(figures.rows.firm):
        return np.full(index.width, np.nan)
    members = figures.scope.members
    silent = index.firms.cls[members[~index.firms.known[members]]]
    counts = np.bincount(silent, minlength=len(index.firms.classes))
    classes = np.flatnonzero(counts)
    log = np.asarray(counts[classes] @ index.unmade_log[classes]).ravel()
    return np.where(index.heard_of, np.exp(log), np.nan)


def relatedness_density(index: Index, figures: Figures) -> Floats:
    """Return Σ over q made here of φ(p, q), over Σ over all q of φ(p, q); NaN where that is 0."""
    proximity = index.proximity  # symmetric: a row of it is a column
    places, _ = places_of(proximity.indptr, np.flatnonzero(figures.made))
    near = np.bincount(proximity.indices[places], proximity.data[places], index.width)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(index.proximity_total > 0, near / index.proximity_total, np.nan)
