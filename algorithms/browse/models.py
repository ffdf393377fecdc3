"""The answers of looking around."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic import Field

from ..answers.models import (
    Answer,
    ChainRate,
    Ref,
    ScopeAnswer,
    ScopeCoverage,
    SnapshotAnswer,
    Term,
)
from ..evidence import Fact


class ListAnswer(Answer):
    """What all lists have in common."""

    snapshot: SnapshotAnswer
    total: int = Field(description="how many there are in all pages together")


class ChainRow(Answer):
    """An industrial chain 产业链."""

    id: str
    name: str
    aliases: list[str]
    description: str | None
    products: int = Field(description="products that the chain includes")


class ChainsAnswer(ListAnswer):
    """Chains."""

    chains: list[ChainRow]


class ProductRow(Answer):
    """A product."""

    id: str
    name: str
    aliases: list[str]
    kind: str | None = Field(description="goods, component, material, equipment, software, service")
    description: str | None
    makers: int = Field(description="active enterprises in the whole graph that make it")


class ProductsAnswer(ListAnswer):
    """Products."""

    products: list[ProductRow]


class RegionRow(Answer):
    """A region 地区."""

    id: str = Field(description="GB/T 2260 code, ISO 3166-1 alpha-3 abroad, or a code of its own")
    name: str
    level: str = Field(description="country, province, city, county or zone")
    within: Ref | None = Field(description="the region that it lies in")
    longitude: float | None = Field(description="degrees east")
    latitude: float | None = Field(description="degrees north")
    enterprises: int = Field(description="active enterprises with a site in it")


class RegionsAnswer(ListAnswer):
    """Regions."""

    regions: list[RegionRow]


class ClusterRow(Answer):
    """An industrial cluster 产业集群."""

    id: str
    name: str
    aliases: list[str]
    level: str | None = Field(description="who recognised it")
    region: Ref | None
    chains: list[Ref] = Field(description="its lead chains")
    members: int = Field(description="enterprises that belong to it")


class ClustersAnswer(ListAnswer):
    """Clusters."""

    clusters: list[ClusterRow]


class EnterpriseRow(Answer):
    """An enterprise in a list."""

    id: str = Field(description="the 18-character code where known, else derived from the name")
    name: str
    short_name: str | None
    status: str = Field(description="active, abnormal, suspended, revoked or closed")
    home: Ref | None = Field(description="the region of its registered seat")
    revenue: float | None = Field(description="yuan a year")


class Suggestion(Answer):
    """An enterprise that may be meant."""

    enterprise: Ref
    score: float = Field(description="how alike the names are, 0 to 1")
    why: list[str] = Field(description="the reasons of the score, the weightiest first")


class EnterprisesAnswer(ListAnswer):
    """Enterprises, and those that may be meant where none has the name that was looked for."""

    enterprises: list[EnterpriseRow]
    suggestions: list[Suggestion]


class SourceRow(Answer):
    """Where facts come from."""

    id: str
    title: str | None
    publisher: str | None
    date: datetime.date | None
    link: str | None
    reliability: float | None = Field(description="0 to 1")


class SourcesAnswer(ListAnswer):
    """Sources."""

    sources: list[SourceRow]


class NamedFirm(Answer):
    """An enterprise as a map names it."""

    id: str
    name: str
    short_name: str | None
    place: Ref | None = Field(description="the city of its home, or the province")


class ChainNode(Answer):
    """A product on the map of a chain."""

    product: Ref
    stage: str | None = Field(description="upstream, midstream or downstream")
    tier: int | None = Field(description="1 is the most upstream")
    group: str | None = Field(description="the heading it is drawn under")
    key: bool = Field(description="a key link of the chain")
    status: Term | None = Field(description="how it stands in the scope; None without a scope")
    makers: int = Field(description="makers in the scope, or in the whole graph without a scope")
    makers_elsewhere: int = Field(description="makers outside the scope; 0 without a scope")
    users: int = Field(description="enterprises of the scope that make what it goes into")
    kinds: list[Term] = Field(default=[], description="fill 补链, strengthen 强链, extend 延链")
    is_break: bool = Field(
        default=False, description="断点: an input and a user of it are made here, it is not"
    )
    reasons: list[Term] = Field(default=[], description="why it stands so")
    action: Term | None = Field(default=None, description="the main action; None without a scope")
    priority: float | None = Field(default=None, description="the priority of the gap, 0 to 1")
    leaders: list[NamedFirm] = Field(
        default=[], description="the leading makers in the scope, where firms are asked for"
    )
    targets: list[NamedFirm] = Field(
        default=[], description="the best targets of a gap, where firms are asked for"
    )


class ChainEdge(Answer):
    """What goes into what (INPUT_TO), or what is a kind of what (IS_A), on the map of a chain."""

    start: str = Field(description="id of the product that goes into the other, or is a kind of it")
    end: str
    relation: str = Field(description="INPUT_TO or IS_A")
    essential: bool = Field(description="it cannot be made without")
    coefficient: float | None = Field(description="yuan of input a yuan of output")


class ChainMapAnswer(Answer):
    """A chain as a map: its products and what joins them."""

    chain: Ref
    scope: ScopeAnswer | None
    snapshot: SnapshotAnswer
    coverage: ScopeCoverage | None
    nodes: list[ChainNode]
    edges: list[ChainEdge]
    local_rate: ChainRate | None = Field(default=None, description="None without a scope")
    sources: list[str] = Field(
        default=[],
        description="titles of the sources that most of the facts on the map rest on, the most "
        "used first, where firms are asked for",
    )


class CoverageAnswer(Answer):
    """How far the record reaches, in a scope or in the whole graph."""

    scope: ScopeAnswer | None
    snapshot: SnapshotAnswer
    coverage: ScopeCoverage
    counts: dict[str, int] = Field(
        description="facts in force in the whole graph, by type of node and relation"
    )


class Node(Answer):
    """A node of any type, and how many steps it is away."""

    id: str
    label: str = Field(description="Enterprise, Product, Region, Project, Cluster, Title, …")
    name: str
    steps: int


class NeighbourhoodAnswer(Answer):
    """What is around an enterprise, and the facts that join it."""

    enterprise: Ref
    snapshot: SnapshotAnswer
    nodes: list[Node]
    facts: list[Fact]
    cut: bool = Field(description="there is more around than `limit` nodes")


class PathAnswer(Answer):
    """How one enterprise is joined to another, fact by fact."""

    start: Ref
    end: Ref
    snapshot: SnapshotAnswer
    steps: int | None = Field(description="facts on the way; None where there is no way")
    facts: list[Fact] = Field(description="the facts on the way, in order")


class Opening(Answer):
    """A region that lacks, or is weak in, what an enterprise makes."""

    region: Ref
    product: Ref
    status: Term
    kinds: list[Term] = Field(description="fill 补链, strengthen 强链, extend 延链")
    is_break: bool = Field(description="断点: an input and a user of it are made there, it is not")
    priority: float | None = Field(description="the priority of the gap there, 0 to 1")
    users: int = Field(description="enterprises there that make what it goes into")
    makers: int = Field(description="enterprises there that make it")
    need: float | None = Field(description="yuan a year")


class OpeningsAnswer(ListAnswer):
    """Which regions need what an enterprise makes, the most urgent first."""

    enterprise: Ref
    level: str = Field(description="the level of the regions that were looked at")
    openings: list[Opening]


class ChainStanding(Answer):
    """How one chain stands in a scope."""

    chain: Ref
    products: int = Field(description="products that the chain includes")
    counts: dict[str, int] = Field(description="its products by status")
    kinds: dict[str, int] = Field(description="its gaps: fill 补链, strengthen 强链, extend 延链")
    breaks: int = Field(description="breaks 断点 among them")
    makers: int = Field(description="enterprises of the scope that make anything on it")
    local_rate: ChainRate
    urgent: list[Ref] = Field(description="the gaps with the highest priority")


class OverviewAnswer(Answer):
    """A scope with every chain side by side."""

    scope: ScopeAnswer
    snapshot: SnapshotAnswer
    coverage: ScopeCoverage
    chains: list[ChainStanding]


class BoardCell(Answer):
    """One chain in one place."""

    makers: int = Field(description="enterprises there that make anything on the chain")
    quotient: float | None = Field(description="location quotient by number of makers")
    leads: bool = Field(description="a lead chain 主导产业链 of the place")
    overlaps: list[Ref] = Field(description="neighbouring places where it leads too")


class BoardRow(Answer):
    """One place on the board."""

    region: Ref
    longitude: float | None = Field(description="degrees east")
    latitude: float | None = Field(description="degrees north")
    enterprises: int = Field(description="active enterprises with a site in it")
    known: int = Field(description="those of them with a known product")
    cells: list[BoardCell] = Field(description="one a chain, in the order of `chains`")


class BoardAnswer(Answer):
    """Places by chains 产业地图."""

    scope: ScopeAnswer
    snapshot: SnapshotAnswer
    level: str = Field(description="city, county or zone")
    chains: list[Ref]
    rows: list[BoardRow]


class UrgentGap(Answer):
    """One of a region's most urgent gaps."""

    product: Ref
    status: str = Field(description="weak, missing or unknown")
    priority: float | None = Field(description="0 to 1")


class RegionStanding(Answer):
    """How one region stands."""

    region: Ref
    level: str = Field(description="country, province, city, county or zone")
    enterprises: int = Field(description="active enterprises with a site in it")
    products: int = Field(description="products that were looked at")
    counts: dict[str, int] = Field(description="how many of them have which status")
    kinds: dict[str, int] = Field(description="how many gaps are of which kind")
    breaks: int = Field(description="gaps to fill that lie between what is made there 断点")
    urgent: list[UrgentGap] = Field(description="the most urgent gaps, the first first")


class StandingsAnswer(ListAnswer):
    """How many regions stand, side by side."""

    within: Ref | None = Field(description="the region that they lie in; None for everywhere")
    level: str | None = Field(description="their level; None for all")
    chain: Ref | None = Field(description="the chain, where one was named")
    regions: list[RegionStanding]

    def frame(self) -> Any:
        """Return the standings as a pandas frame, one row a region."""
        from .frames import standings_frame

        return standings_frame(self)
