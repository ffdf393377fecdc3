"""Colours. Status colours are those of Okabe and Ito, which colour-blind people can tell apart;
every status has a shape of its own besides.
"""

from __future__ import annotations

from dataclasses import dataclass

INK, MUTED, FAINT = "#1c2733", "#5a6775", "#8a95a1"
PAPER, LANE, FRAME, CARD = "#ffffff", "#f2f5f8", "#c5ced8", "#ffffff"
HEADER, HEADER_INK = "#1f3a5f", "#ffffff"
LINE, ESSENTIAL, TARGET = "#a9b6c4", "#5f7389", "#a33b00"
STAGES = {
    "upstream": "#24466f",
    "midstream": "#1f5c7a",
    "downstream": "#22706b",
    "": "#5a6775",
}


@dataclass(frozen=True)
class Look:
    """How a status looks."""

    mark: str
    """Fill of its mark."""
    fill: str
    """Fill of the box."""
    edge: str
    """Border of the box."""
    dash: str
    """Dashes of the border; empty: a full line."""


STATUSES = {
    "strong": Look("#00795a", "#e3f4ee", "#7cc4ae", ""),
    "adequate": Look("#0072b2", "#e6f1f9", "#86bce0", ""),
    "weak": Look("#d98a00", "#fdf3dc", "#e8bf6a", ""),
    "missing": Look("#d55e00", "#fdeae0", "#e8a37c", "4 2.4"),
    "unknown": Look("#7d7d7d", "#f3f3f3", "#b4b4b4", "1.2 2"),
    "": Look(MUTED, "#ffffff", "#b9c4d0", ""),
}
