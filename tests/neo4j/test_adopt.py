"""A graph that somebody else made comes in through a mapping, and is itself left as it was."""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import pytest
from lianpu.errors import BadInputError
from lianpu.graph.schema import SCHEMA
from lianpu.graph.store.neo4j import Connection
from lianpu.ingest import run
from lianpu.ingest.adopting import adopt
from neo4j import Driver

from ..ingest.world import World
from .server import Server
from .stores import driver_for, empty, settings_for

ROOT = Path(__file__).parents[2]
CHAINKG = ROOT / "examples" / "chainkg.toml"
DATA = ROOT.parent / "shared" / "data" / "chainkg"
FIRMS = 150

Rows = Sequence[dict[str, Any]]

SMALL: dict[str, Rows] = {
    "company.jsonl": [
        {
            "name": "甲钢",
            "fullname": "芜湖甲钢铁股份有限公司",
            "code": "1.SH",
            "location": "上交所",
        },
        {"name": "乙车", "fullname": "南京乙汽车股份有限公司", "code": "2.SZ", "time": "2001-2-3"},
    ],
    "product.jsonl": [{"name": each} for each in ("钢材", "车身", "汽车", "乘用车", "抵消")],
    "company_product.jsonl": [
        {"company_code": code, "company_name": name, "product_name": made, "rel_weight": weight}
        | {"rel": "主营产品"}
        for code, name, made, weight in (
            ("1.SH", "甲钢", "钢材", 0.75),
            ("1.SH", "甲钢", "抵消", 0.25),
            ("2.SZ", "乙车", "汽车", -0.5),
            ("2.SZ", "乙车", "乘用车", 1.5),
        )
    ],
    "product_product.jsonl": [
        {"from_entity": "车身", "to_entity": "钢材", "rel": "上游材料"},
        {"from_entity": "车身", "to_entity": "汽车", "rel": "下游产品"},
        {"from_entity": "汽车", "to_entity": "乘用车", "rel": "产品小类"},
    ],
}
_NODES = "UNWIND $rows AS row CREATE (n:{label}) SET n = row"
_MAKES = (
    "UNWIND $rows AS row MATCH (c:company {code: row.company_code}) "
    "MATCH (p:product {name: row.product_name}) "
    "CREATE (c)-[:主营产品 {权重: toString(row.rel_weight)}]->(p)"
)
_LINKS = (
    "UNWIND $rows AS row MATCH (a:product {{name: row.from_entity}}) "
    "MATCH (b:product {{name: row.to_entity}}) CREATE (a)-[:{type}]->(b)"
)


def load(driver: Driver, files: dict[str, Rows]) -> None:
    """Put files into Neo4j as the script of that project does: labels, and relations in Chinese."""
    for label in ("company", "product"):
        rows = [{key: str(value) for key, value in row.items()} for row in files[f"{label}.jsonl"]]
        driver.execute_query(_NODES.format(label=label), rows=rows)
        driver.execute_query(f"CREATE INDEX {label} IF NOT EXISTS FOR (n:{label}) ON (n.name)")
    driver.execute_query("CREATE INDEX firm IF NOT EXISTS FOR (n:company) ON (n.code)")
    driver.execute_query("CALL db.awaitIndexes()")
    driver.execute_query(_MAKES, rows=files["company_product.jsonl"])
    for kind in ("上游材料", "下游产品", "产品小类"):
        rows = [row for row in files["product_product.jsonl"] if row["rel"] == kind]
        driver.execute_query(_LINKS.format(type=kind), rows=rows)


def state(driver: Driver) -> list[Any]:
    """Return all that a database holds, its indexes, and its last transaction."""
    queries = (
        "MATCH (n) RETURN elementId(n) AS id, labels(n), properties(n) ORDER BY id",
        "MATCH ()-[r]->() RETURN elementId(r) AS id, type(r), properties(r) ORDER BY id",
        "SHOW INDEXES YIELD name, labelsOrTypes, properties RETURN * ORDER BY name",
        "SHOW CONSTRAINTS YIELD name, labelsOrTypes, properties RETURN * ORDER BY name",
        "SHOW DATABASE neo4j YIELD lastCommittedTxn",
    )
    return [driver.execute_query(each).records for each in queries]


def write_files(folder: Path, files: dict[str, Rows]) -> Path:
    """Write files in the order in which a graph's rows are read."""
    folder.mkdir()
    for name, rows in files.items():
        lines = sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def facts(world: World) -> dict[str, list[str]]:
    """Return the current rows of every type."""
    return {
        kind.name: sorted(map(str, world.store.scan(kind.name).read_all().to_pylist()))
        for kind in SCHEMA.types
    }


@pytest.fixture
def driver(neo4j_server: Server) -> Generator[Driver]:
    """A driver to the server, on which no other graph is left."""
    empty(neo4j_server)
    with driver_for(neo4j_server) as opened:
        yield opened
        opened.execute_query("MATCH (n) WHERE n:company OR n:product DETACH DELETE n")
        for name in ("company", "product", "firm"):
            opened.execute_query(f"DROP INDEX {name} IF EXISTS")


@pytest.fixture
def there(neo4j_server: Server, driver: Driver) -> Generator[Connection]:
    """A connection to somebody else's graph."""
    opened = Connection(settings_for(neo4j_server))
    yield opened
    opened.close()


@pytest.fixture
def worlds(tmp_path: Path) -> Generator[tuple[World, World]]:
    """Two stores: one for the graph, one for the files."""
    made = World(tmp_path / "one"), World(tmp_path / "other")
    yield made
    for each in made:
        each.close()


def both(worlds: tuple[World, World], there: Connection, files: Path) -> None:
    """Adopt the graph and import the files, each into a store of its own, and compare."""
    one, other = worlds
    adopt(one.store, there, CHAINKG, settings=one.settings, reviews=one.reviews)
    run(other.store, files, settings=other.settings, mapping=CHAINKG, reviews=other.reviews)
    assert facts(one) == facts(other)


def test_a_graph_comes_in_as_its_files_would_and_stays_as_it_was(
    worlds: tuple[World, World], there: Connection, driver: Driver, tmp_path: Path
) -> None:
    load(driver, SMALL)
    before = state(driver)
    both(worlds, there, write_files(tmp_path / "files", SMALL))
    assert state(driver) == before
    world = worlds[0]
    names = dict(world.rows("Product", "id", "name") | world.rows("Enterprise", "id", "name"))
    made = {
        (names[a], names[b], share)
        for a, b, share in world.rows("PRODUCES", "start", "end", "share")
    }
    assert made == {
        ("芜湖甲钢铁股份有限公司", "钢材", 0.75),
        ("南京乙汽车股份有限公司", "乘用车", None),
    }
    inputs = {(names[a], names[b]) for a, b in world.rows("INPUT_TO", "start", "end")}
    assert inputs == {("钢材", "车身"), ("车身", "汽车")}
    again = adopt(world.store, there, CHAINKG, settings=world.settings, reviews=world.reviews)
    assert again.batch is None


@pytest.mark.parametrize("order", [1, -1])
def test_a_part_of_chainkg_comes_in_as_its_files_would_in_whatever_order_it_lies(
    worlds: tuple[World, World], there: Connection, driver: Driver, tmp_path: Path, order: int
) -> None:
    if not DATA.is_dir():
        pytest.skip(f"{DATA} is not there")
    files = part_of_chainkg()
    load(driver, {name: rows[::order] for name, rows in files.items()})
    before = state(driver)
    both(worlds, there, write_files(tmp_path / "files", files))
    assert state(driver) == before
    assert len(worlds[0].rows("PRODUCES", "start", "end")) > FIRMS


def part_of_chainkg() -> dict[str, Rows]:
    """Return the first firms of different codes and names, what they make, and its links."""
    rows = {
        path.name: [json.loads(line) for line in path.read_text("utf-8").strip().split("\n")]
        for path in (DATA / name for name in SMALL)
    }
    makers = {row["company_code"].partition(".")[0] for row in rows["company_product.jsonl"]}
    listed = {row["code"].partition(".")[0]: row for row in reversed(rows["company.jsonl"])}
    firms = [row for code, row in listed.items() if code in makers][:FIRMS]
    codes = {row["code"].partition(".")[0]: row["code"] for row in firms}
    makes = [
        row | {"company_code": codes[row["company_code"].partition(".")[0]]}
        for row in rows["company_product.jsonl"]
        if row["company_code"].partition(".")[0] in codes
    ]
    made = {row["product_name"] for row in makes}
    ends = "from_entity", "to_entity"
    links = [row for row in rows["product_product.jsonl"] if made & {row[end] for end in ends}]
    named = made | {row[end] for row in links for end in ends}
    return {
        "company.jsonl": firms,
        "product.jsonl": [{"name": each} for each in sorted(named)],
        "company_product.jsonl": makes,
        "product_product.jsonl": links,
    }


@pytest.mark.parametrize(
    ("graph", "words"),
    [
        ("", "没有 [graph] 部分"),
        ('[graph."a.jsonl"]\nnodes = "rocket"', "没有 rocket"),
        ('[graph."a.jsonl"]\nnodes = "x` DETACH DELETE n //"', "没有 x`"),
        ('[graph."a.jsonl"]\nrelations = "飞向"\ncolumns = { "start.name" = "a" }', "主营产品"),
        (
            '[graph."a.jsonl"]\nrelations = "主营产品"\ncolumns = { "重量" = "a" }',
            "主营产品 全都没有 重量",
        ),
        ('[graph."a.jsonl"]\nrelations = "主营产品"', "columns"),
        ('[graph."a.jsonl"]\nnodes = "a"\nrelations = "b"', "nodes 或 relations"),
        ('[graph."../a.jsonl"]\nnodes = "a"', ".jsonl 结尾"),
        ('[graph."a.jsonl"]\nlabel = "a"', "label"),
    ],
)
def test_a_mapping_that_does_not_fit_the_graph_is_refused_in_words(
    neo4j_server: Server, tmp_path: Path, there: Connection, driver: Driver, graph: str, words: str
) -> None:
    if "飞向" in graph or "重量" in graph:
        load(driver, SMALL)
    mapping = tmp_path / "mapping.toml"
    table = '[[tables]]\nfiles = "a.jsonl"\ntemplate = "企业"\n'
    mapping.write_text(f"{graph}\n{table}", encoding="utf-8")
    world = World(tmp_path / "data")
    with pytest.raises(BadInputError) as error:
        adopt(world.store, there, mapping, settings=world.settings)
    assert words in str(error.value)
    world.close()
