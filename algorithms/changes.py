"""What changed in a scope between two answers: gaps opened, gaps closed, and by what."""

from __future__ import annotations

from dataclasses import dataclass

from .gaps import GAPS, Assessment
from .index import Index
from .status import Status


@dataclass(frozen=True)
class Change:
    """A product whose status is not what it was; None where it was not looked at."""

    product: str
    before: Status | None
    after: Status | None

    @property
    def kind(self) -> str:
        """opened: it is a gap now; closed: it is none any more; else changed."""
        was, is_now = self.before in GAPS, self.after in GAPS
        if was == is_now:
            return "changed"
        return "opened" if is_now else "closed"


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
    return {index.products.keys[each]: found.verdict.status_of(each) for each in looked_at}
