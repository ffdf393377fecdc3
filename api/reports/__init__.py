"""Reports: the handbook 招商手册, the slides, the worklist 作战图清单. All from one gathering."""

from .gathering import Gathered, gather
from .kinds import KINDS, report

__all__ = ["KINDS", "Gathered", "gather", "report"]
