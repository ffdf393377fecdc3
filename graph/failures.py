"""What fails below (the database, the disk) is said in words."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import duckdb

from ..errors import StoreError
from ..text import Text


@contextmanager
def said_as(message: Text, cure: Text | None = None, **values: object) -> Generator[None]:
    """Raise a failure of the database or the disk as a StoreError with `message`.

    The message is filled with `values`, and `{why}` with the first line of what happened.
    """
    try:
        yield
    except (duckdb.Error, OSError) as error:
        why = (str(error) or type(error).__name__).splitlines()[0]
        raise StoreError(message.fill(why=why, **values), cure) from error
