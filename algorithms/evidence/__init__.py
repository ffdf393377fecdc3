"""Down to the facts: every answer's evidence, with source and day."""

from .facts import Fact, facts_between, facts_where
from .gaps import evidence_of_gaps, merged, wanted_table
from .targets import evidence_of_demand, evidence_of_targets

__all__ = [
    "Fact",
    "evidence_of_demand",
    "evidence_of_gaps",
    "evidence_of_targets",
    "facts_between",
    "facts_where",
    "merged",
    "wanted_table",
]
