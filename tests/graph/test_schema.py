"""Every declared type keeps the rules that everything derived from the schema relies on."""

from __future__ import annotations

import re

import pytest
from lianpu.graph.schema import FACT, SCHEMA, NodeType, Property, RelationType

Type = NodeType | RelationType
NODE_NAME, RELATION_NAME = re.compile(r"[A-Z][a-z]+"), re.compile(r"[A-Z]+(_[A-Z]+)*")
COLUMN_NAME = re.compile(r"[a-z]+(_[a-z]+)*")

every_type = pytest.mark.parametrize("kind", SCHEMA.types, ids=lambda kind: kind.name)
every_relation = pytest.mark.parametrize("kind", SCHEMA.relations, ids=lambda kind: kind.name)


def test_type_names_are_unique() -> None:
    names = [each.name for each in SCHEMA.types]
    assert len(names) == len({name.lower() for name in names})


def test_nodes_are_written_in_capitalised_words_and_relations_in_capitals() -> None:
    assert all(NODE_NAME.fullmatch(each.label) for each in SCHEMA.nodes)
    assert all(RELATION_NAME.fullmatch(each.type) for each in SCHEMA.relations)


@every_type
def test_column_names_are_unique_small_words(kind: Type) -> None:
    names = [each.name for each in (*kind.columns, *FACT)]
    assert len(names) == len(set(names))
    assert all(COLUMN_NAME.fullmatch(name) for name in names)


@every_type
def test_identity_columns_are_columns(kind: Type) -> None:
    assert kind.identity
    assert set(kind.identity) <= {each.name for each in kind.columns}


@every_type
def test_identity_and_values_together_are_all_columns(kind: Type) -> None:
    values = [each.name for each in kind.values]
    assert {*kind.identity, *values} == {each.name for each in kind.columns}
    assert not set(kind.identity) & set(values)


@every_type
def test_everything_is_titled_in_both_languages(kind: Type) -> None:
    for titled in (kind, *kind.columns):
        assert titled.title.zh
        assert titled.title.en
    assert kind.doc.endswith(".")


@every_type
def test_what_says_when_a_fact_began_is_a_date(kind: Type) -> None:
    if kind.starts:
        column = next(each for each in kind.columns if each.name == kind.starts)
        assert column.kind.word == "date"


@every_relation
def test_both_ends_are_declared_nodes(kind: RelationType) -> None:
    assert SCHEMA.node(kind.start)
    assert SCHEMA.node(kind.end)


@every_relation
def test_a_relation_is_told_by_where_it_goes_out_from(kind: RelationType) -> None:
    assert kind.identity[0] == "start"


@pytest.mark.parametrize(
    "column",
    [each for kind in SCHEMA.types for each in kind.columns if each.choices],
    ids=lambda column: column.name,
)
def test_choices_are_told_apart_by_every_word(column: Property) -> None:
    values = [choice.value for choice in column.choices]
    assert len(values) == len(set(values))
    words = [
        word.lower()
        for choice in column.choices
        for word in {choice.value, choice.text.zh, choice.text.en, *choice.aliases}
    ]
    assert len(words) == len(set(words))
