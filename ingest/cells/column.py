"""One column of cells read by what it is declared to hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from ...graph.coded import joined, places, renamed
from ...graph.schema import Choice, Kind
from .base import Parsed
from .dates import Partial, parse_dates
from .numbers import parse_integer, parse_money, parse_number, parse_share
from .units import HeaderUnit
from .words import parse_choices, parse_flags, parse_lists, parse_pairs, parse_text


@dataclass(frozen=True)
class CellForm:
    """What the cells of a column hold.

    `pairs` are name=number pairs; `partial` says which day a bare month or year means.
    """

    kind: Kind
    choices: tuple[Choice, ...] = ()
    pairs: bool = False
    partial: Partial = Partial.FIRST


def parse_column(cells: pa.Array | pa.ChunkedArray, form: CellForm, unit: HeaderUnit) -> Parsed:
    """Read a column of raw cells, typed or text.

    Parameters
    ----------
    cells : any Arrow type that a file can hold. Of cells by number each distinct one is read once,
        and texts stay by number.
    form : what the column holds.
    unit : what the header says of a bare number's unit.
    """
    cells = joined(cells)
    if not pa.types.is_dictionary(cells.type):
        return _parse(cells, form, unit)
    parsed, numbers = _parse(cells.dictionary, form, unit), places(cells)
    reason = np.full(len(cells.dictionary) + 1, -1, dtype=np.int64)
    reason[parsed.bad] = parsed.reason
    bad = np.flatnonzero(reason[numbers] >= 0)
    return Parsed(_read(cells, parsed.values), bad, reason[numbers[bad]], parsed.why)


def _read(cells: pa.DictionaryArray, values: pa.Array) -> pa.Array:
    """Return cells by number with values in the place of what their dictionary holds."""
    if not pa.types.is_string(values.type):
        return values.take(cells.indices)
    return cells if values.equals(cells.dictionary) else renamed(cells.indices, values)


def _parse(cells: pa.Array, form: CellForm, unit: HeaderUnit) -> Parsed:
    if form.pairs:
        return parse_pairs(cells)
    if form.choices:
        return parse_choices(cells, form.choices)
    if form.kind in _NUMERIC:
        return _NUMERIC[form.kind](cells, unit)
    if form.kind is Kind.DATE:
        return parse_dates(cells, form.partial)
    return _WORDS[form.kind](cells)


_NUMERIC = {
    Kind.MONEY: parse_money,
    Kind.SHARE: parse_share,
    Kind.NUMBER: parse_number,
    Kind.INTEGER: parse_integer,
}
_WORDS = {Kind.TEXT: parse_text, Kind.TEXTS: parse_lists, Kind.FLAG: parse_flags}
