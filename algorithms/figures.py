"""The figures of every product in a scope: who makes it, who uses it, for how much.

Money is yuan a year; NaN is "not known". The formulas are those of docs/model.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .index import Counts, Flags, Floats, Index, Ints, flags_of, places_of
from .scope import Scope


@dataclass(frozen=True)
class Rows:
    """Who of the scope makes what: enterprise, product and output of each pair.

    The first `recorded` are what members are on record for; the others come from projects.
    """

    firm: Ints
    product: Ints
    output: Floats
    recorded: int


@dataclass(frozen=True)
class Measures:
    """What the record says of products in scopes: an entry each, whichever scope it is about."""

    makers: Ints
    supply: Floats
    """Σ output(e, p) over the makers whose output is known; NaN where there are makers and none's
    is; 0 where there is no maker."""
    hhi: Floats
    """Herfindahl-Hirschman index of the makers' outputs, of equal parts where any is not known;
    NaN without makers."""
    titled: Ints
    national: Ints
    users: Ints
    need: Floats
    spent: Floats
    """Known purchases by the scope's enterprises."""
    spent_here: Floats
    by_statistics: Flags
    """Made by statistics of the region alone: no enterprise is on record for it."""
    statistics_value: Floats
    statistics_share: Floats
    negligible: Flags

    @cached_property
    def made(self) -> Flags:
        """Made here, by an enterprise on record or by statistics."""
        return (self.makers > 0) | self.by_statistics


@dataclass(frozen=True)
class Figures(Measures):
    """What the record says of each product in one scope; arrays have the shape (products,)."""

    scope: Scope
    rows: Rows
    is_maker: Flags
    """Which enterprises make something here, shape (enterprises + 1,); see `Index.flagged`."""


@dataclass(frozen=True)
class Made:
    """What is known of the makers of several things; the fields are those of `Measures`."""

    makers: Ints
    reported: Ints
    """Makers whose output is known."""
    supply: Floats
    hhi: Floats
    titled: Ints
    national: Ints


def made_of(
    index: Index, thing: Ints | Counts, firm: Ints | Counts, output: Floats, size: int
) -> Made:
    """Add up who makes what: `firm` makes `thing`, a number below `size`, with that output."""
    makers = _count(thing, size)
    known = ~np.isnan(output)
    reported = _count(thing[known], size)
    supply = _sum(thing[known], output[known], size)
    supply[(makers > 0) & (reported == 0)] = np.nan
    titles, national = index.firms.titles[firm], index.firms.national[firm]
    return Made(
        makers,
        reported,
        supply,
        _hhi(_sum(thing[known], output[known] ** 2, size), makers, reported, supply),
        _count(thing[titles > 0], size),
        _count(thing[national > 0], size),
    )


def figures_of(index: Index, scope: Scope) -> Figures:
    """Return the figures of every product in a scope."""
    rows = rows_of(index, scope)
    made = made_of(index, rows.product, rows.firm, rows.output, index.width)
    spent, spent_here = _purchases(index, scope)
    by_statistics, value, share, negligible = _statistics(index, scope, made.makers)
    supply = np.where(by_statistics, value, made.supply)
    return Figures(
        scope=scope,
        rows=rows,
        is_maker=index.flagged(rows.firm),
        makers=made.makers,
        supply=supply,
        hhi=made.hhi,
        titled=made.titled,
        national=made.national,
        users=_users(index, scope, rows),
        need=_need(index, (made.reported > 0) | by_statistics, supply),
        spent=spent,
        spent_here=spent_here,
        by_statistics=by_statistics,
        statistics_value=value,
        statistics_share=share,
        negligible=negligible,
    )


def rows_of(index: Index, scope: Scope) -> Rows:
    """Return who of the scope makes what; a project in production adds a maker where it landed."""
    places, which = index.making.by_firm.places(scope.members)
    firm, product = scope.members[which], index.making.by_firm.columns[places]
    output = index.making.output[places]
    more_firm, more_product = index.landed_beyond(scope.members, _landed_here(index, scope))
    if not len(more_firm):
        return Rows(firm, product, output, len(firm))
    return Rows(
        np.concatenate([firm, more_firm]),
        np.concatenate([product, more_product]),
        np.concatenate([output, np.full(len(more_firm), np.nan)]),
        len(firm),
    )


def _landed_here(index: Index, scope: Scope) -> Flags:
    """A cluster counts the projects of its own members only."""
    if scope.region < 0:
        return np.zeros(len(index.making.landed_firm), dtype=bool)
    here = index.landed_in(scope.region)
    return here & np.isin(index.making.landed_firm, scope.members) if scope.is_cluster else here


def _users(index: Index, scope: Scope, rows: Rows) -> Ints:
    """users(S, p): enterprises of S that make some q with p INPUT_TO q."""
    recorded = _count(index.uses.of(scope.members), index.width)
    if rows.recorded == len(rows.firm):
        return recorded
    landed = rows.firm[rows.recorded :], rows.product[rows.recorded :]
    return recorded + _count(users_beyond(index, scope.members, *landed), index.width)


def users_beyond(index: Index, members: Ints, firm: Ints, product: Ints) -> Ints:
    """Return what the makers of landed products use beyond what `members` are on record to use.

    A product stands there once for each enterprise that uses it.
    """
    places, which = index.made_from.places(product)
    pair = firm[which] * index.width + index.made_from.columns[places]
    among = np.intersect1d(firm, members)
    used, whose = index.uses.places(among)
    known = among[whose] * index.width + index.uses.columns[used]
    beyond: Ints = np.setdiff1d(pair, known).astype(np.int64)
    return beyond % index.width


def _need(index: Index, made: Flags, supply: Floats) -> Floats:
    """need(S, p) = Σ over q of supply(S, q) · coefficient(p → q); NaN where none is known."""
    coefficient = index.technology.coefficient
    valued = np.flatnonzero(made & ~np.isnan(supply))
    places, which = places_of(coefficient.indptr, valued)
    product, each = coefficient.indices[places], coefficient.data[places]
    need = _sum(product, supply[valued][which] * each, index.width)
    return np.where(flags_of(product[each > 0], index.width), need, np.nan)


def _hhi(squares: Floats, makers: Ints, reported: Ints, supply: Floats) -> Floats:
    hhi, at = np.full(len(makers), np.nan), np.flatnonzero(makers)
    known, count = supply[at], makers[at]
    with np.errstate(divide="ignore", invalid="ignore"):
        by_output, by_count = squares[at] / known**2, 1 / count
    hhi[at] = np.where((reported[at] == count) & (known > 0), by_output, by_count)
    return hhi


def _purchases(index: Index, scope: Scope) -> tuple[Floats, Floats]:
    bought = index.purchases
    places = bought.by_buyer.where(scope.members)
    product, amount = bought.by_buyer.columns[places], bought.amount[places]
    elsewhere = ~index.flagged(scope.members)[bought.supplier[places]]
    every = _sum(product, amount, index.width)
    amount[elsewhere] = 0  # in place: a country buys five million things
    return every, _sum(product, amount, index.width)


def _statistics(index: Index, scope: Scope, makers: Ints) -> tuple[Flags, Floats, Floats, Flags]:
    value, share = np.full(index.width, np.nan), np.full(index.width, np.nan)
    alone, negligible = np.zeros(index.width, dtype=bool), np.zeros(index.width, dtype=bool)
    found = index.statistics
    if not scope.is_cluster:
        part = slice(found.first[scope.region], found.first[scope.region + 1])
        product = found.product[part]
        value[product], share[product] = found.value[part], found.share[part]
        negligible[product], alone[product] = found.negligible[part], makers[product] == 0
    return alone, value, share, negligible


def _count(thing: Ints | Counts, size: int) -> Ints:
    return np.bincount(thing, minlength=size)


def _sum(thing: Ints | Counts, values: Floats, size: int) -> Floats:
    return np.bincount(thing, weights=values, minlength=size).astype(np.float64)
