"""Snapshots: what readers see. Immutable Parquet tables, published by an atomic rename."""

from .manifest import Coverage, Manifest
from .newest import Newest
from .publish import publish
from .reader import Snapshot, numbers, open_snapshot

__all__ = ["Coverage", "Manifest", "Newest", "Snapshot", "numbers", "open_snapshot", "publish"]
