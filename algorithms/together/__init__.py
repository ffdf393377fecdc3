"""Many regions at once: how they stand, worked out together instead of one by one."""

from .keeping import have_ready, standings_of
from .standings import KINDS, STATUSES, Standings, StoppedError, stand_together

__all__ = [
    "KINDS",
    "STATUSES",
    "Standings",
    "StoppedError",
    "have_ready",
    "stand_together",
    "standings_of",
]
