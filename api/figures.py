"""Figures as people read them, the same in every face."""

from __future__ import annotations

from ..algorithms.answers.models import ScopeCoverage, SnapshotAnswer
from ..text import Text

_HEAD = Text(
    "快照 {number}（{day}）· 在营企业 {all} 家，其中 {known} 家产品已知{revenue}",
    "snapshot {number} ({day}) · {all} active enterprises, {known} with known products{revenue}",
)
_REVENUE = Text("，占已知营收的 {part}", ", {part} of the known revenue")


def percent(value: float | None) -> str:
    """Return a share as people read it; a dash where it is not known."""
    return "—" if value is None else f"{value:.0%}"


def figure(value: float | None) -> str:
    """Return a score with two places; a dash where there is none."""
    return "—" if value is None else f"{value:.2f}"


def money(value: float | None) -> str:
    """Return yuan in 亿元 or 万元; a dash where it is not known."""
    if value is None:
        return "—"
    if abs(value) >= 1e8:
        return f"{value / 1e8:,.2f}{Text('亿元', ' x10^8 yuan')}"
    return f"{value / 1e4:,.0f}{Text('万元', ' x10^4 yuan')}"


def standing(snapshot: SnapshotAnswer, coverage: ScopeCoverage) -> Text:
    """Return which snapshot and day an answer speaks of, and how much of its scope is known."""
    revenue: Text | str = ""
    if coverage.revenue and coverage.known_revenue is not None:
        revenue = _REVENUE.fill(part=percent(coverage.known_revenue / coverage.revenue))
    return _HEAD.fill(
        number=snapshot.number,
        day=snapshot.as_of or snapshot.date,
        all=coverage.enterprises,
        known=coverage.known,
        revenue=revenue,
    )
