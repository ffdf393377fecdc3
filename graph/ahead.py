"""Two cores at once: the next piece is made ready while the one before is in use."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def one_ahead(work: Callable[[T], R], items: Iterable[T]) -> Generator[R]:
    """Yield what `work` makes of each item, in order; a thread works on the next one meanwhile.

    What `work` raises is raised where its result would have been yielded.
    """
    with ThreadPoolExecutor(1) as thread:
        try:
            coming: Future[R] | None = None
            for item in items:
                before, coming = coming, thread.submit(work, item)
                if before:
                    yield before.result()
            if coming:
                yield coming.result()
        finally:
            thread.shutdown(cancel_futures=True)
