"""Lianpu 链谱: a knowledge graph of industrial chains and a matchmaker over it."""

__version__ = "0.1.0"
