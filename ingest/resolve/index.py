"""Finding the known companies that a name may mean, among up to a million full names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ...text import Text
from .contention import contention
from .names import parse_company, search_text
from .regions import Gazetteer
from .similarity import Candidate, Given, Pair, Reason, compare

# Names compared closely for each given one: the true one is among them in 99 of 100 cases.
SHORTLIST = 50
# Of these, how many are kept for the contention within a list.
_KEPT = 20
# An n-gram in more names than this does not bring candidates up; it still counts in the score.
_COMMON = 20_000
# Cells of the product of given and known names that are held in memory at once.
_CELLS = 1 << 24

_CONTESTED = Text(zh="名单中另有更合适的名称", en="another name in the list fits it better")


class _Near(NamedTuple):
    """A known name, by its place in the index, that was compared with a given one."""

    place: int
    cosine: float
    score: float


class NameIndex:
    """Known full names with their keys, searched by similarity.

    Names and keys run side by side; without keys the names are their own. Building takes about ten
    seconds a million names, a search some milliseconds.
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
        # Importing it takes seconds, which those who search nothing are spared.
        from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

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
        """Return up to 20 candidates for each name of a list, the best first.

        The names of the list contend; the same name twice is one name.
        """
        given = {name: Given.of(name, self._gazetteer) for name in dict.fromkeys(names)}
        near = list(self._near(list(given.values())))
        factors = contention([self._scores(found) for found in near])
        settled = {
            name: self._settle(one, found, lowered)[:limit]
            for (name, one), found, lowered in zip(given.items(), near, factors, strict=True)
        }
        return [settled[name] for name in names]

    def _near(self, given: Sequence[Given]) -> Iterator[list[_Near]]:
        if not self._names:
            yield from ([] for _ in given)
            return
        step = max(1, _CELLS // len(self._names))
        for start in range(0, len(given), step):
            block = given[start : start + step]
            counts = _matrix(self._grams.transform(one.place + one.text for one in block))
            queries = _matrix(self._weights.transform(counts))
            reached = _matrix(queries @ self._postings)
            for i, one in enumerate(block):
                yield self._compare(one, queries[[i]], _shortlist(reached, i))

    def _compare(self, given: Given, query: csr_array, shortlist: NDArray[np.intp]) -> list[_Near]:
        weights = np.zeros(query.shape[1], np.float32)
        weights[query.indices] = query.data
        cosines = self._rows[shortlist] @ weights
        found = [
            self._measure(given, int(place), float(cosine))
            for place, cosine in zip(shortlist, cosines, strict=True)
        ]
        return sorted(found, key=lambda one: -one.score)[:_KEPT]

    def _measure(self, given: Given, place: int, cosine: float) -> _Near:
        score, _ = compare(self._pair(given, place, cosine))
        return _Near(place, cosine, score)

    def _pair(self, given: Given, place: int, cosine: float) -> Pair:
        return Pair.of(given, parse_company(self._names[place], self._gazetteer), cosine)

    def _scores(self, found: Sequence[_Near]) -> dict[str, float]:
        """Return the best score of each key; several names may have one."""
        return {self._keys[one.place]: one.score for one in reversed(found)}

    def _settle(
        self, given: Given, found: Sequence[_Near], factors: Mapping[str, float]
    ) -> list[Candidate]:
        candidates = [self._candidate(given, one, factors) for one in found]
        return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.name))

    def _candidate(self, given: Given, near: _Near, factors: Mapping[str, float]) -> Candidate:
        name, key = self._names[near.place], self._keys[near.place]
        score, reasons = compare(self._pair(given, near.place, near.cosine))
        factor = factors[key]
        if factor < 1:
            reasons = (*reasons, Reason("contested", _CONTESTED, factor))
        return Candidate(name, key, score * factor, reasons)


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
    columns.data[np.repeat(sizes > _COMMON, sizes)] = 0
    columns.eliminate_zeros()
    return columns


def _shortlist(reached: csr_array, i: int) -> NDArray[np.intp]:
    span = slice(reached.indptr[i], reached.indptr[i + 1])
    values, columns = reached.data[span], reached.indices[span]
    if len(values) > SHORTLIST:
        columns = columns[np.argpartition(-values, SHORTLIST)[:SHORTLIST]]
    return columns.astype(np.intp)
