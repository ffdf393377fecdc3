"""Two public data sets that nobody here made."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from lianpu.algorithms.together import stand_together
from lianpu.atlas import Atlas
from lianpu.graph.snapshot import publish
from lianpu.ingest import library_inputs, run

from ..algorithms.test_together import alone, said
from .world import World

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"


def folder(name: str) -> Path:
    found = DATA / name
    if not found.is_dir():
        pytest.skip(f"{found} is not there")
    return found


def twice(world: World, name: str) -> None:
    given, mapping = folder(name), ROOT / "examples" / f"{name}.toml"
    world.run(*library_inputs())
    first = run(world.store, given, settings=world.settings, mapping=mapping, reviews=world.reviews)
    assert first.created > 0
    again = run(world.store, given, settings=world.settings, mapping=mapping, reviews=world.reviews)
    assert (again.batch, again.created, again.updated) == (None, 0, 0)
    assert (again.rejected, again.to_review) == (first.rejected, first.to_review)


def test_chainkg_comes_in_and_the_second_time_changes_nothing(world: World) -> None:
    twice(world, "chainkg")
    current = world.store.describe().current
    assert current["Enterprise"] == 4654 - 51
    assert current["PRODUCES"] > 50_000
    product = {name: key for key, name in world.rows("Product", "id", "name")}
    inputs = {(start, end) for start, end in world.rows("INPUT_TO", "start", "end")}
    # 上游材料: 红豆薏米仁汤 → 冰糖; 下游产品: 木糖 → 木糖醇. Both times the input comes first.
    assert (product["冰糖"], product["红豆薏米仁汤"]) in inputs
    assert (product["木糖"], product["木糖醇"]) in inputs
    assert (product["冰糖"], product["冰糖"]) not in inputs
    kinds = world.rows("IS_A", "start", "end")
    assert (product["纸包装容器"], product["包装容器"]) in kinds
    assert all(0 <= share <= 1 for (share,) in world.rows("PRODUCES", "share") if share is not None)
    assert not {"分部间抵销", "平衡项目"} & set(product)
    names = dict(world.rows("Enterprise", "id", "name"))
    homes = {names[start]: end for start, end in world.rows("LOCATED_IN", "start", "end")}
    assert homes["上海华峰超纤科技股份有限公司"] == "310000"


def test_kag_comes_in_with_supplies_against_the_money(world: World) -> None:
    twice(world, "kag_supplychain")
    assert world.store.describe().current["Enterprise"] == 103
    names = dict(world.rows("Enterprise", "id", "name"))
    supplies = {
        (names[start], names[end], amount)
        for start, end, amount in world.rows("SUPPLIES", "start", "end", "amount")
    }
    assert ("传化****限公司", "浙江**摩托**限公司", 102_191.0) in supplies
    product = {name: key for key, name in world.rows("Product", "id", "name")}
    assert (product["商品化工-橡胶"], product["商品化工"]) in world.rows("IS_A", "start", "end")


@pytest.mark.parametrize(
    ("name", "regions"),
    [("chainkg", ("芜湖市", "合肥市", "深圳市")), ("kag_supplychain", ("浙江省", "上海市"))],
)
def test_both_answer_gaps_and_targets_for_several_regions(
    world: World, name: str, regions: tuple[str, ...]
) -> None:
    mapping = ROOT / "examples" / f"{name}.toml"
    world.run(*library_inputs())
    run(world.store, folder(name), settings=world.settings, mapping=mapping, reviews=world.reviews)
    publish(world.store, world.settings.data / "snapshots", keep=1)
    atlas = Atlas(world.settings)
    for region in regions:
        answer = atlas.gaps(region, limit=5)
        assert answer.coverage.enterprises >= answer.coverage.known
        for gap in answer.gaps:
            assert gap.status.code in {"weak", "missing", "unknown"}
            assert gap.reasons
            assert all(fact.source and fact.as_of for fact in gap.evidence)
            found = atlas.targets(region, gap.product.id, limit=3)
            assert all(target.evidence for target in found.targets)
    index = atlas.index()
    found = stand_together(index, np.arange(len(index.regions)), None, world.settings)
    for region in np.argsort(-found.enterprises, kind="stable")[:40].tolist():
        assert said(found, region) == alone(index, region, None, world.settings)
