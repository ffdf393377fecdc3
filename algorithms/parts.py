"""Scores: a weighted mean of parts, each returned with its raw figure so that it can be redone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from ..text import Text
from .index import Flags, Floats, Ints

NOTHING = Text("", "")
_DIGITS = 9


@dataclass(frozen=True)
class Part:
    """One part of a score for many things at once; arrays have the shape (things,)."""

    name: str
    title: Text
    value: Floats
    """0 to 1; NaN where there are no data."""
    raw: Floats
    """The figure behind it; NaN where there are no data."""
    weight: float
    basis: np.ndarray | Text = NOTHING
    """What the raw figure is: its unit, or which of several measures it is."""
    half: float | Floats | None = None
    """The raw figure at which the value is one half, where the value saturates."""
    figures: dict[str, Floats] = field(default_factory=dict[str, Floats])
    """Further figures that the value is made of."""

    def take(self, order: Ints) -> Part:
        """Return the part for the things in that order."""
        return replace(
            self,
            value=self.value[order],
            raw=self.raw[order],
            basis=self.basis if isinstance(self.basis, Text) else self.basis[order],
            half=self.half[order] if isinstance(self.half, np.ndarray) else self.half,
            figures={name: figure[order] for name, figure in self.figures.items()},
        )

    def half_of(self, thing: int) -> float | None:
        """Return the raw figure at which the value of one thing is one half."""
        return float(self.half[thing]) if isinstance(self.half, np.ndarray) else self.half

    def basis_of(self, thing: int) -> str:
        """Return what the raw figure of one thing is."""
        return str(self.basis if isinstance(self.basis, Text) else self.basis[thing])


def weighted_mean(parts: list[Part]) -> Floats:
    """Return Σ weight · value / Σ weight over the parts that have data, NaN where none has.

    A part without data is left out of the mean, never counted as zero.
    """
    values = np.stack([part.value for part in parts])
    weights = np.array([part.weight for part in parts])[:, None] * ~np.isnan(values)
    total = weights.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(total > 0, (weights * np.nan_to_num(values)).sum(axis=0) / total, np.nan)


def falling_order(score: Floats) -> Floats:
    """Return what to sort by so that the highest score comes first and NaN counts as 0.

    What the order of a sum alone makes different is a tie.
    """
    return np.asarray(-np.round(np.nan_to_num(score), _DIGITS), dtype=np.float64)


def either(holds: Flags, one: Text, other: Text) -> np.ndarray:
    """Return for each thing one text where `holds`, else the other."""
    texts = np.full(len(holds), other, dtype=object)
    texts[holds] = one
    return texts


def saturating(raw: Floats, half: float) -> Floats:
    """Return raw / (raw + half): 0 at 0, one half at `half`, towards 1; NaN stays NaN."""
    return raw / (raw + half)


def falling(raw: Floats, half: float) -> Floats:
    """Return half / (raw + half): 1 at 0, one half at `half`, towards 0; NaN stays NaN."""
    return half / (raw + half)
