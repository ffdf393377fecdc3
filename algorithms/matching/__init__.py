"""Lists of names against the graph: which enterprise or product a name means, and what is known.

The names are judged by `ingest/resolve`, as an import judges them.
"""

from .attributes import ATTRIBUTES, Attribute, attributes_answer
from .current import current_ids
from .hints import Hint
from .match import LABELS, MatchAsked, matches_answer
from .models import AttributesAnswer, Match, MatchesAnswer, StartsAnswer
from .seats import seats
from .starts import starts_answer

__all__ = [
    "ATTRIBUTES",
    "LABELS",
    "Attribute",
    "AttributesAnswer",
    "Hint",
    "Match",
    "MatchAsked",
    "MatchesAnswer",
    "StartsAnswer",
    "attributes_answer",
    "current_ids",
    "matches_answer",
    "seats",
    "starts_answer",
]
