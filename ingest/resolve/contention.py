"""Names of one list contend for the companies that they may mean.

Different names of a list seldom mean one company. So a company that one name fits clearly is less
likely for the others: in a list with both 海天精工 and 海天股份 the second is not 宁波海天精工. The
loss is small enough that a clear winner stays in front: two spellings of one company do occur.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

# How strongly a difference in score decides between the candidates of a name.
_SHARPNESS = 12.0
# What the full claim of another name takes from a candidate's score.
_LOSS = 0.2


def contention(scores: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """Return, for each name's scores by key, the factor ≤ 1 that each of them is lowered by.

    A name's claim to a key is softmax(12 · score) over its candidates; the factor is
    1 − 0.2 · (the largest claim of any name − the name's own claim), to three places.
    """
    claims = [_claims(by_key) for by_key in scores]
    largest: dict[str, float] = {}
    for by_key in claims:
        for key, claim in by_key.items():
            largest[key] = max(claim, largest.get(key, 0.0))
    return [
        {key: round(1 - _LOSS * (largest[key] - claim), 3) for key, claim in by_key.items()}
        for by_key in claims
    ]


def _claims(scores: Mapping[str, float]) -> dict[str, float]:
    top = max(scores.values(), default=0.0)
    powers = {key: math.exp(_SHARPNESS * (score - top)) for key, score in scores.items()}
    total = sum(powers.values())
    return {key: power / total for key, power in powers.items()}
