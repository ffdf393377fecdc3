"""`lianpu ask`: the questions in Cypher, asked from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from lianpu.api.cli.app import build
from lianpu.api.cli.question import COLUMNS
from lianpu.errors import BadInputError, ConflictError, LianpuError, NotKnownError
from lianpu.graph.snapshot import publish
from lianpu.graph.store import Batch
from lianpu.graph.store.neo4j import Neo4jStore, question, questions, values_for
from lianpu.graph.store.neo4j.connection import text_of
from python_calamine import load_workbook
from typer.testing import CliRunner, Result

from ..support.graphs import STATED_ON
from ..support.town import town
from .server import PASSWORD, Server
from .stores import answer, driver_for, empty, empty_store, settings_for

Run = Callable[..., Result]


@pytest.fixture
def lianpu(neo4j_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line over the server."""
    monkeypatch.setenv("LIANPU_STORE", neo4j_server.url)
    monkeypatch.setenv("LIANPU_NEO4J__PASSWORD", PASSWORD)
    monkeypatch.setenv("LIANPU_DATA", str(tmp_path / "data"))
    return run


@pytest.fixture(scope="module")
def graph(neo4j_server: Server) -> None:
    store = empty_store(neo4j_server)
    store.upsert(Batch("样例", town().tables()))
    store.close()


def run(*words: str) -> Result:
    result = CliRunner().invoke(build(), words)
    if isinstance(result.exception, LianpuError):
        raise result.exception
    return result


@pytest.mark.usefixtures("graph")
def test_a_question_is_answered_as_a_table(lianpu: Run) -> None:
    shown = lianpu("ask", "gaps", "-p", "region=甲一市").output
    assert "动力电池" in shown
    assert "缺失" in shown
    assert "补链" in shown


@pytest.mark.usefixtures("graph")
def test_json_gives_codes_and_the_values_asked_with(lianpu: Run) -> None:
    answer = json.loads(lianpu("ask", "gaps", "-p", "region=甲一", "-f", "json").stdout)
    assert answer["values"] == {"region": "A1"}
    (battery,) = [row for row in answer["rows"] if row["product"] == "battery"]
    assert (battery["status"], battery["kinds"], battery["users"]) == ("missing", ["fill"], 1)


@pytest.mark.usefixtures("graph")
def test_csv_and_a_workbook_have_words_for_headers(lianpu: Run, tmp_path: Path) -> None:
    words = ("ask", "evidence_path", "-p", "start=car-one", "-p", "end=battery-two")
    lines = lianpu(*words, "-f", "csv").stdout.splitlines()
    assert lines[0] == "步,从,关系,到,来源,日期,可信度"
    assert str(STATED_ON) in lines[1]
    path = tmp_path / "证据链.xlsx"
    lianpu(*words, "-o", str(path))
    rows = load_workbook(path).get_sheet_by_index(0).to_python()
    assert len(rows) >= len(lines)


@pytest.mark.usefixtures("graph")
def test_nothing_found_is_said(lianpu: Run) -> None:
    assert "没有结果" in lianpu("ask", "shared_suppliers", "-p", "region=甲二市").output


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("gaps", "-p", "region=丙市"), "没有叫“丙市”的地区"),
        (("candidates", "-p", "region=A1", "-p", "product=飞机"), "没有叫“飞机”的产品"),
        (("cluster_map", "-p", "cluster=无"), "没有叫“无”的产业集群"),
    ],
)
def test_a_name_that_the_graph_does_not_have_is_said(
    lianpu: Run, words: tuple[str, ...], said: str
) -> None:
    with pytest.raises(NotKnownError, match=said):
        lianpu("ask", *words)


def test_a_name_that_several_have_is_not_guessed_at(lianpu: Run, neo4j_server: Server) -> None:
    graph = town()
    graph.region("B1x", "county", "B1", name="东县")
    store = empty_store(neo4j_server)
    store.upsert(Batch("样例", graph.tables()))
    store.close()
    with pytest.raises(NotKnownError) as several:
        lianpu("ask", "gaps", "-p", "region=东县")
    assert "东县（A1x）；东县（B1x）" in str(several.value)


def test_a_graph_that_is_not_written_to_its_end_is_not_asked(
    lianpu: Run, neo4j_server: Server
) -> None:
    store = empty_store(neo4j_server)
    store.begin_restore()
    with pytest.raises(ConflictError, match="现在回答会不全"):
        lianpu("ask", "gaps", "-p", "region=A1")
    empty(neo4j_server)
    begun = {"number": 1, "token": "t", "touched": ["Region"]}
    with driver_for(neo4j_server) as driver:
        answer(driver, text_of("begin_batch"), **begun)
        with pytest.raises(ConflictError, match="现在回答会不全"):
            lianpu("ask", "gaps", "-p", "region=A1")
    store.migrate()
    with pytest.raises(NotKnownError):
        lianpu("ask", "gaps", "-p", "region=A1")
    store.close()


def test_the_checkup_names_the_server_and_what_it_refuses(
    lianpu: Run, neo4j_server: Server, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    graph = town()
    graph.publish(folder)
    store = empty_store(neo4j_server)
    store.upsert(Batch("样例", graph.tables()))
    store.close()
    shown = lianpu("doctor").output
    assert neo4j_server.url in shown
    assert "来自另一个数据库" in shown
    publishing = Neo4jStore(settings_for(neo4j_server))
    publish(publishing, folder / "snapshots", keep=1)
    publishing.close()
    assert "含全部批次" in lianpu("doctor").output
    coming_in = empty_store(neo4j_server)
    coming_in.begin_restore()
    coming_in.close()
    found = lianpu("doctor")
    assert found.exit_code == 1
    assert "lianpu copy" in found.output


def test_the_example_is_not_mixed_into_a_graph_of_ones_own(
    lianpu: Run, neo4j_server: Server
) -> None:
    store = empty_store(neo4j_server)
    store.upsert(Batch("样例", town().tables()))
    store.close()
    with pytest.raises(ConflictError, match="不混进自己的数据"):
        lianpu("demo")
    left = Neo4jStore(settings_for(neo4j_server), write=False)
    assert len(left.ledger()) == 1
    left.close()


def test_a_database_without_a_graph_is_said(lianpu: Run, neo4j_server: Server) -> None:
    empty(neo4j_server)
    with driver_for(neo4j_server) as driver:
        driver.execute_query("MATCH (m:LianpuMigration) DETACH DELETE m")
    with pytest.raises(ConflictError, match="lianpu migrate"):
        lianpu("ask", "gaps", "-p", "region=A1")
    shown = lianpu("migrate", "--show")
    assert shown.exit_code == ConflictError.exit_code
    assert "V001__bookkeeping" in shown.output
    assert "未应用" in shown.output
    assert "已是最新" in lianpu("migrate").output
    assert "已是最新" in lianpu("migrate", "--show").output


def test_without_a_name_the_questions_are_listed() -> None:
    shown = run("ask").output
    assert all(each.name.rpartition("/")[2] in shown for each in questions())
    assert "缺口" in shown


def test_an_unknown_question_is_said_with_those_that_there_are() -> None:
    with pytest.raises(NotKnownError, match="没有叫“缺口”的问题") as said:
        run("ask", "缺口")
    assert "gaps" in str(said.value)


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ((), "缺少参数 product"),
        (("地区=芜湖",), "没有参数 地区"),
        (("product",), "名称=值"),
        (("product=电池", "steps=很多"), "正整数"),
        (("product=电池", "steps=0"), "正整数"),
        (("product=电池", "steps=99999999999999999999"), "正整数"),
    ],
)
def test_wrong_parameters_are_said_before_a_server_is_asked(
    params: tuple[str, ...], said: str
) -> None:
    with pytest.raises(BadInputError, match=said):
        run("ask", "upstream", *(word for each in params for word in ("-p", each)))


def test_the_embedded_store_is_no_server() -> None:
    with pytest.raises(BadInputError, match="不是 Neo4j 服务器"):
        run("ask", "gaps", "-p", "region=芜湖市")


def test_the_text_to_paste_comes_with_its_values() -> None:
    shown = run("ask", "upstream", "--cypher", "-p", "product=O'Brien 电池").output
    assert shown.startswith(":params {product: 'O\\'Brien 电池', steps: 3}\n")
    assert shown.endswith(question("upstream").text)


def test_defaults_stand_in_for_what_is_not_given() -> None:
    assert values_for(question("upstream"), {"product": "p"}) == {"product": "p", "steps": 3}
    assert values_for(question("cluster_map"), {"cluster": "k"}) == {"cluster": "k", "chain": None}


def test_every_column_has_a_header() -> None:
    assert {column for each in questions() for column in each.returns} == set(COLUMNS)
