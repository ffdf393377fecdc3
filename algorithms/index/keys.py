"""Keys and their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import SupportsIndex

import numpy as np
import pyarrow as pa

from ...graph.arrow_compute import pc
from .csr import Ints

_FEW = 100
"""So many times fewer keys are looked up by going through all keys: no table is made of these."""


class Keys(Sequence[str]):
    """Keys in order; the number of a key is its place.

    They stay in Arrow's memory, where a million of them take some tens of megabytes.
    """

    def __init__(self, keys: pa.Array | pa.ChunkedArray) -> None:
        self._keys = _whole(keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, number: SupportsIndex) -> str:  # type: ignore[override]
        return str(self._keys[number].as_py())

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys.to_pylist())

    @property
    def numbered(self) -> pa.Table:
        """The keys with their numbers, as a table that a query can join."""
        return pa.table({"key": self._keys, "number": np.arange(len(self), dtype=np.int32)})

    def numbers(self, keys: pa.ChunkedArray | Sequence[str]) -> Ints:
        """Return the numbers of keys, -1 for keys that are not there."""
        wanted = pa.array(list(keys), pa.string()) if isinstance(keys, Sequence) else _whole(keys)
        if len(wanted) * _FEW < len(self):
            return self._numbers_of_few(wanted)
        return _ints(pc.index_in(wanted, value_set=self._keys))

    def number(self, key: str) -> int:
        """Return the number of one key, -1 if it is not there."""
        return int(pc.index(self._keys, key).as_py())

    def _numbers_of_few(self, wanted: pa.Array) -> Ints:
        asked = wanted.unique()
        hits = _ints(pc.index_in(self._keys, value_set=asked))
        numbers = np.full(len(asked) + 1, -1, dtype=np.int64)
        places = np.flatnonzero(hits >= 0)
        numbers[hits[places]] = places
        numbers[-1] = -1
        return numbers[_ints(pc.index_in(wanted, value_set=asked))]


def _whole(keys: pa.Array | pa.ChunkedArray) -> pa.Array:
    if isinstance(keys, pa.Array):
        return keys
    return pa.concat_arrays(keys.chunks) if keys.num_chunks else pa.array([], pa.string())


def _ints(places: pa.Array) -> Ints:
    return np.asarray(pc.fill_null(places, -1).to_numpy(), dtype=np.int64)
