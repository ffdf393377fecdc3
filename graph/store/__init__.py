"""The store: where every fact stands, current and retired."""

from .opening import EMBEDDED, open_store
from .protocol import Batch, Counts, Description, Entry, Receipt, Rekey, Store

__all__ = [
    "EMBEDDED",
    "Batch",
    "Counts",
    "Description",
    "Entry",
    "Receipt",
    "Rekey",
    "Store",
    "open_store",
]
