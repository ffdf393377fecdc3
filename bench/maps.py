"""A chain map of 120 products and 3,000 firms: time of the layout and of every face, and size."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
from lianpu.algorithms.answers.models import Ref, ScopeAnswer, SnapshotAnswer, Term
from lianpu.algorithms.browse.models import ChainEdge, ChainMapAnswer, ChainNode, NamedFirm
from lianpu.algorithms.status import Status
from lianpu.fonts import advances
from lianpu.maps import faces, lay_out, render

from bench.measure import Cost, clock, spread
from bench.scene import Scene

PRODUCTS, FIRMS, EDGES, GROUPS, TIERS = 120, 3_000, 240, 14, 6
ROUNDS, ROUNDS_A_FACE = 40, 3
STAGES = ("upstream", "upstream", "midstream", "midstream", "downstream", "downstream")


def run(scene: Scene) -> None:
    """Draw the same made-up chain again and again."""
    answer = made_up(scene.size.seed)
    advances()
    costs = _repeated(lambda: lay_out(answer), ROUNDS)
    print(f"layout of {PRODUCTS} products and {FIRMS:,} firms: {spread(costs)}")
    for name in faces():
        size = len(render(answer, name))
        costs = _repeated(lambda name=name: render(answer, name), ROUNDS_A_FACE)
        processor = sum(each.processor for each in costs) / len(costs)
        print(f"{name:8} {size / 1024:8,.0f} KiB {processor * 1e3:8,.0f} ms of processor time")


def made_up(seed: int) -> ChainMapAnswer:
    """Return a chain whose edges lead forward, with all the firms as makers or targets."""
    chance = np.random.default_rng(seed)
    tiers = np.sort(chance.integers(0, TIERS, PRODUCTS))
    nodes = [_node(at, int(tier), chance) for at, tier in enumerate(tiers)]
    ends = np.sort(chance.integers(0, PRODUCTS, (EDGES, 2)), axis=1)
    pairs = sorted({(int(one), int(other)) for one, other in ends if one != other})
    chain = Ref(id="chain", name="样例产业链")
    return ChainMapAnswer(
        chain=chain,
        scope=ScopeAnswer(kind="region", id="1", name="样例市", chain=chain),
        snapshot=SnapshotAnswer(number=1, date=date(2026, 1, 1), as_of=None),
        coverage=None,
        nodes=nodes,
        edges=[
            ChainEdge(
                start=f"p{one}",
                end=f"p{other}",
                relation="INPUT_TO",
                essential=one % 2 == 0,
                coefficient=None,
            )
            for one, other in pairs
        ],
    )


def _node(at: int, tier: int, chance: np.random.Generator) -> ChainNode:
    status = list(Status)[int(chance.integers(len(Status)))]
    firms = [
        NamedFirm(
            id=f"f{at}-{each}",
            name=f"第{at}号产品第{each}家企业有限公司",
            short_name=None,
            place=None,
        )
        for each in range(FIRMS // PRODUCTS)
    ]
    gap = status in (Status.MISSING, Status.UNKNOWN)
    return ChainNode(
        product=Ref(id=f"p{at}", name=f"第{at}号产品"),
        stage=STAGES[tier],
        tier=tier,
        group=f"第{int(chance.integers(GROUPS))}组",
        key=bool(chance.integers(2)),
        status=Term(code=status.name.lower(), text=status.value.zh),
        makers=0 if gap else len(firms),
        makers_elsewhere=len(firms) if gap else 0,
        users=3,
        leaders=[] if gap else firms,
        targets=firms if gap else [],
    )


def _repeated(work: Callable[[], object], rounds: int) -> list[Cost]:
    work()
    return [clock(work) for _ in range(rounds)]
