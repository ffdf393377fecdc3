"""Every query file: what it declares, and that the server understands it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lianpu.cypher import Query, load, names, statements
from lianpu.cypher.queries import parse
from lianpu.graph.schema import SCHEMA
from lianpu.graph.store.neo4j.rows import Sending, escaped, key_of, read_columns
from neo4j import Driver

from .server import Server
from .stores import answer, empty_store

LIBRARY = Path(__file__).parents[2] / "library"
AREAS = ("store", "questions", "adopt")
FILES = [name for area in AREAS for name in names(area)]


@pytest.fixture(scope="module")
def migrated(neo4j_server: Server) -> Server:
    empty_store(neo4j_server).close()
    return neo4j_server


@pytest.mark.parametrize("name", FILES)
def test_the_server_can_plan_it(migrated: Server, driver: Driver, name: str) -> None:
    query = load(name)
    values = {each.name: None for each in query.parameters}
    answer(driver, f"EXPLAIN {query.fill(**filling(query))}", **values)


@pytest.mark.parametrize("name", FILES)
def test_it_says_what_it_does(name: str) -> None:
    assert load(name).doc


@pytest.mark.parametrize("name", names("questions"))
def test_a_question_can_be_pasted_as_it_is(name: str) -> None:
    query = load(name)
    assert not query.names
    assert query.returns
    assert set(query.example) == {each.name for each in query.parameters if each.required}


def test_the_examples_are_of_the_example_that_ships() -> None:
    files = [path for folder in ("chains", "demo") for path in (LIBRARY / folder).iterdir()]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    for name in names("questions"):
        assert all(str(value) in text for value in load(name).example.values()), name


def test_parameters_in_strings_and_comments_are_none() -> None:
    query = parse("q", "// params: a\nRETURN $a, 'no $b', \"no $c\", `no $d` // no $e")
    assert [each.name for each in query.parameters] == ["a"]


def test_a_parameter_that_is_used_must_be_declared() -> None:
    with pytest.raises(ValueError, match="declares params"):
        parse("q", "RETURN $a")


def test_a_parameter_that_is_declared_must_be_used() -> None:
    with pytest.raises(ValueError, match="declares params"):
        parse("q", "// params: a\nRETURN 1")


def test_a_default_may_be_text_a_number_or_nothing() -> None:
    query = parse("q", "// params: a = 'x', b = 2, c = null, d\nRETURN $a, $b, $c, $d")
    assert [(each.required, each.default) for each in query.parameters] == [
        (False, "x"),
        (False, 2),
        (False, None),
        (True, None),
    ]


def test_an_example_gives_every_required_parameter_and_no_other() -> None:
    with pytest.raises(ValueError, match="declares example"):
        parse("q", "// params: a, b = 2\n// example: b = 3\nRETURN $a, $b")


def test_statements_end_at_semicolons_outside_strings_and_comments() -> None:
    text = "// one; two\nRETURN 'a;b';\n/* three; */ RETURN \"http://c;d\" ;"
    assert statements(text) == ["RETURN 'a;b'", 'RETURN "http://c;d"']


def test_a_query_that_is_not_there_is_said_so() -> None:
    with pytest.raises(LookupError, match="nothing/here"):
        load("nothing/here")


def filling(query: Query) -> dict[str, str]:
    """Names of the schema for whatever a query wants to have filled in."""
    kind = SCHEMA.relation("SUPPLIES")
    node = "label" in query.names and "relation" not in query.names
    retired = query.name.endswith("versions")
    chosen = SCHEMA.node("Enterprise") if node else kind
    end = ":Enterprise" if query.name.startswith("adopt") else "Enterprise"
    known = {
        "label": "Enterprise",
        "key": key_of("Enterprise"),
        "type": "SUPPLIES",
        "relation": "SUPPLIES",
        "start": end,
        "start_key": "id",
        "end": "a" if query.name.endswith("by_end") else end,
        "end_key": "id",
        "types": "SUPPLIES|PRODUCES",
        "property": escaped("product"),
        "properties": Sending(("id", "name"), {"end": 1}).properties(),
        "columns": read_columns(chosen, retired=retired, place=True),
    }
    return {name: known[name] for name in query.names}
