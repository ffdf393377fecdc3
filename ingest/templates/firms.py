"""Templates about enterprises: who they are, what they make, whom they supply, own and hold."""

from __future__ import annotations

from ...text import Text
from ..cells.dates import Partial
from .parts import THE_ENTERPRISE, enterprise, node, product, relation, the_code
from .types import Column, Gives, Template, refer, stated_by

_ENTERPRISE_PROPERTIES = (
    *("short_name", "aliases", "status", "revenue", "revenue_year", "employees"),
    *("founded", "capital", "group", "website"),
)
_EXAMPLES = {
    "short_name": "某某精密",
    "status": "存续",
    "revenue": "12000",
    "revenue_year": "2024",
    "employees": "350",
    "founded": "2012-03-01",
    "capital": "5000",
}

ENTERPRISES = Template(
    "enterprises",
    Text("企业", "enterprises"),
    Text("企业名录，一行一家。", "Enterprises, one a row."),
    (
        refer(
            "name",
            "Enterprise",
            Text("企业名称", "name"),
            "名称",
            *node("Enterprise", "name").aliases,
            "企业",
            "公司",
            required=True,
            creates=True,
            code="code",
            doc=Text("登记的全称", "full registered name"),
            example="某某精密机械有限公司",
        ),
        stated_by(node("Enterprise", "code"), aliases=("企业代码",)),
        refer(
            "region",
            "Region",
            Text("所在地区", "region"),
            "注册地",
            "地区",
            "所属地区",
            "所在地",
            "属地",
            "区县",
            *("所在区县", "所属区县", "县区", "所在县区", "所属县区", "县市区", "所在县市区"),
            doc=Text(
                "代码或名称，重名时写上上级：江苏省南京市鼓楼区",
                "code or name; write the parent too where names repeat",
            ),
            example="安徽省芜湖市弋江区",
        ),
        refer(
            "sites",
            "Region",
            Text("园区", "sites"),
            "其他厂址",
            "所在园区",
            "所属园区",
            many=True,
            doc=Text("所在园区和其他厂址，可多个", "its zone and further plants, several"),
            example="芜湖高新技术产业开发区",
        ),
        refer(
            "industry",
            "Industry",
            Text("行业代码", "industry"),
            "所属行业",
            "行业",
            "行业名称",
            "国民经济行业",
            example="C3484",
        ),
        *(
            stated_by(node("Enterprise", each), example=_EXAMPLES.get(each, ""))
            for each in _ENTERPRISE_PROPERTIES
        ),
        refer(
            "products",
            "Product",
            Text("主营产品", "products"),
            "主要产品",
            "产品",
            many=True,
            creates=True,
            example="精密轴承|减速器",
        ),
        refer(
            "titles",
            "Title",
            Text("资质", "titles"),
            "资质荣誉",
            "企业资质",
            many=True,
            example="高新技术企业|专精特新中小企业",
        ),
    ),
    (
        Gives(
            "Enterprise",
            {
                "id": "name",
                "name": "name",
                "code": "code",
                **{each: each for each in _ENTERPRISE_PROPERTIES},
            },
        ),
        Gives("LOCATED_IN", {"start": "name", "end": "region"}),
        Gives("PRESENT_IN", {"start": "name", "end": "sites"}),
        Gives("BELONGS_TO", {"start": "name", "end": "industry"}),
        Gives("PRODUCES", {"start": "name", "end": "products"}),
        Gives("HOLDS", {"start": "name", "end": "titles"}),
    ),
    aliases=("企业名录", "企业名单", "enterprise"),
)

ENTERPRISE_PRODUCTS = Template(
    "enterprise_products",
    Text("企业产品", "enterprise products"),
    Text("企业生产的产品，一行一家企业的一种产品。", "What enterprises make, one product a row."),
    (
        *the_code(THE_ENTERPRISE),
        product(),
        # A share below zero or over one shows that the row is no product at all but an entry that
        # balances an account: such a row must not make anybody a maker.
        stated_by(relation("PRODUCES", "share"), decisive=True, example="35%"),
        stated_by(relation("PRODUCES", "capacity"), example="100000"),
        stated_by(relation("PRODUCES", "capacity_unit"), example="套"),
        stated_by(relation("PRODUCES", "market_share"), example="3%"),
    ),
    (
        Gives(
            "PRODUCES",
            {
                "start": "enterprise",
                "end": "product",
                "share": "share",
                "capacity": "capacity",
                "capacity_unit": "capacity_unit",
                "market_share": "market_share",
            },
        ),
    ),
    aliases=("主营产品", "产品"),
)

SUPPLIES = Template(
    "supplies",
    Text("供货关系", "supplies"),
    Text("谁向谁供货，一行一对企业的一种产品。", "Who supplies whom, one product a row."),
    (
        *enterprise(
            "supplier",
            Text("供方", "supplier"),
            "供应商",
            "供货企业",
            "供货方",
            "卖方",
            "销售方",
            example="某某精密机械有限公司",
        ),
        *enterprise(
            "buyer",
            Text("需方", "buyer"),
            "客户",
            "采购企业",
            "采购方",
            "买方",
            "购买方",
            "购货方",
            example="某某汽车股份有限公司",
        ),
        product(required=False),
        stated_by(relation("SUPPLIES", "amount"), example="3500"),
    ),
    (
        Gives(
            "SUPPLIES",
            {"start": "supplier", "end": "buyer", "product": "product", "amount": "amount"},
        ),
    ),
    aliases=("供应关系", "购销关系"),
)

INVESTMENTS = Template(
    "investments",
    Text("股权投资", "investments"),
    Text("谁持有谁的股权，一行一对企业。", "Who owns part of whom, one pair a row."),
    (
        *enterprise(
            "investor",
            Text("投资方", "investor"),
            "股东",
            "出资人",
            "母公司",
            example="某某控股集团有限公司",
        ),
        *enterprise(
            "invested",
            Text("被投资企业", "invested"),
            "被投资方",
            "子公司",
            "标的企业",
            example="某某精密机械有限公司",
        ),
        stated_by(relation("INVESTS_IN", "ratio"), example="51%"),
    ),
    (Gives("INVESTS_IN", {"start": "investor", "end": "invested", "ratio": "ratio"}),),
    aliases=("投资关系", "股权"),
)

ENTERPRISE_TITLES = Template(
    "titles",
    Text("企业资质", "titles"),
    Text(
        "企业取得的资质，一行一家企业的一项；失效日期为证书到期日。",
        "Titles that enterprises hold, one a row; `until` is the certificate's end.",
    ),
    (
        *the_code(THE_ENTERPRISE),
        refer(
            "title",
            "Title",
            Text("资质", "title"),
            "资质名称",
            "称号",
            "荣誉",
            required=True,
            example="高新技术企业",
        ),
        stated_by(relation("HOLDS", "since"), example="2023-10-16"),
        stated_by(relation("HOLDS", "round"), example="第五批"),
    ),
    (Gives("HOLDS", {"start": "enterprise", "end": "title", "since": "since", "round": "round"}),),
    aliases=("资质", "资质名单"),
)

CLUSTERS = Template(
    "clusters",
    Text("产业集群", "clusters"),
    Text("产业集群，一行一个；成员也可另用“集群成员”表。", "Clusters, one a row."),
    (
        refer(
            "cluster",
            "Cluster",
            Text("集群", "cluster"),
            "名称",
            "集群名称",
            "产业集群",
            required=True,
            creates=True,
            example="某市新能源汽车产业集群",
        ),
        stated_by(node("Cluster", "aliases")),
        stated_by(node("Cluster", "level"), example="国家级"),
        refer(
            "region", "Region", Text("所在地区", "region"), "地区", "集群所在地", example="芜湖市"
        ),
        refer(
            "chain", "Chain", Text("主导产业链", "chain"), "产业链", many=True, example="新能源汽车"
        ),
        refer("lead", "Enterprise", Text("链主", "lead"), "链主企业", many=True, creates=True),
        refer("leader", "Enterprise", Text("龙头", "leaders"), "龙头企业", many=True, creates=True),
        refer(
            "supporting",
            "Enterprise",
            Text("配套", "supporting"),
            "配套企业",
            "成员",
            "成员企业",
            many=True,
            creates=True,
        ),
    ),
    (
        Gives(
            "Cluster", {"id": "cluster", "name": "cluster", "aliases": "aliases", "level": "level"}
        ),
        Gives("ANCHORED_IN", {"start": "cluster", "end": "region"}),
        Gives("FOCUSES_ON", {"start": "cluster", "end": "chain"}),
        *(
            Gives("MEMBER_OF", {"start": each, "end": "cluster"}, {"role": each})
            for each in ("supporting", "leader", "lead")
        ),
    ),
    aliases=("集群",),
)

CLUSTER_MEMBERS = Template(
    "cluster_members",
    Text("集群成员", "cluster members"),
    Text("集群的成员企业，一行一家。", "Members of clusters, one a row."),
    (
        refer(
            "cluster",
            "Cluster",
            Text("集群", "cluster"),
            "集群名称",
            "产业集群",
            required=True,
            creates=True,
            example="某市新能源汽车产业集群",
        ),
        *the_code(THE_ENTERPRISE),
        stated_by(relation("MEMBER_OF", "role"), example="龙头"),
    ),
    (Gives("MEMBER_OF", {"start": "enterprise", "end": "cluster", "role": "role"}),),
)

PROJECTS = Template(
    "projects",
    Text("招商项目", "projects"),
    Text("招商项目，一行一个。", "Investment projects, one a row."),
    (
        Column(
            "project_id",
            Text("编号", "project id"),
            aliases=("项目编号", "项目代码"),
            doc=Text("不填则由名称得出", "derived from the name where empty"),
        ),
        refer(
            "project",
            "Project",
            Text("项目", "project"),
            "名称",
            "项目名称",
            required=True,
            creates=True,
            code="project_id",
            example="年产10万套减速器项目",
        ),
        refer(
            "enterprises",
            "Enterprise",
            Text("投资企业", "enterprises"),
            "投资方",
            "企业",
            "企业名称",
            "投资主体",
            many=True,
            creates=True,
            example="某某精密机械有限公司",
        ),
        refer(
            "region",
            "Region",
            Text("落地地区", "region"),
            "地区",
            "落地区县",
            "项目所在地",
            "建设地点",
            example="芜湖市弋江区",
        ),
        refer(
            "products",
            "Product",
            Text("补链产品", "products"),
            "产品",
            "产品名称",
            "主要产品",
            many=True,
            creates=True,
            example="减速器",
        ),
        stated_by(node("Project", "stage"), example="签约"),
        stated_by(node("Project", "investment"), example="50000"),
        *(stated_by(node("Project", each)) for each in ("signed_on", "started_on", "operating_on")),
        stated_by(node("Project", "ended_on"), partial=Partial.LAST),
        stated_by(node("Project", "description")),
    ),
    (
        Gives(
            "Project",
            {
                "id": "project",
                "name": "project",
                **{
                    each: each
                    for each in (
                        "stage",
                        "investment",
                        "signed_on",
                        "started_on",
                        "operating_on",
                        "ended_on",
                        "description",
                    )
                },
            },
        ),
        Gives("UNDERTAKES", {"start": "enterprises", "end": "project"}),
        Gives("LANDED_IN", {"start": "project", "end": "region"}),
        Gives("FILLS", {"start": "project", "end": "products"}),
    ),
    aliases=("项目",),
)

REGIONAL_OUTPUT = Template(
    "regional_output",
    Text("地区产出", "regional output"),
    Text(
        "一个地区某产品的产值或全国占比，一行一年。",
        "A region's output of a product, or its share of the country, one year a row.",
    ),
    (
        refer(
            "region",
            "Region",
            Text("地区", "region"),
            "所在地区",
            "地区名称",
            required=True,
            example="芜湖市",
        ),
        product(),
        stated_by(relation("OUTPUTS", "year"), required=True, example="2024"),
        stated_by(relation("OUTPUTS", "value"), example="350000"),
        stated_by(relation("OUTPUTS", "share"), example="2.5%"),
        stated_by(relation("OUTPUTS", "negligible")),
    ),
    (
        Gives(
            "OUTPUTS",
            {
                "start": "region",
                "end": "product",
                "year": "year",
                "value": "value",
                "share": "share",
                "negligible": "negligible",
            },
        ),
    ),
    aliases=("产出", "地区产值"),
)
