"""Firms taken in together are those that would be taken in one by one."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from lianpu.graph.schema import SCHEMA
from lianpu.ingest.entities.enterprises import Enterprises, Mention
from lianpu.ingest.resolve.decide import Thresholds

from .world import code

CODES = (code(1), code(2), code(3), "913402001496750100", "x")
NAMES = (
    *(
        "芜湖甲钢铁有限公司",
        "芜湖甲钢铁有限责任公司",
        "合肥乙车（集团）股份有限公司",
        "合肥乙车集团股份有限公司",
    ),
    *(
        "AB电子有限公司",
        "ab电子有限公司",
        "合计",
        "合肥丙有限公司",
        "说明：略",
        "123",
        "１２３",
        "9甲",
        "丁" * 200,
    ),
)


def nothing_known() -> Enterprises:
    columns = {
        each.name: pa.array([], each.kind.arrow) for each in SCHEMA.node("Enterprise").columns
    }
    return Enterprises(pa.table(columns), Thresholds(accept=0.9, review=0.7), {})


@given(
    st.lists(
        st.tuples(st.none() | st.sampled_from(CODES), st.sampled_from(NAMES)),
        unique=True,
        max_size=12,
    )
)
def test_firms_taken_in_together_are_those_taken_in_one_by_one(
    pairs: list[tuple[str | None, str]],
) -> None:
    mentions = sorted((Mention(*pair) for pair in pairs), key=lambda each: each.code is None)
    alone, together = nothing_known(), nothing_known()
    wanted = alone.find_all(mentions, defines=True)
    codes, names = (
        (pa.array(list(each), pa.string()) for each in zip(*mentions, strict=True))
        if mentions
        else (pa.array([], pa.string()),) * 2
    )
    taken = together.take_new(codes, names).to_pylist()
    rest = [each for each, key in zip(mentions, taken, strict=True) if key is None]
    found = iter(together.find_all(rest, defines=True))
    answers = [key or next(found) for key in taken]
    assert answers == wanted
    assert together.names == alone.names


def test_firms_with_a_new_code_and_a_plain_name_need_no_second_look() -> None:
    codes, names = pa.array(CODES[:3]), pa.array(["芜湖甲有限公司", "合肥乙公司", "1号厂（总厂）"])
    assert nothing_known().take_new(codes, names).to_pylist() == list(CODES[:3])
