"""The relation types: what is stated of the nodes."""

from __future__ import annotations

from ...text import Text
from .types import Choice, Kind, Property, RelationType

PRODUCES = RelationType(
    "PRODUCES",
    "Enterprise",
    "Product",
    Text("生产", "produces"),
    "The enterprise makes the product.",
    (
        Property(
            "share",
            Kind.SHARE,
            Text("收入占比", "share"),
            "part of the enterprise's revenue",
            aliases=("占比", "产品占比", "营收占比"),
        ),
        Property("capacity", Kind.NUMBER, Text("年产能", "capacity"), aliases=("产能",)),
        Property("capacity_unit", Kind.TEXT, Text("产能单位", "capacity_unit")),
        Property(
            "market_share",
            Kind.SHARE,
            Text("市场占有率", "market_share"),
            "part of the national market",
            aliases=("市占率", "国内市场占有率"),
        ),
    ),
)

SUPPLIES = RelationType(
    "SUPPLIES",
    "Enterprise",
    "Enterprise",
    Text("供货", "supplies"),
    "The first enterprise sells to the second.",
    (
        Property("product", Kind.TEXT, Text("产品", "product"), "key of the Product sold"),
        Property(
            "amount",
            Kind.MONEY,
            Text("金额", "amount"),
            unit="yuan a year",
            aliases=("采购额", "采购金额", "供货金额", "年供货额"),
        ),
    ),
    identity=("start", "end", "product"),
)

INPUT_TO = RelationType(
    "INPUT_TO",
    "Product",
    "Product",
    Text("投入", "input to"),
    "The first product goes directly into the second.",
    (
        Property(
            "coefficient",
            Kind.NUMBER,
            Text("消耗系数", "coefficient"),
            unit="yuan of input a yuan of output",
        ),
        Property("essential", Kind.FLAG, Text("必需", "essential"), "it cannot be made without"),
    ),
    structural=True,
)

IS_A = RelationType(
    "IS_A",
    "Product",
    "Product",
    Text("属于", "is a"),
    "The first product is a kind of the second.",
    structural=True,
)

STAGE = Property(
    "stage",
    Kind.TEXT,
    Text("环节", "stage"),
    choices=(
        Choice("upstream", Text("上游", "upstream")),
        Choice("midstream", Text("中游", "midstream")),
        Choice("downstream", Text("下游", "downstream")),
    ),
)

INCLUDES = RelationType(
    "INCLUDES",
    "Chain",
    "Product",
    Text("包含", "includes"),
    "The chain includes the product.",
    (
        STAGE,
        Property("tier", Kind.INTEGER, Text("层级", "tier"), "1 is the most upstream"),
        Property("group", Kind.TEXT, Text("分组", "group"), "the heading it is drawn under"),
        Property(
            "key", Kind.FLAG, Text("关键", "key"), "a key link of the chain", aliases=("关键环节",)
        ),
    ),
    structural=True,
)

LOCATED_IN = RelationType(
    "LOCATED_IN",
    "Enterprise",
    "Region",
    Text("位于", "located in"),
    "The enterprise's home: its registered seat. A move retires the old one.",
    identity=("start",),
)

PRESENT_IN = RelationType(
    "PRESENT_IN",
    "Enterprise",
    "Region",
    Text("设点于", "present in"),
    "A further site of the enterprise: a plant elsewhere, or the zone that its seat lies in.",
)

WITHIN = RelationType(
    "WITHIN",
    "Region",
    "Region",
    Text("隶属", "within"),
    "The first region lies in the second.",
    identity=("start",),
    structural=True,
)

PART_OF = RelationType(
    "PART_OF",
    "Industry",
    "Industry",
    Text("上级行业", "part of"),
    "The class is part of the broader one.",
    identity=("start",),
    structural=True,
)

BELONGS_TO = RelationType(
    "BELONGS_TO",
    "Enterprise",
    "Industry",
    Text("所属行业", "belongs to"),
    "The enterprise's main industry.",
    identity=("start",),
)

TYPICAL_OF = RelationType(
    "TYPICAL_OF",
    "Product",
    "Industry",
    Text("典型行业", "typical of"),
    "The industry class that typically makes the product.",
    structural=True,
)

MEMBER_OF = RelationType(
    "MEMBER_OF",
    "Enterprise",
    "Cluster",
    Text("集群成员", "member of"),
    "The enterprise belongs to the cluster.",
    (
        Property(
            "role",
            Kind.TEXT,
            Text("角色", "role"),
            choices=(
                Choice("lead", Text("链主", "lead"), ("链主企业",)),
                Choice("leader", Text("龙头", "leader"), ("龙头企业",)),
                Choice("supporting", Text("配套", "supporting"), ("配套企业", "成员")),
            ),
        ),
    ),
)

HOLDS = RelationType(
    "HOLDS",
    "Enterprise",
    "Title",
    Text("拥有资质", "holds"),
    "The enterprise holds the title; `until` is the certificate's end.",
    (
        Property(
            "since",
            Kind.DATE,
            Text("取得日期", "since"),
            aliases=("认定日期", "认定时间", "发证日期"),
        ),
        Property(
            "round",
            Kind.TEXT,
            Text("认定批次", "round"),
            "the batch it was granted in",
            aliases=("批次",),
        ),
    ),
    starts="since",
)

INVESTS_IN = RelationType(
    "INVESTS_IN",
    "Enterprise",
    "Enterprise",
    Text("投资", "invests in"),
    "The first enterprise owns part of the second.",
    (Property("ratio", Kind.SHARE, Text("持股比例", "ratio"), aliases=("出资比例", "股比")),),
)

UNDERTAKES = RelationType(
    "UNDERTAKES",
    "Enterprise",
    "Project",
    Text("投资建设", "undertakes"),
    "The enterprise undertakes the project.",
)

LANDED_IN = RelationType(
    "LANDED_IN",
    "Project",
    "Region",
    Text("落地于", "landed in"),
    "Where the project is, or is to be.",
    identity=("start",),
)

FILLS = RelationType(
    "FILLS",
    "Project",
    "Product",
    Text("补链产品", "fills"),
    "The product that the project makes, or is to make.",
)

OUTPUTS = RelationType(
    "OUTPUTS",
    "Region",
    "Product",
    Text("地区产出", "outputs"),
    "Statistics of a whole region, used where no enterprise is on record for the product.",
    (
        Property("year", Kind.INTEGER, Text("年份", "year"), aliases=("年度",)),
        Property(
            "value",
            Kind.MONEY,
            Text("产值", "value"),
            unit="yuan a year",
            aliases=("产出", "产量产值"),
        ),
        Property(
            "share",
            Kind.SHARE,
            Text("全国占比", "share"),
            "part of the output of the whole graph's area",
            aliases=("占全国比重", "份额"),
        ),
        Property("negligible", Kind.FLAG, Text("可忽略", "negligible"), "too small to count on"),
    ),
    identity=("start", "end", "year"),
)

ANCHORED_IN = RelationType(
    "ANCHORED_IN",
    "Cluster",
    "Region",
    Text("集群所在地", "anchored in"),
    "The cluster's region.",
    identity=("start",),
)

FOCUSES_ON = RelationType(
    "FOCUSES_ON",
    "Cluster",
    "Chain",
    Text("主导产业链", "focuses on"),
    "The cluster's lead chain.",
)

SEEKS = RelationType(
    "SEEKS", "Enterprise", "Need", Text("提出需求", "seeks"), "The enterprise has the need."
)
OFFERS = RelationType(
    "OFFERS", "Enterprise", "Offer", Text("提供供给", "offers"), "The enterprise makes the offer."
)
ASKS_FOR = RelationType(
    "ASKS_FOR", "Need", "Product", Text("所需产品", "asks for"), "The product that is sought."
)
PROVIDES = RelationType(
    "PROVIDES", "Offer", "Product", Text("所供产品", "provides"), "The product that is offered."
)

RELATIONS = (
    PRODUCES,
    SUPPLIES,
    INPUT_TO,
    IS_A,
    INCLUDES,
    LOCATED_IN,
    PRESENT_IN,
    WITHIN,
    PART_OF,
    BELONGS_TO,
    TYPICAL_OF,
    MEMBER_OF,
    HOLDS,
    INVESTS_IN,
    UNDERTAKES,
    LANDED_IN,
    FILLS,
    OUTPUTS,
    ANCHORED_IN,
    FOCUSES_ON,
    SEEKS,
    OFFERS,
    ASKS_FOR,
    PROVIDES,
)
