"""What a text in a sheet means: the keys of regions, products, enterprises and all else."""

from .answers import Pending
from .registry import Entities

__all__ = ["Entities", "Pending"]
