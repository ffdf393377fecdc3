"""The store: where every fact stands, current and retired."""

from .protocol import Batch, Counts, Description, Entry, Receipt, Rekey, Store

__all__ = ["Batch", "Counts", "Description", "Entry", "Receipt", "Rekey", "Store"]
