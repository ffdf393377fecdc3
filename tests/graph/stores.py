"""The stores that keep the contract, and small words for what is written to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from lianpu.graph.schema import SCHEMA
from lianpu.graph.store import Batch, Receipt, Rekey, Store
from lianpu.graph.store.embedded import EmbeddedStore
from lianpu.settings import load_settings

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]
OpenStore = Callable[[], Store]
"""Opens the same store again and again; the contract's tests get one."""

JANUARY, MARCH, MAY, JULY = (date(2024, month, 1) for month in (1, 3, 5, 7))


def embedded(folder: Path) -> Store:
    """Open the embedded store of a folder."""
    store = EmbeddedStore(folder, load_settings(data=folder, threads=1))
    store.migrate()
    return store


FACTORIES: dict[str, Callable[[Path], Store]] = {"embedded": embedded}
"""By name, how to open each kind of store for a folder of the test's own."""


def table(name: str, rows: Sequence[Row]) -> pa.Table:
    """Return rows of a type as a table of the declared types; unknown columns as they come."""
    kinds = {each.name: each.kind.arrow for each in (*SCHEMA.by_name[name].columns, *SCHEMA.fact)}
    columns = dict.fromkeys(column for row in rows for column in row)
    return pa.table(
        {each: pa.array([row.get(each) for row in rows], kinds.get(each)) for each in columns}
    )


def write(
    store: Store, facts: Rows, *, ended: Rows | None = None, rekeys: tuple[Rekey, ...] = ()
) -> Receipt:
    """Write rows as one batch; rows without a source get that of the tests."""
    tables = {
        name: table(name, [_sourced(name, row) for row in rows]) for name, rows in facts.items()
    }
    gone = {name: table(name, rows) for name, rows in (ended or {}).items()}
    source = (
        {} if "Source" in tables else {"Source": table("Source", [{"id": "s", "title": "测试"}])}
    )
    return store.upsert(Batch("测试", source | tables, gone, rekeys))


def _sourced(name: str, row: Row) -> Row:
    return row if name == "Source" or "source" in row else {"source": "s", **row}


def firm(key: str, as_of: date | None = JANUARY, **values: Any) -> dict[str, Any]:
    """Return a row of an enterprise."""
    return {"id": key, "as_of": as_of, **values}


def link(start: str, end: str, as_of: date | None = JANUARY, **values: Any) -> dict[str, Any]:
    """Return a row of a relation."""
    return {"start": start, "end": end, "as_of": as_of, **values}


def small_graph(store: Store) -> Receipt:
    """Write two enterprises, a product, a region and what relates them."""
    return write(
        store,
        {
            "Region": [{"code": "340200", "name": "芜湖市", "level": "city", "as_of": JANUARY}],
            "Product": [{"id": "p", "name": "轴承", "as_of": JANUARY}],
            "Enterprise": [firm("a", name="甲公司", revenue=5.0), firm("b", name="乙公司")],
            "PRODUCES": [link("a", "p", share=0.5)],
            "LOCATED_IN": [link("a", "340200")],
            "SUPPLIES": [link("a", "b", product="p", amount=3.0), link("a", "b")],
        },
    )


def current(store: Store, name: str, *columns: str) -> list[tuple[Any, ...]]:
    """Return the values of the current rows of a type, sorted."""
    rows = [row for row in store.scan(name).read_all().to_pylist() if row["retired"] is None]
    return sorted((tuple(row[each] for each in columns) for row in rows), key=str)


def versions(store: Store, name: str, *columns: str) -> list[tuple[Any, ...]]:
    """Return the values of all rows of a type, by day, the current ones last."""
    rows = store.scan(name).read_all().to_pylist()
    rows.sort(key=lambda row: (row["retired"] is None, row["as_of"], row["confidence"], str(row)))
    return [tuple(row[each] for each in columns) for row in rows]
