"""Zones without a statistical code: a code of the project's own, and the parent's centroid."""

from __future__ import annotations

from collections.abc import Iterable

from .regions import Region
from .short_names import national_form, zone_short
from .tables import Row

_PARENT_DIGITS = 6


def zone_rows(zones: Iterable[Row], regions: Iterable[Region]) -> list[Row]:
    """Return the lines of zones.csv; the code's first six digits name the parent."""
    parents = {region.code: region for region in regions}
    return [_zone(row, parents[row["代码"][:_PARENT_DIGITS]]).row() for row in zones]


def _zone(row: Row, parent: Region) -> Region:
    name = row["名称"]
    return Region(
        code=row["代码"],
        name=name,
        level="zone",
        parent=parent.code,
        short=zone_short(name),
        longitude=parent.longitude,
        latitude=parent.latitude,
        centroid=parent.level,
        aliases=_aliases(name, row["别名"].split("|")),
    )


def _aliases(name: str, by_hand: list[str]) -> tuple[str, ...]:
    made = [zone_short(name), national_form(name) or "", *by_hand, *map(zone_short, by_hand)]
    return tuple(alias for alias in dict.fromkeys(made) if alias not in ("", name))
