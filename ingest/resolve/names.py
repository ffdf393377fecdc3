"""Names made comparable: one key for all spellings of a name, and the parts of a company's name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa

from ...graph.arrow_compute import pc
from .regions import Gazetteer
from .words import BRANCHES, FILLERS, LEGAL_FORMS, LISTING_PREFIX, LISTING_SUFFIX, TRADES

_BRACKETS = str.maketrans("[]{}<>〔〕【】〈〉《》「」『』〖〗", "()" * 10)
_WHITE = re.compile(r"\s+")
_IDLE_SPACE = re.compile(r"(?<![a-z0-9]) | (?![a-z0-9])")
_DASHES = re.compile(r"[‐-―−﹘﹣]")
_NOT_WORD = re.compile(r"(?<!\d)\.|\.(?!\d)|[^\w.]|_")
_WORDINGS = (
    ("责任", "有限责任公司|责任有限公司", "有限公司"),
    ("股份公司", "股份公司", "股份有限公司"),
)
"""A sign of a legal form, its wordings, and the one that is kept."""
# Ideographs, ASCII letters and figures alone: one width, no signs, one case but for ASCII.
_PLAIN = "^[0-9A-Za-z\u4e00-\u9fff]+$"
_FORM = re.compile(rf"({'|'.join(map(re.escape, LEGAL_FORMS))})(?:公司)*")
_CUT_FORM = re.compile(r"(?:股份)?有限(?:责任)?公?$")
_BRANCH = re.compile(rf"^.*(?:公司|银行)\(?(.+?(?:{BRANCHES}))\)?$")
_NOTE = re.compile(r"\((?:简称|原|曾用名|已|注)[^()]*\)$")
_GROUP = re.compile(r"\(集团\)|集团$")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_COUNTRY = frozenset(("中国", "china", "国际"))
_LISTED = re.compile(rf"^{LISTING_PREFIX}?(.{{2,}}?){LISTING_SUFFIX}?$")
_LONGEST_TRADE = max(map(len, TRADES))
_SHORTEST_BRAND = 2


@dataclass(frozen=True, slots=True)
class CompanyName:
    """The parts of a company's name, each in the comparison form; a missing part is "".

    `full` is the key of the whole name, `core` = brand + trade, `group` says whether it has 集团.
    `region` is the place in front as it is written. `regions` are the codes of the place that the
    name gives: of its branch, else in brackets, else in front; several where that is ambiguous.
    """

    full: str
    region: str
    regions: tuple[str, ...]
    core: str
    brand: str
    trade: str
    group: bool
    legal_form: str
    branch: str

    @property
    def body(self) -> str:
        """What is left when the legal form and the branch are taken off."""
        return self.region + self.core


@lru_cache(maxsize=1 << 16)
def normalise_name(name: str) -> str:
    """Return a name of a product or thing in one width, case, kind of bracket, dash and space.

    Spaces stay only between Latin words or figures, where they carry meaning.
    """
    text = unicodedata.normalize("NFKC", name).casefold().translate(_BRACKETS)
    text = _DASHES.sub("-", text)
    return _IDLE_SPACE.sub("", _WHITE.sub(" ", text))


def same_key(name: str) -> str:
    """Return the key under which two spellings of one name are equal.

    Width, case, brackets, spaces and punctuation do not count, nor which of two equal wordings of a
    legal form is used: 有限责任公司 is 有限公司, 股份公司 is 股份有限公司. All else does: a firm
    before and after it became a 股份有限公司 has two keys.
    """
    text = unicodedata.normalize("NFKC", name)
    if not text.isalnum():
        text = _NOT_WORD.sub("", text)
    for sign, wordings, kept in _WORDINGS:
        if sign in text:
            text = re.sub(wordings, kept, text)
    return text.casefold()


def same_keys(names: pa.Array) -> pa.Array:
    """Return `same_key` of a column of names; plain ones are done together."""
    plain = pc.match_substring_regex(names, _PLAIN)
    done = pc.if_else(plain, names, pa.scalar(None, pa.string()))
    for _, wordings, kept in _WORDINGS:
        done = pc.replace_substring_regex(done, wordings, kept)
    done = pc.ascii_lower(done)
    odd = np.flatnonzero(pc.fill_null(pc.invert(plain), False).to_numpy(zero_copy_only=False))
    each = [same_key(name) for name in names.take(pa.array(odd)).to_pylist()]
    return pc.replace_with_mask(
        done, pc.fill_null(pc.invert(plain), False), pa.array(each, pa.string())
    )


def short_name(name: str) -> str:
    """Return what a short name says of the firm: *ST康得 → 康得, 万科A → 万科, 天能股份 → 天能."""
    text = normalise_name(name).replace(" ", "")
    match = _LISTED.match(text)
    text = _CUT_FORM.sub("", match.group(1) if match else text)
    bare = next((text.removesuffix(filler) for filler in FILLERS if text.endswith(filler)), text)
    return bare if len(bare) >= _SHORTEST_BRAND else text


def search_text(name: str) -> str:
    """Return a name without its legal form, the text under which an index finds it."""
    return _split_form(normalise_name(name))[0]


def parse_company(name: str, gazetteer: Gazetteer | None = None) -> CompanyName:
    """Take a company's name apart; places are those of the gazetteer, or of the bundled one."""
    return _parse(name, gazetteer or Gazetteer.bundled())


def regions_of_name(name: str, gazetteer: Gazetteer | None = None) -> tuple[str, ...]:
    """Return the codes of the divisions that the place in a company's name may mean, or none."""
    return parse_company(name, gazetteer).regions


def region_of_name(name: str, gazetteer: Gazetteer | None = None) -> str | None:
    """Return the code of the division in a company's name, None where there is none or a doubt."""
    codes = regions_of_name(name, gazetteer)
    return codes[0] if len(codes) == 1 else None


@lru_cache(maxsize=1 << 17)
def _parse(name: str, gazetteer: Gazetteer) -> CompanyName:
    text = normalise_name(name).replace(" ", "")
    firm, branch = _split_branch(text)
    body, form = _split_form(_NOTE.sub("", firm))
    group = bool(_GROUP.search(body))
    body, bracketed = _take_brackets(_GROUP.sub("", body), gazetteer)
    place = gazetteer.at_start(body)
    core = body[len(place.text) :]
    brand = _brand(core)
    at_branch = gazetteer.at_start(branch).codes
    return CompanyName(
        full=same_key(text),
        region=place.text,
        regions=at_branch or bracketed or place.codes,
        core=core,
        brand=brand,
        trade=core[len(brand) :],
        group=group,
        legal_form=form,
        branch=branch,
    )


def _split_branch(text: str) -> tuple[str, str]:
    match = _BRANCH.match(text)
    return (text[: match.start(1)].rstrip("("), match.group(1)) if match else (text, "")


def _split_form(text: str) -> tuple[str, str]:
    """Split off the last legal form, or what is left of one where the end of the name is cut off.

    What follows the form, such as (集团), goes back to the body.
    """
    matches = list(_FORM.finditer(text))
    if not matches:
        return _CUT_FORM.sub("", text), ""
    last = matches[-1]
    return text[: last.start()] + text[last.end() :], LEGAL_FORMS[last.group(1)]


def _take_brackets(text: str, gazetteer: Gazetteer) -> tuple[str, tuple[str, ...]]:
    """Drop all brackets; keep what they hold, unless it is a place or a country."""
    regions: tuple[str, ...] = ()

    def keep(match: re.Match[str]) -> str:
        nonlocal regions
        inside = match.group(1)
        codes = gazetteer.exactly(inside)
        regions = codes or regions
        return "" if codes or inside in _COUNTRY else inside

    return _NOT_WORD.sub("", _BRACKETED.sub(keep, text)), regions


def _brand(core: str) -> str:
    """Strip words of trade from the end for as long as something of the firm's own remains."""
    end = len(core)
    while (shorter := _without_trade(core, end)) is not None:
        end = shorter
    return core[:end]


def _without_trade(core: str, end: int) -> int | None:
    for length in range(min(_LONGEST_TRADE, end - _SHORTEST_BRAND), 0, -1):
        if core[end - length : end] in TRADES:
            return end - length
    return None
