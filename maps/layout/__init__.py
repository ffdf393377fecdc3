"""The layout model: pure and deterministic, no face knows another one."""

from .lay_out import lay_out
from .model import Drawing
from .sheet import A1, A2, A3, A4, SHEETS, SLIDE, Sheet

__all__ = ["A1", "A2", "A3", "A4", "SHEETS", "SLIDE", "Drawing", "Sheet", "lay_out"]
