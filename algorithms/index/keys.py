"""Keys and their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import SupportsIndex

import numpy as np
import pandas as pd
import pyarrow as pa

from .csr import Ints


class Keys(Sequence[str]):
    """Keys in order; the number of a key is its place."""

    def __init__(self, keys: pa.ChunkedArray) -> None:
        self._index = pd.Index(keys.to_pandas())
        self._keys: list[str] = keys.to_pylist()

    def __len__(self) -> int:
        return len(self._index)

    def __getitem__(self, number: SupportsIndex) -> str:  # type: ignore[override]
        return str(self._keys[number])

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def numbers(self, keys: pa.ChunkedArray | Sequence[str]) -> Ints:
        """Return the numbers of keys, -1 for keys that are not there."""
        wanted = list(keys) if isinstance(keys, Sequence) else keys.to_pandas()
        return np.asarray(self._index.get_indexer(pd.Index(wanted)), dtype=np.int64)

    def number(self, key: str) -> int:
        """Return the number of one key, -1 if it is not there."""
        return int(self.numbers([key])[0])
