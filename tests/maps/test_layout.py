from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lianpu.algorithms.browse.models import ChainMapAnswer, ChainNode
from lianpu.maps.layout import A1, A3, A4, SHEETS, SLIDE, lay_out
from lianpu.maps.svg import svg

from .chains import SMALL, STATUSES, cars, chain_map, edge, node
from .geometry import faults

NAMES = st.text(alphabet="汽车电池系统材料芯片A b1（）·ÄW", min_size=1, max_size=24)
STAGES = st.sampled_from(["upstream", "midstream", "downstream", None])
TIERS = st.one_of(st.none(), st.integers(1, 5))


@st.composite
def products(draw: st.DrawFn, number: int) -> ChainNode:
    status = draw(st.sampled_from(list(STATUSES)))
    firms = draw(st.lists(NAMES, max_size=4))
    made = node(
        draw(NAMES),
        draw(STAGES),
        draw(TIERS),
        group=draw(st.sampled_from([None, "电池", "装备模具与软件", "Power electronics & more"])),
        status=status,
        key=draw(st.booleans()),
        is_break=draw(st.booleans()),
        **{"targets" if status in ("missing", "weak") else "leaders": firms},
    )
    return made.model_copy(update={"product": made.product.model_copy(update={"id": f"p{number}"})})


@st.composite
def maps(draw: st.DrawFn) -> ChainMapAnswer:
    number = draw(st.integers(0, 70))
    nodes = [draw(products(at)) for at in range(number)]
    ends = st.integers(0, max(number - 1, 0))
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=90)) if number else []
    edges = [
        edge(f"p{one}", f"p{other}", essential=draw(st.booleans()))
        for one, other in dict.fromkeys(pairs)
    ]
    return chain_map(draw(NAMES), nodes, edges, region=draw(st.one_of(st.none(), NAMES)))


@settings(max_examples=60)
@given(answer=maps(), sheet=st.sampled_from([A3, A4, SLIDE]))
def test_nothing_overlaps_no_line_runs_through_a_box_and_every_text_fits(
    answer: ChainMapAnswer, sheet: object
) -> None:
    assert faults(lay_out(answer, sheet)) == []  # type: ignore[arg-type]


@settings(max_examples=10)
@given(answer=maps())
def test_the_same_answer_gives_the_same_bytes(answer: ChainMapAnswer) -> None:
    again = ChainMapAnswer.model_validate_json(answer.model_dump_json())
    assert svg(lay_out(answer)) == svg(lay_out(again))


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("name", SMALL)
def test_small_chains_stand_on_every_sheet_whole(name: str, sheet: str) -> None:
    drawing = lay_out(SMALL[name](), SHEETS[sheet])
    assert faults(drawing) == []
    assert not any(block.hidden for block in drawing.blocks)


def test_what_has_no_room_is_counted_and_the_key_link_stays() -> None:
    nodes = [node(f"材料{at}", "upstream", 1, group="材料", status="missing") for at in range(300)]
    nodes.append(node("关键材料", "upstream", 1, group="材料", status="strong", key=True))
    (block,) = lay_out(chain_map("大链", nodes, [])).blocks
    assert "关键材料" in [box.product.product.id for box in block.boxes]
    assert len(block.boxes) + len(block.hidden) == 301
    assert f"还有 {len(block.hidden)} 种（缺 {len(block.hidden)}）" in [w.text for w in block.words]


def test_a_folded_group_shows_its_heading_only() -> None:
    drawing = lay_out(SMALL["lamps"](), folded=["封装材料"])
    (folded,) = (block for block in drawing.blocks if block.title == "封装材料")
    assert not folded.boxes
    assert len(folded.hidden) == 9
    assert faults(drawing) == []


def test_more_groups_than_a_sheet_holds_become_one() -> None:
    nodes = [node(f"产品{at}", "upstream", 1, group=f"组{at}", status="weak") for at in range(400)]
    drawing = lay_out(chain_map("碎链", nodes, []))
    assert faults(drawing) == []
    assert drawing.blocks[-1].title.startswith("其余")


def test_tiers_share_a_column_only_where_the_sheet_is_full() -> None:
    drawing = lay_out(cars())
    assert len({block.rect.x for block in drawing.blocks}) == 3
    many = [node(f"产品{t}", "midstream", t, status="weak") for t in range(1, 30)]
    assert faults(lay_out(chain_map("长链", many, []), A4)) == []
    assert faults(lay_out(chain_map("长链", many, []), A1)) == []


def test_what_leaves_a_block_runs_on_one_line() -> None:
    drawing = lay_out(
        chain_map(
            "钢",
            [
                node("钢", "upstream", 1, status="strong"),
                *(node(f"件{at}", "midstream", 2, status="weak") for at in range(5)),
            ],
            [edge("钢", f"件{at}") for at in range(5)],
        )
    )
    assert len({flow.path[0] for flow in drawing.flows}) == 1


def test_an_empty_chain_is_a_sheet_with_its_title() -> None:
    drawing = lay_out(chain_map("空链", [], []))
    assert drawing.title == "甲一市空链产业链图谱"
    assert faults(drawing) == []


def test_control_characters_never_reach_the_page() -> None:
    drawn = svg(lay_out(chain_map("坏\x00链\x1b", [node("产\x07品", "upstream", 1)], [])))
    assert "\x00" not in drawn
    assert "\x1b" not in drawn
    assert "\x07" not in drawn
