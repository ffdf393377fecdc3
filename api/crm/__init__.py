"""Targets and leads with the headers of a CRM, for its own import.

The mappings are data files in `library/crm`; docs/crm.md says what may stand in one.
"""

from .mapping import Column, Mapping, mapping_named, mappings
from .rows import FIELDS, Row, lead_rows, target_rows
from .sheet import csv_of, frame_of

__all__ = [
    "FIELDS",
    "Column",
    "Mapping",
    "Row",
    "csv_of",
    "frame_of",
    "lead_rows",
    "mapping_named",
    "mappings",
    "target_rows",
]
