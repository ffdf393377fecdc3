"""A copy is the same graph: all versions, all batches, the same snapshot; and nothing by halves."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lianpu.errors import BadInputError, ConflictError, StoreError
from lianpu.graph.schema import SCHEMA
from lianpu.graph.snapshot import publish
from lianpu.graph.snapshot.derived import ORDER
from lianpu.graph.snapshot.views import facts_path
from lianpu.graph.store import Rekey, Store
from lianpu.graph.store.copying import copy_graph
from lianpu.graph.store.neo4j import Neo4jStore
from lianpu.text import Text

from ..neo4j.server import Server
from ..neo4j.stores import driver_for, empty_store, settings_for
from .stores import MARCH, MAY, current, embedded, firm, link, small_graph, versions, write


def history(store: Store) -> None:
    """Write a few batches: versions, ended facts, a node that is over, and a key that changed."""
    small_graph(store)
    write(store, {"Enterprise": [firm("a", MARCH, revenue=7.0, aliases=["甲", "甲厂"])]})
    write(store, {}, ended={"Enterprise": [{"id": "b", "until": MAY}]})
    write(store, {"Product": [{"id": "q", "name": "齿轮", "as_of": MAY}]})
    write(store, {"PRODUCES": [link("甲", "q", MAY)]}, rekeys=(Rekey("Enterprise", "a", "甲"),))


def all_rows(store: Store) -> dict[str, list[str]]:
    """Return the rows of every type, retired ones included, in an order of their own."""
    return {
        kind.name: sorted(map(str, store.scan(kind.name).read_all().to_pylist()))
        for kind in SCHEMA.types
    }


def in_order(path: Path) -> pa.Table:
    """Return a derived table; its rows have no order of their own."""
    table = pq.read_table(path)
    return table.sort_by([(name, "ascending") for name in table.column_names])


def published(store: Store, folder: Path) -> dict[str, pa.Table]:
    """Publish a snapshot and return all of its tables."""
    manifest = publish(store, folder, keep=1)
    assert manifest
    found = folder / f"{manifest.number:06d}"
    facts = {kind.name: pq.read_table(facts_path(found, kind.name)) for kind in SCHEMA.types}
    derived = {name: in_order(found / "derived" / f"{name}.parquet") for name in ORDER}
    counts = {name: pa.table({"rows": [count]}) for name, count in manifest.counts.items()}
    return facts | derived | {f"count {name}": table for name, table in counts.items()}


@pytest.fixture
def home(tmp_path: Path) -> Generator[Store]:
    """An embedded store."""
    opened = embedded(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def server(neo4j_server: Server) -> Generator[Neo4jStore]:
    """The store on the server."""
    opened = empty_store(neo4j_server)
    yield opened
    opened.close()


def test_a_graph_goes_to_the_server_and_back_and_is_the_same(
    home: Store, server: Store, tmp_path: Path
) -> None:
    history(home)
    back = embedded(tmp_path / "back")
    copy_graph(home, server)
    copy_graph(server, back)
    for other in (server, back):
        assert all_rows(other) == all_rows(home)
        assert other.ledger() == home.ledger()
    snapshots = [published(each, tmp_path / str(n)) for n, each in enumerate((home, server, back))]
    assert snapshots[0] == snapshots[1] == snapshots[2]
    for store in (home, server):  # and what is written next goes on alike
        write(store, {"Enterprise": [firm("b", MAY, name="乙公司", revenue=1.0)]})
    assert versions(server, "Enterprise", "id", "revenue") == versions(
        home, "Enterprise", "id", "revenue"
    )
    back.close()


@pytest.mark.parametrize("direction", ["in", "out"])
def test_a_copy_that_was_cut_short_goes_on_where_it_was(
    home: Store, server: Neo4jStore, tmp_path: Path, direction: str
) -> None:
    history(home)
    if direction == "out":
        copy_graph(home, server)
    source: Store = home if direction == "in" else server
    target: Store = server if direction == "in" else embedded(tmp_path / "back")
    told: list[str] = []

    def cut(stage: Text, done: int, total: int) -> None:
        told.append(str(stage))
        if told.count("复制") == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_graph(source, target, cut)
    assert target.ledger() == []
    assert target.describe().copying
    with pytest.raises(ConflictError, match="复制还没有完成"):
        small_graph(target)
    copied = copy_graph(source, target)
    assert not target.describe().copying
    assert 0 < copied.written < sum(copied.rows.values())
    assert all_rows(target) == all_rows(home)
    assert copy_graph(source, target).written == 0
    target.close()


def test_a_type_that_differs_half_copied_is_copied_anew(home: Store, server: Store) -> None:
    history(home)
    server.begin_restore()
    part = home.scan("Enterprise").read_all().slice(0, 1)
    server.restore("Enterprise", part.to_reader())
    copy_graph(home, server)
    assert all_rows(server) == all_rows(home)


def test_another_graph_is_not_written_over(home: Store, server: Store) -> None:
    small_graph(home)
    write(server, {"Enterprise": [firm("x", name="别人的公司")]})
    with pytest.raises(ConflictError) as error:
        copy_graph(home, server)
    assert "另一个图" in str(error.value)
    assert current(server, "Enterprise", "id") == [("x",)]


def test_a_source_without_a_batch_is_refused(home: Store, server: Store) -> None:
    with pytest.raises(BadInputError, match="没有可复制的内容"):
        copy_graph(home, server)


def test_rows_changed_behind_the_store_show_when_the_copy_is_verified(
    home: Store, server: Store, neo4j_server: Server
) -> None:
    history(home)
    copy_graph(home, server)
    with driver_for(neo4j_server) as driver:
        driver.execute_query("MATCH (n:Product {id: 'q'}) SET n.name = '齿 轮'")
    with pytest.raises(StoreError) as error:
        copy_graph(home, server)
    assert "Product" in str(error.value)
    assert "校验和不同" in str(error.value)


def test_a_reader_of_the_server_is_enough_for_a_source(
    server: Store, neo4j_server: Server, tmp_path: Path
) -> None:
    history(server)
    reading = Neo4jStore(settings_for(neo4j_server), write=False)
    back = embedded(tmp_path / "back")
    copy_graph(reading, back)
    assert all_rows(back) == all_rows(server)
    reading.close()
    back.close()


def test_a_snapshot_of_another_graph_is_never_taken_for_up_to_date(
    home: Store, tmp_path: Path
) -> None:
    small_graph(home)
    publish(home, tmp_path / "snapshots", keep=2)
    other = embedded(tmp_path / "other")
    write(other, {"Enterprise": [firm("x", name="丁公司")]})
    found = publish(other, tmp_path / "snapshots", keep=2)
    assert found
    assert (found.number, found.counts["Enterprise"]) == (2, 1)
    other.close()
