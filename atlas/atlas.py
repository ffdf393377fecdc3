"""The atlas: what a scope lacks, whom to call, how it stands, what changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..algorithms.action import Action
from ..algorithms.answers import (
    ChangesAnswer,
    EnterpriseAnswer,
    ExplainAnswer,
    GapAnswer,
    GapsAnswer,
    TargetsAnswer,
    changes_answer,
    enterprise_answer,
    explained,
    explanation,
    gaps_answer,
    targets_answer,
)
from ..algorithms.answers.changes import target_changes
from ..algorithms.answers.models import SnapshotAnswer, TargetChange
from ..algorithms.browse import (
    Page,
    board_answer,
    chain_map_answer,
    coverage_answer,
    overview_answer,
    standings_answer,
)
from ..algorithms.browse.models import (
    BoardAnswer,
    ChainMapAnswer,
    CoverageAnswer,
    OverviewAnswer,
    StandingsAnswer,
)
from ..algorithms.chain import chain_named
from ..algorithms.choose import GapFilter
from ..algorithms.gaps import GAPS, Assessment, assess
from ..algorithms.index import Index
from ..algorithms.lookup import find, find_region, product_number
from ..algorithms.scope import scope_of
from ..algorithms.status import Status
from ..algorithms.targets import find_targets
from ..settings import Settings, load_settings
from .browsing import Browsing


class Atlas(Browsing):
    """A data folder's newest snapshot, ready to be asked."""

    def gaps(
        self,
        region: str | None = None,
        chain: str | None = None,
        *,
        cluster: str | None = None,
        as_of: date | None = None,
        snapshot: int | None = None,
        all_statuses: bool = False,
        wanted: GapFilter | None = None,
        offset: int = 0,
        limit: int | None = None,
        evidence: bool = True,
    ) -> GapsAnswer:
        """Return what a region or cluster lacks, the most urgent first.

        Parameters
        ----------
        region, cluster
            Code or name; one of the two.
        chain
            Id or name; where none is named, all products that firms of the scope use are looked at.
        as_of
            The day whose facts count; now where none is given.
        snapshot
            The snapshot that answers; the newest where none is named.
        all_statuses
            Also give the products that are strong or adequate.
        wanted
            Which gaps, and in which order; its statuses go before `all_statuses`.
        offset, limit
            How many gaps to leave out, and to give at the most; the counts speak of all.
        evidence
            Whether to give the facts behind each gap.

        Raises
        ------
        NotKnownError
            The region, cluster or chain is not known; near names are offered.
        """
        index = self.index(snapshot, as_of)
        statuses = tuple(Status) if all_statuses else GAPS
        if wanted and not all_statuses:
            statuses = wanted.looked_for
        found = self._assess(index, region, chain, cluster, statuses)
        return gaps_answer(
            index, found, wanted=wanted, offset=offset, limit=limit, evidence=evidence
        )

    def targets(
        self,
        region: str | None = None,
        product: str = "",
        *,
        cluster: str | None = None,
        as_of: date | None = None,
        snapshot: int | None = None,
        offset: int = 0,
        limit: int | None = 20,
        evidence: bool = True,
    ) -> TargetsAnswer:
        """Return whom to call so that a product is made in a region or cluster, the best first.

        Without `evidence` the facts behind demand and targets are left out.

        Raises
        ------
        NotKnownError
            The region, cluster or product is not known; near names are offered.
        """
        index = self.index(snapshot, as_of)
        number = product_number(index, product)
        scope, every = scope_of(index, region, cluster), tuple(Status)
        standing = assess(index, scope, self.settings, statuses=every, only=number)
        found = find_targets(index, scope, number, self.settings)
        return targets_answer(index, found, standing, offset=offset, limit=limit, evidence=evidence)

    def explain(
        self,
        region: str | None = None,
        product: str = "",
        *,
        chain: str | None = None,
        cluster: str | None = None,
        as_of: date | None = None,
        snapshot: int | None = None,
    ) -> GapAnswer:
        """Return how one product stands in a region or cluster, with every figure and its facts.

        Raises
        ------
        NotKnownError
            The region, cluster, chain or product is not known.
        """
        index = self.index(snapshot, as_of)
        return explained(index, self._assess_one(index, region, product, chain, cluster))

    def explanation(
        self,
        region: str | None = None,
        product: str = "",
        *,
        chain: str | None = None,
        cluster: str | None = None,
        as_of: date | None = None,
        snapshot: int | None = None,
    ) -> ExplainAnswer:
        """Return the same as `explain`, with the scope, its coverage and the snapshot."""
        index = self.index(snapshot, as_of)
        return explanation(index, self._assess_one(index, region, product, chain, cluster))

    def enterprise(
        self, name: str, *, as_of: date | None = None, snapshot: int | None = None
    ) -> EnterpriseAnswer:
        """Return what is known of an enterprise, by id, code, name or short name.

        Raises
        ------
        NotKnownError
            There is none; near names are offered.
        """
        index = self.index(snapshot, as_of)
        return enterprise_answer(index, find(index, "Enterprise", name))

    def changes(
        self,
        region: str | None = None,
        chain: str | None = None,
        *,
        cluster: str | None = None,
        since: int | None = None,
        since_day: date | None = None,
        until: int | None = None,
    ) -> ChangesAnswer:
        """Return which gaps opened and closed between two snapshots, or since a day, and by what.

        `since` defaults to the snapshot before the newest; `until` to the newest.

        Raises
        ------
        NotKnownError
            A snapshot is not kept any more, or there is only one.
        """
        after = self.index(until)
        if since_day is not None:
            before = self.index(until, since_day)
        else:
            before = self.index(self._previous(after.snapshot.number) if since is None else since)
        every = tuple(Status)
        return changes_answer(
            (before, self._assess(before, region, chain, cluster, every)),
            (after, self._assess(after, region, chain, cluster, every)),
        )

    def target_changes(
        self,
        region: str,
        chain: str | None = None,
        *,
        since: int,
        until: int,
        gaps: int = 10,
        each: int = 20,
    ) -> list[TargetChange]:
        """Return who has come among the first targets of a gap between two snapshots, or left.

        Looked at are the products among the `gaps` most urgent gaps that makers can be won for in
        both snapshots, and of each the first `each` targets.

        Raises
        ------
        NotKnownError
            The region or chain is not known, or a snapshot not kept any more.
        """
        wanted = GapFilter(actions=(Action.ATTRACT, Action.COOPERATE))
        urgent = [
            self.gaps(
                region, chain, snapshot=number, wanted=wanted, limit=gaps, evidence=False
            ).gaps
            for number in (since, until)
        ]
        before, after = ({gap.product.id: gap.product for gap in found} for found in urgent)
        found: list[TargetChange] = []
        for product in sorted(before.keys() & after.keys()):
            were, are = (
                self.targets(region, product, snapshot=number, limit=each, evidence=False).targets
                for number in (since, until)
            )
            found += target_changes(after[product], were, are)
        return found

    def chain_map(
        self,
        chain: str,
        region: str | None = None,
        *,
        cluster: str | None = None,
        firms: int = 0,
        as_of: date | None = None,
        snapshot: int | None = None,
    ) -> ChainMapAnswer:
        """Return a chain as nodes and edges; with a scope, how each product stands there.

        `firms` is how many leading makers and best targets of each product to name.

        Raises
        ------
        NotKnownError
            The chain, region or cluster is not known.
        """
        index = self.index(snapshot, as_of)
        every = tuple(Status)
        standing = self._assess(index, region, chain, cluster, every) if region or cluster else None
        return chain_map_answer(
            index, chain_named(index, chain), standing, self.settings, firms=firms
        )

    def coverage(
        self,
        region: str | None = None,
        *,
        cluster: str | None = None,
        as_of: date | None = None,
        snapshot: int | None = None,
    ) -> CoverageAnswer:
        """Return how far the record reaches in a scope, or in the whole graph where none is named.

        Raises
        ------
        NotKnownError
            The region or cluster is not known.
        """
        index = self.index(snapshot, as_of)
        scope = scope_of(index, region, cluster) if region or cluster else None
        return coverage_answer(index, scope)

    def overview(
        self,
        region: str | None = None,
        *,
        cluster: str | None = None,
        as_of: date | None = None,
        snapshot: int | None = None,
    ) -> OverviewAnswer:
        """Return how every chain stands in a region or cluster, side by side.

        Raises
        ------
        NotKnownError
            The region or cluster is not known.
        """
        index = self.index(snapshot, as_of)
        return overview_answer(index, scope_of(index, region, cluster), self.settings)

    def board(
        self,
        region: str,
        *,
        level: str = "county",
        as_of: date | None = None,
        snapshot: int | None = None,
    ) -> BoardAnswer:
        """Return which chains lead in the places of a region, and where neighbours overlap.

        Raises
        ------
        NotKnownError
            The region is not known.
        """
        index = self.index(snapshot, as_of)
        return board_answer(index, scope_of(index, region, None), level, self.settings)

    def standings(
        self,
        level: str | None = None,
        *,
        within: str | None = None,
        chain: str | None = None,
        page: Page | None = None,
        as_of: date | None = None,
        snapshot: int | None = None,
    ) -> StandingsAnswer:
        """Return how the regions of a level stand, all of them or those within one.

        What is worked out for all regions is kept beside the snapshot, where it can be written.

        Parameters
        ----------
        level
            country, province, city, county or zone; all levels where none is named.
        within
            Code or name of a region; everywhere where none is named.
        chain
            Id or name; where none is named, all products that firms there use are looked at.
        page
            Which part of the regions, in which order; all where none is given.

        Raises
        ------
        NotKnownError
            The region or chain is not known.
        """
        index = self.index(snapshot, as_of)
        named = chain_named(index, chain) if chain else None
        inside = find_region(index, within) if within else None
        return standings_answer(index, inside, level, named, self.settings, page)

    def shortlist(
        self,
        region: str | None = None,
        chain: str | None = None,
        *,
        cluster: str | None = None,
        as_of: date | None = None,
        snapshot: int | None = None,
        gaps: int = 5,
        each: int = 5,
    ) -> tuple[SnapshotAnswer, list[TargetsAnswer]]:
        """Return the best targets for each of the most urgent gaps that makers can be won for.

        Raises
        ------
        NotKnownError
            The region, cluster or chain is not known.
        """
        wanted = GapFilter(actions=(Action.ATTRACT, Action.COOPERATE))
        found = self.gaps(
            region,
            chain,
            cluster=cluster,
            as_of=as_of,
            snapshot=snapshot,
            wanted=wanted,
            limit=gaps,
            evidence=False,
        )
        return found.snapshot, [
            self.targets(
                region,
                gap.product.id,
                cluster=cluster,
                as_of=as_of,
                snapshot=found.snapshot.number,
                limit=each,
            )
            for gap in found.gaps
        ]

    def _previous(self, number: int) -> int:
        earlier = [each for each in self.snapshots() if each < number]
        return earlier[-1] if earlier else number

    def _assess_one(
        self,
        index: Index,
        region: str | None,
        product: str,
        chain: str | None,
        cluster: str | None,
    ) -> Assessment:
        number = product_number(index, product)
        named = chain_named(index, chain) if chain else None
        scope = scope_of(index, region, cluster)
        every = tuple(Status)
        return assess(index, scope, self.settings, chain=named, statuses=every, only=number)

    def _assess(
        self,
        index: Index,
        region: str | None,
        chain: str | None,
        cluster: str | None,
        statuses: tuple[Status, ...],
    ) -> Assessment:
        named = chain_named(index, chain) if chain else None
        scope = scope_of(index, region, cluster)
        return assess(index, scope, self.settings, chain=named, statuses=statuses)


def open_atlas(data: Path | str | None = None, settings: Settings | None = None) -> Atlas:
    """Open a data folder for questions.

    >>> atlas = lianpu.open("lianpu-data")  # doctest: +SKIP
    >>> atlas.gaps(region="芜湖市", chain="新能源汽车").frame()  # doctest: +SKIP

    Parameters
    ----------
    data
        The data folder; that of the settings where none is given.
    settings
        The settings; those in force where none are given.
    """
    chosen = settings or load_settings()
    if data is not None:
        chosen = chosen.model_copy(update={"data": Path(data)})
    return Atlas(chosen)
