"""Targets: the enterprises to attract for a gap."""

from .gates import Excluded, Gate
from .targets import Targets, find_targets

__all__ = ["Excluded", "Gate", "Targets", "find_targets"]
