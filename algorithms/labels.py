"""Labels: for each of many things one of a few names, kept as small numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from .index import Flags, Ints

T = TypeVar("T")


@dataclass(frozen=True)
class Labels(Generic[T]):
    """`names[codes[i]]` is the label of thing i."""

    names: tuple[T, ...]
    codes: npt.NDArray[np.int8]

    @classmethod
    def first(cls, choices: Sequence[tuple[T, Flags]], otherwise: T, count: int) -> Labels[T]:
        """Label each of `count` things with the first choice that holds for it."""
        names = tuple(dict.fromkeys([*(name for name, _ in choices), otherwise]))
        codes = np.full(count, names.index(otherwise), dtype=np.int8)
        for name, holds in reversed(choices):
            # The bits of a flag, 0 or -1, choose between two numbers without a branch.
            codes ^= (codes ^ np.int8(names.index(name))) & -holds.view(np.int8)
        return cls(names, codes)

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, thing: int) -> T:
        name: T = self.names[int(self.codes[thing])]
        return name

    def __iter__(self) -> Iterator[T]:
        return (self.names[code] for code in self.codes.tolist())

    def take(self, things: Ints) -> Labels[T]:
        """Return the labels of some things, in that order."""
        return Labels(self.names, self.codes[things])

    def is_in(self, *wanted: T) -> Flags:
        """Tell which things have one of the `wanted` labels."""
        found = np.zeros(len(self.codes), dtype=np.bool_)
        for code, name in enumerate(self.names):
            if name in wanted:
                found |= self.codes == code
        return found
