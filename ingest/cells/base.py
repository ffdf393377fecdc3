"""What every parser of cells gives back, and how odd values are looked at once each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ...graph.arrow_compute import pc
from ...graph.coded import decoded, joined
from ...text import Text

# What people type where they have nothing to say.
EMPTY_WORDS = (
    *("", "-", "--", "---", "—", "——", "－", "–", "/", "\\", "N/A", "n/a", "#N/A", "NULL", "null"),
    *("None", "none", "nan", "NaN", "NaT", "<NA>", "未知", "不详", "暂无", "待定", "待补充"),
)
_INVISIBLE = (
    "[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad"
    "\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]"
)


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a cell, and what would be right."""

    wrong: Text
    right: Text


@dataclass(frozen=True)
class Parsed:
    """A column of cells as values.

    `values` has the Arrow type of its kind and is null where a cell is empty or cannot be read;
    `bad` holds the positions of the latter, ascending, and `why[reason[i]]` says what is wrong
    with the cell at `bad[i]`.
    """

    values: pa.Array
    bad: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    reason: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    why: tuple[Complaint, ...] = ()

    def complaint(self, index: int) -> Complaint:
        """Return what is wrong with the cell at `bad[index]`."""
        return self.why[int(self.reason[index])]


Reader = Callable[[str], Any]


def flat(cells: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return the cells as one array without dictionary."""
    return decoded(joined(cells))


def as_text(cells: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return the cells as trimmed text, null where they say nothing.

    Whole numbers lose their ".0": spreadsheets keep codes and years as floating point.
    """
    text = _text(flat(cells))
    trimmed = pc.utf8_trim_whitespace(text)
    if pc.any(pc.match_substring_regex(trimmed, _INVISIBLE)).as_py():
        trimmed = pc.utf8_trim_whitespace(pc.replace_substring_regex(trimmed, _INVISIBLE, ""))
    return without(trimmed, pc.is_in(trimmed, value_set=pa.array(EMPTY_WORDS)))


def without(text: pa.Array, odd: pa.Array) -> pa.Array:
    """Return the text with null where a flag holds; a column without any is not copied."""
    return pc.if_else(odd, pa.scalar(None, pa.string()), text) if pc.any(odd).as_py() else text


def half_width(text: pa.Array) -> pa.Array:
    """Return the text with full width digits, signs and letters in half width."""
    if pc.all(pc.string_is_ascii(text)).as_py() is not False:
        return text
    return pc.utf8_normalize(text, form="NFKC")


def read_distinct(text: pa.Array, todo: pa.Array, values: pa.Array, read: Reader) -> Parsed:
    """Fill `values` where `todo` holds by looking at each distinct text once.

    `read` returns the value, or a `Complaint` where there is none to be had.
    """
    positions = np.flatnonzero(to_mask(todo))
    if not len(positions):
        return Parsed(values)
    coded = text.take(pa.array(positions)).dictionary_encode()
    answers = [read(each) for each in coded.dictionary.to_pylist()]
    why = tuple(each for each in answers if isinstance(each, Complaint))
    number = np.cumsum([isinstance(each, Complaint) for each in answers]) - 1
    codes = coded.indices.to_numpy(zero_copy_only=False)
    is_bad = np.array([isinstance(each, Complaint) for each in answers], dtype=bool)[codes]
    found = pa.array(
        [None if isinstance(each, Complaint) else each for each in answers], values.type
    )
    filled = _fill(values, positions, found.take(coded.indices))
    return Parsed(filled, positions[is_bad], number[codes[is_bad]].astype(np.int64), why)


def to_mask(flags: pa.Array | pa.ChunkedArray) -> NDArray[np.bool_]:
    """Return flags as a numpy mask; null counts as false."""
    filled = pc.fill_null(flags, False)
    return np.asarray(filled.to_numpy(zero_copy_only=False), dtype=bool)


def _text(cells: pa.Array) -> pa.Array:
    kind = cells.type
    if pa.types.is_string(kind):
        return cells
    if pa.types.is_floating(kind):
        return _number_text(cells.cast(pa.float64()))
    if pa.types.is_timestamp(kind):
        return pc.strftime(cells, format="%Y-%m-%d %H:%M:%S").cast(pa.string())
    if pa.types.is_null(kind):
        return pa.nulls(len(cells), pa.string())
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        joined = pc.binary_join(cells.cast(pa.list_(pa.string())), "|")
        return joined.cast(pa.string())
    return cells.cast(pa.string())


def _number_text(cells: pa.Array) -> pa.Array:
    whole = pc.and_(pc.equal(pc.floor(cells), cells), pc.less(pc.abs(cells), 1e15))
    safe = pc.if_else(pc.fill_null(whole, False), cells, pa.scalar(None, pa.float64()))
    return pc.coalesce(safe.cast(pa.int64()).cast(pa.string()), cells.cast(pa.string()))


def _fill(values: pa.Array, positions: NDArray[np.int64], found: pa.Array) -> pa.Array:
    places = np.arange(len(values), dtype=np.int64)
    places[positions] = len(values) + np.arange(len(positions))
    return pa.concat_arrays([values, found]).take(pa.array(places))
