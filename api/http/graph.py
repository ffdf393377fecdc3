"""Writing to the graph from the service: the store is open for as long as it takes."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from ...graph.progress import Progress
from ...graph.snapshot import publish
from ...graph.store import Store, open_store
from .service import Service


@contextmanager
def writing(service: Service, progress: Progress | None = None) -> Generator[Store]:
    """Open the store; publish what was written when the block is left in good order.

    Raises
    ------
    StoreBusyError
        Another writer holds it.
    """
    settings = service.settings
    store = open_store(settings)
    try:
        store.migrate()
        yield store
        publish(
            store,
            service.atlas.folder,
            keep=settings.snapshots_kept,
            threads=settings.threads,
            progress=progress,
        )
    finally:
        store.close()
