"""What a store gives back: scans, exports, what changed, what it holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
from lianpu.graph.schema import FACT, SCHEMA
from lianpu.graph.store import Rekey, Store

from .stores import MARCH, MAY, firm, link, small_graph, write


def test_a_scan_gives_the_declared_columns_in_their_types(store: Store) -> None:
    small_graph(store)
    for kind in SCHEMA.types:
        schema = store.scan(kind.name).read_all().schema
        declared = {each.name: each.kind.arrow for each in (*kind.columns, *FACT)}
        assert dict(zip(schema.names, schema.types, strict=True)) == declared


def test_a_scan_since_a_batch_gives_what_was_written_or_retired_after_it(store: Store) -> None:
    small_graph(store)
    write(store, {"Enterprise": [firm("a", MARCH, employees=3)]})
    write(store, {"Enterprise": [firm("b", MARCH, employees=4)]})
    scans = [store.scan("Enterprise", number) for number in (0, 2, 3)]
    every, later, none = (scan.read_all().to_pylist() for scan in scans)
    assert len(every) == 4
    assert {(row["id"], row["retired"]) for row in later} == {("b", 3), ("b", None)}
    assert none == []


def test_a_scan_since_a_batch_gives_rows_whose_key_has_changed(store: Store) -> None:
    small_graph(store)
    write(store, {}, rekeys=(Rekey("Enterprise", "a", "c"),))
    assert [row["start"] for row in store.scan("PRODUCES", 1).read_all().to_pylist()] == ["c"]


def test_changed_since_names_the_types_that_later_batches_touched(store: Store) -> None:
    small_graph(store)
    write(store, {"Enterprise": [firm("a", MARCH, employees=3)]})
    write(store, {}, ended={"PRODUCES": [{"start": "a", "end": "p", "until": MAY}]})
    assert store.changed_since(0) >= {"Source", "Enterprise", "PRODUCES", "SUPPLIES"}
    assert store.changed_since(1) == {"Enterprise", "PRODUCES"}
    assert store.changed_since(2) == {"PRODUCES"}
    assert store.changed_since(3) == frozenset()


def test_describe_counts_current_rows_and_names_the_last_batch(store: Store) -> None:
    assert store.describe().last_batch == 0
    assert store.describe().written is None
    small_graph(store)
    write(store, {"Enterprise": [firm("a", MARCH, employees=3)]})
    described = store.describe()
    assert described.last_batch == 2
    assert described.current["Enterprise"] == 2
    assert described.current["SUPPLIES"] == 2
    assert set(described.current) == set(SCHEMA.by_name)
    assert described.written is not None
    assert datetime.now(UTC) - described.written < timedelta(minutes=5)


def test_an_export_holds_every_row_ordered_by_identity_and_day(
    store: Store, tmp_path: Path
) -> None:
    small_graph(store)
    write(
        store,
        {
            "Product": [{"id": "o"}],
            "PRODUCES": [link("b", "p", MARCH), link("a", "p", MARCH), link("a", "o", MARCH)],
        },
    )
    path = tmp_path / "it's here.parquet"
    assert store.export("PRODUCES", path) == 4
    rows = pq.read_table(path).to_pylist()
    order = [(row["start"], row["end"], row["as_of"], row["batch"]) for row in rows]
    assert order == sorted(order)
    assert [row["retired"] for row in rows] == [None, 2, None, None]


def test_an_export_does_not_depend_on_the_order_of_writing(store: Store, tmp_path: Path) -> None:
    small_graph(store)
    write(store, {"Enterprise": [firm(key) for key in ("z", "m", "c")]})
    store.export("Enterprise", tmp_path / "rows.parquet")
    ids = pq.read_table(tmp_path / "rows.parquet").column("id").to_pylist()
    assert ids == ["a", "b", "c", "m", "z"]


def test_versions_of_one_day_and_batch_are_exported_by_trust_the_current_one_last(
    store: Store, tmp_path: Path
) -> None:
    trusts = (0.9, 0.4, 0.7, 0.5)
    write(store, {"Enterprise": [firm("a", MARCH, confidence=each) for each in trusts]})
    store.export("Enterprise", tmp_path / "rows.parquet")
    found = pq.read_table(tmp_path / "rows.parquet").column("confidence").to_pylist()
    assert found == [0.4, 0.5, 0.7, 0.9]


def test_an_empty_type_is_exported_with_its_columns(store: Store, tmp_path: Path) -> None:
    assert store.export("Cluster", tmp_path / "rows.parquet") == 0
    names = pq.read_schema(tmp_path / "rows.parquet").names
    assert names == [each.name for each in (*SCHEMA.node("Cluster").columns, *FACT)]


def test_migrating_again_loses_nothing(store: Store) -> None:
    small_graph(store)
    before = store.describe()
    store.migrate()
    assert store.describe() == before
