"""Looking around: enterprises, chains, products, regions, clusters, sources."""

from __future__ import annotations

from ...algorithms.answers.models import EnterpriseAnswer
from ...algorithms.browse import EnterpriseFilter, Page
from ...algorithms.browse.models import (
    ChainsAnswer,
    ClustersAnswer,
    EnterprisesAnswer,
    NeighbourhoodAnswer,
    PathAnswer,
    ProductsAnswer,
    RegionsAnswer,
    SourcesAnswer,
)
from ...atlas import Atlas
from .params import (
    AsOf,
    Chain,
    Enterprise,
    Lang,
    LevelName,
    Limit,
    Looked,
    Number,
    Offset,
    Steps,
    Within,
)


class Browsing:
    """Tools that look things up, named as the HTTP API names its operations.

    Their docstrings are what an assistant reads before it chooses one.
    """

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas

    def get_enterprise(
        self,
        enterprise: Enterprise,
        as_of: AsOf = None,
        snapshot: Number = None,
        language: Lang = None,
    ) -> EnterpriseAnswer:
        """All that is on record about one enterprise, each fact with source and day.

        What is not there is not known; it is not said to be false. Money is yuan.
        """
        return self._atlas.enterprise(enterprise, as_of=as_of, snapshot=snapshot)

    def list_enterprises(
        self,
        q: Looked = None,
        region: Within = None,
        product: Looked = None,
        title: Looked = None,
        as_of: AsOf = None,
        snapshot: Number = None,
        offset: Offset = 0,
        limit: Limit = 20,
        language: Lang = None,
    ) -> EnterprisesAnswer:
        """Find enterprises by code or name, seat, product they make, or title 资质 they hold.

        Where nobody has the name, `suggestions` gives those with a similar one; ask which is meant.
        Revenue is yuan a year.
        """
        wanted = EnterpriseFilter(q, region, product, title)
        page = Page(limit, offset)
        return self._atlas.enterprises(wanted, page=page, as_of=as_of, snapshot=snapshot)

    def get_path(
        self,
        start: Enterprise,
        end: Enterprise,
        as_of: AsOf = None,
        snapshot: Number = None,
        language: Lang = None,
    ) -> PathAnswer:
        """How two enterprises are joined, fact by fact (trade, ownership, clusters, projects)."""
        return self._atlas.path(start, end, as_of=as_of, snapshot=snapshot)

    def get_neighbourhood(
        self,
        enterprise: Enterprise,
        steps: Steps = 1,
        limit: Limit = 50,
        as_of: AsOf = None,
        snapshot: Number = None,
        language: Lang = None,
    ) -> NeighbourhoodAnswer:
        """What is around an enterprise, `steps` facts far: suppliers, buyers, owners, products."""
        return self._atlas.neighbourhood(
            enterprise, steps=steps, limit=limit, as_of=as_of, snapshot=snapshot
        )

    def list_chains(
        self,
        q: Looked = None,
        offset: Offset = 0,
        limit: Limit = 50,
        snapshot: Number = None,
        language: Lang = None,
    ) -> ChainsAnswer:
        """The industrial chains 产业链 there are."""
        return self._atlas.chains(q, page=Page(limit, offset), snapshot=snapshot)

    def list_products(
        self,
        q: Looked = None,
        chain: Chain = None,
        offset: Offset = 0,
        limit: Limit = 50,
        snapshot: Number = None,
        language: Lang = None,
    ) -> ProductsAnswer:
        """Products by name or chain, with how many active enterprises on record make each."""
        return self._atlas.products(q, chain=chain, page=Page(limit, offset), snapshot=snapshot)

    def list_regions(
        self,
        q: Looked = None,
        within: Within = None,
        level: LevelName | None = None,
        offset: Offset = 0,
        limit: Limit = 50,
        snapshot: Number = None,
        language: Lang = None,
    ) -> RegionsAnswer:
        """Regions 地区 by name, level, or the region that they lie in."""
        page = Page(limit, offset)
        return self._atlas.regions(q, within=within, level=level, page=page, snapshot=snapshot)

    def list_clusters(
        self,
        q: Looked = None,
        region: Within = None,
        offset: Offset = 0,
        limit: Limit = 50,
        snapshot: Number = None,
        language: Lang = None,
    ) -> ClustersAnswer:
        """Industrial clusters 产业集群 by name or region."""
        return self._atlas.clusters(q, region=region, page=Page(limit, offset), snapshot=snapshot)

    def list_sources(
        self,
        q: Looked = None,
        offset: Offset = 0,
        limit: Limit = 50,
        snapshot: Number = None,
        language: Lang = None,
    ) -> SourcesAnswer:
        """Where the facts come from: title, publisher, date, link, reliability (0 to 1)."""
        return self._atlas.sources(q, page=Page(limit, offset), snapshot=snapshot)
