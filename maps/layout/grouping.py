"""From the answer to columns of groups: stage and tier give the column, the group the block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...algorithms.browse.models import ChainMapAnswer, ChainNode
from ...algorithms.status import Status
from ...text import Text
from .measure import clean
from .model import Counts

STAGES = ("upstream", "midstream", "downstream", "")
"""From left to right; the last is for products whose stage is not stated."""
STATUSES = tuple(status.name.lower() for status in Status)
LAST_TIER = 10**6
"""Where products without a tier stand."""
MOST_SINGLES = 12
"""More products without a group than this in one column share a block."""
_TIER = Text("第 {tier} 层", "tier {tier}")
_OTHERS = Text("其他", "others")


@dataclass(frozen=True)
class Group:
    """A block before it has a place."""

    key: str
    title: str
    """Empty for a product that stands alone."""
    stage: str
    members: tuple[ChainNode, ...]
    """In the order in which they are shown."""

    @property
    def framed(self) -> bool:
        """Whether it has a frame and a heading."""
        return bool(self.title)


@dataclass(frozen=True)
class Column:
    """Neighbouring tiers of one stage."""

    stage: str
    tiers: tuple[int, ...]
    groups: tuple[Group, ...]

    @property
    def size(self) -> int:
        """How many products stand in it."""
        return sum(len(group.members) for group in self.groups)


def columns_of(answer: ChainMapAnswer) -> list[Column]:
    """Return a column for each tier of each stage, from upstream to downstream."""
    tiers: dict[tuple[int, int], list[ChainNode]] = defaultdict(list)
    for node in answer.nodes:
        tiers[_stage(node), LAST_TIER if node.tier is None else node.tier].append(node)
    return [_column(STAGES[at], (tier,), tiers[at, tier]) for at, tier in sorted(tiers)]


def joined(one: Column, other: Column) -> Column:
    """Return two neighbouring columns of a stage as one; groups of one name become one."""
    nodes = [node for column in (one, other) for group in column.groups for node in group.members]
    return _column(one.stage, one.tiers + other.tiers, nodes)


def counts_of(nodes: Iterable[ChainNode]) -> Counts:
    """Return how many products have each status."""
    codes = [node.status.code for node in nodes if node.status]
    return {code: codes.count(code) for code in STATUSES if code in codes}


def importance(node: ChainNode) -> tuple[bool, bool, float, str]:
    """Return what to sort by so that what a sheet must not leave out comes first."""
    gap = node.status is not None and node.status.code in ("weak", "missing")
    return (not node.key, not gap, -(node.priority or 0.0), node.product.id)


def _column(stage: str, tiers: tuple[int, ...], nodes: Sequence[ChainNode]) -> Column:
    groups: dict[str, list[ChainNode]] = defaultdict(list)
    singles: list[ChainNode] = []
    for node in nodes:
        title = clean(node.group or "").strip()
        (groups[title] if title else singles).append(node)
    at = f"{stage}/{tiers[0]}"
    found = [_group(f"{at}/{title}", title, stage, members) for title, members in groups.items()]
    return Column(stage, tiers, (*found, *_singles(at, stage, tiers, singles)))


def _singles(
    at: str, stage: str, tiers: tuple[int, ...], nodes: Sequence[ChainNode]
) -> list[Group]:
    """Products without a group stand alone while they are few."""
    if len(nodes) <= MOST_SINGLES:
        return [Group(f"{at}//{clean(node.product.id)}", "", stage, (node,)) for node in nodes]
    known = tiers[0] != LAST_TIER
    title = str(_TIER.fill(tier=tiers[0]) if known else _OTHERS)
    return [_group(f"{at}/*", title, stage, nodes)]


def _group(key: str, title: str, stage: str, nodes: Iterable[ChainNode]) -> Group:
    return Group(key, title, stage, tuple(sorted(nodes, key=_reading_order)))


def _reading_order(node: ChainNode) -> tuple[int, int, bool, float, str, str]:
    """Along the chain, then from strong to missing; key links and urgent gaps first."""
    tier = LAST_TIER if node.tier is None else node.tier
    status = STATUSES.index(node.status.code) if node.status else 0
    return (
        tier,
        status,
        not node.key,
        -(node.priority or 0.0),
        node.product.name,
        node.product.id,
    )


def _stage(node: ChainNode) -> int:
    return STAGES.index(node.stage) if node.stage in STAGES[:-1] else len(STAGES) - 1
