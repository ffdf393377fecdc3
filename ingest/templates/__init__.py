"""The templates: what a sheet may look like, and what each of its rows states."""

from .choose import choose, known_header, named
from .headers import Match, match_headers
from .registry import TEMPLATES
from .types import Column, Gives, Template

__all__ = [
    "TEMPLATES",
    "Column",
    "Gives",
    "Match",
    "Template",
    "choose",
    "known_header",
    "match_headers",
    "named",
]
