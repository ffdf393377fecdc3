"""Lianpu 链谱: a knowledge graph of industrial chains and a matchmaker over it."""

__version__ = "0.1.0"

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
