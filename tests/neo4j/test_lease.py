"""One writer at a time: the second is told who is first, and who dies is stood in for."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager

import pytest
from lianpu.errors import StoreBusyError
from lianpu.graph.store.neo4j import Neo4jStore
from neo4j import Driver

from ..graph.stores import current, firm, small_graph, write
from .server import PASSWORD, Server
from .stores import empty_store, settings_for

HOLDER = """
import os, sys
from lianpu.graph.store.neo4j import Neo4jStore
from lianpu.settings import load_settings
store = Neo4jStore(load_settings())
print(os.getpid(), flush=True)
sys.stdin.read()
"""


@contextmanager
def other_writer(server: Server) -> Generator[subprocess.Popen[str]]:
    """Another process that holds the graph until it is killed."""
    given = {"LIANPU_STORE": server.url, "LIANPU_NEO4J__PASSWORD": PASSWORD}
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, "年度导入.xlsx"],
        env=os.environ | given,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == str(process.pid)
        try:
            yield process
        finally:
            process.kill()


def test_a_second_writer_is_told_who_is_first_and_a_dead_one_is_stood_in_for(
    server: Server,
) -> None:
    empty_store(server).close()
    with other_writer(server) as first:
        with pytest.raises(StoreBusyError) as busy:
            Neo4jStore(settings_for(server))
        assert f"进程 {first.pid}" in busy.value.message.zh
        assert "年度导入.xlsx" in busy.value.message.zh
        assert busy.value.cure
        Neo4jStore(settings_for(server), write=False).close()
        first.kill()
        first.wait()
        second = Neo4jStore(settings_for(server))
    assert small_graph(second).batch == 1
    second.close()


def test_a_second_writer_in_the_same_process_is_refused_too(
    store: Neo4jStore, server: Server
) -> None:
    with pytest.raises(StoreBusyError, match=str(os.getpid())):
        Neo4jStore(settings_for(server))


def test_a_second_writer_may_wait(store: Neo4jStore, server: Server) -> None:
    small_graph(store)
    leaving = threading.Timer(0.7, store.close)
    leaving.start()
    second = Neo4jStore(settings_for(server, wait=30.0))
    assert write(second, {"Enterprise": [firm("c")]}).batch == 2
    second.close()
    leaving.join()


def test_a_writer_on_another_machine_is_stood_in_for_when_its_lease_runs_out(
    store: Neo4jStore, server: Server, driver: Driver
) -> None:
    store.close()
    left = (
        "CREATE (w:LianpuWriter {id: 'writer', token: 't', host: 'elsewhere', pid: 1, "
        "command: 'lianpu import', since: datetime(), expires: datetime() + duration('PT1H')})"
    )
    driver.execute_query(left)
    with pytest.raises(StoreBusyError, match="elsewhere"):
        Neo4jStore(settings_for(server))
    driver.execute_query("MATCH (w:LianpuWriter) SET w.expires = datetime() - duration('PT1S')")
    Neo4jStore(settings_for(server)).close()


def test_a_writer_that_was_stood_in_for_writes_nothing_more(
    store: Neo4jStore, server: Server, driver: Driver
) -> None:
    small_graph(store)
    driver.execute_query("MATCH (w:LianpuWriter) SET w.expires = datetime() - duration('PT1S')")
    second = Neo4jStore(settings_for(server))
    with pytest.raises(StoreBusyError, match="接管"):
        write(store, {"Enterprise": [firm("c")]})
    assert current(second, "Enterprise", "id") == [("a",), ("b",)]
    assert write(second, {"Enterprise": [firm("d")]}).batch == 2
    second.close()


def test_of_many_that_ask_at_once_one_gets_it(server: Server) -> None:
    empty_store(server).close()
    opened: list[Neo4jStore] = []
    refused: list[StoreBusyError] = []

    def ask() -> None:
        try:
            opened.append(Neo4jStore(settings_for(server)))
        except StoreBusyError as error:
            refused.append(error)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (len(opened), len(refused)) == (1, 5)
    opened[0].close()
