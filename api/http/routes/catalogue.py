"""Chains, products, regions, clusters and sources: what there is to ask about."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from ....algorithms.browse.clusters import KEYS as CLUSTER_KEYS
from ....algorithms.browse.models import ChainMapAnswer, CoverageAnswer
from ....algorithms.browse.products import CHAIN_KEYS, PRODUCT_KEYS
from ....algorithms.browse.regions import KEYS as REGION_KEYS
from ....algorithms.browse.sources import KEYS as SOURCE_KEYS
from ..auth.access import Reader
from ..pages import (
    ChainsPage,
    ClustersPage,
    ProductsPage,
    RegionsPage,
    SnapshotRow,
    SnapshotsPage,
    SourcesPage,
)
from ..problems import documented
from ..reading.forms import one
from ..reading.lists import FORMS, Chosen, rows_turn, turn_of
from ..reading.params import Asked, Name, Paged, Scoped, Sorted
from ..service import Here

router = APIRouter(prefix="/v1", tags=["catalogue"], responses=documented(401, 403, 404, 422))

Key = Annotated[Name, Path(description="id, code or name")]


class Looking(Sorted, Asked):
    """A list with a text to look for."""

    q: Name | None = Field(default=None, description="a part of a name, alias or id")


class ProductsAsked(Looking):
    """Which products."""

    chain: Name | None = Field(default=None, description="on this chain; id or name")
    kind: Literal["goods", "component", "material", "equipment", "software", "service"] | None = (
        Field(default=None, description="of this kind")
    )


class RegionsAsked(Looking):
    """Which regions."""

    within: Name | None = Field(default=None, description="in this region; code or name")
    level: Literal["country", "province", "city", "county", "zone"] | None = Field(
        default=None, description="of this level"
    )


class ClustersAsked(Looking):
    """Which clusters."""

    region: Name | None = Field(default=None, description="in this region; code or name")


@router.get(
    "/chains", operation_id="list_chains", response_model=ChainsPage | Chosen, responses=FORMS
)
def list_chains(
    service: Here, _: Reader, request: Request, asked: Annotated[Looking, Query()]
) -> Response:
    """List the industrial chains 产业链. Sorted by id, or by `name`, `products`."""
    turn = turn_of(service, request, asked, asked.snapshot, tuple(CHAIN_KEYS))
    answer = service.atlas.chains(
        asked.q, page=turn.page, as_of=asked.as_of, snapshot=turn.snapshot
    )
    return turn.give(ChainsPage, answer, "chains")


@router.get("/chains/{chain}/map", operation_id="get_chain_map", response_model=ChainMapAnswer)
def get_chain_map(
    service: Here, caller: Reader, request: Request, chain: Key, asked: Annotated[Scoped, Query()]
) -> Response:
    """Draw a chain: products with stage, tier and counts, and what goes into what.

    With a region or cluster each product carries its status there.
    """
    service.ensure_may_ask(caller, asked.region, asked.cluster)
    answer = service.atlas.chain_map(
        chain, asked.region, cluster=asked.cluster, as_of=asked.as_of, snapshot=asked.snapshot
    )
    return one(request, answer)


@router.get(
    "/products", operation_id="list_products", response_model=ProductsPage | Chosen, responses=FORMS
)
def list_products(
    service: Here, _: Reader, request: Request, asked: Annotated[ProductsAsked, Query()]
) -> Response:
    """List products. Sorted by id, or by `name`, `makers`."""
    turn = turn_of(service, request, asked, asked.snapshot, tuple(PRODUCT_KEYS))
    answer = service.atlas.products(
        asked.q,
        chain=asked.chain,
        kind=asked.kind,
        page=turn.page,
        as_of=asked.as_of,
        snapshot=turn.snapshot,
    )
    return turn.give(ProductsPage, answer, "products")


@router.get(
    "/regions", operation_id="list_regions", response_model=RegionsPage | Chosen, responses=FORMS
)
def list_regions(
    service: Here, _: Reader, request: Request, asked: Annotated[RegionsAsked, Query()]
) -> Response:
    """List regions 地区. Sorted by id, or by `name`, `level`."""
    turn = turn_of(service, request, asked, asked.snapshot, tuple(REGION_KEYS))
    answer = service.atlas.regions(
        asked.q,
        within=asked.within,
        level=asked.level,
        page=turn.page,
        as_of=asked.as_of,
        snapshot=turn.snapshot,
    )
    return turn.give(RegionsPage, answer, "regions")


@router.get(
    "/clusters", operation_id="list_clusters", response_model=ClustersPage | Chosen, responses=FORMS
)
def list_clusters(
    service: Here, _: Reader, request: Request, asked: Annotated[ClustersAsked, Query()]
) -> Response:
    """List industrial clusters 产业集群. Sorted by id, or by `name`, `members`."""
    turn = turn_of(service, request, asked, asked.snapshot, tuple(CLUSTER_KEYS))
    answer = service.atlas.clusters(
        asked.q, region=asked.region, page=turn.page, as_of=asked.as_of, snapshot=turn.snapshot
    )
    return turn.give(ClustersPage, answer, "clusters")


@router.get(
    "/sources", operation_id="list_sources", response_model=SourcesPage | Chosen, responses=FORMS
)
def list_sources(
    service: Here, _: Reader, request: Request, asked: Annotated[Looking, Query()]
) -> Response:
    """List where facts come from. Sorted by id, or by `title`, `date`."""
    turn = turn_of(service, request, asked, asked.snapshot, tuple(SOURCE_KEYS))
    answer = service.atlas.sources(
        asked.q, page=turn.page, as_of=asked.as_of, snapshot=turn.snapshot
    )
    return turn.give(SourcesPage, answer, "sources")


@router.get("/coverage", operation_id="get_coverage", response_model=CoverageAnswer)
def get_coverage(
    service: Here, caller: Reader, request: Request, asked: Annotated[Scoped, Query()]
) -> Response:
    """Tell how far the record reaches: in a region or cluster, or where none is named in all."""
    service.ensure_may_ask(caller, asked.region, asked.cluster)
    answer = service.atlas.coverage(
        asked.region, cluster=asked.cluster, as_of=asked.as_of, snapshot=asked.snapshot
    )
    return one(request, answer)


@router.get(
    "/snapshots",
    operation_id="list_snapshots",
    response_model=SnapshotsPage | Chosen,
    responses=FORMS,
)
def list_snapshots(
    service: Here, _: Reader, request: Request, asked: Annotated[Paged, Query()]
) -> Response:
    """List the snapshots that are kept, the newest first."""
    turn = rows_turn(request, asked)
    found = service.atlas.manifests()
    rows = [
        SnapshotRow(
            number=each.number,
            published=each.published.isoformat(),
            batch=each.batch,
            enterprises=each.coverage.enterprises,
            known=each.coverage.known,
        )
        for each in found[turn.rows]
    ]
    answer = SnapshotsPage(total=len(found), snapshots=rows, next=None)
    return turn.give(SnapshotsPage, answer, "snapshots")
