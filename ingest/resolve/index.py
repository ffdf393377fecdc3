"""Finding the known companies that a name may mean, among up to a million full names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

from ...text import Text
from .names import parse_company, search_text
from .regions import Gazetteer
from .similarity import Candidate, Given, Pair, Reason, compare

# Names compared closely for each given one: the true one is among them in 99 of 100 cases.
SHORTLIST = 50
# An n-gram in more names than this does not bring candidates up; it still counts in the score.
COMMON = 20_000
# Cells of the product of given and known names that are held in memory at once.
_CELLS = 1 << 24
# How strongly a difference in score decides between candidates, for the share of each.
_SHARPNESS = 12.0
# What a full claim by another name of the list takes from a candidate's score.
_CONTENTION = 0.2

_CONTESTED = Text(zh="名单中另有更合适的名称", en="another name in the list fits it better")


class NameIndex:
    """Known full names with their keys, searched by similarity.

    Building takes about ten seconds and 300 MB a million names.
    """

    def __init__(
        self,
        names: Sequence[str],
        keys: Sequence[str] | None = None,
        gazetteer: Gazetteer | None = None,
    ) -> None:
        self._names = names
        self._keys = names if keys is None else keys
        self._gazetteer = gazetteer
        self._grams = HashingVectorizer(analyzer="char", ngram_range=(1, 2), alternate_sign=False)
        self._weights = TfidfTransformer()
        if names:
            counts = _matrix(self._grams.transform(search_text(name) for name in names))
            self._rows = _matrix(self._weights.fit_transform(counts))
            self._postings = _rare_columns(self._rows)

    def search(self, name: str, limit: int = 5) -> list[Candidate]:
        """Return the best candidates for one name, the best first."""
        return self.search_many([name], limit)[0]

    def search_many(self, names: Sequence[str], limit: int = 5) -> list[list[Candidate]]:
        """Return the best candidates for each name of a list, the best first.

        The names of a list contend: a company that one name fits clearly falls behind for the
        others, if only slightly, so that it never displaces a clear winner. In a list with both
        海天精工 and 海天股份 the second is not 宁波海天精工.
        """
        different = list(dict.fromkeys(names))
        found = dict(zip(different, self._candidates(different), strict=True))
        settled = dict(zip(found, _contend(list(found.values())), strict=True))
        return [settled[name][:limit] for name in names]

    def _candidates(self, names: Sequence[str]) -> Iterator[list[Candidate]]:
        if not self._names:
            yield from ([] for _ in names)
            return
        step = max(1, _CELLS // len(self._names))
        for start in range(0, len(names), step):
            given = [Given.of(name, self._gazetteer) for name in names[start : start + step]]
            counts = _matrix(self._grams.transform(g.place + g.text for g in given))
            queries = _matrix(self._weights.transform(counts))
            reached = _matrix(queries @ self._postings)
            for i, one in enumerate(given):
                yield self._compare(one, queries[[i]], _best(reached, i))

    def _compare(
        self, given: Given, query: csr_array, shortlist: NDArray[np.intp]
    ) -> list[Candidate]:
        weights = np.zeros(query.shape[1], np.float32)
        weights[query.indices] = query.data
        cosines = self._rows[shortlist] @ weights
        found = [
            self._candidate(given, int(i), float(cosine))
            for i, cosine in zip(shortlist, cosines, strict=True)
        ]
        return sorted(found, key=_by_score)

    def _candidate(self, given: Given, i: int, cosine: float) -> Candidate:
        known = parse_company(self._names[i], self._gazetteer)
        score, reasons = compare(Pair.of(given, known, cosine))
        return Candidate(self._names[i], self._keys[i], score, reasons)


def score(given: str, known: str, gazetteer: Gazetteer | None = None) -> Candidate:
    """Compare two names on their own, without the rarity of characters that an index knows."""
    found = NameIndex([known], gazetteer=gazetteer).search(given)
    return found[0] if found else Candidate(known, known, 0.0, ())


def _matrix(found: Any) -> csr_array:
    """Return what scikit-learn gives as a typed matrix of small numbers."""
    return cast("csr_array", csr_array(found, dtype=np.float32))


def _rare_columns(rows: csr_array) -> csr_array:
    """Return the transposed matrix, n-gram by name, without the n-grams of very many names."""
    columns = _matrix(rows.T)
    sizes = np.diff(columns.indptr)
    columns.data[np.repeat(sizes > COMMON, sizes)] = 0
    columns.eliminate_zeros()
    return columns


def _best(reached: csr_array, i: int) -> NDArray[np.intp]:
    span = slice(reached.indptr[i], reached.indptr[i + 1])
    values, columns = reached.data[span], reached.indices[span]
    if len(values) > SHORTLIST:
        columns = columns[np.argpartition(-values, SHORTLIST)[:SHORTLIST]]
    return columns.astype(np.intp)


def _by_score(candidate: Candidate) -> tuple[float, str]:
    return -candidate.score, candidate.name


def _shares(candidates: Iterable[Candidate]) -> dict[str, float]:
    """Share out one name over its candidates' keys: softmax of the scores."""
    scores = {c.key: c.score for c in candidates}
    top = max(scores.values(), default=0.0)
    powers = {key: float(np.exp(_SHARPNESS * (s - top))) for key, s in scores.items()}
    total = sum(powers.values())
    return {key: power / total for key, power in powers.items()}


def _contend(lists: list[list[Candidate]]) -> list[list[Candidate]]:
    """Lower each candidate by the largest share that another name of the list has in it."""
    shares = [_shares(candidates) for candidates in lists]
    claims: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for share in shares:
        for key, value in share.items():
            claims[key] = sorted((*claims[key], value))[-2:]
    return [
        sorted(
            (_lowered(c, _rival(claims[c.key], share[c.key])) for c in candidates), key=_by_score
        )
        for candidates, share in zip(lists, shares, strict=True)
    ]


def _rival(claims: list[float], own: float) -> float:
    """Return the largest claim that is not one's own, as far as it is larger than one's own."""
    second, largest = claims
    return max(0.0, (second if own == largest else largest) - own)


def _lowered(candidate: Candidate, rival: float) -> Candidate:
    factor = 1 - _CONTENTION * rival
    if factor > 0.999:
        return candidate
    reason = Reason("contested", _CONTESTED, factor)
    return replace(candidate, score=candidate.score * factor, reasons=(*candidate.reasons, reason))
