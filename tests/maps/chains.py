"""Chain maps to draw, written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from lianpu.algorithms.answers.models import (
    ChainRate,
    Ref,
    ScopeAnswer,
    ScopeCoverage,
    SnapshotAnswer,
    Term,
)
from lianpu.algorithms.browse.models import ChainEdge, ChainMapAnswer, ChainNode, NamedFirm
from lianpu.algorithms.status import Status

STATUSES = {each.name.lower(): each.value.zh for each in Status}
DAY = date(2026, 11, 1)


def firm(name: str, place: str | None = None) -> NamedFirm:
    """A firm of that short name."""
    where = Ref(id=place, name=place) if place else None
    return NamedFirm(id=name, name=f"{name}有限公司", short_name=name, place=where)


def node(name: str, stage: str | None, tier: int | None, **given: Any) -> ChainNode:
    """A product; its name is its id. `status` is a code, `leaders` and `targets` are names."""
    status = given.pop("status", None)
    leaders = [firm(each) for each in given.pop("leaders", [])]
    targets = [firm(each) for each in given.pop("targets", [])]
    plain: dict[str, Any] = {
        "group": None,
        "key": False,
        "makers": len(leaders),
        "makers_elsewhere": len(targets),
        "users": 0,
    }
    return ChainNode(
        product=Ref(id=name, name=name),
        stage=stage,
        tier=tier,
        status=Term(code=status, text=STATUSES[status]) if status else None,
        leaders=leaders,
        targets=targets,
        **(plain | given),
    )


def edge(start: str, end: str, *, essential: bool = False, relation: str = "INPUT_TO") -> ChainEdge:
    """An edge between two products."""
    return ChainEdge(start=start, end=end, relation=relation, essential=essential, coefficient=None)


def chain_map(
    name: str, nodes: Sequence[ChainNode], edges: Sequence[ChainEdge], region: str | None = "甲一市"
) -> ChainMapAnswer:
    """A chain map as the atlas would give it."""
    chain = Ref(id=name, name=name)
    scope = ScopeAnswer(kind="region", id=region, name=region, chain=chain) if region else None
    coverage = ScopeCoverage(enterprises=12, known=11, revenue=4e9, known_revenue=3e9)
    return ChainMapAnswer(
        chain=chain,
        scope=scope,
        snapshot=SnapshotAnswer(number=7, date=DAY, as_of=None),
        coverage=coverage if scope else None,
        nodes=list(nodes),
        edges=list(edges),
        local_rate=ChainRate(value=0.42, covered=0.9) if scope else None,
        sources=["统计年鉴 2025", "企业年报"],
    )


def cars() -> ChainMapAnswer:
    """Every status once, a long edge from end to end, and a break."""
    up, mid, down = "upstream", "midstream", "downstream"
    return chain_map(
        "新能源汽车",
        [
            node(
                "正极材料", up, 1, status="missing", key=True, targets=["甲二正极"], is_break=True
            ),
            node("汽车用钢", up, 1, status="strong", leaders=["马钢", "宝钢", "首钢", "鞍钢"]),
            node(
                "动力电池", mid, 2, status="weak", key=True, leaders=["东县电池"], targets=["宁德"]
            ),
            node("驱动电机", mid, 2, status="adequate", leaders=["东县电机", "巨一"]),
            node("车身控制软件", mid, 2, status="unknown"),
            node("整车", down, 3, status="strong", key=True, leaders=["甲一汽车"]),
        ],
        [
            edge("正极材料", "动力电池", essential=True),
            edge("汽车用钢", "驱动电机"),
            edge("汽车用钢", "整车", essential=True),
            edge("动力电池", "整车", essential=True),
            edge("驱动电机", "整车", essential=True),
            edge("车身控制软件", "整车"),
        ],
    )


def tea() -> ChainMapAnswer:
    """Without a region: nothing is said of how things stand. An edge leads back."""
    return chain_map(
        "茶叶",
        [
            node("茶树种苗", "upstream", 1, makers=3),
            node("有机肥", "upstream", 1, makers=9),
            node("鲜叶", "upstream", 2, makers=120),
            node("绿茶", "midstream", 3, makers=80),
            node("红茶", "midstream", 3, makers=41),
            node("茶饮料", "downstream", 4, makers=7),
            node("茶渣", "downstream", 4, makers=1),
        ],
        [
            edge("茶树种苗", "鲜叶", essential=True),
            edge("有机肥", "鲜叶"),
            edge("鲜叶", "绿茶", essential=True),
            edge("鲜叶", "红茶", essential=True),
            edge("绿茶", "茶饮料"),
            edge("红茶", "茶饮料"),
            edge("茶渣", "有机肥"),
        ],
        region=None,
    )


def lamps() -> ChainMapAnswer:
    """Groups, some of them large; kinds of a thing; a stage and a tier that nobody stated."""
    nodes = [
        node(f"封装材料{at}", "upstream", 1, group="封装材料", status="missing", users=at)
        for at in range(9)
    ]
    nodes += [
        node("蓝宝石衬底", "upstream", 1, group="衬底", status="weak", leaders=["晶能"]),
        node("LED芯片", "midstream", 2, group="芯片", status="strong", leaders=["三安", "华灿"]),
        node("Mini LED芯片", "midstream", 2, group="芯片", status="adequate", leaders=["三安"]),
        node("LED灯具", "downstream", None, group="终端", status="adequate", leaders=["欧普"]),
        node("检测服务", None, None, status="unknown"),
    ]
    edges = [edge(f"封装材料{at}", "LED灯具", essential=at == 0) for at in range(9)]
    edges += [
        edge("蓝宝石衬底", "LED芯片", essential=True),
        edge("Mini LED芯片", "LED芯片", relation="IS_A"),
        edge("LED芯片", "LED灯具", essential=True),
        edge("LED灯具", "检测服务"),
        edge("封装材料1", "蓝宝石衬底"),
    ]
    return chain_map("LED 照明 <与> “显示”", nodes, edges)


SMALL = {"cars": cars, "tea": tea, "lamps": lamps}
