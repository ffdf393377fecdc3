"""A server of its own that is killed, started again, made read-only, and spoken to over TLS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import trustme
from lianpu.cypher import Query, load
from lianpu.errors import SettingError, StoreError
from lianpu.graph.schema import SCHEMA
from lianpu.graph.snapshot import open_snapshot, publish
from lianpu.graph.snapshot.derived import ORDER
from lianpu.graph.store.neo4j import Connection, Neo4jStore, ask
from lianpu.ingest import Input, run
from lianpu.settings import Settings

from ..graph.stores import small_graph
from .proxy import Proxy
from .server import Server, lacking
from .stores import empty, empty_store, settings_for

FIRMS = pd.DataFrame(
    {
        "企业名称": [f"第{number}精密机械有限公司" for number in range(30)],
        "营业收入（万元）": [str(100 * number) for number in range(30)],
        "主营产品": [f"{'甲乙丙丁'[number % 4]}型轴承" for number in range(30)],
    }
)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def server(
    neo4j_server: Server, authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Server]:
    """A second server beside the one of all tests, which goes on."""
    assert lacking() is None
    folder = tmp_path_factory.mktemp("own")
    issued = authority.issue_cert("127.0.0.1", "localhost")
    (folder / "keys").mkdir()
    issued.private_key_pem.write_to_path(folder / "keys" / "private.key")
    for part in issued.cert_chain_pems:
        part.write_to_path(folder / "keys" / "public.crt", append=True)
    own = Server(folder / "home", heap="400m")
    own.start(keys=folder / "keys")
    yield own
    own.kill()


def take(settings: Settings, folder: Path) -> dict[str, Any]:
    """Import the firms, publish a snapshot, and return all that it holds."""
    store = Neo4jStore(settings)
    try:
        store.migrate()
        run(store, Input(FIRMS, "企业"), settings=settings)
        publish(store, folder, keep=3)
    finally:
        store.close()
    found = open_snapshot(folder)
    held = (*(f'"{kind.name}"' for kind in SCHEMA.types), *ORDER)
    return {
        name: sorted(map(str, found.table(f"SELECT * FROM {name}").to_pylist())) for name in held
    }


def test_an_import_cut_short_by_the_servers_death_is_whole_when_run_again(
    server: Server, tmp_path: Path
) -> None:
    """It dies with some of the parts written, or at the last, which acknowledges the batch."""
    quick = settings_for(server, rows=5, retry=1.0)
    empty_store(server).close()
    wanted = take(quick, tmp_path / "whole")
    for query, time in (("count_part", 12), ("finish_batch", 1)):
        empty(server)
        proxy = Proxy(server.port, partial(die, server, load(f"store/{query}"), Counter(), time))
        folder = tmp_path / query
        with pytest.raises(StoreError, match="无法连接"):
            take(quick.model_copy(update={"store": proxy.url}), folder)
        proxy.close()
        assert not folder.exists()
        server.start(keys=server.home.parent / "keys")
        assert take(quick, folder) == wanted


def die(server: Server, at: Query, seen: Counter[str], time: int, sent: bytes) -> str | None:
    """Kill the server when a transaction with that query is to be committed for the n-th time."""
    seen[at.name] += at.text.encode() in sent
    if seen[at.name] < time or server.process is None:
        return None
    server.kill()
    return "before"


@pytest.mark.parametrize("scheme", ["bolt", "bolt+s", "neo4j", "neo4j+s"])
def test_a_certificate_of_ones_own_authority_is_trusted_where_it_is_named(
    server: Server, authority: trustme.CA, tmp_path: Path, scheme: str
) -> None:
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(file)
    url = f"{scheme}://127.0.0.1:{server.port}"
    settings = settings_for(server, certificate=file).model_copy(update={"store": url})
    connection = Connection(settings)
    assert connection.read("RETURN 1") == [(1,)]
    connection.close()


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_certificate_that_nobody_vouches_for_is_refused_with_the_setting_that_names_one(
    server: Server, scheme: str
) -> None:
    url = f"{scheme}://127.0.0.1:{server.port}"
    with pytest.raises(StoreError) as said:
        Connection(settings_for(server).model_copy(update={"store": url}))
    assert "LIANPU_NEO4J__CERTIFICATE" in str(said.value)


@pytest.mark.parametrize("text", [None, "no certificate"])
def test_a_file_of_certificates_that_is_none_is_said(
    server: Server, tmp_path: Path, text: str | None
) -> None:
    file = tmp_path / "ca.pem"
    if text:
        file.write_text(text)
    with pytest.raises(SettingError, match=r"ca\.pem"):
        Connection(settings_for(server, certificate=file))


def test_a_read_only_server_is_read_and_asked_and_says_so_when_written(
    server: Server,
) -> None:
    store = empty_store(server)
    small_graph(store)
    store.close()
    reader = Neo4jStore(settings_for(server), write=False)
    before = reader.describe()
    server.stop()
    server.start(read_only=True)
    assert reader.describe() == before, "it connects anew by itself"
    reader.close()
    assert ask(settings_for(server), "upstream", {"product": "p"}).rows == []
    with pytest.raises(StoreError) as said:
        Neo4jStore(settings_for(server))
    assert "只读" in said.value.message.zh
    assert "default_to_read_only" in str(said.value.cure)
