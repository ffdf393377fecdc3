"""What a server, or the way to it, refuses is said in words; no password is ever said."""

from __future__ import annotations

import http.server
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from lianpu.errors import ConflictError, LianpuError, SettingError, StoreError
from lianpu.graph.store.neo4j import Connection, Neo4jStore
from lianpu.graph.store.neo4j.connection import check_version
from lianpu.graph.store.neo4j.failures import refused
from lianpu.settings import Settings, load_settings
from neo4j import GraphDatabase

from ..graph.stores import firm, write
from .server import PASSWORD, VERSION, Server
from .stores import answer, driver_for, empty, empty_store, settings_for

SECRET = "Secret-9f3b"  # noqa: S105 - what must not be seen again
FIRST = "first-password"
COMMAND = [sys.executable, "-c", "from lianpu.api.cli.app import main; main()"]


@contextmanager
def nobody() -> Generator[int]:
    """A port on which nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield int(taken.getsockname()[1])


@contextmanager
def silent() -> Generator[int]:
    """A port on which somebody listens and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield int(listening.getsockname()[1])


@contextmanager
def web_page() -> Generator[int]:
    """A port on which a web server answers, such as that of Neo4j Browser."""
    server = http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def unhurried(url: str, password: str = SECRET) -> Settings:
    neo4j = {"password": password, "connect_timeout": 1.0, "retry": 0.0}
    return load_settings(store=url, neo4j=neo4j)


@pytest.mark.parametrize(
    ("somebody", "why"), [(nobody, "没有程序在听"), (silent, "没有回应"), (web_page, "")]
)
@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_server_that_does_not_answer_is_named_with_the_reason(
    somebody: Callable[[], AbstractContextManager[int]], scheme: str, why: str
) -> None:
    with somebody() as port, pytest.raises(StoreError) as said:
        Neo4jStore(unhurried(f"{scheme}://127.0.0.1:{port}"))
    assert str(port) in said.value.message.zh
    assert why in said.value.message.zh
    assert said.value.cure
    assert said.value.exit_code == 5


def test_a_host_that_there_is_not_is_said() -> None:
    with pytest.raises(StoreError, match="找不到这个主机名"):
        Neo4jStore(unhurried("bolt://nowhere.invalid:7687"))


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:7474", "postgres://x", "neo4j://", "bolt:7687", "server", ""]
)
def test_what_is_no_address_of_a_server_is_said(url: str) -> None:
    with pytest.raises(SettingError, match="neo4j"):
        Neo4jStore(unhurried(url))


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    for scheme in ("neo4j", "http"):
        with pytest.raises(SettingError) as said:
            Neo4jStore(unhurried(f"{scheme}://neo4j:{SECRET}@127.0.0.1:7687"))
        assert SECRET not in str(said.value)
        assert "LIANPU_NEO4J__PASSWORD" in str(said.value)


def test_a_wrong_password_is_said(neo4j_server: Server) -> None:
    with pytest.raises(StoreError) as said:
        Neo4jStore(settings_for(neo4j_server, user="nobody", password=SECRET))
    assert "不接受用户名或密码" in str(said.value)
    assert "LIANPU_NEO4J__PASSWORD" in str(said.value)


def test_a_missing_password_is_said(neo4j_server: Server) -> None:
    with pytest.raises(StoreError, match="LIANPU_NEO4J__PASSWORD"):
        Neo4jStore(load_settings(store=neo4j_server.url))


def test_after_many_wrong_passwords_the_wait_is_said(neo4j_server: Server) -> None:
    with driver_for(neo4j_server) as driver:
        driver.execute_query("CREATE USER guest SET PASSWORD 'guest-password'", database_="system")
    said: list[str] = []
    for _ in range(5):
        with pytest.raises(StoreError) as refused:
            Connection(settings_for(neo4j_server, user="guest", password=SECRET))
        said.append(str(refused.value))
    assert "不接受用户名或密码" in said[0]
    assert "暂时拒绝登录" in said[-1]


def test_a_first_password_that_must_be_changed_is_said(neo4j_server: Server) -> None:
    with driver_for(neo4j_server) as driver:
        driver.execute_query(
            "CREATE USER fresh SET PASSWORD $first CHANGE REQUIRED",
            {"first": FIRST},
            database_="system",
        )
    with pytest.raises(StoreError) as said:
        Neo4jStore(settings_for(neo4j_server, user="fresh", password=FIRST))
    assert "先修改初始密码" in said.value.message.zh
    assert said.value.cure
    assert "cypher-shell" in str(said.value.cure)


def test_an_unknown_database_is_said(neo4j_server: Server) -> None:
    with pytest.raises(StoreError, match="没有这个数据库"):
        Neo4jStore(settings_for(neo4j_server, database="nowhere"))


@pytest.mark.parametrize("agent", ["Neo4j/5.0.0", "Neo4j/5.26.12", "Neo4j/2025.10.1"])
def test_neo4j_5_and_newer_will_do(agent: str) -> None:
    check_version(agent, "neo4j://x")


@pytest.mark.parametrize("agent", ["Neo4j/4.4.30", "Neo4j/3.5.12", "Memgraph/2.1", ""])
def test_an_older_server_or_another_is_refused(agent: str) -> None:
    with pytest.raises(StoreError, match="需要 Neo4j 5"):
        check_version(agent, "neo4j://x")


def test_the_server_says_its_version(neo4j_server: Server) -> None:
    connection = Connection(settings_for(neo4j_server))
    connection.close()
    assert connection.agent == f"Neo4j/{VERSION}"


def test_a_database_of_somebody_elses_is_left_as_it_is(neo4j_server: Server) -> None:
    empty(neo4j_server)
    with driver_for(neo4j_server) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        for row in answer(driver, "SHOW CONSTRAINTS YIELD name"):
            answer(driver, f"DROP CONSTRAINT {row['name']}")
        driver.execute_query("UNWIND range(1, 3) AS n CREATE (:Person {name: n})-[:KNOWS]->(:Pet)")
        for write in (True, False):
            with pytest.raises(ConflictError) as said:
                Neo4jStore(settings_for(neo4j_server), write=write)
            assert "Person 3" in str(said.value)
            assert "lianpu adopt" in str(said.value)
        labels = answer(driver, "MATCH (n) RETURN DISTINCT labels(n)[0] AS label ORDER BY label")
        assert [row["label"] for row in labels] == ["Person", "Pet"]
        assert answer(driver, "SHOW CONSTRAINTS") == []
    empty_store(neo4j_server).close()


def test_a_server_that_takes_too_long_is_said_and_nothing_is_written(neo4j_server: Server) -> None:
    empty_store(neo4j_server).close()
    hasty = Neo4jStore(settings_for(neo4j_server, timeout=1.0, retry=0.0))
    with driver_for(neo4j_server) as driver, driver.session() as session:
        held = session.begin_transaction()
        held.run("MATCH (w:LianpuWriter) SET w.busy = true").consume()
        with pytest.raises(StoreError, match="超时") as said:
            write(hasty, {"Enterprise": [firm("a")]})
        held.rollback()
    assert "LIANPU_NEO4J__TIMEOUT" in str(said.value)
    hasty.close()
    store = Neo4jStore(settings_for(neo4j_server))
    assert store.describe().current["Enterprise"] == 0
    assert write(store, {"Enterprise": [firm("a")]}).batch == 1
    store.close()


def test_no_password_is_printed(tmp_path: Path, neo4j_server: Server) -> None:
    given = {
        "LIANPU_STORE": neo4j_server.url,
        "LIANPU_NEO4J__USER": "nobody",
        "LIANPU_NEO4J__PASSWORD": SECRET,
        "LIANPU_DATA": str(tmp_path / "data"),
        "LIANPU_DEBUG": "1",
    }
    for word, code in (("init", 5), ("settings", 0)):
        run = subprocess.run(
            [*COMMAND, word], env=os.environ | given, capture_output=True, text=True, check=False
        )
        assert run.returncode == code
        assert SECRET not in run.stdout + run.stderr
        assert "Traceback" not in run.stderr


def test_no_password_is_logged(neo4j_server: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(LianpuError):
        Connection(settings_for(neo4j_server, user="nobody", password=SECRET))
    Connection(settings_for(neo4j_server)).close()
    assert "neo4j" in {record.name.partition(".")[0] for record in caplog.records}
    assert SECRET not in caplog.text
    assert PASSWORD not in caplog.text


def test_no_password_stands_in_the_graph(neo4j_server: Server) -> None:
    store = empty_store(neo4j_server)
    write(store, {"Enterprise": [firm("a")]})
    with GraphDatabase.driver(neo4j_server.url, auth=("neo4j", PASSWORD)) as driver:
        nodes = answer(driver, "MATCH (n) RETURN properties(n) AS given")
    store.close()
    assert len(nodes) > 3
    assert PASSWORD not in str(nodes)


def test_a_server_that_lacks_memory_is_said_with_what_to_raise() -> None:
    """The code as a server gave it on a question about a large graph."""
    said = refused("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "bolt://x", "1.4 GiB")
    assert "内存不够：1.4 GiB" in str(said)
    assert "server.memory.heap.max_size" in str(said)
