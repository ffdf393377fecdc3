"""Text, flags, choices, lists and pairs of name and number."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import numpy as np
import pyarrow as pa

from ...graph.arrow_compute import pc
from ...graph.schema import Choice
from ...text import Text
from .base import Complaint, Parsed, as_text, flat, half_width, read_distinct, without

YES = ("是", "有", "√", "✓", "✔", "☑", "true", "t", "yes", "y", "1", "对", "关键", "必需")
NO = ("否", "无", "没有", "不是", "×", "✗", "✘", "x", "false", "f", "no", "n", "0", "非")
LONGEST_LIST_ITEM = 200
_SEPARATORS = "、，,;；\n/"
_SHEET_ERROR = re.compile(r"#(?:REF|DIV/0|VALUE|NAME\?|NUM|NULL|SPILL|CALC)!?")
_PAIR = re.compile(r"(?P<name>.+?)\s*[=:：]\s*(?P<number>[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)")

_SHEET_ERROR_WRONG = Text("单元格里是公式错误 {it}", "the cell holds the formula error {it}")
_SHEET_ERROR_RIGHT = Text("请改正公式或填写实际内容", "mend the formula or write the content")
_NO_FLAG = Text("“{it}”既不是“是”也不是“否”", "“{it}” is neither yes nor no")
_FLAG_RIGHT = Text("请填写 是 或 否", "write 是 or 否 (yes or no)")
_NO_CHOICE = Text("“{it}”不在可选范围内", "“{it}” is not one of the choices")
_CHOICE_RIGHT = Text("可填写：{choices}", "choose from: {choices}")
_NO_PAIR = Text("“{it}”不是“名称=数字”", "“{it}” is not of the form name=number")
_PAIR_RIGHT = Text(
    "请写成 投入=0.35，多个之间用 | 分隔", "write input=0.35, several separated by |"
)


def parse_text(cells: pa.Array) -> Parsed:
    """Read text as it stands, trimmed; only a spreadsheet's error value is refused."""
    text = as_text(cells)
    odd = pc.fill_null(pc.starts_with(text, "#"), False)
    return read_distinct(text, odd, without(text, odd), _formula_error)


def parse_flags(cells: pa.Array) -> Parsed:
    """Read yes and no in their usual spellings."""
    cells = flat(cells)
    if pa.types.is_boolean(cells.type):
        return Parsed(cells)
    text = _words(cells)
    values = pa.nulls(len(text), pa.bool_())
    return read_distinct(text, pc.is_valid(text), values, _flag)


def parse_choices(cells: pa.Array, choices: tuple[Choice, ...]) -> Parsed:
    """Read one of the choices by its value, its title in either language or an alias."""
    known = {_fold(word): each.value for each in choices for word in _names(each)}
    shown = "、".join(each.text.zh for each in choices), ", ".join(each.value for each in choices)
    right = _CHOICE_RIGHT.fill(choices=Text(*shown))

    def read(written: str) -> Any:
        found = known.get(_fold(written))
        return found or Complaint(_NO_CHOICE.fill(it=written), right)

    text = as_text(cells)
    return read_distinct(text, pc.is_valid(text), pa.nulls(len(text), pa.string()), read)


def parse_lists(cells: pa.Array) -> Parsed:
    """Read several texts a cell.

    Where | occurs, it alone separates. Otherwise 、，,；; / and line breaks do, but not within
    brackets, and a comma or slash not between figures or letters: 1,4-丁二醇 and TCP/IP are one.
    """
    text = as_text(cells)
    several = pc.match_substring_regex(text, f"[|｜{_SEPARATORS}]")
    single = without(text, pc.fill_null(several, False))
    offsets = np.concatenate([[0], np.cumsum(single.is_valid().to_numpy(zero_copy_only=False))])
    items = single.drop_null()
    lists = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), items, mask=pc.is_null(single))
    return read_distinct(text, several, lists, split_list)


def split_list(written: str) -> list[str] | None:
    """Split the text of one cell; see `parse_lists`."""
    if "|" in written or "｜" in written:
        parts = re.split(r"[|｜]", written)
    else:
        parts = _split_outside_brackets(written)
    kept = list(dict.fromkeys(part.strip() for part in parts if part.strip()))
    return kept or None


def parse_pairs(cells: pa.Array) -> Parsed:
    """Read name=number pairs, as a list of structs with `name` and `number`."""
    text = as_text(cells)
    empty = pa.nulls(len(text), PAIRS)
    return read_distinct(text, pc.is_valid(text), empty, _pairs)


PAIRS = pa.list_(pa.struct([("name", pa.string()), ("number", pa.float64())]))


def _pairs(written: str) -> Any:
    found: list[dict[str, Any]] = []
    for part in re.split(r"[|｜;；\n]", written):
        match = _PAIR.fullmatch(unicodedata.normalize("NFKC", part).strip())
        if part.strip() and match is None:
            return Complaint(_NO_PAIR.fill(it=part.strip()), _PAIR_RIGHT)
        if match:
            found.append({"name": match["name"], "number": float(match["number"])})
    return found or None


def _formula_error(written: str) -> Any:
    if _SHEET_ERROR.fullmatch(written):
        return Complaint(_SHEET_ERROR_WRONG.fill(it=written), _SHEET_ERROR_RIGHT)
    return written


def _flag(written: str) -> Any:
    word = written.casefold()
    if word in YES:
        return True
    return False if word in NO else Complaint(_NO_FLAG.fill(it=written), _FLAG_RIGHT)


def _words(cells: pa.Array) -> pa.Array:
    return half_width(as_text(cells))


def _names(choice: Choice) -> tuple[str, ...]:
    return (choice.value, choice.text.zh, choice.text.en, *choice.aliases)


def _fold(word: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", word)).casefold()


def _split_outside_brackets(written: str) -> list[str]:
    parts, depth = [""], 0
    for place, char in enumerate(written):
        depth += (char in "(（[【") - (char in ")）]】")
        if char in _SEPARATORS and depth <= 0 and not _within_word(written, place):
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _within_word(written: str, place: int) -> bool:
    """Say whether a comma or slash stands between ASCII letters or figures."""
    before, after = written[place - 1 : place], written[place + 1 : place + 2]
    if written[place] == ",":
        return before.isdigit() and after.isdigit()
    return written[place] == "/" and not (before.isspace() or after.isspace())
