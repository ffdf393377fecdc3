"""Cells to values: one column at a time, by the kind of what it holds."""

from .base import Complaint, Parsed
from .column import CellForm, parse_column
from .units import HeaderUnit, unit_of_header

__all__ = ["CellForm", "Complaint", "HeaderUnit", "Parsed", "parse_column", "unit_of_header"]
