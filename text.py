"""What is said to people: every sentence stands in Chinese and English side by side."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]

_language: ContextVar[Language] = ContextVar("language", default="zh")


@dataclass(frozen=True, slots=True)
class Text:
    """One thing to say, in both languages; `str()` gives it in the language in force."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh if _language.get() == "zh" else self.en

    def fill(self, **values: object) -> Text:
        """Return the text with `{name}` replaced by `values["name"]` in both languages."""
        return Text(_fill(self.zh, "zh", values), _fill(self.en, "en", values))


def use_language(language: Language) -> None:
    """Set the language of every text said from here on in this context."""
    _language.set(language)


@contextmanager
def speaking(language: Language) -> Generator[None]:
    """Say every text of a block in one language."""
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)


def language() -> Language:
    """Return the language in force."""
    return _language.get()


def _fill(pattern: str, language: Language, values: dict[str, object]) -> str:
    spoken = {
        name: getattr(value, language) if isinstance(value, Text) else value
        for name, value in values.items()
    }
    return pattern.format(**spoken)
