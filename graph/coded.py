"""Columns of text by number: what is asked of each distinct text is asked once."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from .arrow_compute import pc


def joined(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return a column in one piece; what is one already is not copied."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    if column.num_chunks == 1:
        return column.chunk(0)
    chunks = column.unify_dictionaries().chunks
    return pa.concat_arrays(chunks) if chunks else pa.array([], column.type)


def encode(texts: pa.Array) -> pa.DictionaryArray:
    """Return a column as the numbers of its distinct texts, in the order of their first place."""
    return texts if pa.types.is_dictionary(texts.type) else texts.dictionary_encode()


def distinct(column: pa.Array) -> pa.Array:
    """Return a column in whose dictionary, if it has one, each text stands once, and nothing else.

    Every column that is made here is so; for those that come from elsewhere.
    """
    if not pa.types.is_dictionary(column.type):
        return column
    return renamed(column.indices, column.dictionary)


def places(coded: pa.DictionaryArray) -> NDArray[np.int64]:
    """Return the place of each row's text among the distinct ones, -1 for none."""
    filled = pc.fill_null(coded.indices, -1)
    return np.asarray(filled.to_numpy(zero_copy_only=False), dtype=np.int64)


def coded_as(found: NDArray[np.int64], texts: pa.Array) -> pa.DictionaryArray:
    """Return the column whose rows hold the texts at these places, -1 for none.

    The texts need not be distinct, and null stands for none too.
    """
    return renamed(_numbers(found), texts)


def renamed(numbers: pa.Array, texts: pa.Array) -> pa.DictionaryArray:
    """Return the column whose rows hold the texts that these numbers stand for."""
    again = texts.dictionary_encode()
    same = len(again.dictionary) == len(texts)
    indices = numbers if same else again.indices.take(numbers)
    return pa.DictionaryArray.from_arrays(indices, again.dictionary)


def decoded(column: pa.Array) -> pa.Array:
    """Return a column as plain values."""
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def used(coded: pa.DictionaryArray, wanted: NDArray[np.bool_] | bool = True) -> pa.DictionaryArray:
    """Return the column with only the wanted rows filled, and only the texts that they hold."""
    codes = np.where(wanted, places(coded), -1)
    held = np.zeros(len(coded.dictionary) + 1, dtype=bool)
    held[codes] = True
    kept = np.flatnonzero(held[:-1])
    if len(kept) == len(coded.dictionary):
        return pa.DictionaryArray.from_arrays(_numbers(codes), coded.dictionary)
    number = np.full(len(held), -1, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    texts = coded.dictionary.take(pa.array(kept))
    return pa.DictionaryArray.from_arrays(_numbers(number[codes]), texts)


def _numbers(found: NDArray[np.int64]) -> pa.Array:
    return pa.array(found, pa.int32(), mask=found < 0)
