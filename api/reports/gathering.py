"""What a report is made of: the atlas is asked once, every report reads the same answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ...algorithms.answers import GapsAnswer, TargetsAnswer
from ...algorithms.answers.models import GapAnswer
from ...algorithms.browse.models import ChainMapAnswer
from ...algorithms.evidence import Fact
from ...atlas import Atlas
from ...maps import FIRMS

GAPS, CALLS, TARGETS = 40, 12, 5
"""Gaps in the list; gaps with targets; targets of a gap."""
EVIDENCE = 8
"""Facts that are printed behind a target."""


@dataclass(frozen=True)
class Gathered:
    """The answers behind a report."""

    map: ChainMapAnswer
    gaps: GapsAnswer
    calls: tuple[tuple[GapAnswer, TargetsAnswer], ...]
    """The most urgent gaps that somebody could fill, with whom to call."""

    @property
    def place(self) -> str:
        """The name of the region or cluster."""
        return self.gaps.scope.name

    @property
    def chain(self) -> str:
        """The name of the chain."""
        return self.map.chain.name

    def sources(self) -> list[tuple[str, str, date]]:
        """Return title, link and newest day of every source that a printed fact rests on."""
        found: dict[tuple[str, str], date] = {}
        for fact in self.facts():
            name = (fact.source, fact.link or "")
            found[name] = max(found.get(name, fact.as_of), fact.as_of)
        return [(title, link, day) for (title, link), day in sorted(found.items()) if title]

    def facts(self) -> list[Fact]:
        """Return the facts behind gaps and targets."""
        facts = [fact for gap in self.gaps.gaps for fact in gap.evidence]
        for _, answer in self.calls:
            facts += answer.demand
            facts += [fact for target in answer.targets for fact in target.evidence]
        return facts


def gather(
    atlas: Atlas,
    chain: str,
    region: str | None = None,
    *,
    cluster: str | None = None,
    as_of: date | None = None,
    snapshot: int | None = None,
) -> Gathered:
    """Ask the atlas for all that a report says.

    Raises
    ------
    NotKnownError
        The region, cluster or chain is not known.
    BadInputError
        Neither a region nor a cluster is named.
    """
    number = atlas.index(snapshot, as_of).snapshot.number
    gaps = atlas.gaps(region, chain, cluster=cluster, as_of=as_of, snapshot=number, limit=GAPS)
    chain_map = atlas.chain_map(
        chain, region, cluster=cluster, firms=FIRMS, as_of=as_of, snapshot=number
    )
    named = {node.product.id for node in chain_map.nodes if node.targets}
    urgent = [gap for gap in gaps.gaps if gap.product.id in named][:CALLS]
    calls = [
        atlas.targets(
            region,
            gap.product.id,
            cluster=cluster,
            as_of=as_of,
            snapshot=number,
            limit=TARGETS,
        )
        for gap in urgent
    ]
    return Gathered(chain_map, gaps, tuple(zip(urgent, calls, strict=True)))
