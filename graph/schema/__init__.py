"""The declared schema: the only place where it stands what the graph holds.

Tables, snapshots, import templates and the reference page are derived from `SCHEMA`.
"""

from .facts import FACT, STATED
from .nodes import NODES
from .relations import RELATIONS
from .types import Choice, Kind, NodeType, Property, RelationType, Schema

SCHEMA = Schema(NODES, RELATIONS, FACT)

__all__ = [
    "FACT",
    "SCHEMA",
    "STATED",
    "Choice",
    "Kind",
    "NodeType",
    "Property",
    "RelationType",
    "Schema",
]
