"""How far the nearest makers outside a scope are, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .figures import Figures
from .index import Counts, Flags, Index, Ints, distinct, flags_of, places_of
from .labels import Labels

CITY, PROVINCE, COUNTRY, ABROAD, UNPLACED, NOWHERE = (
    "city",
    "province",
    "country",
    "abroad",
    "unplaced",
    "nowhere",
)
"""Where the nearest makers outside the scope are: in the same city, the same province, the same
country, only abroad, on record without a place, or nowhere in the graph."""

_EARTH_KM = 6371.0088


@dataclass(frozen=True)
class Elsewhere:
    """Makers of each product outside a scope, shape (products,)."""

    level: Labels[str]
    """One of the levels above."""
    count: Ints
    """How many makers there are at that level; 0 where only statistics speak of it."""
    outside: Ints
    """Makers outside the scope in the whole graph."""
    neighbours: Ints
    """Makers in the same city or in neighbouring cities, outside the scope."""


def elsewhere(index: Index, figures: Figures, neighbour_km: float) -> Elsewhere:
    """Return where the makers of each product are that are not in the scope."""
    outside = index.makers_all - figures.makers
    circles = _circles(index, figures, outside)
    there = [(circle.name, (circle.makers > 0) | circle.stated) for circle in circles]
    level = Labels.first(there, NOWHERE, index.width)
    count = np.zeros(index.width, dtype=np.int64)
    for circle in circles:
        at = np.flatnonzero(level.is_in(circle.name))
        count[at] = circle.makers[at]
    return Elsewhere(level, count, outside, _near_makers(index, figures, neighbour_km))


def cultivable(index: Index, figures: Figures) -> Flags:
    """Return the products near which something is made here: a local firm could move to them.

    q is near p when they share a direct IS_A parent or φ(p, q) ≥ 0.4. What is made by statistics
    alone does not count: there is nobody to be named who could move.
    """
    made = np.flatnonzero(figures.makers > 0)
    parents, each = np.unique(index.kinds_of.of(made), return_counts=True)
    places, which = index.kinds.places(parents)
    siblings = np.bincount(index.kinds.columns[places], each[which], index.width)
    siblings[made] -= index.parents_count[made]  # itself, under each of its parents
    close, _ = places_of(index.close.indptr, made)
    return (siblings > 0) | flags_of(index.close.indices[close], index.width)


def distance_km(index: Index, one: int, other: Ints) -> np.ndarray:
    """Return the great-circle distance between region centroids, NaN where one is not known.

    By the haversine formula, which is exact for places that are close together too.
    """
    lon = np.radians(index.regions.longitude)
    lat = np.radians(index.regions.latitude)
    north = np.sin((lat[other] - lat[one]) / 2) ** 2
    east = np.sin((lon[other] - lon[one]) / 2) ** 2
    chord = np.sqrt(north + np.cos(lat[one]) * np.cos(lat[other]) * east)
    return np.where(other >= 0, 2 * _EARTH_KM * np.arcsin(np.minimum(chord, 1)), np.nan)


@dataclass(frozen=True)
class _Circle:
    """Makers outside the scope up to some distance, and what statistics say is made there."""

    name: str
    makers: Ints
    stated: Flags


def _circles(index: Index, figures: Figures, outside: Ints) -> list[_Circle]:
    """The circles around the scope, inner first."""
    home, regions, end = figures.scope.region, index.regions, len(index.regions) - 1
    if home < 0:
        return [_Circle(UNPLACED, outside, index.stated_by(0, end))]
    circles: dict[str, _Circle] = {}
    inner, makers = -1, outside
    for region in (home, *regions.ancestors(home)):
        name = _circle_name(regions.levels[region], regions.parent[region] < 0)
        makers = _makers_around(index, figures, region)
        stated = _stated_around(index, figures, region, inner)
        if name in circles:  # the zone, the county and the city are all in the same city
            stated = stated | circles[name].stated
        circles[name] = _Circle(name, makers, stated)
        inner = region
    placed = index.makers_placed - _made_with_a_place(index, figures)
    abroad = index.stated_by(0, inner - 1) | index.stated_by(regions.last[inner] + 1, end)
    return [
        *circles.values(),
        _Circle(ABROAD, placed - makers, abroad),
        _Circle(UNPLACED, outside - placed, np.zeros_like(abroad)),
    ]


def _makers_around(index: Index, figures: Figures, region: int) -> Ints:
    """Makers of each product in a region around the scope, without the scope's own.

    All makers in a scope make it there, but for a cluster: its members may be anywhere.
    """
    if figures.scope.is_cluster:
        return index.makers_in(region) - _shared(index, figures, region)
    if region == figures.scope.region:
        return np.zeros(index.width, dtype=np.int64)
    return index.makers_in(region) - figures.makers


def _made_with_a_place(index: Index, figures: Figures) -> Ints:
    """How many of the scope's makers of each product have a known place."""
    if not figures.scope.is_cluster:
        return figures.makers
    every = np.ones(len(index.making.landed_firm), dtype=bool)
    return _count_shared(index, figures, index.firms.site_firm, every)


def _shared(index: Index, figures: Figures, region: int) -> Ints:
    """How many of the scope's makers of each product make it in a region too."""
    return _count_shared(index, figures, index.sites_in(region), index.landed_in(region))


def _count_shared(index: Index, figures: Figures, sites: Ints, landed: Flags) -> Ints:
    """How many of the scope's makers of each product are at these sites or have landed there."""
    rows, own = figures.rows, figures.is_maker
    theirs, firms = landed & own[index.making.landed_firm], distinct(sites[own[sites]])
    firm, product = index.pairs_of(firms, theirs)
    same = np.isin(firm * index.width + product, rows.firm * index.width + rows.product)
    return np.bincount(product[same], minlength=index.width)


def _stated_around(index: Index, figures: Figures, region: int, inner: int) -> Flags:
    """What is made in a region around the scope, beyond what lies within `inner`, by statistics.

    The region's own may speak of the scope: they count only for what is not made in the scope.
    """
    own = index.stated_by(region, region) & ~figures.made
    if inner < 0:
        return own
    last = index.regions.last
    beside = index.stated_by(region + 1, inner - 1)
    return own | beside | index.stated_by(last[inner] + 1, last[region])


def _circle_name(level: str, outermost: bool) -> str:
    if outermost:
        return COUNTRY
    return PROVINCE if level == "province" else CITY


def _near_makers(index: Index, figures: Figures, neighbour_km: float) -> Ints:
    home = figures.scope.region
    centre = city_of(index, home) if home >= 0 else -1
    if centre < 0:
        return np.zeros(index.width, dtype=np.int64)
    cities = neighbours_of(index, centre, neighbour_km)
    found = _makers_around(index, figures, centre) + _makers_in_any(index, tuple(cities))
    for city in cities:
        if _is_in(index, figures, city):
            found -= _shared(index, figures, city)
    return found


def _makers_in_any(index: Index, cities: tuple[int, ...]) -> Counts:
    """Makers of each product, added up over some cities."""

    def add_up() -> Counts:
        return sum((index.makers_in(city) for city in cities), np.zeros(index.width, np.int32))

    return index.remember(("makers in any", cities), add_up)


def _is_in(index: Index, figures: Figures, region: int) -> bool:
    """Tell whether any of the scope's makers makes something in a region too."""
    own = figures.is_maker
    landed = index.making.landed_firm[index.landed_in(region)]
    return bool(own[index.sites_in(region)].any() or own[landed].any())


def city_of(index: Index, region: int) -> int:
    """Return the city that a region is or lies in, itself if it has none, -1 for wider regions."""
    levels = index.regions.levels
    for each in (region, *index.regions.ancestors(region)):
        if levels[each] == "city":
            return each
    return region if levels[region] in ("county", "zone") else -1


def neighbours_of(index: Index, city: int, within_km: float) -> list[int]:
    """Return the cities whose centroids lie within `within_km` of a city's."""
    cities = index.cities
    distance = distance_km(index, city, cities)
    return [int(each) for each in cities[(distance <= within_km) & (cities != city)]]
