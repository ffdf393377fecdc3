"""Places in company names: which administrative division a name begins with or puts in brackets."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Self

from ... import library
from .words import NOT_PLACES

_ALIAS_SEPARATOR = re.compile(r"[;；|、/]")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Region:
    """One division: six-digit code, full name, name without its suffix, other names."""

    code: str
    name: str
    short: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of text that names a place, and the divisions that it may mean."""

    text: str
    codes: tuple[str, ...]


def within(code: str, outer: str) -> bool:
    """Say whether a division lies in another or is the same one, by the build of the codes."""
    return code.startswith(_stem(outer))


def compatible(some: Iterable[str], others: Iterable[str]) -> bool:
    """Say whether two readings of a place can mean one place, or one within the other."""
    return any(within(a, b) or within(b, a) for a in some for b in others)


class Gazetteer:
    """All names of divisions, found at the start of a text; the longest name wins.

    Written without its suffix a name counts only where it seldom is a plain word: provinces, cities
    and county-level cities do, counties only behind the division that they lie in, districts never.
    """

    def __init__(self, regions: Iterable[Region]) -> None:
        free: defaultdict[str, set[str]] = defaultdict(set)
        after: defaultdict[str, set[str]] = defaultdict(set)
        for region in regions:
            for name in (region.name, *region.aliases):
                free[name].add(region.code)
            if not _is_district(region):
                bare = after if _is_county(region) or region.short in NOT_PLACES else free
                bare[region.short].add(region.code)
        free.update((word, set()) for word in NOT_PLACES)
        self._free = {name: _highest(codes) for name, codes in free.items()}
        self._after = {name: tuple(sorted(codes)) for name, codes in after.items()}
        self._longest = max(map(len, (*free, *after)), default=0)

    @classmethod
    @cache
    def bundled(cls) -> Self:
        """Return the gazetteer of the divisions that ship with the package."""
        file = resources.files(library) / "standards" / "regions.csv"
        rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
        return cls([_region(row) for row in rows if row["代码"].isdigit()])

    def at_start(self, text: str) -> Place:
        """Return the place that a text begins with, down to the smallest: 安徽省芜湖市 is one.

        The place has the text "" and no codes where the text begins with none.
        """
        end = 0
        codes: tuple[str, ...] = ()
        while found := self._next(text, end, codes):
            end, codes = found
        return Place(text[:end], codes)

    def exactly(self, text: str) -> tuple[str, ...]:
        """Return the divisions that a whole text names, such as the word in brackets."""
        place = self.at_start(text)
        if place.text == text:
            return place.codes
        return self._after.get(text, ())

    def _next(
        self, text: str, start: int, outer: tuple[str, ...]
    ) -> tuple[int, tuple[str, ...]] | None:
        for end in range(min(len(text), start + self._longest), start + _SHORTEST - 1, -1):
            codes = self._codes(text[start:end], outer)
            if codes is not None:
                return (end, codes) if codes else None
        return None

    def _codes(self, name: str, outer: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return what a name means here: no codes where it is a plain word, None if unknown."""
        codes = self._free.get(name)
        if not outer:
            return codes
        inner = {*(codes or ()), *self._after.get(name, ())}
        nested = sorted(c for c in inner if any(within(c, o) and c != o for o in outer))
        return tuple(nested) or (() if codes == () else None)


def _region(row: dict[str, str]) -> Region:
    aliases = tuple(filter(None, _ALIAS_SEPARATOR.split(row.get("别名") or "")))
    return Region(row["代码"], row["名称"], row["简称"] or row["名称"], aliases)


def _stem(code: str) -> str:
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _is_county(region: Region) -> bool:
    return not region.code.endswith("00") and region.name[-1] in "县旗区"


def _is_district(region: Region) -> bool:
    return region.name.endswith("区") and not region.code.endswith("00")


def _highest(codes: set[str]) -> tuple[str, ...]:
    """Keep the divisions of the highest level: 吉林 alone is the province, not the city in it."""
    lengths = {code: len(_stem(code)) for code in codes}
    top = min(lengths.values(), default=0)
    return tuple(sorted(code for code in codes if lengths[code] == top))
