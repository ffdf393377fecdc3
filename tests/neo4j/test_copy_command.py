"""`lianpu copy` as people run it: killed in the middle, run again, refused in words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from lianpu.graph.snapshot import open_snapshot
from lianpu.graph.store.neo4j import Neo4jStore
from lianpu.ingest import Input, Reviews, run
from lianpu.settings import load_settings
from neo4j import GraphDatabase

from ..graph.stores import embedded
from .server import PASSWORD, Server
from .stores import empty, settings_for

COMMAND = [sys.executable, "-c", "from lianpu.api.cli.app import main; main()"]
FIRMS = 8_000
HELD_UP = "MATCH (b:LianpuBatch {state: 'copying'}) SET b.held = true RETURN b.number"
SOME = "MATCH (n) WHERE 'Enterprise' IN labels(n) RETURN n LIMIT 1"
KNOWN, GIVEN = "安徽丙丁汽车零部件股份有限公司", "丙丁汽零"


def start(server: Server, data: Path, *words: str) -> subprocess.Popen[str]:
    wanted = {
        "LIANPU_NEO4J__PASSWORD": PASSWORD,
        "LIANPU_NEO4J__ROWS": "500",
        "LIANPU_DATA": str(data),
        "LIANPU_THREADS": "1",
    }
    return subprocess.Popen(
        [*COMMAND, "copy", *words, "--from", str(data / "there"), "--to", server.url],
        env=os.environ | wanted,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A data folder with firms, and a name that waits for a decision."""
    folder = tmp_path / "there"
    names = [f"第{number}精密机械有限公司" for number in range(FIRMS - 1)]
    sheets = {
        "企业": {"企业名称": [*names, KNOWN]},
        "企业产品": {"企业": [GIVEN], "产品": ["座椅"]},
    }
    store, reviews = embedded(folder), Reviews.in_folder(folder)
    settings = load_settings(data=folder)
    for template, cells in sheets.items():
        run(store, Input(pd.DataFrame(cells), template), settings=settings, reviews=reviews)
    store.close()
    assert reviews.list()
    reviews.close()
    return tmp_path


def test_a_copy_that_was_killed_is_finished_by_the_same_command(
    neo4j_server: Server, source: Path
) -> None:
    empty(neo4j_server)
    killed = start(neo4j_server, source)
    with GraphDatabase.driver(neo4j_server.url, auth=("neo4j", PASSWORD)) as driver:
        with driver.session() as session, session.begin_transaction() as held:
            while not held.run(HELD_UP).single():  # from here on it cannot come to its end
                assert killed.poll() is None, killed.communicate()
            while not driver.execute_query(SOME).records:
                assert killed.poll() is None, killed.communicate()
            killed.kill()
            killed.communicate()
        unfinished = "MATCH (b:LianpuBatch) RETURN b.number, b.state"
        assert [tuple(row) for row in driver.execute_query(unfinished).records] == [(0, "copying")]
    again = start(neo4j_server, source)
    _, said = again.communicate()
    assert again.returncode == 0, said
    assert f"{FIRMS + 1:,}" in said
    assert "校验和都相同" in said
    assert "复核清单和决定也已复制" in said
    store = Neo4jStore(settings_for(neo4j_server), write=False)
    assert store.describe().current["Enterprise"] == FIRMS
    store.close()
    assert open_snapshot(source / "snapshots").manifest.store == "neo4j"
    taken = Reviews.in_folder(source)
    assert [each.given for each in taken.list()] == [GIVEN]
    taken.close()


def test_somebody_elses_database_is_left_alone(neo4j_server: Server, source: Path) -> None:
    empty(neo4j_server)
    with GraphDatabase.driver(neo4j_server.url, auth=("neo4j", PASSWORD)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        driver.execute_query("CREATE (:company {name: '别人的公司'})")
        refused = start(neo4j_server, source)
        _, said = refused.communicate()
        assert refused.returncode == 4, said
        assert "已有别的数据" in said
        found = driver.execute_query("MATCH (n) RETURN labels(n)[0] AS label").records
        assert [row["label"] for row in found] == ["company"]
        driver.execute_query("MATCH (n) DETACH DELETE n")
