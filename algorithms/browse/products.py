"""Chains and products as lists."""

from __future__ import annotations

from typing import Any

from ..answers.common import snapshot_answer
from ..index import Index
from ..lookup import find
from .listing import Page, page_of
from .models import ChainRow, ChainsAnswer, ProductRow, ProductsAnswer

_NAMED = (
    "($q IS NULL OR id = $q OR contains(name, $q) "
    "OR list_bool_or(list_transform(aliases, lambda a: contains(a, $q))))"
)
CHAIN_KEYS = {"products": "products", "name": "name", "id": "id"}
PRODUCT_KEYS = {"makers": "makers", "name": "name", "id": "id"}


def chains_answer(index: Index, q: str | None, page: Page) -> ChainsAnswer:
    """Return the chains, or those with a text in their name."""
    sql = (
        "SELECT id, name, coalesce(aliases, []) AS aliases, description, "
        'coalesce(n.products, 0) AS products FROM "Chain" '
        'LEFT JOIN (SELECT start, count(*) AS products FROM "INCLUDES" GROUP BY start) AS n '
        f"ON n.start = id WHERE {_NAMED}"
    )
    total, rows = page_of(index, sql, {"q": q}, page, CHAIN_KEYS)
    return ChainsAnswer(
        snapshot=snapshot_answer(index.snapshot),
        total=total,
        chains=[ChainRow(**row) for row in rows],
    )


def products_answer(
    index: Index, q: str | None, chain: str | None, kind: str | None, page: Page
) -> ProductsAnswer:
    """Return the products, or those with a text in their name, on a chain, or of a kind.

    Raises
    ------
    NotKnownError
        There is no such chain.
    """
    values: dict[str, Any] = {"q": q, "kind": kind}
    condition = f"{_NAMED} AND ($kind IS NULL OR kind = $kind)"
    if chain:
        values["chain"] = find(index, "Chain", chain).key
        condition += ' AND id IN (SELECT "end" FROM "INCLUDES" WHERE start = $chain)'
    sql = (
        "SELECT id, name, coalesce(aliases, []) AS aliases, kind, description, "
        'coalesce(n.makers, 0) AS makers FROM "Product" '
        "LEFT JOIN (SELECT product, count(*) AS makers FROM maker GROUP BY product) AS n "
        f"ON n.product = id WHERE {condition}"
    )
    total, rows = page_of(index, sql, values, page, PRODUCT_KEYS)
    return ProductsAnswer(
        snapshot=snapshot_answer(index.snapshot),
        total=total,
        products=[ProductRow(**row) for row in rows],
    )
