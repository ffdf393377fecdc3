"""From texts to keys: what the sheets define is registered first, then all references are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ..graph.arrow_compute import pc
from ..graph.coded import coded_as, decoded, encode, places, used
from ..graph.ids import derived_id
from ..graph.schema import SCHEMA, NodeType
from ..text import Text
from .cells import Complaint
from .cells.base import to_mask
from .entities import Entities, Pending
from .entities.answers import Answer, CodeComplaint
from .entities.enterprises import Mention
from .resolve.names import normalise_name
from .sheet import Sheet
from .templates import Column, Gives

_CODED = ("Region", "Industry", "Title")
_ITSELF = Text("“{it}”指向它自己", "“{it}” refers to itself")
_OTHER = Text("请填写另一个，或删去", "name another one, or leave it out")


def register(sheets: Sequence[Sheet], entities: Entities) -> None:
    """Make known what the sheets define, so that the order of sheets does not matter."""
    for label in _CODED:
        for sheet, gives in _defining(sheets, label):
            _register_coded(sheet, gives, entities)
    _place_regions(sheets, entities)
    for label in ("Product", "Chain", "Cluster", "Project"):
        for sheet, gives in _defining(sheets, label):
            _register_named(sheet, gives, entities)
        for sheet, gives in _defining(sheets, label):
            _register_aliases(sheet, gives, entities)
    for sheet, gives in _defining(sheets, "Enterprise"):
        column = sheet.template.column(str(gives.columns["id"]))
        resolve_column(sheet, column, entities, defines=True)
        _describe_enterprises(sheet, column, entities)


def resolve(sheets: Sequence[Sheet], entities: Entities) -> None:
    """Read every reference of every sheet."""
    for sheet in sheets:
        for column in sheet.template.columns:
            wanted = column.refers and column.name not in sheet.keys
            if wanted and (sheet.has(column.name) or (column.code and sheet.has(column.code))):
                resolve_column(sheet, column, entities)
        _refuse_loops(sheet)


@dataclass(frozen=True)
class _Found:
    """What the distinct texts of a column mean.

    `keys` has one key a distinct text, null where there is none; `odd` says why. `places` tells for
    each cell which distinct text it holds, -1 for none; `parents` its row.
    """

    keys: pa.Array
    odd: dict[int, Complaint | Pending]
    places: NDArray[np.int64]
    parents: NDArray[np.int64]


def resolve_column(
    sheet: Sheet, column: Column, entities: Entities, *, defines: bool = False
) -> None:
    """Read one reference column; rows that cannot be told are rejected or held back."""
    if column.refers == "Enterprise":
        found = _find_enterprises(sheet, column, entities, defines=defines)
    else:
        found = _find_named(sheet, column, entities)
    _complain(sheet, column, found)
    sheet.keys[column.name] = coded_as(found.places, found.keys)
    sheet.parents[column.name] = found.parents


def _complain(sheet: Sheet, column: Column, found: _Found) -> None:
    """Reject the rows of complaints and hold back those of doubts."""
    if not found.odd:
        return
    cells = np.flatnonzero(np.isin(found.places, list(found.odd)))
    cells = cells[sheet.ok[found.parents[cells]]]
    why: dict[Column, list[tuple[int, Complaint]]] = {}
    for cell in cells.tolist():
        answer, row = found.odd[int(found.places[cell])], int(found.parents[cell])
        if isinstance(answer, Pending):
            sheet.doubt(row, answer)
        else:
            about_code = isinstance(answer, CodeComplaint)
            shown = _code_column(sheet, column) if about_code else column
            why.setdefault(shown, []).append((row, answer))
    for shown, each in why.items():
        rows = np.array([row for row, _ in each], dtype=np.int64)
        sheet.complain_each(shown, rows, [complaint for _, complaint in each])


def _code_column(sheet: Sheet, column: Column) -> Column:
    """Return the column of the codes, or the names' own where a code stands among them."""
    return sheet.template.column(column.code) if column.code and sheet.has(column.code) else column


def _find_named(sheet: Sheet, column: Column, entities: Entities) -> _Found:
    if column.code and sheet.has(column.code):
        given = [name for name in (column.code, column.name) if sheet.has(name)]
        coded = encode(pc.coalesce(*(decoded(sheet.values[name]) for name in given)))
        parents = np.arange(len(coded), dtype=np.int64)
    else:
        coded, parents = sheet.coded(column.name)
    coded = used(coded, sheet.ok[parents])
    find, label = entities.find, column.refers or ""
    answers = [find(label, text, creates=column.creates) for text in coded.dictionary.to_pylist()]
    return _Found(*_sorted_out(answers), places(coded), parents)


def _find_enterprises(sheet: Sheet, column: Column, entities: Entities, *, defines: bool) -> _Found:
    if column.code and sheet.has(column.code):
        return _find_coded(sheet, column, column.code, entities, defines=defines)
    coded, parents = sheet.coded(column.name)
    coded = used(coded, sheet.ok[parents])
    nothing = pa.nulls(len(coded.dictionary), pa.string())
    found = _find_mentions(nothing, coded.dictionary, entities, defines=defines)
    return _Found(*found, places(coded), parents)


def _find_coded(
    sheet: Sheet, column: Column, code_name: str, entities: Entities, *, defines: bool
) -> _Found:
    """Read enterprises that go by a code and a name, either of which may be empty."""
    codes, parents = sheet.coded(code_name)
    names = encode(sheet.values.get(column.name, pa.nulls(len(codes), pa.string())))
    keys, own = entities.enterprises.by_code(codes.dictionary)
    place = np.where(sheet.ok & _agreed(codes, names, own), places(codes), -1)
    rest = np.flatnonzero(sheet.ok & (place < 0))
    if not len(rest):
        return _Found(keys, {}, place, parents)
    some = pa.array(rest)
    pairs, one, other = _pairs(codes.take(some), names.take(some))
    others, odd = _find_mentions(one, other, entities, defines=defines)
    place[rest] = np.where(pairs < 0, -1, pairs + len(keys))
    odd = {each + len(keys): answer for each, answer in odd.items()}
    return _Found(pa.concat_arrays([keys, others]), odd, place, parents)


def _agreed(
    codes: pa.DictionaryArray, names: pa.DictionaryArray, own: pa.Array
) -> NDArray[np.bool_]:
    """Return where a known code stands beside no name, or beside the firm's own."""
    row, name = places(codes), places(names)
    known = np.append(to_mask(pc.is_valid(own)), False)[row]
    number = pc.fill_null(pc.index_in(own, value_set=names.dictionary), -2)
    fits: NDArray[np.bool_] = (name < 0) | (name == np.append(number.to_numpy(), -2)[row])
    return known & fits


def _pairs(
    codes: pa.DictionaryArray, names: pa.DictionaryArray
) -> tuple[NDArray[np.int64], pa.Array, pa.Array]:
    """Return the number of each row's pair of code and name (-1: none), and the distinct pairs."""
    width = len(names.dictionary) + 1
    numbers = (places(codes) + 1) * width + places(names) + 1
    coded = encode(pa.array(numbers, mask=numbers == 0))
    one, other = np.divmod(coded.dictionary.to_numpy(), width)
    return places(coded), _none_at_0(codes.dictionary, one), _none_at_0(names.dictionary, other)


def _none_at_0(texts: pa.Array, numbers: NDArray[np.int64]) -> pa.Array:
    return texts.take(pa.array(numbers - 1, mask=numbers == 0))


def _find_mentions(
    codes: pa.Array, names: pa.Array, entities: Entities, *, defines: bool
) -> tuple[pa.Array, dict[int, Complaint | Pending]]:
    """Return the keys of mentions, null where there is none, and what stands in place of them.

    What is plain to see is found by whole columns, the rest one by one: those with a code first,
    since a name is clearer once its code is known.
    """
    enterprises = entities.enterprises
    coded = to_mask(pc.is_valid(codes))
    new = enterprises.take_new(codes, names)
    alone = pc.if_else(pa.array(coded), pa.scalar(None, pa.string()), names)
    exact = pc.coalesce(new, enterprises.by_name(alone))
    found = to_mask(pc.is_valid(exact))
    open_ = np.concatenate([np.flatnonzero(~found & coded), np.flatnonzero(~found & ~coded)])
    rest = zip(*(each.take(pa.array(open_)).to_pylist() for each in (codes, names)), strict=True)
    answers = enterprises.find_all([Mention(*each) for each in rest], defines=defines)
    keys, odd = _sorted_out(answers)
    number = np.zeros(len(exact), dtype=np.int64)
    number[open_] = np.arange(len(open_))
    others = keys.take(pa.array(number, mask=found))
    return pc.coalesce(exact, others), {int(open_[i]): each for i, each in odd.items()}


def _sorted_out(answers: Sequence[Answer]) -> tuple[pa.Array, dict[int, Complaint | Pending]]:
    """Return the keys, null where there is none, and what stands in place of them."""
    odd = {i: each for i, each in enumerate(answers) if isinstance(each, Complaint | Pending)}
    keys = list(answers)
    for place in odd:
        keys[place] = None
    return pa.array(keys, pa.string()), odd


def _defining(sheets: Sequence[Sheet], label: str) -> list[tuple[Sheet, Gives]]:
    return [
        (sheet, gives) for sheet in sheets for gives in sheet.template.gives if gives.type == label
    ]


def _texts(sheet: Sheet, gives: Gives, name: str) -> list[list[str]]:
    """Return the texts that a row gives for one property, over all columns that feed it."""
    named = gives.columns.get(name, ())
    columns = [named] if isinstance(named, str) else list(named)
    found: list[list[str]] = [[] for _ in range(len(sheet.raw))]
    for column in columns:
        if sheet.has(column):
            texts, parents = sheet.flat(column)
            for text, parent in zip(texts.to_pylist(), parents.tolist(), strict=True):
                if text is not None:
                    found[parent].append(text)
    return found


def _register_coded(sheet: Sheet, gives: Gives, entities: Entities) -> None:
    """Regions, industries and titles go by their codes; a region without one by its name."""
    catalogue = entities.catalogue(gives.type)
    kind = SCHEMA.node(gives.type)
    names = sheet.values["name"].to_pylist()
    codes = _codes(sheet, kind, names)
    for row in np.flatnonzero(sheet.ok).tolist():
        catalogue.add(codes[row], names[row])
        catalogue.names[codes[row]] = names[row]
    sheet.values[kind.key.name] = pa.array(codes, pa.string())
    if "aliases" in gives.columns:
        for row, aliases in enumerate(_texts(sheet, gives, "aliases")):
            if sheet.ok[row]:
                catalogue.add_aliases(codes[row], aliases)


def _codes(sheet: Sheet, kind: NodeType, names: list[str | None]) -> list[str]:
    given = sheet.values.get(kind.key.name)
    codes: list[str | None] = given.to_pylist() if given is not None else [None] * len(names)
    parents = sheet.values.get("parent")
    within = parents.to_pylist() if parents is not None else [None] * len(names)
    return [
        code or derived_id("Region", normalise_name(name or ""), normalise_name(parent or ""))
        for code, name, parent in zip(codes, names, within, strict=True)
    ]


def _place_regions(sheets: Sequence[Sheet], entities: Entities) -> None:
    """Let every region of the sheets lie where its sheet says, before any path is read."""
    regions = _defining(sheets, "Region")
    for sheet, _ in regions:
        shorts, levels = (_plain(sheet, name) for name in ("short_name", "level"))
        keys = sheet.values["code"].to_pylist()
        for row in np.flatnonzero(sheet.ok).tolist():
            entities.regions.describe(keys[row], shorts[row], levels[row])
    for sheet, _ in regions:
        if sheet.has("parent"):
            resolve_column(sheet, sheet.template.column("parent"), entities)
            parents = sheet.keys["parent"].to_pylist()
            for key, parent in zip(sheet.values["code"].to_pylist(), parents, strict=True):
                if parent:
                    entities.regions.put_within(key, parent)


def _plain(sheet: Sheet, name: str) -> list[str | None]:
    return sheet.values[name].to_pylist() if sheet.has(name) else [None] * len(sheet.raw)


def _register_named(sheet: Sheet, gives: Gives, entities: Entities) -> None:
    catalogue = entities.catalogue(gives.type)
    column = sheet.template.column(str(gives.columns["id"]))
    if column.code and sheet.has(column.code):
        ids, names = sheet.values[column.code].to_pylist(), _plain(sheet, column.name)
        for key, name in zip(ids, names, strict=True):
            if key and name:
                catalogue.rename(key, name)
            elif key:
                catalogue.add(key, key)
    if sheet.has(column.name):
        for name in used(sheet.coded(column.name)[0], sheet.ok).dictionary.to_pylist():
            catalogue.register(name)


def _register_aliases(sheet: Sheet, gives: Gives, entities: Entities) -> None:
    catalogue = entities.catalogue(gives.type)
    if "aliases" not in gives.columns or not sheet.has(str(gives.columns["aliases"])):
        return
    names = sheet.values[str(gives.columns["id"])].to_pylist()
    for row, aliases in enumerate(_texts(sheet, gives, "aliases")):
        key = catalogue.find(names[row]) if sheet.ok[row] and aliases else None
        if isinstance(key, str):
            catalogue.add_aliases(key, aliases)


def _describe_enterprises(sheet: Sheet, column: Column, entities: Entities) -> None:
    described = [name for name in ("short_name", "aliases") if sheet.has(name)]
    for name in described:
        texts, parents = sheet.flat(name)
        keys = decoded(sheet.keys[column.name].take(pa.array(parents)))
        for key, text in zip(keys.to_pylist(), texts.to_pylist(), strict=True):
            if key and text:
                entities.enterprises.describe(key, [text])


def _refuse_loops(sheet: Sheet) -> None:
    """No region lies in itself, no product goes into itself, no firm supplies itself."""
    for gives in sheet.template.gives:
        start, end = gives.columns.get("start"), gives.columns.get("end")
        if not (isinstance(start, str) and isinstance(end, str)):
            continue
        loops = _looping(sheet, start, end)
        if loops is None or not loops.any():
            continue
        name = end if sheet.template.column(end).many else start
        column = sheet.template.column(name)
        rows = sheet.parents[name][loops]
        open_ = np.flatnonzero(sheet.ok[rows])
        entries = np.flatnonzero(loops)[open_]
        shown = _shown(sheet, name, entries)
        why = [Complaint(_ITSELF.fill(it=each), _OTHER) for each in shown]
        sheet.complain_each(column, rows[open_], why)


def _shown(sheet: Sheet, name: str, entries: NDArray[np.int64]) -> list[str]:
    """Return what entries of a reference column say, or the key that the code beside them means."""
    found = decoded(sheet.keys[name].take(pa.array(entries)))
    if sheet.has(name):
        found = pc.coalesce(decoded(sheet.flat(name)[0].take(pa.array(entries))), found)
    return [str(each) for each in found.to_pylist()]


def _looping(sheet: Sheet, start: str, end: str) -> NDArray[np.bool_] | None:
    """Return which entries of the longer of two columns of keys are the same as the other's."""
    if start not in sheet.keys or end not in sheet.keys:
        return None
    one, other = (start, end) if len(sheet.keys[start]) >= len(sheet.keys[end]) else (end, start)
    if sheet.template.column(start).many or sheet.template.column(start).pairs:
        one, other = start, end
    if sheet.template.column(end).many:
        one, other = end, start
    keys, others = sheet.keys[one], sheet.keys[other]
    number = pc.fill_null(pc.index_in(others.dictionary, value_set=keys.dictionary), -2)
    aligned = np.append(number.to_numpy(), -2)[places(others)][sheet.parents[one]]
    return np.asarray(places(keys) == aligned)
