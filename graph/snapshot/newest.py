"""Which snapshot is the newest, cheaply enough to be asked for every request."""

from __future__ import annotations

import time
from pathlib import Path

from .reader import numbers

_SETTLED = 50_000_000
"""Nanoseconds after which a later change of a folder is sure to have a later time of change."""


class Newest:
    """The number of the newest snapshot in a folder, listed again only when the folder changed.

    Publishing renames a folder into this one, which changes its time of modification, so what was
    published is seen at once, whoever published it. A listing made so soon after a change that
    the file system's clock might not tell it from the next change is not relied on.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: tuple[int, int | None] = (0, None)

    def number(self) -> int | None:
        """Return the number, None where there is no snapshot."""
        try:
            changed = self._folder.stat().st_mtime_ns
        except OSError:  # not there, or not for us to see
            return None
        at, known = self._known
        if changed == at:
            return known
        settled = time.time_ns() - changed > _SETTLED
        found = numbers(self._folder)
        newest = found[-1] if found else None
        if settled:
            self._known = (changed, newest)
        return newest
