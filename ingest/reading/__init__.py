"""Files to raw tables: every cell with the row that its owner sees it in."""

from .files import read_frame, read_path
from .raw import Problem, RawTable, Recognise

__all__ = ["Problem", "RawTable", "Recognise", "read_frame", "read_path"]
