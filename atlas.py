"""The atlas: every question in one place, over the newest published snapshot."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from .algorithms.action import Action
from .algorithms.answers import (
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
from .algorithms.answers.models import SnapshotAnswer, TargetChange
from .algorithms.browse import (
    EnterpriseFilter,
    Page,
    board_answer,
    chain_map_answer,
    chains_answer,
    clusters_answer,
    coverage_answer,
    enterprises_answer,
    neighbourhood_answer,
    openings_answer,
    overview_answer,
    path_answer,
    products_answer,
    regions_answer,
    sources_answer,
)
from .algorithms.browse.models import (
    BoardAnswer,
    ChainMapAnswer,
    ChainsAnswer,
    ClustersAnswer,
    CoverageAnswer,
    EnterprisesAnswer,
    NeighbourhoodAnswer,
    OpeningsAnswer,
    OverviewAnswer,
    PathAnswer,
    ProductsAnswer,
    RegionsAnswer,
    SourcesAnswer,
)
from .algorithms.browse.neighbourhood import JOINING
from .algorithms.chain import chain_named
from .algorithms.choose import GapFilter
from .algorithms.gaps import GAPS, Assessment, assess
from .algorithms.index import Index
from .algorithms.lookup import Match, Named, find, find_region, product_number
from .algorithms.matching import (
    AttributesAnswer,
    MatchAsked,
    MatchesAnswer,
    StartsAnswer,
    attributes_answer,
    matches_answer,
    seats,
    starts_answer,
)
from .algorithms.scope import scope_of
from .algorithms.status import Status
from .algorithms.targets import find_targets
from .graph.snapshot import Manifest, numbers, open_snapshot
from .settings import Settings, load_settings

_INDEXES_KEPT = 4
FIRST_PAGE = Page()


class Atlas:
    """A data folder's newest snapshot, ready to be asked.

    Each question looks whether a newer snapshot has been published and then answers from it.
    Questions may be asked from several threads at once.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._indexes: dict[tuple[int, date | None], Index] = {}
        self._lock = threading.Lock()

    @property
    def folder(self) -> Path:
        """Where the snapshots are."""
        return self.settings.data / "snapshots"

    def snapshots(self) -> list[int]:
        """Return the numbers of the published snapshots, oldest first."""
        return numbers(self.folder)

    def manifests(self) -> list[Manifest]:
        """Return what the published snapshots are, the newest first."""
        found = [open_snapshot(self.folder, number) for number in reversed(self.snapshots())]
        return [each.manifest for each in found]

    def index(self, snapshot: int | None = None, as_of: date | None = None) -> Index:
        """Return the index of a snapshot, the newest where none is named, as of a day.

        Raises
        ------
        NotKnownError
            There is no snapshot, or none of that number.
        """
        opened = open_snapshot(self.folder, snapshot).at(as_of)
        key = (opened.number, as_of)
        with self._lock:
            if key not in self._indexes:
                self._indexes[key] = Index(opened)
                while len(self._indexes) > _INDEXES_KEPT:
                    del self._indexes[next(iter(self._indexes))]
            self._indexes[key] = self._indexes.pop(key)
            return self._indexes[key]

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
    ) -> TargetsAnswer:
        """Return whom to call so that a product is made in a region or cluster, the best first.

        Raises
        ------
        NotKnownError
            The region, cluster or product is not known; near names are offered.
        """
        index = self.index(snapshot, as_of)
        number = product_number(index, product)
        standing = self._assess(index, region, None, cluster, tuple(Status))
        found = find_targets(index, standing.scope, number, self.settings)
        return targets_answer(index, found, standing, offset=offset, limit=limit)

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
                {
                    one.enterprise.id: one
                    for one in self.targets(region, product, snapshot=number, limit=each).targets
                }
                for number in (since, until)
            )
            for change, some, others in (("entered", are, were), ("left", were, are)):
                found += [
                    TargetChange(
                        product=after[product],
                        enterprise=some[key].enterprise,
                        change=change,
                        score=some[key].score,
                    )
                    for key in some
                    if key not in others
                ]
        return found

    def chains(
        self,
        q: str | None = None,
        *,
        page: Page = FIRST_PAGE,
        as_of: date | None = None,
        snapshot: int | None = None,
    ) -> ChainsAnswer:
        """Return the chains, or those with the text `q` in their name."""
        return chains_answer(self.index(snapshot, as_of), q, page)

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

    def products(
        self,
        q: str | None = None,
        *,
        chain: str | None = None,
        kind: str | None = None,
        page: Page = FIRST_PAGE,
        as_of: date | None = None,
        snapshot: int | None = None,
    ) -> ProductsAnswer:
        """Return the products, or those with the text `q` in their name, on a chain, of a kind."""
        return products_answer(self.index(snapshot, as_of), q, chain, kind, page)

    def regions(
        self,
        q: str | None = None,
        *,
        within: str | None = None,
        level: str | None = None,
        page: Page = FIRST_PAGE,
        as_of: date | None = None,
        snapshot: int | None = None,
    ) -> RegionsAnswer:
        """Return the regions, or those with the text `q` in their name, within one, of a level."""
        return regions_answer(self.index(snapshot, as_of), q, within, level, page)

    def clusters(
        self,
        q: str | None = None,
        *,
        region: str | None = None,
        page: Page = FIRST_PAGE,
        as_of: date | None = None,
        snapshot: int | None = None,
    ) -> ClustersAnswer:
        """Return the clusters, or those with the text `q` in their name, or in a region."""
        return clusters_answer(self.index(snapshot, as_of), q, region, page)

    def sources(
        self,
        q: str | None = None,
        *,
        page: Page = FIRST_PAGE,
        as_of: date | None = None,
        snapshot: int | None = None,
    ) -> SourcesAnswer:
        """Return the sources, or those with the text `q` in their title or publisher."""
        return sources_answer(self.index(snapshot, as_of), q, page)

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

    def enterprises(
        self,
        wanted: EnterpriseFilter,
        *,
        page: Page = FIRST_PAGE,
        as_of: date | None = None,
        snapshot: int | None = None,
    ) -> EnterprisesAnswer:
        """Return enterprises; where none has the name looked for, those with a similar one.

        Raises
        ------
        NotKnownError
            The region or product of the filter is not known.
        """
        return enterprises_answer(self.index(snapshot, as_of), wanted, page)

    def neighbourhood(
        self,
        name: str,
        *,
        steps: int = 1,
        relations: tuple[str, ...] = JOINING,
        limit: int = 200,
        as_of: date | None = None,
        snapshot: int | None = None,
    ) -> NeighbourhoodAnswer:
        """Return what is around an enterprise, `steps` facts far, and the facts that join it.

        Raises
        ------
        NotKnownError
            The enterprise is not known.
        """
        index = self.index(snapshot, as_of)
        centre = find(index, "Enterprise", name)
        return neighbourhood_answer(index, centre, steps, relations, limit)

    def path(
        self,
        start: str,
        end: str,
        *,
        most: int = 4,
        as_of: date | None = None,
        snapshot: int | None = None,
    ) -> PathAnswer:
        """Return the fewest facts, `most` at the most, that join two enterprises.

        Raises
        ------
        NotKnownError
            One of the enterprises is not known.
        """
        index = self.index(snapshot, as_of)
        ends = find(index, "Enterprise", start), find(index, "Enterprise", end)
        return path_answer(index, *ends, most)

    def openings(
        self,
        name: str,
        *,
        level: str = "city",
        page: Page = FIRST_PAGE,
        as_of: date | None = None,
        snapshot: int | None = None,
    ) -> OpeningsAnswer:
        """Return which regions of a level need what an enterprise makes, the most urgent first.

        Raises
        ------
        NotKnownError
            The enterprise is not known.
        """
        index = self.index(snapshot, as_of)
        return openings_answer(index, find(index, "Enterprise", name), level, self.settings, page)

    def matches(self, asked: MatchAsked, *, snapshot: int | None = None) -> MatchesAnswer:
        """Return which enterprises or products a name may mean, the best first."""
        from .ingest.resolve.decide import Thresholds

        taken = Thresholds(accept=self.settings.accept_score, review=self.settings.review_score)
        return matches_answer(self.index(snapshot), asked, taken)

    def starts(
        self, text: str, *, limit: int = 20, offset: int = 0, snapshot: int | None = None
    ) -> StartsAnswer:
        """Return the enterprises and products whose name begins with a text, or holds it."""
        return starts_answer(self.index(snapshot), text, limit, offset)

    def attributes(
        self, ids: Sequence[str], names: Sequence[str], *, snapshot: int | None = None
    ) -> AttributesAnswer:
        """Return what is known of enterprises and products by id, one column an attribute."""
        return attributes_answer(self.index(snapshot), ids, names)

    def seats(
        self, ids: Sequence[str], *, snapshot: int | None = None
    ) -> dict[str, dict[str, str]]:
        """Return by enterprise the names of the regions that its seat lies in, by their level."""
        return seats(self.index(snapshot), ids)

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

    def region_of(self, region: str | None, cluster: str | None = None) -> str | None:
        """Return the code of the region that is named, or that a cluster lies in.

        Raises
        ------
        NotKnownError
            The region or cluster is not known.
        """
        index = self.index()
        number = scope_of(index, region, cluster).region
        return index.regions.codes[number] if number >= 0 else None

    def match(self, region: str, product: str, enterprise: str) -> Match:
        """Return the keys and names of an enterprise for a gap.

        Raises
        ------
        NotKnownError
            One of the three is not known.
        """
        index = self.index()
        number = find_region(index, region)
        return Match(
            Named(index.regions.codes[number], index.regions.names[number]),
            find(index, "Product", product),
            find(index, "Enterprise", enterprise),
        )

    def chain_of(self, chain: str) -> str:
        """Return the id of the chain that is named.

        Raises
        ------
        NotKnownError
            The chain is not known.
        """
        return find(self.index(), "Chain", chain).key

    def lies_within(self, region: str, around: str) -> bool:
        """Return whether a region is another one or lies in it, both by code.

        A code that is not known lies in nothing but itself.
        """
        if region == around:
            return True
        regions = self.index().regions
        inner, outer = regions.codes.number(region), regions.codes.number(around)
        return inner >= 0 and outer >= 0 and outer <= inner <= int(regions.last[outer])

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
