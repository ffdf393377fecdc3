"""The server store: the graph in Neo4j 5, spoken to by the official driver over Bolt."""

from .asking import QuestionAnswer, ask, question, questions, values_for
from .connection import Connection
from .migrations import State, states
from .store import Neo4jStore

__all__ = [
    "Connection",
    "Neo4jStore",
    "QuestionAnswer",
    "State",
    "ask",
    "question",
    "questions",
    "states",
    "values_for",
]
