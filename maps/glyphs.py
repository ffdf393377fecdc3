"""A character that the font lacks is an error: paper must never show an empty box for it."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import BadInputError
from ..fonts import lacking
from ..text import Text

_LACKING = Text(
    "字体里没有“{char}”（U+{code:04X}），出现在“{where}”",
    "the font has no “{char}” (U+{code:04X}), which is in “{where}”",
)
_CURE = Text(
    "请改正数据里的这个字；或输出 html、pptx，由阅读者电脑上的字体显示。",
    "Correct it in the data, or write html or pptx, which are shown with the reader's own fonts.",
)


def check(texts: Iterable[str]) -> None:
    """Make sure that the font has every character.

    Raises
    ------
    BadInputError
        It lacks one; the first is named with the text that it is in.
    """
    for text in texts:
        for char in lacking(text):
            raise BadInputError(_LACKING.fill(char=char, code=ord(char), where=text), _CURE)
