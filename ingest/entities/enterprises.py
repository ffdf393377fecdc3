"""Enterprises: by code, by exact name, by another name, and where these fail by similarity.

Codes are checked and never invented; a firm without one goes by an id derived from its name until
its code arrives.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ...graph.arrow_compute import pc
from ...graph.coded import encode, places
from ...graph.ids import derived_id, is_derived
from ...graph.store import Rekey
from ...text import Text
from ..cells import Complaint
from ..cells.base import to_mask
from ..resolve.codes import LENGTH, check_uscc, check_usccs, clean_uscc, valid_usccs
from ..resolve.decide import Outcome, Thresholds, decide
from ..resolve.index import NameIndex
from ..resolve.names import same_key, same_keys
from ..resolve.similarity import Candidate, Given
from . import words
from .answers import Answer, CodeComplaint, Pending, Suspect

# Given name and known name, both by `same_key`: whether a person found them to be one firm.
Decisions = Mapping[tuple[str, str], bool]

# With more new full names than this in one sheet they are not compared one by one any more.
MOST_COMPARED = 20_000
_CANDIDATES = 5
_FULL = "公司"
_LONGEST_NAME = 120
_CODE_LIKE = re.compile(r"[0-9A-Za-z]{18}")
_SUSPICIOUS = frozenset("合总小共注备说填制单")
_NO_KEY = pa.scalar(None, pa.string())
_TOTALS, _NOTES = "合计|总计|小计|共计", "注|备注|说明|填表|制表|单位"
_NO_ENTERPRISE = re.compile(f"({_TOTALS})|({_NOTES})[:：].*")
# What has a letter, does not begin like a note and is not too long, is no bad name.
_PLAIN = f"^[0-9A-Za-z\u4e00-\u9fff].{{0,{_LONGEST_NAME - 1}}}$"
_LETTER = "[A-Za-z\u4e00-\u9fff]"
_LIKE_A_NOTE = f"^({_TOTALS}|{_NOTES})"


class Mention(NamedTuple):
    """An enterprise as a row names it; either part may be missing, not both."""

    code: str | None
    name: str | None


class Enterprises:
    """The enterprises that a run knows or learns."""

    def __init__(self, known: pa.Table, thresholds: Thresholds, decisions: Decisions) -> None:
        self.names: dict[str, str] = {}
        self.aliases: defaultdict[str, list[str]] = defaultdict(list)
        self.rekeys: dict[str, str] = {}
        self.uncompared = 0
        self._thresholds = thresholds
        self._decisions = decisions
        self._key_of: dict[str, str] = {}
        self._exact: dict[str, str] = {}
        self._by_name: dict[str, tuple[str, ...]] = {}
        self._by_alias: dict[str, tuple[str, ...]] = {}
        self._coded: tuple[pa.Array, ...] | None = None
        self._index: tuple[int, NameIndex] | None = None
        self._load(known)
        self._before = len(self.names)

    def find_all(self, mentions: Sequence[Mention], *, defines: bool) -> list[Answer]:
        """Return what each mention means.

        Parameters
        ----------
        mentions : distinct ones.
        defines : whether the sheet lists enterprises, so that every unknown name is a new one;
            elsewhere only a full name makes an enterprise.
        """
        checked = _check_codes(mentions)
        answers: list[Answer] = []
        open_: list[int] = []
        for place, (mention, complaint) in enumerate(zip(mentions, checked, strict=True)):
            answer = complaint or self._at_once(mention) or self._find(mention)
            answers.append(answer)
            if answer is None:
                open_.append(place)
        found = self._by_similarity([mentions[i] for i in open_], defines=defines)
        for place, answer in zip(open_, found, strict=True):
            answers[place] = answer
        return answers

    def by_code(self, codes: pa.Array) -> tuple[pa.Array, pa.Array]:
        """Return the keys that valid codes are known for, and the firms' own names; null else."""
        if self._coded is None:
            known = pa.array(list(self._key_of), pa.string())
            keys = self._finals(pa.array(list(self._key_of.values()), pa.string()))
            names = pa.array(list(map(self.names.get, keys.to_pylist())), pa.string())
            valid = valid_usccs(known)
            self._coded = tuple(each.filter(valid) for each in (known, keys, names))
        known, keys, names = self._coded
        place = pc.index_in(codes, value_set=known)
        return keys.take(place), names.take(place)

    def by_name(self, names: pa.Array) -> pa.Array:
        """Return the keys of names that one firm bears, or that are codes; null for all others."""
        return self._finals(
            pc.coalesce(_looked_up(names, self._key_of), _looked_up(names, self._exact))
        )

    def take_new(self, codes: pa.Array, names: pa.Array) -> pa.Array:
        """Take in firms of which nothing is known and nothing in doubt; return their keys.

        Those have a valid code that is new and a plain name, and nobody else among the mentions
        or the known has either. Null for all others, which `find_all` goes through one by one.
        """
        if codes.null_count == len(codes) or self._has_codeless():
            return pa.nulls(len(codes), pa.string())
        spelt = same_keys(names)
        plain = to_mask(valid_usccs(codes))
        for sign, wanted in ((_PLAIN, True), (_LETTER, True), (_LIKE_A_NOTE, False)):
            plain &= to_mask(pc.match_substring_regex(names, sign)) == wanted
        plain &= _single(codes) & _single(spelt)
        plain &= ~_among(codes, self._key_of) & ~_among(spelt, self._by_name)
        if not plain.any():
            return pa.nulls(len(codes), pa.string())
        rows = pa.array(np.flatnonzero(plain))
        chosen, called, keys = (each.take(rows).to_pylist() for each in (codes, names, spelt))
        self._coded = None
        self.names.update(zip(chosen, called, strict=True))
        self._key_of.update(zip(chosen, chosen, strict=True))
        self._exact.update(zip(called, chosen, strict=True))
        self._by_name.update(zip(keys, ((each,) for each in chosen), strict=True))
        return pc.if_else(pa.array(plain), codes, _NO_KEY)

    def _finals(self, keys: pa.Array) -> pa.Array:
        return pc.coalesce(_looked_up(keys, self.rekeys), keys) if self.rekeys else keys

    def final(self, key: str) -> str:
        """Return the key under which a firm goes after the codes that this run brought."""
        return self.rekeys.get(key, key)

    def names_of(self, keys: pa.Array) -> pa.Array:
        """Return the names of firms by key, null for keys that nobody has."""
        return _looked_up(keys, self.names)

    def rekeyed(self) -> tuple[Rekey, ...]:
        """Return the changes of key that the store has to make."""
        return tuple(Rekey("Enterprise", old, new) for old, new in self.rekeys.items())

    def _load(self, known: pa.Table) -> None:
        keys = known["id"].to_pylist()
        for key, name in zip(keys, known["name"].to_pylist(), strict=True):
            self._remember(key, name or key)
        for column in ("aliases", "former_ids"):
            rows = known.filter(pc.is_valid(known[column])).select(["id", column])
            for key, texts in zip(rows["id"].to_pylist(), rows[column].to_pylist(), strict=True):
                for text in texts:
                    if column == "aliases":
                        self._also(key, text)
                    else:
                        self._key_of[text] = key
        rows = known.filter(pc.is_valid(known["short_name"]))
        for key, short in zip(rows["id"].to_pylist(), rows["short_name"].to_pylist(), strict=True):
            self._also(key, short)
        rows = known.filter(pc.is_valid(known["code"]))
        self._key_of.update(zip(rows["code"].to_pylist(), rows["id"].to_pylist(), strict=True))

    def describe(self, key: str, others: Sequence[str]) -> None:
        """Let further names and short names mean an enterprise."""
        for other in others:
            self._also(key, other)

    def _remember(self, key: str, name: str) -> None:
        self._coded = None
        self.names[key] = name
        self._key_of[key] = key
        keys = _with(self._by_name, same_key(name), key)
        if len(keys) == 1:
            self._exact[name] = key
        else:
            self._exact.pop(name, None)

    def _also(self, key: str, name: str) -> None:
        _with(self._by_alias, same_key(name), key)

    def _at_once(self, mention: Mention) -> str | None:
        """Return the key where the text is exactly a known code or the name of one firm."""
        code, name = mention
        if code is None:
            key = self._key_of.get(name or "") or self._exact.get(name or "")
        else:
            key = self._key_of.get(code)
            if key is None or (name is not None and self._exact.get(name) != key):
                return None
        return self.final(key) if key else None

    def _find(self, mention: Mention) -> Answer:
        code, name = mention.code, mention.name
        if name is not None:
            if complaint := _bad_name(name):
                return complaint
            if code is None and _CODE_LIKE.fullmatch(name):
                code, name = name, None
        if code is not None:
            return self._by_code(_clean(code), name)
        if name is None:
            return None
        return self._by_exact_name(name)

    def _by_exact_name(self, name: str) -> Answer:
        key = same_key(name)
        for names in (self._by_name, self._by_alias):
            keys = list(dict.fromkeys(self.final(each) for each in names.get(key, ())))
            if len(keys) == 1:
                return keys[0]
            if keys:
                choices = "、".join(f"{self.names[each]}（{each}）" for each in keys[:5])
                wrong = words.SEVERAL.fill(name=name)
                return Complaint(wrong, words.WRITE_CODE.fill(choices=choices))
        return None

    def _by_code(self, code: str, name: str | None) -> Answer:
        key = self._key_of.get(code)
        if key is not None:
            return self._same_code(self.final(key), code, name)
        if name is None:
            check = check_uscc(code)
            if check.problem:
                return CodeComplaint(words.BAD_CODE.fill(code=code), check.problem)
            return CodeComplaint(words.UNKNOWN_CODE.fill(code=code), words.GIVE_NAME)
        return self._new_code(code, name)

    def _same_code(self, key: str, code: str, name: str | None) -> Answer:
        """The code is known: the name must be the firm's, or a person must say that it is."""
        known = self.names[key]
        if name is None or name == known or same_key(name) == same_key(known):
            return key
        if key in self._by_alias.get(same_key(name), ()):
            return key
        decided = self._decisions.get((same_key(name), same_key(known)))
        if decided:
            self._rename(key, name)
            return key
        if decided is False:
            wrong = words.OTHER_FIRMS_CODE.fill(code=code, known=known, name=name)
            return CodeComplaint(wrong, words.CHECK_CODE)
        reason = words.SAME_CODE.fill(code=code, known=known)
        return Pending(name, (Suspect(key, known, 1.0, (reason,)),), reason)

    def _new_code(self, code: str, name: str) -> Answer:
        """The code is new: perhaps the firm is known by its name, without a code so far."""
        keys = dict.fromkeys(self.final(each) for each in self._by_name.get(same_key(name), ()))
        coded = [key for key in keys if not is_derived(key)]
        if coded:
            wrong = words.TWO_CODES.fill(name=name, known=coded[0], code=code)
            return CodeComplaint(wrong, words.CHECK_CODE)
        for key in keys:
            self._give_code(key, code)
        if not keys and self._has_codeless():
            return None
        self._remember(code, self.names.get(next(iter(keys), ""), name))
        return code

    def _has_codeless(self) -> bool:
        """Say whether any firm known before the run still waits for its code."""
        if not hasattr(self, "_codeless"):
            before = list(self.names)[: self._before]
            self._codeless = [key for key in before if is_derived(key)]
        return bool(self._codeless)

    def _give_code(self, key: str, code: str) -> None:
        self._coded = None
        self.rekeys[key] = code
        for old, new in self.rekeys.items():
            if new == key:
                self.rekeys[old] = code
        self._key_of[key] = code

    def _rename(self, key: str, name: str) -> None:
        old = self.names[key]
        self._remember(key, name)
        self._also(key, old)
        self.aliases[key].append(old)

    def _by_similarity(self, mentions: list[Mention], *, defines: bool) -> list[Answer]:
        names = [each.name or "" for each in mentions]
        candidates = self._candidates(names, defines=defines)
        answers: list[Answer] = []
        for mention, name, near in zip(mentions, names, candidates, strict=True):
            # An earlier mention may have made the firm known by now.
            again = self._by_exact_name(name) if mention.code is None else None
            answers.append(again or self._decide(mention, name, near, defines=defines))
        return answers

    def _candidates(self, names: list[str], *, defines: bool) -> list[list[Candidate]]:
        known = list(self.names.items())
        if defines:
            known = known[: self._before]
        if not known or not names:
            return [[] for _ in names]
        asked = names
        if len(names) > MOST_COMPARED:
            asked = [name for name in names if _FULL not in name]
            self.uncompared += len(names) - len(asked)
        found = dict(zip(asked, self._search(known).search_many(asked, _CANDIDATES), strict=True))
        return [found.get(name, []) for name in names]

    def _search(self, known: list[tuple[str, str]]) -> NameIndex:
        if self._index is None or self._index[0] != len(known):
            index = NameIndex([name for _, name in known], [key for key, _ in known])
            self._index = len(known), index
        return self._index[1]

    def _decide(
        self, mention: Mention, name: str, near: list[Candidate], *, defines: bool
    ) -> Answer:
        open_, same = self._as_decided(name, self._possible(mention, near))
        if same is not None:
            return self._take(mention, name, same.key)
        decision = decide(open_, self._thresholds)
        if decision.taken is not None:
            return self._take(mention, name, decision.taken.key)
        if decision.outcome is Outcome.DOUBTFUL:
            return Pending(name, tuple(_suspect(c) for c in decision.candidates), decision.reason)
        if mention.code is None and not defines and Given.of(name).short:
            return _unknown(name, near)
        key = mention.code and _clean(mention.code)
        key = key or derived_id("Enterprise", same_key(name))
        self._remember(key, name)
        return key

    def _possible(self, mention: Mention, near: list[Candidate]) -> list[Candidate]:
        """A firm with a code of its own cannot be one whose code is another."""
        if mention.code is None:
            return near
        return [each for each in near if is_derived(self.final(each.key))]

    def _as_decided(
        self, name: str, near: list[Candidate]
    ) -> tuple[list[Candidate], Candidate | None]:
        """Leave out what a person found to be another firm; return what is the same one."""
        open_: list[Candidate] = []
        for each in near:
            decided = self._decisions.get((same_key(name), same_key(each.name)))
            if decided:
                return [], each
            if decided is None:
                open_.append(each)
        return open_, None

    def _take(self, mention: Mention, name: str, key: str) -> str:
        key = self.final(key)
        if mention.code is not None:
            code = _clean(mention.code)
            self._give_code(key, code)
            self._remember(code, self.names[key])
            key = code
        self._also(key, name)
        if same_key(name) != same_key(self.names[key]):
            self.aliases[key].append(name)
        return key


def _with(known: dict[str, tuple[str, ...]], name: str, key: str) -> tuple[str, ...]:
    """Let a name mean a key too; return all that it means."""
    keys = known.get(name, ())
    if key not in keys:
        keys = known[name] = (*keys, key)
    return keys


def _looked_up(texts: pa.Array, known: Mapping[str, str]) -> pa.Array:
    """Return what each text stands for, null where it is not known."""
    if texts.null_count == len(texts):
        return pa.nulls(len(texts), pa.string())
    place = pc.index_in(texts, value_set=pa.array(list(known), pa.string()))
    return pa.array(list(known.values()), pa.string()).take(place)


def _among(texts: pa.Array, known: Mapping[str, object]) -> NDArray[np.bool_]:
    return to_mask(pc.is_in(texts, value_set=pa.array(list(known), pa.string())))


def _single(texts: pa.Array) -> NDArray[np.bool_]:
    """Return which texts occur once in their column."""
    coded = encode(texts)
    counts = np.bincount(places(coded)[places(coded) >= 0], minlength=len(coded.dictionary))
    return np.append(counts == 1, False)[places(coded)]


def _check_codes(mentions: Sequence[Mention]) -> list[Complaint | None]:
    places = [i for i, each in enumerate(mentions) if each.code is not None]
    codes = [mentions[i].code or "" for i in places]
    complaints: list[Complaint | None] = [None] * len(mentions)
    for place, code, verdict in zip(places, codes, check_usccs(codes), strict=True):
        if verdict:
            problem = check_uscc(code).problem or words.CHECK_CODE
            complaints[place] = CodeComplaint(words.BAD_CODE.fill(code=code), problem)
    return complaints


def _clean(code: str) -> str:
    plain = len(code) == LENGTH and code.isalnum() and code.isascii()
    return code.upper() if plain else clean_uscc(code)


def _bad_name(name: str) -> Complaint | None:
    if name[0] in _SUSPICIOUS and _NO_ENTERPRISE.fullmatch(name):
        return Complaint(words.NO_ENTERPRISE.fill(name=name), words.DROP_ROW)
    if len(name) > _LONGEST_NAME:
        return Complaint(words.TOO_LONG.fill(name=name[:30]), words.ONE_NAME)
    if name[0].isdigit() and name.replace(".", "").isdigit() and not _CODE_LIKE.fullmatch(name):
        return Complaint(words.ONLY_FIGURES.fill(name=name), words.FULL_NAME)
    return None


def _unknown(name: str, near: list[Candidate]) -> Complaint:
    if near:
        names = "、".join(each.name for each in near[:3])
        return Complaint(words.UNKNOWN.fill(name=name), words.NEAREST.fill(names=names))
    return Complaint(words.UNKNOWN.fill(name=name), words.FULL_NAME)


def _suspect(candidate: Candidate) -> Suspect:
    reasons = tuple(
        Text("{label} {value:.2f}", "{label} {value:.2f}").fill(label=r.label, value=r.value)
        for r in candidate.reasons
    )
    return Suspect(candidate.key, candidate.name, candidate.score, reasons)
