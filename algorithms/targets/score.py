"""The score of candidates: parts, raw figures and weights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from ...settings import Settings
from ...text import Text
from ..index import Floats, Index, Ints
from ..nearest import distance_km
from ..parts import Part, either, falling, saturating
from ..scope import Scope
from .candidates import Candidates
from .links import Links, linked_here

NATIONAL, TITLED = 1.0, 0.5
"""Strength of an enterprise by its titles: with a national one, with another, 0 without."""
YEARS = 3
"""How many years back a project elsewhere shows that an enterprise is expanding."""

_BY_OUTPUT = Text("占其产出", "part of its output")
_BY_COUNT = Text("产品数的倒数", "one over its products")


@dataclass(frozen=True)
class Pull:
    """What the scope offers to whoever comes."""

    need: float
    """Yuan a year; NaN where not known."""
    rivals: int


@dataclass(frozen=True)
class Scored:
    """Candidates with their parts and the local enterprises that each is linked to."""

    parts: list[Part]
    supplies: list[Ints]
    owns: list[Ints]


def score_parts(
    index: Index,
    settings: Settings,
    scope: Scope,
    found: Candidates,
    pull: Pull,
    links: Links,
) -> Scored:
    """Return the parts of the candidates' scores.

    - capability: 1 for a maker, else the nearness of what it makes;
    - specialisation: that product's part of its output, or one over its number of products;
    - strength: mean of titles, revenue / (revenue + half) and market share, as far as known;
      titles are not where the graph has none of anybody;
    - links: n / (n + half) local firms that it trades with or shares owners with; not known where
      the graph has no such relation of anybody;
    - pull: min(1, need here / its output);
    - expansion: n / (n + half) projects away from home in three years;
    - proximity: half / (half + km);
    - contention: half / (half + n) regions with the same gap and more pull.
    """
    here = np.zeros(len(index.firms), dtype=bool)
    here[scope.members] = True
    supplies = linked_here(links.supply, found.firm, here)
    owns = linked_here(links.ownership, found.firm, here)
    linked = np.array([len(np.union1d(a, b)) for a, b in zip(supplies, owns, strict=True)], float)
    linked = linked if links.recorded else np.full(len(found), np.nan)
    share, basis = _specialisation(index, found)
    projects = _projects_elsewhere(index, found)
    km = _distance(index, scope, found)
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn = np.where(found.output > 0, np.minimum(1, pull.need / found.output), np.nan)
    rivals = np.full(len(found), float(pull.rivals))
    half, weight = settings.half, settings.targets
    parts = [
        _part(
            "capability",
            "能力",
            found.nearness,
            found.nearness,
            weight.capability,
            Text("相近度", "proximity"),
        ),
        _part("specialisation", "专注", share, share, weight.specialisation, basis),
        _strength(index, settings, found),
        _rising(
            "links", "往来", linked, half.links, weight.links, Text("家本地企业", "local firms")
        ),
        Part(
            "pull",
            Text("吸引力", "pull"),
            drawn,
            found.output,
            weight.pull,
            Text("该企业产出，元/年", "its output, yuan a year"),
            figures={"need": np.full(len(found), pull.need), "output": found.output},
        ),
        _rising(
            "expansion",
            "扩张",
            projects,
            half.projects,
            weight.expansion,
            Text(f"个近{YEARS}年外地项目", f"projects elsewhere in {YEARS} years"),
        ),
        _falling(
            "proximity",
            "距离",
            km,
            half.distance,
            weight.proximity,
            Text("公里", "km"),
        ),
        _falling(
            "contention",
            "竞争",
            rivals,
            half.rivals,
            weight.contention,
            Text("个竞争地区", "contending regions"),
        ),
    ]
    return Scored(parts, supplies, owns)


def _part(
    name: str, zh: str, value: Floats, raw: Floats, weight: float, basis: np.ndarray | Text
) -> Part:
    return Part(name, Text(zh, name), value, raw, weight, basis)


def _rising(name: str, zh: str, raw: Floats, half: float, weight: float, basis: Text) -> Part:
    return Part(name, Text(zh, name), saturating(raw, half), raw, weight, basis, half)


def _falling(name: str, zh: str, raw: Floats, half: float, weight: float, basis: Text) -> Part:
    return Part(name, Text(zh, name), falling(raw, half), raw, weight, basis, half)


def _specialisation(index: Index, found: Candidates) -> tuple[Floats, np.ndarray]:
    total = index.making.total[found.firm]
    with np.errstate(divide="ignore", invalid="ignore"):
        by_output = np.where(total > 0, found.output / total, np.nan)
    by_count = 1 / np.maximum(index.making.products[found.firm], 1)
    known = ~np.isnan(by_output)
    basis = either(known, _BY_OUTPUT, _BY_COUNT)
    return np.minimum(1, np.where(known, by_output, by_count)), basis


def _strength(index: Index, settings: Settings, found: Candidates) -> Part:
    titles, national = index.firms.titles[found.firm], index.firms.national[found.firm]
    revenue, market = index.firms.revenue[found.firm], _market_share(index, found)
    untitled = 0.0 if index.titles_recorded else np.nan
    by_title = np.where(national > 0, NATIONAL, np.where(titles > 0, TITLED, untitled))
    by_size = saturating(revenue, settings.half.revenue)
    value = _mean_of_known(by_title, by_size, market)
    return Part(
        "strength",
        Text("实力", "strength"),
        value,
        value,
        settings.targets.strength,
        Text("资质、规模、市占率的平均", "mean of titles, size and market share"),
        settings.half.revenue,
        {
            "titles": titles.astype(np.float64),
            "national_titles": national.astype(np.float64),
            "by_title": by_title,
            "revenue": revenue,
            "by_size": by_size,
            "market_share": market,
        },
    )


def _mean_of_known(*figures: Floats) -> Floats:
    """The mean over the figures that are known, NaN where none is."""
    stacked = np.stack(figures)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.nansum(stacked, axis=0) / (~np.isnan(stacked)).sum(axis=0))


def _market_share(index: Index, found: Candidates) -> Floats:
    """The largest market share that a candidate states for the product or a kind of it."""
    stated = index.remember(("market shares",), lambda: _stated_shares(index))
    pairs = zip(found.firm.tolist(), found.near.tolist(), strict=True)
    return np.array([stated.get(pair, np.nan) for pair in pairs], dtype=np.float64)


def _stated_shares(index: Index) -> dict[tuple[int, int], float]:
    """The largest market share that is stated, by enterprise and product or what it is a kind of.

    Few state one, so all of them are kept with the index.
    """
    rows = index.snapshot.table(
        "SELECT p.start AS enterprise, u.ancestor AS product, max(p.market_share) AS share "
        'FROM "PRODUCES" AS p JOIN product_up AS u ON u.product = p."end" '
        "WHERE p.market_share IS NOT NULL GROUP BY p.start, u.ancestor"
    )
    firms = index.firms.ids.numbers(rows.column("enterprise")).tolist()
    products = index.products.keys.numbers(rows.column("product")).tolist()
    return dict(
        zip(zip(firms, products, strict=True), rows.column("share").to_pylist(), strict=True)
    )


def _projects_elsewhere(index: Index, found: Candidates) -> Floats:
    """Projects away from home in the last three years; NaN where the graph has no projects.

    A project within the region that is the home is not away; one of an unknown place is not known
    to be.
    """
    counted = index.remember(("projects elsewhere",), lambda: _count_projects(index))
    return counted[found.firm]


def _count_projects(index: Index) -> Floats:
    """Projects elsewhere of every enterprise, shape (enterprises,)."""
    day = index.snapshot.day
    rows = index.snapshot.table(
        'SELECT u.start AS enterprise, count(DISTINCT p.id) AS projects FROM "Project" AS p '
        'JOIN "UNDERTAKES" AS u ON u."end" = p.id '
        'JOIN "LANDED_IN" AS l ON l.start = p.id JOIN region_tree AS t ON t.region = l."end" '
        'LEFT JOIN "LOCATED_IN" AS h ON h.start = u.start '
        'LEFT JOIN region_tree AS o ON o.region = h."end" '
        "WHERE coalesce(p.signed_on, p.started_on, p.operating_on) > $since "
        "AND (o.region IS NULL OR t.first NOT BETWEEN o.first AND o.last) "
        "AND coalesce(p.stage, '') <> 'ended' "
        "GROUP BY u.start",
        {"since": day - timedelta(days=365 * YEARS)},
    )
    if not index.snapshot.table('SELECT 1 FROM "Project" LIMIT 1').num_rows:
        return np.full(len(index.firms), np.nan)
    counted = np.zeros(len(index.firms))
    firms = index.firms.ids.numbers(rows.column("enterprise"))
    counted[firms[firms >= 0]] = rows.column("projects").to_numpy()[firms >= 0]
    return counted


def _distance(index: Index, scope: Scope, found: Candidates) -> Floats:
    if scope.region < 0:
        return np.full(len(found), np.nan)
    return distance_km(index, scope.region, index.firms.home[found.firm])
