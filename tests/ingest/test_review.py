"""What is doubtful waits; what was decided is remembered; nothing is lost or done twice."""

from __future__ import annotations

import pytest
from lianpu.errors import NotKnownError

from .world import World, code

KNOWN: dict[str, list[object]] = {
    "企业名称": ["安徽丙丁汽车零部件股份有限公司"],
    "统一社会信用代码": [code(1)],
}
DOUBTFUL: dict[str, list[object]] = {"企业": ["丙丁汽零"], "产品": ["座椅"]}


@pytest.fixture
def waiting(world: World) -> World:
    """A world in which one row waits for a decision."""
    world.take(KNOWN, "企业")
    report = world.take(DOUBTFUL, "企业产品")
    assert (report.rejected, report.to_review) == (0, 1)
    return world


def test_a_doubtful_row_waits_with_its_pair_score_and_reasons(waiting: World) -> None:
    (review,) = waiting.reviews.list()
    assert (review.given, review.known, review.rows) == ("丙丁汽零", KNOWN["企业名称"][0], 1)
    assert 0 < review.score < 1
    assert review.reasons
    assert waiting.rows("PRODUCES", "start") == set()


def test_importing_again_before_the_decision_adds_nothing_to_the_list(waiting: World) -> None:
    waiting.take(DOUBTFUL, "企业产品")
    assert [review.rows for review in waiting.reviews.list()] == [1]


def test_the_same_firm_gets_the_row(waiting: World) -> None:
    (review,) = waiting.reviews.list()
    ready = waiting.reviews.decide(review.id, same=True)
    report = waiting.run(*ready)
    assert (report.rejected, report.to_review) == (0, 0)
    assert {row[0] for row in waiting.rows("PRODUCES", "start")} == {code(1)}
    assert list(waiting.reviews.ready()) == []


def test_a_decision_is_remembered_for_later_files(waiting: World) -> None:
    (review,) = waiting.reviews.list()
    waiting.run(*waiting.reviews.decide(review.id, same=True))
    report = waiting.take({"企业": ["丙丁汽零"], "产品": ["车门"]}, "企业产品")
    assert report.to_review == 0
    assert {row[0] for row in waiting.rows("PRODUCES", "start")} == {code(1)}


def test_a_row_that_was_not_written_stays_ready(waiting: World) -> None:
    (review,) = waiting.reviews.list()
    assert len(waiting.reviews.decide(review.id, same=True)) == 1
    assert len(waiting.reviews.ready()) == 1


def test_deciding_twice_is_deciding_once(waiting: World) -> None:
    (review,) = waiting.reviews.list()
    waiting.run(*waiting.reviews.decide(review.id, same=True))
    assert list(waiting.reviews.decide(review.id, same=True)) == []


def test_a_different_full_name_becomes_a_firm_of_its_own(world: World) -> None:
    world.take(KNOWN, "企业")
    name = "安徽丙丁汽车配件股份有限公司"
    report = world.take({"企业": [name], "产品": ["座椅"]}, "企业产品")
    if report.to_review:
        for review in world.reviews.list():
            world.run(*world.reviews.decide(review.id, same=False))
    assert world.names("Enterprise") == {KNOWN["企业名称"][0], name}


def test_one_code_under_another_name_is_asked_and_then_known_as_a_renaming(world: World) -> None:
    world.take(KNOWN, "企业")
    renamed: dict[str, list[object]] = {**KNOWN, "企业名称": ["芜湖戊己智能装备有限公司"]}
    assert world.take(renamed, "企业").to_review == 1
    (review,) = world.reviews.list()
    world.run(*world.reviews.decide(review.id, same=True))
    assert world.rows("Enterprise", "name", "aliases") == {
        ("芜湖戊己智能装备有限公司", ("安徽丙丁汽车零部件股份有限公司",))
    }
    assert world.take(renamed, "企业").batch is None
    assert world.take(KNOWN, "企业").batch is None


def test_there_is_no_deciding_about_what_is_not_on_the_list(world: World) -> None:
    with pytest.raises(NotKnownError):
        world.reviews.decide(99, same=True)
