"""The server and stores over it, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from lianpu.graph.store.neo4j import Neo4jStore
from neo4j import Driver

from .server import Server
from .stores import driver_for, empty_store


@pytest.fixture
def server(neo4j_server: Server) -> Server:
    """The server of this test process, running."""
    return neo4j_server


@pytest.fixture
def store(server: Server) -> Generator[Neo4jStore]:
    """An empty store, migrated, closed after the test."""
    opened = empty_store(server)
    yield opened
    opened.close()


@pytest.fixture
def driver(server: Server) -> Generator[Driver]:
    """A bare driver to the same database: what an analyst or another program would do."""
    with driver_for(server) as opened:
        yield opened
