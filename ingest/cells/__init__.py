"""Cells to values: one column at a time, by the kind of what it holds."""

from .base import Complaint, Parsed
from .column import CellForm, parse_column
from .units import MONEY_UNITS, HeaderUnit, unit_of_header

__all__ = [
    "MONEY_UNITS",
    "CellForm",
    "Complaint",
    "HeaderUnit",
    "Parsed",
    "parse_column",
    "unit_of_header",
]
