"""The template of industrial chains."""

from __future__ import annotations

from ...text import Text
from .catalogue import PRODUCT_GIVES, PRODUCT_LINKS
from .parts import node, relation
from .types import Gives, Template, refer, stated_by

CHAINS = Template(
    "chains",
    Text("产业链", "chains"),
    Text(
        "产业链包含的产品，一行一个，从上游到下游。",
        "The products that a chain includes, one a row, from upstream to downstream.",
    ),
    (
        refer(
            "chain",
            "Chain",
            Text("产业链", "chain"),
            "产业链名称",
            "链条",
            required=True,
            creates=True,
            example="新能源汽车",
        ),
        refer(
            "product",
            "Product",
            Text("产品", "product"),
            "产品名称",
            "名称",
            required=True,
            creates=True,
            example="动力电池",
        ),
        stated_by(node("Product", "aliases"), example="车用动力电池"),
        stated_by(relation("INCLUDES", "stage"), example="中游"),
        stated_by(relation("INCLUDES", "tier"), example="5"),
        stated_by(relation("INCLUDES", "group"), example="三电系统"),
        stated_by(relation("INCLUDES", "key"), example="是"),
        *PRODUCT_LINKS,
    ),
    (
        Gives("Chain", {"id": "chain", "name": "chain"}),
        Gives(
            "Product",
            {"id": "product", "name": "product", "aliases": "aliases", "kind": "kind"},
        ),
        Gives(
            "INCLUDES",
            {
                "start": "chain",
                "end": "product",
                "stage": "stage",
                "tier": "tier",
                "group": "group",
                "key": "key",
            },
        ),
        *PRODUCT_GIVES,
    ),
)
