"""Regions by code, name, short name or alias, alone or behind what they lie in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import pyarrow as pa

from ...text import Text
from ..cells import Complaint
from ..resolve.names import normalise_name
from .answers import Answer
from .catalogue import Catalogue

_LEVELS = {"country": 0, "province": 1, "city": 2, "county": 3, "zone": 4}
_BETWEEN = re.compile(r"[\s/\\\-·>,，、]+")
_LONG_CODE = re.compile(r"(\d{6})0{3}(?:0{3})?")
_AMBIGUOUS = Text("“{it}”有多个", "there is more than one “{it}”")
_WITH_PARENT = Text("请写明上级或代码：{choices}", "write the parent too, or the code: {choices}")


class Regions(Catalogue):
    """All regions; where a short name is borne on several levels, the highest is meant."""

    def __init__(self, known: pa.Table, within: pa.Table) -> None:
        self._full: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._short: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._level: dict[str, int] = {}
        self._parent = dict(
            zip(within["start"].to_pylist(), within["end"].to_pylist(), strict=True)
        )
        self._found: dict[str, tuple[str, ...]] = {}
        super().__init__("Region", known)
        shorts, levels = known["short_name"].to_pylist(), known["level"].to_pylist()
        for key, short, level in zip(known["code"].to_pylist(), shorts, levels, strict=True):
            self.describe(key, short, level)

    def add(self, key: str, name: str) -> None:
        """Let a full name mean a region; many may bear it."""
        super().add(key, name)
        self._full[normalise_name(name)][key] = None
        self._found.clear()

    def add_aliases(self, key: str, aliases: Iterable[str]) -> None:
        """Let aliases mean a region, on a par with its short name."""
        for alias in aliases:
            self._short[normalise_name(alias)][key] = None

    def describe(self, key: str, short: str | None, level: str | None) -> None:
        """Add a region's short name and level."""
        if short:
            self._short[normalise_name(short)][key] = None
        self._level[key] = _LEVELS.get(level or "", 4)

    def put_within(self, key: str, parent: str) -> None:
        """Let a region lie in another."""
        self._parent[key] = parent
        self._found.clear()

    def find(self, text: str) -> Answer:
        """Return the code of the region that a text means."""
        if text in self.names:
            return text
        if match := _LONG_CODE.fullmatch(text):
            return match[1] if match[1] in self.names else None
        codes = self._codes(_BETWEEN.sub("", normalise_name(text)))
        if len(codes) > 1:
            choices = "、".join(f"{self.path(code)}（{code}）" for code in codes[:8])
            return Complaint(_AMBIGUOUS.fill(it=text), _WITH_PARENT.fill(choices=choices))
        return codes[0] if codes else None

    def path(self, code: str) -> str:
        """Return a region's name with all that it lies in, the widest first."""
        names = [self.names.get(code, code)]
        for outer in self._outer(code):
            names.insert(0, self.names.get(outer, outer))
        return "".join(names)

    def _outer(self, code: str) -> list[str]:
        chain: list[str] = []
        while (parent := self._parent.get(code)) and parent not in chain:
            if self._level.get(parent, 4) == 0:
                break
            chain.append(parent)
            code = parent
        return chain

    def _codes(self, text: str) -> tuple[str, ...]:
        """Return the regions that a text without separators may mean: whole, or as a path."""
        if text not in self._found:
            self._found[text] = ()  # ends the search within itself
            self._found[text] = self._whole(text) or self._by_path(text)
        return self._found[text]

    def _whole(self, text: str) -> tuple[str, ...]:
        for names in (self._full, self._short):
            if codes := names.get(text):
                return self._highest(codes)
        return ()

    def _by_path(self, text: str) -> tuple[str, ...]:
        """Read 芜湖市弋江区 as what its end names and lies in what its start names."""
        for cut in range(len(text) - 1, 1, -1):
            outer = {*self._full.get(text[:cut], ()), *self._short.get(text[:cut], ())}
            if not outer:
                continue
            inner = self._all(text[cut:])
            fitting = [code for code in inner if outer & set(self._outer(code))]
            if fitting:
                return self._highest(dict.fromkeys(fitting))
        return ()

    def _all(self, text: str) -> tuple[str, ...]:
        whole = {**self._full.get(text, {}), **self._short.get(text, {})}
        return tuple(whole) or self._by_path(text)

    def _highest(self, codes: Iterable[str]) -> tuple[str, ...]:
        found = list(codes)
        top = min(self._level.get(code, 4) for code in found)
        return tuple(code for code in found if self._level.get(code, 4) == top)
