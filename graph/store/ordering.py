"""Rows in the order of their identity, told by numbers rather than by text.

A table that is written in that order is smaller, and is read in that order at half the cost.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ..arrow_compute import pc
from ..coded import encode, joined, places
from ..schema import NodeType, RelationType

_MOST = np.iinfo(np.int64).max


def in_order(kind: NodeType | RelationType, stated: pa.Table) -> tuple[pa.Table, bool]:
    """Return rows in the order of their identity, and whether any identity is stated twice.

    Of one identity, rows stay in the order in which they were stated.
    """
    columns = [name for name in kind.identity if name in stated.column_names]
    numbers = _numbered([_ranks(stated[name]) for name in columns])
    order = np.argsort(numbers, kind="stable")
    numbers = numbers[order]
    return stated.take(pa.array(order)), bool((numbers[1:] == numbers[:-1]).any())


def _ranks(column: pa.ChunkedArray) -> tuple[NDArray[np.int64], int]:
    """Return the place of each row's value among the distinct ones in order, and their number.

    Empty cells come last.
    """
    coded = encode(joined(column))
    count = len(coded.dictionary)
    rank = np.empty(count + 1, dtype=np.int64)
    rank[pc.sort_indices(coded.dictionary).to_numpy()] = np.arange(count)
    rank[-1] = count
    return rank[places(coded)], count + 1


def _numbered(columns: list[tuple[NDArray[np.int64], int]]) -> NDArray[np.int64]:
    """Return one number for the values of a row, ordered as these are."""
    numbers, width = columns[0]
    for ranks, count in columns[1:]:
        if width > _MOST // count:
            distinct, numbers = np.unique(numbers, return_inverse=True)
            width = len(distinct)
        numbers, width = numbers * count + ranks, width * count
    return numbers
