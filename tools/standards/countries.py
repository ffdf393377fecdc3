"""Countries by ISO 3166-1, with the names of the Unicode CLDR."""

from __future__ import annotations

from pathlib import Path

from .sources import npm_json
from .tables import Row

COUNTRY_COLUMNS = ("代码", "名称", "英文名", "经度", "纬度")
# The root of regions.csv, and three of its provinces.
_IN_REGIONS = frozenset({"CHN", "HKG", "MAC", "TWN"})
_FIRST_USER_ASSIGNED = 900


def country_rows(codes: Path, names: Path) -> list[Row]:
    """Return alpha-3 codes with Chinese and English names; the coordinates stay empty."""
    chinese, english = _names(names, "zh"), _names(names, "en")
    return [
        dict(zip(COUNTRY_COLUMNS, (alpha3, chinese[alpha2], english[alpha2], "", ""), strict=True))
        for alpha2, alpha3 in _alpha3(codes).items()
        if alpha2 in chinese and alpha3 not in _IN_REGIONS
    ]


def _names(archive: Path, language: str) -> dict[str, str]:
    main = npm_json(archive, f"main/{language}/territories.json")["main"]
    names: dict[str, str] = main[language]["localeDisplayNames"]["territories"]
    return names


def _alpha3(archive: Path) -> dict[str, str]:
    """Map alpha-2 to alpha-3; withdrawn codes fall out later, since CLDR no longer names them."""
    supplemental = npm_json(archive, "supplemental/codeMappings.json")["supplemental"]
    mappings: dict[str, dict[str, str]] = supplemental["codeMappings"]
    return {
        alpha2: entry["_alpha3"]
        for alpha2, entry in mappings.items()
        if "_alpha3" in entry and int(entry.get("_numeric", "999")) < _FIRST_USER_ASSIGNED
    }
