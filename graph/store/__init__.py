"""The store: where every fact stands, current and retired."""

from .protocol import Batch, Counts, Description, Receipt, Rekey, Store

__all__ = ["Batch", "Counts", "Description", "Receipt", "Rekey", "Store"]
