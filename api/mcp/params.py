"""What the tools can be asked with, in the words that an assistant reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from ...text import Language

Gate = Callable[[Any, str | None, str | None], None]
"""Refuses (call, region, cluster) where the one who calls may not ask of that region or cluster."""

StatusName = Literal["strong", "adequate", "weak", "missing", "unknown"]
KindName = Literal["fill", "strengthen", "extend"]
ActionName = Literal["cooperate", "attract", "cultivate", "tackle", "verify"]
LevelName = Literal["country", "province", "city", "county", "zone"]

_NAME: dict[str, Any] = {"min_length": 1, "max_length": 200}

Region = Annotated[
    str | None,
    Field(
        description="region 地区: name or GB/T 2260 code, e.g. 芜湖市; give this or cluster",
        **_NAME,
    ),
]
Cluster = Annotated[
    str | None, Field(description="cluster 产业集群: name or id; this or region", **_NAME)
]
Within = Annotated[str | None, Field(description="in this region: name or code", **_NAME)]
Chain = Annotated[
    str | None, Field(description="chain 产业链: name or id, e.g. 新能源汽车; all if none", **_NAME)
]
NamedChain = Annotated[str, Field(description="chain 产业链: name or id", **_NAME)]
Product = Annotated[str, Field(description="product: name, alias or id, e.g. 动力电池", **_NAME)]
Enterprise = Annotated[
    str, Field(description="enterprise: 统一社会信用代码, id, full or short name", **_NAME)
]
Looked = Annotated[str | None, Field(description="name, part of a name, or id", **_NAME)]
AsOf = Annotated[
    date | None, Field(description="the day whose facts count, YYYY-MM-DD; now if none")
]
Since = Annotated[date | None, Field(description="a day, YYYY-MM-DD, instead of a snapshot")]
Number = Annotated[int | None, Field(description="number of a snapshot; newest if none", ge=1)]
Limit = Annotated[int, Field(description="how many at the most", ge=1, le=100)]
Few = Annotated[int, Field(description="how many at the most", ge=1, le=20)]
Offset = Annotated[int, Field(description="how many to leave out: for the next page", ge=0)]
Steps = Annotated[int, Field(description="how many facts away", ge=1, le=4)]
Lang = Annotated[Language | None, Field(description="language of the words in the answer: zh, en")]
