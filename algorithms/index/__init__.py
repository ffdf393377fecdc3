"""A snapshot as arrays: what every question is computed on."""

from .csr import Counts, Flags, Floats, Ints, Pairs, distinct, flags_of, places_of
from .index import NEAR, Index

__all__ = [
    "NEAR",
    "Counts",
    "Flags",
    "Floats",
    "Index",
    "Ints",
    "Pairs",
    "distinct",
    "flags_of",
    "places_of",
]
