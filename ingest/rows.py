"""From sheets to the rows of a batch: what each template says a row of it yields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ..graph.arrow_compute import pc
from ..graph.coded import coded_as, decoded, encode, joined, places, renamed
from ..graph.schema import SCHEMA, Kind, NodeType, RelationType
from .entities import Entities
from .known import Known
from .sheet import Sheet
from .sources import SourceInfo, Sources
from .templates import Column, Gives


@dataclass
class Rows:
    """The rows of a batch under way, by type."""

    entities: Entities
    known: Known
    sources: Sources
    parts: defaultdict[str, list[pa.Table]] = field(
        default_factory=lambda: defaultdict[str, list[pa.Table]](list)
    )
    mentioned: defaultdict[str, list[str]] = field(
        default_factory=lambda: defaultdict[str, list[str]](list)
    )

    def add(self, sheet: Sheet) -> None:
        """Add what the rows of a sheet that go in state."""
        facts = _Facts(sheet, self.sources)
        for gives in sheet.template.gives:
            table = self._table(sheet, gives, facts)
            if table is not None and table.num_rows:
                self.parts[gives.type].append(table)

    def add_mentioned(self, sheets: Sequence[Sheet]) -> None:
        """Add the nodes that are new and only mentioned, with the source of the first mention."""
        for label in ("Product", "Chain", "Cluster", "Project", "Enterprise"):
            there = self._there(label)
            for sheet in sheets:
                facts = _Facts(sheet, self.sources)
                for column in sheet.template.columns:
                    if column.refers == label and column.creates and column.name in sheet.keys:
                        there = self._mention(sheet, column, facts, there)

    def tables(self) -> dict[str, pa.Table]:
        """Return the rows of all types, sources first."""
        made = {name: _concat(parts) for name, parts in self.parts.items() if parts}
        made = {name: self._with_all_names(name, table) for name, table in made.items()}
        if "INPUT_TO" in made:
            made["INPUT_TO"] = _essential_last(made["INPUT_TO"])
        used = self.sources.table()
        return {"Source": used, **made} if made and used.num_rows else made

    def _there(self, label: str) -> pa.Array:
        """Return the keys of a label that are known or among the rows already."""
        key = SCHEMA.node(label).key.name
        parts = [self.known.table(label), *self.parts[label]]
        return pa.concat_arrays([joined(part[key]) for part in parts])

    def _mention(self, sheet: Sheet, column: Column, facts: _Facts, there: pa.Array) -> pa.Array:
        keys, parents = self._keys(sheet, column.name), sheet.parents[column.name]
        new = np.append(~_mask(pc.is_in(keys.dictionary, value_set=there)), False)
        if not new.any():
            return there
        codes = places(keys)
        rows = np.flatnonzero(new[codes] & sheet.taken[parents])
        if not len(rows):
            return there
        rows = rows[np.unique(codes[rows], return_index=True)[1]]
        fresh = keys.dictionary.take(pa.array(codes[rows]))
        rows, fresh = _in_order(rows, fresh)
        label = column.refers or ""
        row = {SCHEMA.node(label).key.name: fresh, "name": self._names(label, fresh)}
        self.mentioned[label] += fresh.to_pylist()
        self.parts[label].append(pa.table(row | facts.at(parents[rows], until=False)))
        return pa.concat_arrays([there, fresh])

    def _table(self, sheet: Sheet, gives: Gives, facts: _Facts) -> pa.Table | None:
        kind = SCHEMA.by_name[gives.type]
        spread = self._spread(sheet, gives)
        if any(not self._present(sheet, gives, name) for name in _needed(kind)):
            return None
        parents = sheet.parents[spread] if spread else np.arange(len(sheet.raw), dtype=np.int64)
        made: dict[str, Any] = {}
        for name, given in gives.columns.items():
            cells = self._cells(sheet, kind, name, given)
            if cells is not None:
                aligned = spread is not None and given == spread
                made[name] = cells if aligned else _at(cells, parents)
        if isinstance(kind, RelationType):
            made |= {end: encode(made[end]) for end in ("start", "end")}
        keep = sheet.taken[parents]
        for name in _needed(kind):
            keep &= _mask(pc.is_valid(made[name]))
        rows = np.flatnonzero(keep)
        made = {name: _at(cells, rows) for name, cells in made.items()}
        for name, value in gives.constants.items():
            made[name] = pa.array([value]).take(pa.array(np.zeros(len(rows), np.int64)))
        stated = facts.at(parents[keep], until=isinstance(kind, RelationType))
        return pa.table(made | stated)

    def _spread(self, sheet: Sheet, gives: Gives) -> str | None:
        """Return the column of several references over which the rows of a relation spread."""
        for end in ("start", "end"):
            name = gives.columns.get(end)
            if isinstance(name, str):
                column = sheet.template.column(name)
                if column.many or column.pairs:
                    return name if name in sheet.keys else None
        return None

    def _present(self, sheet: Sheet, gives: Gives, name: str) -> bool:
        given = gives.columns.get(name)
        return isinstance(given, str) and (given in sheet.keys or given in sheet.values)

    def _cells(
        self,
        sheet: Sheet,
        kind: NodeType | RelationType,
        name: str,
        given: str | tuple[str, ...],
    ) -> pa.Array | None:
        """Return the cells of one column of a type, by row or, for the spread one, by entry."""
        if isinstance(given, tuple):
            return _joined(sheet, given)
        wanted = {each.name: each for each in kind.columns}[name]
        column = sheet.template.column(given)
        if column.pairs and name not in ("start", "end"):
            return pc.struct_field(pc.list_flatten(sheet.values[given]), "number")
        if column.refers and given in sheet.keys:
            keys = self._keys(sheet, given)
            if isinstance(kind, RelationType):
                return keys
            return self._names(column.refers, keys) if name == "name" else decoded(keys)
        if given not in sheet.values:
            return None
        cells = sheet.values[given]
        return cells if cells.type == wanted.kind.arrow else pc.cast(cells, wanted.kind.arrow)

    def _keys(self, sheet: Sheet, name: str) -> pa.DictionaryArray:
        keys = sheet.keys[name]
        rekeys = self.entities.enterprises.rekeys
        if sheet.template.column(name).refers != "Enterprise" or not rekeys:
            return keys
        place = pc.index_in(keys.dictionary, value_set=pa.array(list(rekeys)))
        final = pc.coalesce(pa.array(list(rekeys.values())).take(place), keys.dictionary)
        return renamed(keys.indices, final)

    def _names(self, label: str, keys: pa.Array) -> pa.Array:
        coded = encode(keys)
        if label == "Enterprise":
            found = self.entities.enterprises.names_of(coded.dictionary)
        else:
            names = self.entities.catalogue(label).names
            found = pa.array([names.get(key) for key in coded.dictionary.to_pylist()], pa.string())
        return found.take(coded.indices)

    def _with_all_names(self, name: str, table: pa.Table) -> pa.Table:
        """Join the aliases of one node over sheets and with those known: names are never lost."""
        kind = SCHEMA.by_name[name]
        if not isinstance(kind, NodeType) or "aliases" not in {c.name for c in kind.columns}:
            return table
        extra = self.entities.enterprises.aliases if name == "Enterprise" else {}
        said = _stated_aliases(table, kind.key.name)
        for key, aliases in extra.items():
            said.setdefault(self.entities.enterprises.final(key), []).extend(aliases)
        if not said:
            return table
        known = self.known.table(name)
        met = known.filter(pc.is_in(known[kind.key.name], value_set=pa.array(list(said))))
        joined: dict[str, list[str]] = {}
        for key, aliases in zip(
            met[kind.key.name].to_pylist(), met["aliases"].to_pylist(), strict=True
        ):
            joined[key] = list(aliases or ())
        for key, aliases in said.items():
            joined[key] = list(dict.fromkeys([*joined.get(key, ()), *aliases]))
        place = pc.index_in(table[kind.key.name], value_set=pa.array(list(joined)))
        lists = pa.array(list(joined.values()), Kind.TEXTS.arrow)
        return _replace(table, "aliases", lists.take(place.combine_chunks()))


class _Facts:
    """Source, day, confidence and end of each row of a sheet."""

    def __init__(self, sheet: Sheet, sources: Sources) -> None:
        count = len(sheet.raw)
        given = sheet.given
        default = given.source or SourceInfo(sheet.raw.file)
        self._columns = {
            "source": _source_ids(sheet, sources, default),
            "as_of": _or_default(sheet.values.get("as_of"), given.as_of, pa.date32(), count),
            "confidence": _or_default(
                sheet.values.get("confidence"), given.confidence, pa.float64(), count
            ),
            "until": _or_default(sheet.values.get("until"), None, pa.date32(), count),
        }

    def at(self, rows: NDArray[np.int64], *, until: bool) -> dict[str, Any]:
        """Return the columns for some rows; nodes do not end with a row's facts."""
        names = (
            ("source", "as_of", "confidence", "until")
            if until
            else ("source", "as_of", "confidence")
        )
        return {name: _at(self._columns[name], rows) for name in names}


def _source_ids(sheet: Sheet, sources: Sources, default: SourceInfo) -> pa.Array:
    """Return the ids of the sources by number: a few of them stand in many rows."""
    if not sheet.has("source"):
        nowhere = np.zeros(len(sheet.raw), dtype=np.int64)
        return coded_as(nowhere, pa.array([sources.use(default)]))
    coded, _ = sheet.coded("source")
    ids = [sources.by_title(title) for title in coded.dictionary.to_pylist()]
    if coded.indices.null_count:
        ids.append(sources.use(default))
    numbers = pc.fill_null(coded.indices, len(ids) - 1)
    return renamed(numbers, pa.array(ids, pa.string()))


def _or_default(
    cells: pa.Array | None, default: str | float | date | None, kind: pa.DataType, count: int
) -> pa.Array:
    if cells is None:
        return pa.array([default], kind).take(pa.array(np.zeros(count, np.int64)))
    return cells if default is None else pc.fill_null(cells, pa.scalar(default, kind))


def _in_order(rows: NDArray[np.int64], keys: pa.Array) -> tuple[NDArray[np.int64], pa.Array]:
    """Return rows and their keys in the order of the keys."""
    order = pc.sort_indices(keys)
    return rows[order.to_numpy()], keys.take(order)


def _needed(kind: NodeType | RelationType) -> tuple[str, ...]:
    return (kind.key.name,) if isinstance(kind, NodeType) else ("start", "end")


def _joined(sheet: Sheet, names: tuple[str, ...]) -> pa.Array:
    """Return the texts of several columns as one list a row."""
    lists: list[list[str]] = [[] for _ in range(len(sheet.raw))]
    for name in names:
        if sheet.has(name):
            texts, parents = sheet.flat(name)
            for text, parent in zip(texts.to_pylist(), parents.tolist(), strict=True):
                if text is not None:
                    lists[parent].append(text)
    return pa.array([each or None for each in lists], Kind.TEXTS.arrow)


def _stated_aliases(table: pa.Table, key: str) -> dict[str, list[str]]:
    if "aliases" not in table.column_names:
        return {}
    rows = table.filter(pc.is_valid(table["aliases"]))
    said: dict[str, list[str]] = {}
    for each, aliases in zip(rows[key].to_pylist(), rows["aliases"].to_pylist(), strict=True):
        said.setdefault(each, []).extend(aliases)
    return said


def _essential_last(table: pa.Table) -> pa.Table:
    """Put essential inputs last: of two statements of one batch the later stands."""
    if "essential" not in table.column_names:
        return table
    last = _mask(table["essential"])
    return table.take(pa.array(np.argsort(last, kind="stable")))


def _at(cells: pa.Array, places: NDArray[np.int64]) -> pa.Array:
    """Return the cells at these places; all of them in their order are not copied."""
    every = len(places) == len(cells) and bool((places == np.arange(len(cells))).all())
    return cells if every else cells.take(pa.array(places))


def _concat(parts: list[pa.Table]) -> pa.Table:
    return pa.concat_tables(parts, promote_options="permissive")


def _replace(table: pa.Table, name: str, cells: pa.Array) -> pa.Table:
    if name in table.column_names:
        return table.set_column(table.column_names.index(name), name, cells)
    return table.append_column(name, cells)


def _mask(flags: pa.Array | pa.ChunkedArray) -> NDArray[np.bool_]:
    return np.asarray(pc.fill_null(flags, False).to_numpy(zero_copy_only=False), dtype=bool)
