"""Pages of lists: a query, an order that the list allows, and a part of the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..index import Index

Order = tuple[tuple[str, bool], ...]
"""What a list is sorted by: (key, falling), the first key first."""


@dataclass(frozen=True)
class Page:
    """A part of a list: `limit` rows from `offset` on, in an order."""

    limit: int = 50
    offset: int = 0
    order: Order = ()


def page_of(
    index: Index, sql: str, values: dict[str, Any], page: Page, keys: Mapping[str, str]
) -> tuple[int, list[dict[str, Any]]]:
    """Return how many rows a query has in all, and those of a page.

    `keys` maps what the list may be sorted by to SQL expressions; the last of them settles ties.
    """
    total = index.snapshot.table(f"SELECT count(*) FROM ({sql})", values).column(0)[0].as_py()
    wanted = [f"{keys[name]} {'DESC' if falls else 'ASC'} NULLS LAST" for name, falls in page.order]
    order = ", ".join([*wanted, *(list(keys.values())[-1:])])
    found = index.snapshot.table(
        f"SELECT * FROM ({sql}) ORDER BY {order} LIMIT {page.limit:d} OFFSET {page.offset:d}",
        values,
    )
    return int(total), found.to_pylist()
