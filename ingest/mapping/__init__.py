"""Any other layout brought to a template's: declared in TOML, applied to raw tables."""

from .layout import Layout

__all__ = ["Layout"]
