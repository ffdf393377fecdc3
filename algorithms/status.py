"""The status of a product in a scope, and the reasons of weakness that hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from ..text import Text
from .figures import Measures
from .index import Flags, Floats
from .labels import Labels

ENOUGH_MAKERS = 3
HALF = 0.5


class Status(Enum):
    """How a product stands in a scope."""

    STRONG = Text("优势", "strong")
    ADEQUATE = Text("完整", "adequate")
    WEAK = Text("薄弱", "weak")
    MISSING = Text("缺失", "missing")
    UNKNOWN = Text("未知", "unknown")


class Reason(Enum):
    """Why a product is weak, missing or unknown; weakness is named beside every status."""

    LOW_LOCAL_RATE = Text("本地配套率低于一半", "local content rate under one half")
    SINGLE_MAKER = Text("本地只有一家生产", "a single maker here")
    CONCENTRATED = Text(
        "本地产出高度集中（HHI 大于 0.5）", "output here is concentrated (HHI over 0.5)"
    )
    NO_TITLED_MAKER = Text(
        "关键环节，本地生产企业均无资质在册",
        "a key link, and no maker here is on record with any title",
    )
    NEGLIGIBLE = Text("按地区统计产量可忽略", "negligible by the statistics of the region")
    NO_MAKER = Text("在册企业中无人生产", "no enterprise on record here makes it")
    RECORD_INCOMPLETE = Text(
        "产品不明的在册企业较多，不能断定没有",
        "too many enterprises on record have no known products to be sure that nobody does",
    )
    NOBODY_ON_RECORD = Text(
        "境内外都没有生产企业的记录，图谱对它一无所知",
        "nobody at home or abroad is on record as making it: the graph knows nothing of it",
    )
    NOTHING_KNOWN_HERE = Text(
        "本地没有产品已知的企业在册，无从判断",
        "no enterprise on record here has known products: nothing can be said",
    )


@dataclass(frozen=True)
class Verdict:
    """Status and reasons of each product; all arrays have the shape (products,)."""

    status: Labels[Status]
    reasons: dict[Reason, Flags]

    def reasons_of(self, product: int) -> tuple[Reason, ...]:
        """Return the reasons that hold for a product."""
        return tuple(reason for reason, holds in self.reasons.items() if holds[product])


def verdict(
    figures: Measures,
    quotient: Floats,
    rate: Floats,
    certain: Floats,
    key: Flags,
    *,
    heard_of: Flags,
    titles_recorded: bool,
) -> Verdict:
    """Return status and reasons of every product in a scope.

    Parameters
    ----------
    quotient, rate, certain
        Location quotient, local content rate and certainty, NaN where not known.
    key
        Whether the product is a key link of the chains looked at.
    heard_of
        Whether anybody anywhere is on record as making it.
    titles_recorded
        Whether the graph knows of anybody's titles; else nobody is said to have none.
    """
    reasons = _reasons(figures, rate, certain, key, heard_of, titles_recorded)
    weak = np.logical_or.reduce([reasons[each] for each in _WEAKNESS])
    choices = [
        (Status.STRONG, _strong(figures, quotient, rate)),
        (Status.ADEQUATE, figures.made & ~weak),
        (Status.WEAK, figures.made),
        (Status.MISSING, certain >= HALF),
    ]
    return Verdict(Labels.first(choices, Status.UNKNOWN, len(rate)), reasons)


_WEAKNESS = (
    Reason.LOW_LOCAL_RATE,
    Reason.SINGLE_MAKER,
    Reason.CONCENTRATED,
    Reason.NO_TITLED_MAKER,
    Reason.NEGLIGIBLE,
)


def _strong(figures: Measures, quotient: Floats, rate: Floats) -> Flags:
    """Statistics do not count makers: there the location quotient alone decides."""
    many = (figures.makers >= ENOUGH_MAKERS) | (figures.national > 0)
    counted = np.where(figures.by_statistics, ~figures.negligible, many)
    return counted & (quotient >= 1) & ~(rate < HALF) & figures.made


def _reasons(
    figures: Measures,
    rate: Floats,
    certain: Floats,
    key: Flags,
    heard_of: Flags,
    titles_recorded: bool,
) -> dict[Reason, Flags]:
    counted, single = figures.makers > 0, figures.makers == 1
    absent = ~figures.made
    return {
        Reason.LOW_LOCAL_RATE: figures.made & (rate < HALF),
        Reason.SINGLE_MAKER: single,
        Reason.CONCENTRATED: counted & ~single & (figures.hhi > HALF),
        Reason.NO_TITLED_MAKER: counted & key & (figures.titled == 0) & titles_recorded,
        Reason.NEGLIGIBLE: figures.by_statistics & figures.negligible,
        Reason.NO_MAKER: absent & (certain >= HALF),
        Reason.RECORD_INCOMPLETE: absent & (certain < HALF),
        Reason.NOBODY_ON_RECORD: absent & ~heard_of,
        Reason.NOTHING_KNOWN_HERE: absent & heard_of & np.isnan(certain),
    }
