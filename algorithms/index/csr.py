"""Rows of a compressed sparse matrix, without building another matrix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

Ints = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Pairs:
    """A many-to-many relation, by row: `columns[starts[r]:starts[r + 1]]` belong to row r."""

    starts: Ints
    columns: Ints

    def places(self, rows: Ints | Counts) -> tuple[Ints, Ints]:
        """Return the places of all pairs of `rows`, and for each the position in `rows`."""
        return places_of(self.starts, rows)

    def of(self, rows: Ints) -> Ints:
        """Return the columns of all pairs of `rows`, one after the other."""
        return self.columns[self.where(rows)]

    def where(self, rows: Ints | Counts) -> Ints:
        """Return the places of all pairs of `rows`, where nobody asks whose each is."""
        return _places(self.starts, rows)[0]

    def matrix(self, width: int, values: Floats | None = None) -> sparse.csr_array:
        """Return the relation as a sparse matrix, of ones where no values are given."""
        data = np.ones(len(self.columns)) if values is None else values
        shape = (len(self.starts) - 1, width)
        return sparse.csr_array((data, self.columns, self.starts), shape=shape)


def places_of(starts: Ints | Counts, rows: Ints | Counts) -> tuple[Ints, Ints]:
    """Return the places of all that belongs to `rows`, and for each the position in `rows`.

    What belongs to row r are the places `starts[r]` to `starts[r + 1]`.
    """
    places, lengths = _places(starts, rows)
    return places, np.repeat(np.arange(len(rows)), lengths)


def _places(starts: Ints | Counts, rows: Ints | Counts) -> tuple[Ints, Ints | Counts]:
    """Return the places of all that belongs to `rows`, and how many each has."""
    first, lengths = starts[rows], starts[rows + 1] - starts[rows]
    places = np.repeat(first - (np.cumsum(lengths) - lengths), lengths)
    places += np.arange(len(places))
    return places, lengths


def rows_of(matrix: sparse.csr_array) -> Pairs:
    """Return where a sparse matrix has something, as pairs."""
    return Pairs(matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64))


def flags_of(numbers: Ints | Counts, size: int) -> Flags:
    """Return for each number below `size` whether it is one of `numbers`."""
    flags = np.zeros(size, dtype=np.bool_)
    flags[numbers] = True
    return flags


def distinct(numbers: Ints) -> Ints:
    """Return the different numbers, ascending.

    `np.unique` hashes, which takes several times as long as sorting does.
    """
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    found: Ints = ordered[first]
    return found


def pairs(rows: Ints, columns: Ints, height: int) -> Pairs:
    """Compress pairs (row, column) into rows; within a row they keep their order."""
    return Pairs(starts_of(rows, height), columns[np.argsort(rows, kind="stable")])


def starts_of(rows: Ints, height: int) -> Ints:
    """Return where each row starts when pairs are ordered by row, and where the last one ends."""
    starts = np.zeros(height + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=height), out=starts[1:])
    return starts
