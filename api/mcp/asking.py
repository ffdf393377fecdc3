"""Questions about a region or cluster: what it lacks, whom to call, why, and what changed."""

from __future__ import annotations

from typing import Any

from mcp.server.mcpserver import Context

from ...algorithms.action import Action
from ...algorithms.answers.models import (
    ChangesAnswer,
    ExplainAnswer,
    GapsAnswer,
    Shortlist,
    TargetsAnswer,
)
from ...algorithms.browse import Page
from ...algorithms.browse.models import ChainMapAnswer, CoverageAnswer, OpeningsAnswer
from ...algorithms.choose import GapFilter
from ...algorithms.gaps import Kind
from ...algorithms.status import Status
from ...atlas import Atlas
from .params import (
    ActionName,
    AsOf,
    Chain,
    Cluster,
    Enterprise,
    Few,
    Gate,
    KindName,
    Lang,
    LevelName,
    Limit,
    NamedChain,
    Number,
    Offset,
    Product,
    Region,
    Since,
    StatusName,
)

Call = Context[Any, Any]


class Asking:
    """Tools that ask of one region or cluster, named as the HTTP API names its operations.

    Their docstrings are what an assistant reads before it chooses one.

    Parameters
    ----------
    gate : refuses what the one who calls may not ask of.
    """

    def __init__(self, atlas: Atlas, gate: Gate) -> None:
        self._atlas = atlas
        self._gate = gate

    def list_gaps(
        self,
        context: Call,
        region: Region = None,
        chain: Chain = None,
        cluster: Cluster = None,
        status: list[StatusName] | None = None,
        kind: list[KindName] | None = None,
        action: list[ActionName] | None = None,
        min_priority: float | None = None,
        as_of: AsOf = None,
        snapshot: Number = None,
        offset: Offset = 0,
        limit: Limit = 10,
        language: Lang = None,
    ) -> GapsAnswer:
        """What a region or cluster lacks (缺口): "what does 芜湖 lack in 新能源汽车?".

        Gives products that are weak 薄弱, missing 缺失 or unknown 未知 there, the most urgent
        first, each with its figures and the facts behind it (source, day, confidence 0 to 1).
        UNKNOWN IS NOT ABSENT: unknown means that the record is too incomplete to tell; never say
        that such a product is missing, say that it has to be verified. `certainty` (0 to 1) is the
        chance that there is no local maker beyond those on record. Money is yuan a year, shares and
        scores are 0 to 1; null means not known, not zero. Kinds: fill 补链 (used here, not made
        here), strengthen 强链 (weak), extend 延链 (its inputs are made here). Actions: cooperate
        协作, attract 招引, cultivate 培育, tackle 攻关, verify 核实.
        """
        self._gate(context, region, cluster)
        wanted = GapFilter(
            statuses=tuple(Status[each.upper()] for each in status or ()),
            kinds=tuple(Kind[each.upper()] for each in kind or ()),
            actions=tuple(Action[each.upper()] for each in action or ()),
            min_priority=min_priority,
        )
        return self._atlas.gaps(
            region,
            chain,
            cluster=cluster,
            as_of=as_of,
            snapshot=snapshot,
            wanted=wanted,
            offset=offset,
            limit=limit,
        )

    def list_targets(
        self,
        context: Call,
        product: Product,
        region: Region = None,
        cluster: Cluster = None,
        as_of: AsOf = None,
        snapshot: Number = None,
        offset: Offset = 0,
        limit: Limit = 5,
        language: Lang = None,
    ) -> TargetsAnswer:
        """Whom to call (招引对象) so that a product is made in a region or cluster, and why.

        The best first, each with its score (0 to 1), the parts of the score, the reasons in one
        sentence and the facts behind them. `excluded` says who was left out and why. Give the
        source and day of what you repeat.
        """
        self._gate(context, region, cluster)
        return self._atlas.targets(
            region,
            product,
            cluster=cluster,
            as_of=as_of,
            snapshot=snapshot,
            offset=offset,
            limit=limit,
        )

    def get_shortlist(
        self,
        context: Call,
        region: Region = None,
        chain: Chain = None,
        cluster: Cluster = None,
        gaps: Few = 3,
        each: Few = 3,
        as_of: AsOf = None,
        snapshot: Number = None,
        language: Lang = None,
    ) -> Shortlist:
        """Whom to call for a whole region, or for a chain in it: "招商该找谁？".

        For each of the most urgent gaps that somebody can be attracted or won for, its best
        targets, as list_targets gives them.
        """
        self._gate(context, region, cluster)
        found = self._atlas.shortlist(
            region, chain, cluster=cluster, as_of=as_of, snapshot=snapshot, gaps=gaps, each=each
        )
        return Shortlist(snapshot=found[0], shortlist=found[1])

    def explain_product(
        self,
        context: Call,
        product: Product,
        region: Region = None,
        cluster: Cluster = None,
        chain: Chain = None,
        as_of: AsOf = None,
        snapshot: Number = None,
        language: Lang = None,
    ) -> ExplainAnswer:
        """How one product stands in a region or cluster: every figure with its formula and facts.

        Use it when somebody asks "why" or "how sure": each figure can be computed again from the
        terms that are given. Money is yuan a year, shares are 0 to 1; null means not known.
        """
        self._gate(context, region, cluster)
        return self._atlas.explanation(
            region, product, chain=chain, cluster=cluster, as_of=as_of, snapshot=snapshot
        )

    def list_changes(
        self,
        context: Call,
        region: Region = None,
        chain: Chain = None,
        cluster: Cluster = None,
        since: Number = None,
        since_day: Since = None,
        until: Number = None,
        language: Lang = None,
    ) -> ChangesAnswer:
        """What changed in a region or cluster: gaps opened and closed, projects, and why.

        Between two snapshots (`since`, by default the one before the newest, and `until`), or
        since a day. Stages of projects: lead 线索, talks 洽谈, signed 签约, building 开工,
        operating 投产, ended 终止.
        """
        self._gate(context, region, cluster)
        return self._atlas.changes(
            region, chain, cluster=cluster, since=since, since_day=since_day, until=until
        )

    def list_openings(
        self,
        context: Call,
        enterprise: Enterprise,
        level: LevelName = "city",
        as_of: AsOf = None,
        snapshot: Number = None,
        offset: Offset = 0,
        limit: Limit = 20,
        language: Lang = None,
    ) -> OpeningsAnswer:
        """Which regions need what an enterprise makes: the recruiter's question turned round.

        The most urgent first; need is yuan a year, priority 0 to 1.
        """
        self._gate(context, None, None)
        page = Page(limit, offset)
        return self._atlas.openings(
            enterprise, level=level, page=page, as_of=as_of, snapshot=snapshot
        )

    def get_coverage(
        self,
        context: Call,
        region: Region = None,
        cluster: Cluster = None,
        as_of: AsOf = None,
        snapshot: Number = None,
        language: Lang = None,
    ) -> CoverageAnswer:
        """How far the record reaches: enterprises with known products, and their revenue in yuan.

        In a region or cluster, or in the whole graph where none is named. Look here before you call
        anything missing.
        """
        self._gate(context, region, cluster)
        return self._atlas.coverage(region, cluster=cluster, as_of=as_of, snapshot=snapshot)

    def get_chain_map(
        self,
        context: Call,
        chain: NamedChain,
        region: Region = None,
        cluster: Cluster = None,
        as_of: AsOf = None,
        snapshot: Number = None,
        language: Lang = None,
    ) -> ChainMapAnswer:
        """A whole chain: its products by stage (up-, mid-, downstream) and what goes into what.

        With a region or cluster each product carries its status there. A long answer: for gaps
        alone use list_gaps.
        """
        self._gate(context, region, cluster)
        return self._atlas.chain_map(chain, region, cluster=cluster, as_of=as_of, snapshot=snapshot)
