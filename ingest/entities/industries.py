"""Industries by code, with or without the section's letter, or by name."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

import pyarrow as pa

from ...text import Text
from ..cells import Complaint
from ..resolve.names import normalise_name
from .answers import Answer
from .catalogue import Catalogue

_CODE = re.compile(r"(?P<letter>[A-T]?)(?P<digits>\d{2,4})?(?P<rest>\D.*)?")
_AMBIGUOUS = Text("“{it}”可以指多个行业", "“{it}” may mean more than one industry")
_BY_CODE = Text("请填写代码：{codes}", "write the code: {codes}")


class Industries(Catalogue):
    """GB/T 4754: where classes on one line bear one name, the broadest is meant."""

    def __init__(self, known: pa.Table) -> None:
        self._digits: dict[str, str] = {}
        self._same_name: defaultdict[str, dict[str, None]] = defaultdict(dict)
        super().__init__("Industry", known)

    def add(self, key: str, name: str) -> None:
        """Let a code, its digits and its name mean the class."""
        super().add(key, name)
        self._digits[key.lstrip("ABCDEFGHIJKLMNOPQRST") or key] = key
        self._same_name[normalise_name(name)][key] = None

    def find(self, text: str) -> Answer:
        """Return the code of a class by code, by name, or by code and name together."""
        clean = unicodedata.normalize("NFKC", text).strip()
        keys = list(self._same_name.get(normalise_name(clean), ()))
        if keys:
            return self._one_of(text, keys)
        match = _CODE.fullmatch(re.sub(r"(?<=[A-Z])\s+(?=\d)", "", clean.upper()))
        if match is None:
            return None
        code = self._digits.get(match["digits"] or match["letter"])
        wrong_letter = code is not None and match["letter"] not in ("", code[0])
        return None if wrong_letter else code

    def _one_of(self, text: str, keys: list[str]) -> Answer:
        broadest = min(keys, key=len)
        line = broadest if len(broadest) > 1 else broadest[0]
        if all(key.startswith(line) for key in keys):
            return broadest
        return Complaint(_AMBIGUOUS.fill(it=text), _BY_CODE.fill(codes="、".join(sorted(keys))))
