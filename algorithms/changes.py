"""What changed in a scope between two answers: gaps opened, gaps closed, and by what."""

from __future__ import annotations

from dataclasses import dataclass

from .gaps import Assessment
from .index import Index
from .status import Status

_SEVERITY = {Status.WEAK: 1, Status.UNKNOWN: 2, Status.MISSING: 3}
"""How bad a status is; those that are no gap, and products not looked at, are 0."""


@dataclass(frozen=True)
class Change:
    """A product whose status is not what it was; None where it was not looked at."""

    product: str
    before: Status | None
    after: Status | None

    @property
    def kind(self) -> str:
        """opened: it is a worse gap now; closed: a lesser one or none any more; else changed.

        What is missing and comes to be made by a first maker is closed, though that is weak still.
        What is missing and becomes unknown is not: nothing has come to close it.
        """
        was, now = self._severity(self.before), self._severity(self.after)
        if now > was:
            return "opened"
        return "closed" if now < was and self.after is not Status.UNKNOWN else "changed"

    @staticmethod
    def _severity(status: Status | None) -> int:
        return _SEVERITY.get(status, 0) if status else 0


def changes(before: tuple[Index, Assessment], after: tuple[Index, Assessment]) -> list[Change]:
    """Compare two assessments of all statuses, product by product, closed gaps first."""
    old, new = _statuses(*before), _statuses(*after)
    found = [
        Change(product, old.get(product), new.get(product))
        for product in sorted(old.keys() | new.keys())
        if old.get(product) is not new.get(product)
    ]
    return sorted(found, key=lambda change: ("closed", "opened", "changed").index(change.kind))


def _statuses(index: Index, found: Assessment) -> dict[str, Status]:
    looked_at: list[int] = found.looked_at.tolist()
    return {index.products.keys[each]: found.verdict.status[each] for each in looked_at}
