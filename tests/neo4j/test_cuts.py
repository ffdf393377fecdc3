"""Connections lost at every commit, and deadlocks: written once, acknowledged once."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from lianpu.graph.store import Store
from lianpu.graph.store.neo4j import Connection, Neo4jStore
from lianpu.graph.store.neo4j.connection import run
from neo4j import Driver, ManagedTransaction

from ..graph.stores import MARCH, embedded, firm, link, small_graph, write
from .proxy import READS, Proxy
from .server import Server
from .stores import answer, empty, settings_for

KEYS = [f"e{number}" for number in range(7)]
ONE, PARTS = 1000, 1
"""Rows sent at a time: a batch fits one transaction, or takes several."""


@pytest.fixture
def proxy(neo4j_server: Server) -> Generator[Proxy]:
    """A way to the server, which is empty."""
    empty(neo4j_server)
    way = Proxy(neo4j_server.port)
    yield way
    way.close()


def batches(store: Store) -> list[int | None]:
    """Write new rows, changed ones and ended ones; return what was acknowledged."""
    first = small_graph(store)
    firms = {"Enterprise": [firm(key, name=key) for key in KEYS]}
    second = write(store, firms | {"PRODUCES": [link(key, "p") for key in KEYS]})
    third = write(
        store,
        {"PRODUCES": [link("a", "p", MARCH, share=0.6)]},
        ended={"Enterprise": [{"id": "e1", "until": MARCH}]},
    )
    return [first.batch, second.batch, third.batch]


def rows(store: Store) -> dict[str, list[str]]:
    names = ("Source", "Enterprise", "Product", "PRODUCES", "SUPPLIES", "LOCATED_IN")
    return {name: sorted(map(str, store.scan(name).read_all().to_pylist())) for name in names}


def through(proxy: Proxy, server: Server, size: int) -> Neo4jStore:
    settings = settings_for(server, rows=size, retry=30.0)
    store = Neo4jStore(settings.model_copy(update={"store": proxy.url}))
    store.migrate()
    return store


@pytest.mark.parametrize("size", [ONE, PARTS])
@pytest.mark.parametrize("what", ["before", "after"])
def test_a_connection_that_is_lost_at_a_commit_loses_and_doubles_nothing(
    proxy: Proxy, neo4j_server: Server, tmp_path: Path, size: int, what: str
) -> None:
    """Some commits are cut short, before the server gets them or after it has done them."""
    plain = embedded(tmp_path)
    wanted = batches(plain), rows(plain)
    plain.close()
    store = through(proxy, neo4j_server, size)
    writes, step = itertools.count(), 2 if size == ONE else 6

    def at_commit(sent: bytes) -> str | None:
        return None if READS in sent or next(writes) % step else what

    proxy.at_commit = at_commit
    found = batches(store), rows(store)
    proxy.at_commit = lambda _: None
    assert next(writes) > 2 * step
    assert found == wanted
    assert [entry.number for entry in store.ledger()] == wanted[0]
    store.close()


def test_a_read_whose_end_is_lost_is_done_again(proxy: Proxy, neo4j_server: Server) -> None:
    store = through(proxy, neo4j_server, ONE)
    small_graph(store)
    cut: list[bytes] = []

    def at_commit(sent: bytes) -> str | None:
        if READS not in sent or cut:
            return None
        cut.append(sent)
        return "before"

    proxy.at_commit = at_commit
    assert store.describe().current["Enterprise"] == 2
    assert cut
    store.close()


def test_a_read_goes_on_over_a_new_connection(proxy: Proxy, neo4j_server: Server) -> None:
    store = through(proxy, neo4j_server, ONE)
    small_graph(store)
    proxy.cut()
    assert store.describe().current["Enterprise"] == 2
    store.close()


def test_two_that_wait_for_each_other_both_get_done(neo4j_server: Server, driver: Driver) -> None:
    empty(neo4j_server)
    driver.execute_query(
        "CREATE (:Source {id: 'a', reliability: 0.0}), (:Source {id: 'b', reliability: 0.0})"
    )
    connection = Connection(settings_for(neo4j_server))
    met = threading.Barrier(2, timeout=60)  # who waits for one that failed fails too
    tries: list[str] = []

    def work(one: str, other: str) -> Callable[[ManagedTransaction], None]:
        def add(tx: ManagedTransaction) -> None:
            text = "MATCH (s:Source {id: $id}) SET s.reliability = s.reliability + 1"
            tries.append(one)
            run(tx, text, {"id": one}).consume()
            if len(tries) <= 2:
                met.wait()
            run(tx, text, {"id": other}).consume()

        return add

    threads = [
        threading.Thread(target=connection.writing, args=(work(*pair),))
        for pair in (("a", "b"), ("b", "a"))
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    connection.close()
    found = answer(driver, "MATCH (s:Source) RETURN s.reliability AS n")
    assert [row["n"] for row in found] == [2.0, 2.0]
    assert len(tries) > 2, "nobody waited for anybody"


def test_an_interruption_is_one_whatever_the_driver_says_while_it_tidies_up(
    neo4j_server: Server,
) -> None:
    connection = Connection(settings_for(neo4j_server))
    with pytest.raises(KeyboardInterrupt):
        connection.writing(lambda tx: run(tx, "RETURN $rows", {"rows": Interrupted([1, 2, 3])}))
    assert connection.read("RETURN 1") == [(1,)]
    connection.close()


class Interrupted(list[int]):
    """Somebody interrupts the program while this is being sent."""

    def __iter__(self) -> Iterator[int]:
        yield 1
        raise KeyboardInterrupt
