"""Looking around: lists, names, neighbourhoods, ways between enterprises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..algorithms.browse import (
    EnterpriseFilter,
    Page,
    chains_answer,
    clusters_answer,
    enterprises_answer,
    neighbourhood_answer,
    openings_answer,
    path_answer,
    products_answer,
    regions_answer,
    sources_answer,
)
from ..algorithms.browse.models import (
    ChainsAnswer,
    ClustersAnswer,
    EnterprisesAnswer,
    NeighbourhoodAnswer,
    OpeningsAnswer,
    PathAnswer,
    ProductsAnswer,
    RegionsAnswer,
    SourcesAnswer,
)
from ..algorithms.browse.neighbourhood import JOINING
from ..algorithms.lookup import Match, Named, find, find_region
from ..algorithms.matching import (
    AttributesAnswer,
    MatchAsked,
    MatchesAnswer,
    StartsAnswer,
    attributes_answer,
    current_ids,
    matches_answer,
    seats,
    starts_answer,
)
from ..algorithms.scope import scope_of
from .indexes import Indexes

FIRST_PAGE = Page()


class Browsing(Indexes):
    """The questions that look around in the graph."""

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
        from ..ingest.resolve.decide import Thresholds

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

    def current_ids(self, ids: Sequence[str], *, snapshot: int | None = None) -> dict[str, str]:
        """Return what enterprises that had one of these ids before have now."""
        return current_ids(self.index(snapshot), ids)

    def seats(
        self, ids: Sequence[str], *, snapshot: int | None = None
    ) -> dict[str, dict[str, str]]:
        """Return by enterprise the names of the regions that its seat lies in, by their level."""
        return seats(self.index(snapshot), ids)

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
