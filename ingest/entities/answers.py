"""The three answers to "which one is meant?": a key, a complaint, or a doubt."""

from __future__ import annotations

from dataclasses import dataclass

from ...text import Text
from ..cells import Complaint


@dataclass(frozen=True, slots=True)
class Suspect:
    """A known enterprise that a given name may mean, with its score in 0..1 and why."""

    key: str
    name: str
    score: float
    reasons: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """A doubt that a person has to settle: is the given name one of these?"""

    given: str
    suspects: tuple[Suspect, ...]
    reason: Text


class CodeComplaint(Complaint):
    """A complaint about the code that stands beside a name."""


# None: nothing is known under that text.
Answer = str | Complaint | Pending | None
