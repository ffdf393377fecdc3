"""Operational data: who may ask, what they handed in, what they are told. No facts of the graph.

One small SQL database, SQLite in the data folder by default. Each module holds the tables of one
matter and what is done with them.
"""

from .database import Database, open_database

__all__ = ["Database", "open_database"]
