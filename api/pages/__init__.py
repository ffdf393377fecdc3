"""The page: server-rendered views for people, without a build step and without a foreign host."""

from .app import HOME, add_pages

__all__ = ["HOME", "add_pages"]
