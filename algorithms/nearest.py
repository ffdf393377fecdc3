"""How far the nearest makers outside a scope are, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .figures import Figures
from .index import Flags, Index, Ints

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

    level: np.ndarray
    """One of the levels above."""
    count: Ints
    """How many makers there are at that level; 0 where only statistics speak of it."""
    outside: Ints
    """Makers outside the scope in the whole graph."""
    neighbours: Ints
    """Makers in the same city or in neighbouring cities, outside the scope."""


def elsewhere(index: Index, figures: Figures, neighbour_km: float) -> Elsewhere:
    """Return where the makers of each product are that are not in the scope."""
    home = figures.scope.region
    here = figures.makers
    outside = index.makers_all - here
    level = np.full(index.width, NOWHERE, dtype=object)
    count = np.zeros(index.width, dtype=np.int64)
    for circle in _circles(index, home, here, outside):
        hit = (level == NOWHERE) & ((circle.makers > 0) | (circle.stated & ~figures.by_statistics))
        level[hit], count[hit] = circle.name, circle.makers[hit]
    neighbours = _near_makers(index, home, here, neighbour_km)
    return Elsewhere(level, count, outside, neighbours)


def cultivable(index: Index, figures: Figures) -> Flags:
    """Return the products near which something is made here: a local firm could move to them.

    q is near p when they share a direct IS_A parent or φ(p, q) ≥ 0.4.
    """
    made = figures.made.astype(np.float64)
    parents = index.technology.parents
    siblings = parents @ (made @ parents) > parents.sum(axis=1) * made
    close = (index.close @ made) > 0
    return np.asarray(siblings).ravel() | np.asarray(close).ravel()


def distance_km(index: Index, one: int, other: Ints) -> np.ndarray:
    """Return the great-circle distance between region centroids, NaN where one is not known."""
    lon = np.radians(index.regions.longitude)
    lat = np.radians(index.regions.latitude)
    between = np.sin(lat[one]) * np.sin(lat[other]) + np.cos(lat[one]) * np.cos(
        lat[other]
    ) * np.cos(lon[one] - lon[other])
    return np.where(other >= 0, _EARTH_KM * np.arccos(np.clip(between, -1, 1)), np.nan)


@dataclass(frozen=True)
class _Circle:
    """Makers outside the scope up to some distance, and what statistics say is made there."""

    name: str
    makers: Ints
    stated: Flags


def _circles(index: Index, home: int, here: Ints, outside: Ints) -> list[_Circle]:
    """The circles around the scope, inner first."""
    anywhere = index.recorded_output
    if home < 0:
        return [_Circle(UNPLACED, outside, anywhere)]
    regions = index.regions
    around = [
        _Circle(
            _circle_name(regions.levels[region], regions.parent[region] < 0),
            index.makers_in(region) - here,
            index.stated_in(region),
        )
        for region in (home, *regions.ancestors(home))
    ]
    placed = index.makers_placed
    return [
        *around,
        _Circle(ABROAD, placed - index.makers_in(regions.root(home)), anywhere),
        _Circle(UNPLACED, index.makers_all - placed, np.zeros_like(anywhere)),
    ]


def _circle_name(level: str, outermost: bool) -> str:
    if outermost:
        return COUNTRY
    return PROVINCE if level == "province" else CITY


def _near_makers(index: Index, home: int, here: Ints, neighbour_km: float) -> Ints:
    if home < 0:
        return np.zeros(index.width, dtype=np.int64)
    centre = city_of(index, home)
    if centre < 0:
        return np.zeros(index.width, dtype=np.int64)
    found: Ints = index.makers_in(centre) - here
    for city in neighbours_of(index, centre, neighbour_km):
        found = found + index.makers_in(city)
    return np.asarray(np.maximum(found, 0), dtype=np.int64)


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
