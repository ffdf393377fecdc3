"""Every question in one place, over the newest published snapshot."""

from .atlas import Atlas, open_atlas

__all__ = ["Atlas", "open_atlas"]
