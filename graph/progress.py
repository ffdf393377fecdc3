"""How long work tells how far it has come."""

from __future__ import annotations

from typing import Protocol

from ..text import Text


class Progress(Protocol):
    """Is told how far some work has come."""

    def __call__(self, stage: Text, done: int, total: int) -> None:
        """Take note that `done` of `total` steps of a stage are done."""
        ...
