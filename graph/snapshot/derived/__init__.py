"""What no question's scope changes, derived once for a snapshot: one SQL file a table."""

from __future__ import annotations

from importlib.resources import files

import duckdb

ORDER = (
    "region_tree",
    "product_up",
    "title_held",
    "landing",
    "making",
    "maker",
    "proximity",
    "reference_class",
    "class_product",
    "firm",
    "site",
    "region_output",
)
"""The derived tables, each after those that it reads."""


def derive(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the derived tables from the views of facts on `connection`."""
    for name in ORDER:
        connection.execute(f"CREATE TABLE {name} AS {text_of(name)}")


def text_of(name: str) -> str:
    """Return the SQL of a derived table."""
    return files(__name__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
