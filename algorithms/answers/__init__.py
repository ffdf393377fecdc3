"""Answers: what the questions give to people and machines."""

from .changes import changes_answer
from .enterprise import enterprise_answer
from .frames import evidence_frame
from .gaps import explained, explanation, gaps_answer
from .models import (
    ChangesAnswer,
    EnterpriseAnswer,
    ExplainAnswer,
    GapAnswer,
    GapsAnswer,
    TargetAnswer,
    TargetsAnswer,
)
from .targets import targets_answer

__all__ = [
    "ChangesAnswer",
    "EnterpriseAnswer",
    "ExplainAnswer",
    "GapAnswer",
    "GapsAnswer",
    "TargetAnswer",
    "TargetsAnswer",
    "changes_answer",
    "enterprise_answer",
    "evidence_frame",
    "explained",
    "explanation",
    "gaps_answer",
    "targets_answer",
]
