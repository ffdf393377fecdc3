"""Nodes that go by name and alias: products, chains, clusters, titles, projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyarrow as pa
from rapidfuzz import fuzz, process

from ...graph.ids import derived_id
from ...graph.schema import SCHEMA
from ...text import Text
from ..cells import Complaint
from ..resolve.names import normalise_name
from .answers import Answer

_NEAR = 60
_AMBIGUOUS = Text("“{it}”可以指多个{label}", "“{it}” may mean more than one {label}")
_WRITE_ONE = Text("请写明是哪一个：{names}", "say which one: {names}")
_UNKNOWN = Text("没有叫“{it}”的{label}", "there is no {label} called “{it}”")
_NEAREST = Text("相近的有：{names}", "similar: {names}")
_LOAD = Text("请先导入{label}目录，或改正名称", "import the {label} first, or correct the name")


class Catalogue:
    """The nodes of one label by key, name and alias; a name goes before an alias."""

    def __init__(self, label: str, known: pa.Table) -> None:
        self.label = label
        self.title = SCHEMA.node(label).title
        self.names: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._aliases: defaultdict[str, dict[str, None]] = defaultdict(dict)
        keys = known[SCHEMA.node(label).key.name].to_pylist()
        for key, name in zip(keys, known["name"].to_pylist(), strict=True):
            self.add(key, name or key)
        if "aliases" in known.column_names:
            for key, aliases in zip(keys, known["aliases"].to_pylist(), strict=True):
                self.add_aliases(key, aliases or ())

    def add(self, key: str, name: str) -> None:
        """Let a name mean a key; the first to bear a name keeps it."""
        self._keys.setdefault(normalise_name(name), key)
        self.names.setdefault(key, name)

    def rename(self, key: str, name: str) -> None:
        """Let a key go by a name from now on; the names that it had still mean it."""
        self.add(key, name)
        self.names[key] = name

    def add_aliases(self, key: str, aliases: Iterable[str]) -> None:
        """Let further names mean a key."""
        for alias in aliases:
            self._aliases[normalise_name(alias)][key] = None

    def register(self, name: str, key: str | None = None) -> str:
        """Return the key of a name, making the node known where it was not."""
        found = self.find(name)
        if isinstance(found, str):
            return found
        made = key or derived_id(self.label, normalise_name(name))
        self.add(made, name)
        return made

    def find(self, text: str) -> Answer:
        """Return the key that a text means, a complaint where it may mean several."""
        if text in self.names:
            return text
        folded = normalise_name(text)
        if folded in self._keys:
            return self._keys[folded]
        keys = list(self._aliases.get(folded, ()))
        if len(keys) > 1:
            shown = "、".join(self.names[key] for key in keys[:8])
            wrong = _AMBIGUOUS.fill(it=text, label=self.title)
            return Complaint(wrong, _WRITE_ONE.fill(names=shown))
        return keys[0] if keys else None

    def is_own_name(self, text: str, key: str) -> bool:
        """Say whether a text is the node's own name as it is kept, not an alias or a variant."""
        return self.names.get(key) == text

    def nearest(self, text: str, limit: int = 3) -> tuple[str, ...]:
        """Return the known names most like a text, the most like first."""
        found = process.extract(
            text, self.names.values(), scorer=fuzz.ratio, limit=limit, score_cutoff=_NEAR
        )
        return tuple(name for name, _, _ in found)

    def unknown(self, text: str) -> Complaint:
        """Say that nothing is known under a text, and what comes near."""
        near = self.nearest(text)
        right = _NEAREST.fill(names="、".join(near)) if near else _LOAD.fill(label=self.title)
        return Complaint(_UNKNOWN.fill(it=text, label=self.title), right)
