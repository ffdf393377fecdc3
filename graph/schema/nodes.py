"""The node types: what there is."""

from __future__ import annotations

from ...text import Text
from .types import Choice, Kind, NodeType, Property


def _name(doc: str, *aliases: str) -> Property:
    return Property("name", Kind.TEXT, Text("名称", "name"), doc, aliases=aliases)


ALIASES = Property(
    "aliases",
    Kind.TEXTS,
    Text("别名", "aliases"),
    "other names in use",
    aliases=("简称及别名", "曾用名"),
)
DESCRIPTION = Property(
    "description", Kind.TEXT, Text("说明", "description"), aliases=("备注", "简介")
)


def _id(doc: str) -> Property:
    return Property("id", Kind.TEXT, Text("编号", "id"), doc)


SOURCE_NODE = NodeType(
    "Source",
    _id("derived from title, publisher and date"),
    Text("来源", "source"),
    "Where facts come from: a document, a data set, a sheet handed in.",
    (
        Property("title", Kind.TEXT, Text("标题", "title")),
        Property("publisher", Kind.TEXT, Text("发布机构", "publisher")),
        Property("date", Kind.DATE, Text("发布日期", "date")),
        Property("link", Kind.TEXT, Text("链接", "link")),
        Property("reliability", Kind.SHARE, Text("可靠程度", "reliability")),
    ),
    structural=True,
)

REGION = NodeType(
    "Region",
    Property(
        "code",
        Kind.TEXT,
        Text("代码", "code"),
        "six digits of GB/T 2260, ISO 3166-1 alpha-3 abroad, or a code of the importer's own",
        aliases=("行政区划代码", "区划代码", "地区代码"),
    ),
    Text("地区", "region"),
    "A country, province, city, county or zone.",
    (
        _name("full name", "地区名称", "区划名称"),
        Property("short_name", Kind.TEXT, Text("简称", "short_name")),
        Property(
            "level",
            Kind.TEXT,
            Text("级别", "level"),
            choices=(
                Choice("country", Text("国家", "country")),
                Choice("province", Text("省级", "province"), ("省", "自治区", "直辖市")),
                Choice("city", Text("市级", "city"), ("市", "地级市", "地级")),
                Choice("county", Text("县级", "county"), ("县", "区", "县级市", "区县")),
                Choice("zone", Text("园区", "zone"), ("开发区", "高新区", "经开区", "新区")),
            ),
        ),
        ALIASES,
        Property("longitude", Kind.NUMBER, Text("经度", "longitude"), unit="degrees east"),
        Property("latitude", Kind.NUMBER, Text("纬度", "latitude"), unit="degrees north"),
        Property(
            "centroid",
            Kind.TEXT,
            Text("坐标来源", "centroid"),
            "whose centroid it is: its own, or that of the city or province it lies in",
        ),
    ),
    structural=True,
)

INDUSTRY = NodeType(
    "Industry",
    Property("code", Kind.TEXT, Text("代码", "code"), "GB/T 4754-2017", aliases=("行业代码",)),
    Text("行业", "industry"),
    "A class of GB/T 4754-2017, from section (level 1) to class (level 4).",
    (
        _name("name in the standard", "行业名称"),
        Property("level", Kind.INTEGER, Text("级别", "level"), unit="1 to 4"),
    ),
    structural=True,
)

PRODUCT_KIND = Property(
    "kind",
    Kind.TEXT,
    Text("类型", "kind"),
    choices=(
        Choice("goods", Text("商品", "goods"), ("产品", "终端产品", "整机")),
        Choice("component", Text("零部件", "component"), ("部件", "元器件")),
        Choice("material", Text("材料", "material"), ("原材料",)),
        Choice("equipment", Text("设备", "equipment"), ("装备",)),
        Choice("software", Text("软件", "software")),
        Choice("service", Text("服务", "service")),
    ),
)

PRODUCT = NodeType(
    "Product",
    _id("given, or derived from the name"),
    Text("产品", "product"),
    "Goods, a component, a material, equipment, software or a service.",
    (_name("unambiguous name", "产品名称"), ALIASES, PRODUCT_KIND, DESCRIPTION),
    structural=True,
)

CHAIN = NodeType(
    "Chain",
    _id("given, or derived from the name"),
    Text("产业链", "chain"),
    "An industrial chain: the products that it includes, by stage and tier.",
    (_name("name", "产业链名称"), ALIASES, DESCRIPTION),
    structural=True,
)

ENTERPRISE = NodeType(
    "Enterprise",
    _id("the 18-character code where known, else derived from the normalised full name"),
    Text("企业", "enterprise"),
    "A firm. Only active ones count as makers.",
    (
        _name("full registered name", "企业名称", "公司名称", "单位名称", "企业全称"),
        Property(
            "code",
            Kind.TEXT,
            Text("统一社会信用代码", "code"),
            "GB 32100, check digit verified; never invented",
            aliases=("信用代码", "社会信用代码", "USCC"),
        ),
        Property(
            "short_name", Kind.TEXT, Text("简称", "short_name"), aliases=("企业简称", "证券简称")
        ),
        ALIASES,
        Property(
            "former_ids",
            Kind.TEXTS,
            Text("原编号", "former_ids"),
            "ids it was known by before its code arrived or it was merged",
        ),
        Property(
            "status",
            Kind.TEXT,
            Text("经营状态", "status"),
            "empty counts as active",
            aliases=("状态", "登记状态", "企业状态"),
            choices=(
                Choice(
                    "active",
                    Text("存续", "active"),
                    ("在营", "开业", "在业", "正常", "存续（在营、开业、在册）"),
                ),
                Choice("abnormal", Text("经营异常", "abnormal"), ("异常", "严重违法")),
                Choice("suspended", Text("停业", "suspended"), ("停产", "歇业")),
                Choice("revoked", Text("吊销", "revoked"), ("吊销，未注销",)),
                Choice("closed", Text("注销", "closed"), ("已注销",)),
            ),
        ),
        Property(
            "revenue",
            Kind.MONEY,
            Text("营业收入", "revenue"),
            unit="yuan a year",
            aliases=("营收", "年营业收入", "主营业务收入", "销售收入"),
        ),
        Property(
            "revenue_year", Kind.INTEGER, Text("营收年份", "revenue_year"), aliases=("年份", "年度")
        ),
        Property(
            "employees",
            Kind.INTEGER,
            Text("从业人数", "employees"),
            aliases=("员工人数", "职工人数"),
        ),
        Property(
            "founded", Kind.DATE, Text("成立日期", "founded"), aliases=("成立时间", "注册日期")
        ),
        Property("capital", Kind.MONEY, Text("注册资本", "capital"), aliases=("注册资金",)),
        Property(
            "group",
            Kind.TEXT,
            Text("所属集团", "group"),
            "the group that controls it; firms of one group count once among targets",
            aliases=("集团", "母公司"),
        ),
        Property("website", Kind.TEXT, Text("网址", "website"), aliases=("官网",)),
    ),
)

CLUSTER = NodeType(
    "Cluster",
    _id("given, or derived from the name"),
    Text("产业集群", "cluster"),
    "An industrial cluster: a region, a lead chain, and members with a role.",
    (
        _name("name", "集群名称"),
        ALIASES,
        Property(
            "level", Kind.TEXT, Text("级别", "level"), "who recognised it", aliases=("认定级别",)
        ),
    ),
)

TITLE = NodeType(
    "Title",
    Property("code", Kind.TEXT, Text("代码", "code"), aliases=("资质代码",)),
    Text("资质", "title"),
    "A recognition that an enterprise can hold, ordered where its ladder orders it.",
    (
        _name("name", "资质名称"),
        ALIASES,
        Property(
            "level",
            Kind.TEXT,
            Text("级次", "level"),
            "who grants it",
            choices=(
                Choice("national", Text("国家级", "national"), ("国家",)),
                Choice("provincial", Text("省级", "provincial"), ("省",)),
                Choice("municipal", Text("市级", "municipal"), ("市",)),
                Choice("market", Text("市场", "market"), ("资本市场",)),
            ),
        ),
        Property("ladder", Kind.TEXT, Text("序列", "ladder"), "the ladder it stands on"),
        Property("rank", Kind.INTEGER, Text("排序", "rank"), "higher is higher on its ladder"),
        DESCRIPTION,
    ),
    structural=True,
)

PROJECT_STAGE = Property(
    "stage",
    Kind.TEXT,
    Text("阶段", "stage"),
    choices=(
        Choice("lead", Text("线索", "lead"), ("在谈线索",)),
        Choice("talks", Text("洽谈", "talks"), ("在谈",)),
        Choice("signed", Text("签约", "signed"), ("已签约",)),
        Choice("building", Text("开工", "building"), ("在建", "已开工")),
        Choice("operating", Text("投产", "operating"), ("已投产", "达产")),
        Choice("ended", Text("终止", "ended"), ("已终止", "取消")),
    ),
    aliases=("项目阶段", "进展"),
)

PROJECT = NodeType(
    "Project",
    _id("given, or derived from the name"),
    Text("招商项目", "project"),
    "An investment project: who, where, which product it fills, and how far it has come.",
    (
        _name("name", "项目名称"),
        PROJECT_STAGE,
        Property(
            "investment", Kind.MONEY, Text("投资额", "investment"), aliases=("总投资", "计划总投资")
        ),
        Property("signed_on", Kind.DATE, Text("签约日期", "signed_on"), aliases=("签约时间",)),
        Property("started_on", Kind.DATE, Text("开工日期", "started_on"), aliases=("开工时间",)),
        Property(
            "operating_on", Kind.DATE, Text("投产日期", "operating_on"), aliases=("投产时间",)
        ),
        Property("ended_on", Kind.DATE, Text("终止日期", "ended_on")),
        DESCRIPTION,
    ),
)

_EXCHANGE_KIND = Property(
    "kind",
    Kind.TEXT,
    Text("类别", "kind"),
    choices=(
        Choice("product", Text("产品", "product")),
        Choice("technology", Text("技术", "technology")),
        Choice("finance", Text("资金", "finance"), ("融资",)),
        Choice("talent", Text("人才", "talent")),
        Choice("service", Text("服务", "service")),
    ),
)
_DEADLINE = Property("deadline", Kind.DATE, Text("截止日期", "deadline"))

NEED = NodeType(
    "Need",
    _id("given, or derived from enterprise and name"),
    Text("需求", "need"),
    "What an enterprise seeks.",
    (_name("what is sought", "需求名称"), _EXCHANGE_KIND, DESCRIPTION, _DEADLINE),
)

OFFER = NodeType(
    "Offer",
    _id("given, or derived from enterprise and name"),
    Text("供给", "offer"),
    "What an enterprise offers.",
    (_name("what is offered", "供给名称"), _EXCHANGE_KIND, DESCRIPTION, _DEADLINE),
)

NODES = (
    SOURCE_NODE,
    REGION,
    INDUSTRY,
    PRODUCT,
    CHAIN,
    ENTERPRISE,
    CLUSTER,
    TITLE,
    PROJECT,
    NEED,
    OFFER,
)
