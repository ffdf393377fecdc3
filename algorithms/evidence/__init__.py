"""Down to the facts: every answer's evidence, with source and day."""

from .facts import Fact, facts_between, facts_where
from .gaps import evidence_of_gaps

__all__ = ["Fact", "evidence_of_gaps", "facts_between", "facts_where"]
