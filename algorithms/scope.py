"""A scope: the enterprises that a question is about, those of a region or of a cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..errors import BadInputError, NotKnownError
from ..text import Text
from .index import Index, Ints
from .lookup import find_region

_NO_SCOPE = Text("请指定地区或产业集群", "name a region or a cluster")
_NAME_ONE = Text(
    "例如 region=芜湖市，或集群的名称。", "Such as region=芜湖市, or a cluster’s name."
)
_NO_CLUSTER = Text("没有叫“{name}”的产业集群", "there is no cluster called “{name}”")


@dataclass(frozen=True)
class Scope:
    """A region with all that lies within it, or a cluster."""

    kind: Literal["region", "cluster"]
    key: str
    name: str
    region: int
    """Number of the region, or of the region that the cluster lies in; -1 where none is known."""
    members: Ints
    """Active enterprises of the scope, ascending."""

    @property
    def is_cluster(self) -> bool:
        """Whether it is a cluster: then statistics of its region do not speak for it."""
        return self.kind == "cluster"


def scope_of(index: Index, region: str | None, cluster: str | None) -> Scope:
    """Return the scope that is named: a region by code or name, or a cluster by id or name.

    Raises
    ------
    BadInputError
        Neither is named.
    NotKnownError
        There is none of that name, or several; then they are listed.
    """
    if cluster:
        return _cluster_scope(index, cluster)
    if not region:
        raise BadInputError(_NO_SCOPE, _NAME_ONE)
    return region_scope(index, find_region(index, region))


def region_scope(index: Index, region: int) -> Scope:
    """Return the scope of the region of that number."""
    regions = index.regions
    return Scope(
        "region", regions.codes[region], regions.names[region], region, index.within(region)
    )


def _cluster_scope(index: Index, name: str) -> Scope:
    found = index.snapshot.table(
        'SELECT k.id, k.name, a."end" AS region FROM "Cluster" AS k '
        'LEFT JOIN "ANCHORED_IN" AS a ON a.start = k.id '
        "WHERE k.id = $name OR k.name = $name OR list_contains(k.aliases, $name)",
        {"name": name},
    )
    if found.num_rows == 0:
        raise NotKnownError(_NO_CLUSTER.fill(name=name))
    row = found.to_pylist()[0]
    rows = index.snapshot.table(
        'SELECT start FROM "MEMBER_OF" WHERE "end" = $id', {"id": row["id"]}
    )
    members = index.firms.ids.numbers(rows.column("start"))
    region = int(index.regions.codes.numbers(found.column("region"))[0])
    return Scope("cluster", row["id"], row["name"], region, np.unique(members[members >= 0]))
