"""Neo4j: loading it, publishing from it, and one question there and over the snapshot.

On the public ChainKnowledgeGraph data (where they are at hand) and on the generated graph, each in
a server of its own that is thrown away:

- the rows of a first import as one batch, against plain UNWIND and CREATE by the bare driver: maps
  as rows, ten thousand a transaction, one uniqueness constraint a label, no batch, no index;
- the publication of a snapshot from the server;
- the gaps of a region: the algorithm over that snapshot, against `cypher/questions/gaps.cypher` on
  the server, warm both; of a place that nobody has asked about lately.

The server runs with the settings of the tests but for its memory and Java's own choice of compiler
and collector, and needs a JDK and Maven.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
from lianpu.algorithms.gaps import assess
from lianpu.algorithms.index.kept import Kept
from lianpu.algorithms.scope import region_scope
from lianpu.atlas import Atlas
from lianpu.cypher import load
from lianpu.errors import StoreError
from lianpu.graph.schema import SCHEMA, NodeType
from lianpu.graph.snapshot import publish
from lianpu.graph.store import Batch
from lianpu.graph.store.embedded import EmbeddedStore
from lianpu.graph.store.neo4j import Connection, Neo4jStore
from lianpu.ingest import library_inputs
from lianpu.ingest import run as run_import

from bench.generate import Size, tables
from bench.measure import clock
from bench.scene import Scene
from bench.scene import settings_for as settings_in
from tests.neo4j.server import Server, lacking
from tests.neo4j.stores import driver_for, settings_for

ROOT = Path(__file__).parents[1]
CHAINKG = ROOT.parent / "shared" / "data" / "chainkg"
PART = 0.1
"""Of the full size: 100,000 enterprises, 200,000 PRODUCES, 500,000 SUPPLIES."""
LOAD_AIM, QUESTION_AIM = 0.6, 50
ROWS, TURNS = 10_000, 7

Tables = dict[str, pa.Table]


def run(scene: Scene) -> None:
    """Measure both graphs."""
    if why := lacking():
        print(f"left out: {why}")
        return
    scale = scene.size.enterprises / Size().enterprises
    if CHAINKG.is_dir():
        print("\nChainKnowledgeGraph")
        measure(chainkg(), "340000")
    else:
        print(f"ChainKnowledgeGraph left out: {CHAINKG} is not there")
    size = Size().scaled(PART * scale)
    print(f"\ngenerated: {size}")
    found = tables(size)
    measure(found, busiest_city(found))


def measure(given: Tables, region: str) -> None:
    """Print what loading, publishing and asking cost for one graph."""
    rows = sum(table.num_rows for table in given.values())
    with served() as server:
        floor = clock(load_plainly, server, given)
    print(
        f"{rows:,} rows by plain UNWIND and CREATE: {rows / floor.seconds:,.0f} a second: {floor}"
    )
    with served() as server, tempfile.TemporaryDirectory() as name:
        store = Neo4jStore(settings_for(server))
        store.migrate()
        whole = clock(store.upsert, Batch("bench", given))
        print(f"the same as a batch: {rows / whole.seconds:,.0f} a second: {whole}")
        print(f"ratio: {floor.seconds / whole.seconds:.0%}; aim: at least {LOAD_AIM:.0%}")
        folder = Path(name)
        print(f"snapshot from Neo4j: {clock(publish, store, folder / 'snapshots', keep=1)}")
        store.close()
        ask_both(server, folder, region)


def ask_both(server: Server, folder: Path, region: str) -> None:
    """Print how long the gaps of a region take over the snapshot, and in Cypher on the server."""
    settings = settings_for(server).model_copy(update={"data": folder})
    atlas = Atlas(settings)
    print(f"index read: {seconds(atlas.index):.2f} s")
    index = atlas.index()
    place = index.regions.codes.number(region)
    again = best(lambda: assess(index, region_scope(index, place), settings))
    index.lately = Kept(0)  # of a place, as if it had not been asked about lately
    here = best(lambda: assess(index, region_scope(index, place), settings))
    print(f"gaps of {region} over the snapshot, by the algorithm: {here * 1000:.1f} ms")
    print(f"the same of a place that was asked about lately: {again * 1000:.1f} ms")
    whole = best(lambda: atlas.gaps(region=region, limit=20, evidence=False))
    print(f"the whole answer with 20 of them: {whole * 1000:.1f} ms", flush=True)
    connection = Connection(settings)
    text = load("questions/gaps").text
    try:
        found = len(connection.read(text, region=region))
        there = best(lambda: connection.read(text, region=region))
    except StoreError as error:
        print(f"the same in Cypher on the server: no answer: {error}", flush=True)
        return
    finally:
        connection.close()
    print(f"the same in Cypher on the server ({found} rows): {there * 1000:,.0f} ms")
    print(f"ratio: {there / here:,.0f} times; aim: at least {QUESTION_AIM}", flush=True)


def load_plainly(server: Server, given: Tables) -> None:
    """Load tables with the bare driver as anybody would."""
    with driver_for(server) as driver:
        for kind in SCHEMA.nodes:
            key = kind.key.name
            text = f"CREATE CONSTRAINT FOR (n:{kind.label}) REQUIRE n.{key} IS UNIQUE"
            driver.execute_query(cast("Any", text))
        for kind in SCHEMA.types:
            if kind.name in given:
                text = plain_query(kind.name)
                for rows in maps(given[kind.name], isinstance(kind, NodeType)):
                    driver.execute_query(cast("Any", text), {"rows": rows})


def plain_query(name: str) -> str:
    """Return the query that anybody would write for a type."""
    kind = SCHEMA.by_name[name]
    if isinstance(kind, NodeType):
        return f"UNWIND $rows AS row CREATE (n:{kind.label}) SET n = row"
    start, end = SCHEMA.node(kind.start), SCHEMA.node(kind.end)
    return (
        f"UNWIND $rows AS row MATCH (a:{start.label} {{{start.key.name}: row.start}}) "
        f"MATCH (b:{end.label} {{{end.key.name}: row.end}}) "
        f"CREATE (a)-[r:{kind.type}]->(b) SET r = row.properties"
    )


def maps(table: pa.Table, nodes: bool) -> Iterator[list[dict[str, Any]]]:
    """Return rows as maps, some thousands at a time."""
    for part in (table.slice(at, ROWS) for at in range(0, table.num_rows, ROWS)):
        rows = part.to_pylist()
        if nodes:
            yield rows
        else:
            yield [
                {"start": row.pop("start"), "end": row.pop("end"), "properties": row}
                for row in rows
            ]


def chainkg() -> Tables:
    """Return what an import of the public data writes after the library of standards."""
    with tempfile.TemporaryDirectory() as name:
        settings = settings_in(Path(name))
        store = EmbeddedStore(Path(name), settings)
        store.migrate()
        run_import(store, library_inputs(), settings=settings)
        mapping = ROOT / "examples" / "chainkg.toml"
        run_import(store, CHAINKG, settings=settings, mapping=mapping)
        found = {kind.name: store.scan(kind.name).read_all() for kind in SCHEMA.types}
        store.close()
    current = {key: each.filter(each["retired"].is_null()) for key, each in found.items()}
    return {
        key: each.drop_columns(["batch", "retired"])
        for key, each in current.items()
        if each.num_rows
    }


def busiest_city(given: Tables) -> str:
    """Return the city at whose counties most enterprises are at home."""
    counties: list[str] = given["LOCATED_IN"]["end"].to_pylist()
    return f"{statistics.mode(code[:4] for code in counties)}00"


@contextmanager
def served() -> Generator[Server]:
    """Start an empty server, stop it and remove it."""
    home = Path(tempfile.mkdtemp(prefix="lianpu-bench-"))
    server = Server(home, heap="2g", flags=())
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(home)


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best(work: Callable[[], object]) -> float:
    """Return the quickest of a few turns, after one that does not count."""
    work()
    return min(seconds(work) for _ in range(TURNS))
