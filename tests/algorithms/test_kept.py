"""What is kept for a while: as much as was said, and what was asked for last."""

from __future__ import annotations

from lianpu.algorithms.index.kept import Kept


def test_what_was_asked_for_lately_is_not_worked_out_again() -> None:
    kept, worked = Kept[str](2), list[str]()

    def ask(key: str) -> str:
        return kept.get(key, lambda: worked.append(key) or key)

    for key in ("a", "b", "a", "c", "a", "b"):
        assert ask(key) == key
    assert worked == ["a", "b", "c", "b"]  # b had to go for c, since a was asked for after it
