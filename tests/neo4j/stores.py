"""The store over the tests' server, emptied before each test."""

from __future__ import annotations

from typing import Any, cast

from lianpu.graph.store.neo4j import Neo4jStore
from lianpu.settings import Settings, load_settings
from neo4j import Driver, GraphDatabase

from .server import PASSWORD, Server

_EMPTY = "MATCH (n) WHERE NOT n:LianpuMigration DETACH DELETE n"


def settings_for(server: Server, **more: Any) -> Settings:
    """Return settings that lead to the tests' server."""
    neo4j = {"password": PASSWORD, "connect_timeout": 20.0, **more}
    return load_settings(store=server.url, threads=1, neo4j=neo4j)


def driver_for(server: Server) -> Driver:
    """Return a bare driver to the tests' server."""
    return GraphDatabase.driver(server.url, auth=("neo4j", PASSWORD))


def empty(server: Server) -> None:
    """Delete all that the server holds but the migrations; it was started by these tests."""
    assert server.process is not None
    with driver_for(server) as driver:
        driver.execute_query(_EMPTY)


def empty_store(server: Server) -> Neo4jStore:
    """Return an empty store, migrated."""
    empty(server)
    store = Neo4jStore(settings_for(server))
    store.migrate()
    return store


def answer(driver: Driver, text: str, **values: Any) -> list[dict[str, Any]]:
    """Run a query whose text comes from a file, and return its rows."""
    found = driver.execute_query(cast("Any", text), values).records
    return [dict(row) for row in found]
