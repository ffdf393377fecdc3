"""Opening the store that the settings name."""

from __future__ import annotations

from ...settings import Settings
from .protocol import Store

EMBEDDED = "embedded"
"""The value of the setting `store` that means the file in the data folder."""


def open_store(settings: Settings, *, write: bool = True) -> Store:
    """Open the store that the setting `store` names.

    `write=False` opens a Neo4j store for reading only; the embedded one has a single user anyway.

    Raises
    ------
    StoreBusyError
        Another writer holds the store; it is named.
    StoreError
        The store cannot be opened.
    SettingError
        The setting names no store.
    """
    if settings.store == EMBEDDED:
        from .embedded import EmbeddedStore

        return EmbeddedStore(settings.data, settings)
    from .neo4j import Neo4jStore

    return Neo4jStore(settings, write=write)
