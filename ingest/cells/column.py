"""One column of cells read by what it is declared to hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pyarrow as pa

from ...graph.schema import Choice, Kind
from .base import Parsed, by_distinct, flat
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
    cells : any Arrow type that a file can hold.
    form : what the column holds.
    unit : what the header says of a bare number's unit.
    """
    if form.kind in _NUMERIC and not form.pairs:
        return _NUMERIC[form.kind](cells, unit)
    parse = partial(_parse_words, form=form)
    one = flat(cells)
    return by_distinct(one, parse) if pa.types.is_string(one.type) else parse(one)


def _parse_words(cells: pa.Array, form: CellForm) -> Parsed:
    if form.pairs:
        return parse_pairs(cells)
    if form.choices:
        return parse_choices(cells, form.choices)
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
