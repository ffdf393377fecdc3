"""Lianpu 链谱: a knowledge graph of industrial chains and a matchmaker over it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .atlas import Atlas
    from .atlas import open_atlas as open
    from .errors import LianpuError
    from .settings import Settings, load_settings
    from .text import Text, use_language

__all__ = [
    "Atlas",
    "LianpuError",
    "Settings",
    "Text",
    "__version__",
    "load_settings",
    "open",
    "use_language",
]

_WHERE = {
    "Atlas": ("atlas", "Atlas"),
    "LianpuError": ("errors", "LianpuError"),
    "Settings": ("settings", "Settings"),
    "Text": ("text", "Text"),
    "load_settings": ("settings", "load_settings"),
    "open": ("atlas", "open_atlas"),
    "use_language": ("text", "use_language"),
}


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is asked for: `lianpu --help` needs no numerics."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _WHERE[name]
    return getattr(import_module(f".{module}", __name__), attribute)
