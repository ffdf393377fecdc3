"""Templates of the standard vocabularies: regions, industries, titles, products."""

from __future__ import annotations

from ...text import Text
from .parts import node, relation
from .types import Column, Gives, Template, refer, stated_by

REGIONS = Template(
    "regions",
    Text("地区", "regions"),
    Text(
        "行政区划、国外地区和园区，一行一个。",
        "Administrative divisions, regions abroad and zones, one a row.",
    ),
    (
        stated_by(node("Region", "code"), example="340299"),
        stated_by(node("Region", "name"), required=True, example="某某高新技术产业开发区"),
        stated_by(node("Region", "short_name")),
        stated_by(node("Region", "level"), required=True, example="园区"),
        refer(
            "parent",
            "Region",
            Text("上级代码", "parent"),
            "上级",
            "上级地区",
            "所属地区",
            example="340200",
        ),
        stated_by(node("Region", "longitude")),
        stated_by(node("Region", "latitude")),
        stated_by(node("Region", "centroid")),
        stated_by(node("Region", "aliases")),
        Column("english", Text("英文名", "english name")),
    ),
    (
        Gives(
            "Region",
            {
                "code": "code",
                "name": "name",
                "short_name": "short_name",
                "level": "level",
                "aliases": ("aliases", "english"),
                "longitude": "longitude",
                "latitude": "latitude",
                "centroid": "centroid",
            },
        ),
        Gives("WITHIN", {"start": "code", "end": "parent"}),
    ),
    aliases=("zones", "园区", "countries", "行政区划"),
)

INDUSTRIES = Template(
    "industries",
    Text("行业", "industries"),
    Text("GB/T 4754 行业分类，一行一类。", "Classes of GB/T 4754, one a row."),
    (
        stated_by(node("Industry", "code"), required=True, example="C3841"),
        stated_by(node("Industry", "name"), required=True, example="锂离子电池制造"),
        stated_by(node("Industry", "level"), example="4"),
        refer("parent", "Industry", Text("上级代码", "parent"), "上级", example="C384"),
    ),
    (
        Gives("Industry", {"code": "code", "name": "name", "level": "level"}),
        Gives("PART_OF", {"start": "code", "end": "parent"}),
    ),
)

TITLES = Template(
    "title_catalogue",
    Text("资质目录", "title catalogue"),
    Text("有哪些资质、按什么顺序排列，一行一种。", "Which titles there are and their order."),
    (
        stated_by(node("Title", "code"), required=True, example="national-little-giant"),
        stated_by(node("Title", "name"), required=True, example="专精特新小巨人企业"),
        stated_by(node("Title", "aliases"), example="小巨人|专精特新“小巨人”"),
        stated_by(node("Title", "level"), example="国家级"),
        stated_by(node("Title", "ladder"), example="优质中小企业"),
        stated_by(node("Title", "rank"), example="3"),
        stated_by(node("Title", "description")),
    ),
    (
        Gives(
            "Title",
            {
                "code": "code",
                "name": "name",
                "aliases": "aliases",
                "level": "level",
                "ladder": "ladder",
                "rank": "rank",
                "description": "description",
            },
        ),
    ),
)


def _product_columns() -> tuple[Column, ...]:
    return (
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
        stated_by(node("Product", "aliases"), example="车用动力电池|电动汽车电池"),
    )


PRODUCT_LINKS = (
    refer(
        "inputs",
        "Product",
        Text("必需投入", "essential inputs"),
        "必需上游",
        many=True,
        creates=True,
        example="电芯|电池管理系统",
    ),
    refer(
        "other_inputs",
        "Product",
        Text("一般投入", "other inputs"),
        "投入",
        "一般上游",
        "上游产品",
        many=True,
        creates=True,
        example="电池壳体",
    ),
    refer(
        "general",
        "Product",
        Text("上位产品", "general product"),
        "上级产品",
        many=True,
        creates=True,
    ),
    refer(
        "industry",
        "Industry",
        Text("行业代码", "industry"),
        "典型行业",
        "行业",
        many=True,
        example="C3841",
    ),
    stated_by(node("Product", "kind"), example="零部件"),
    Column(
        "coefficients",
        relation("INPUT_TO", "coefficient").title,
        pairs=True,
        refers="Product",
        creates=True,
        doc=Text(
            "写法：投入=0.35|投入=0.02，单位：每元产出消耗的投入（元）",
            "input=0.35|input=0.02, yuan of input a yuan of output",
        ),
    ),
)

PRODUCT_GIVES = (
    # The ordinary inputs come first: where a product is listed in both columns, it is essential.
    Gives("INPUT_TO", {"start": "other_inputs", "end": "product"}, {"essential": False}),
    Gives("INPUT_TO", {"start": "inputs", "end": "product"}, {"essential": True}),
    Gives("INPUT_TO", {"start": "coefficients", "end": "product", "coefficient": "coefficients"}),
    Gives("IS_A", {"start": "product", "end": "general"}),
    Gives("TYPICAL_OF", {"start": "product", "end": "industry"}),
)

PRODUCTS = Template(
    "products",
    Text("产品目录", "product catalogue"),
    Text(
        "产品、投入和上位产品，一行一个产品，不属于某条产业链。",
        "Products, their inputs and what they are a kind of, one a row, apart from any chain.",
    ),
    (
        *_product_columns(),
        *PRODUCT_LINKS,
        refer(
            "used_in",
            "Product",
            Text("用于", "used in"),
            "下游产品",
            "下游",
            many=True,
            creates=True,
            doc=Text("它直接投入的产品", "products that it goes into"),
        ),
        refer(
            "special",
            "Product",
            Text("下位产品", "special products"),
            "产品小类",
            many=True,
            creates=True,
            doc=Text("属于它的更具体的产品", "products that are a kind of it"),
        ),
        stated_by(node("Product", "description")),
    ),
    (
        Gives(
            "Product",
            {
                "id": "product",
                "name": "product",
                "aliases": "aliases",
                "kind": "kind",
                "description": "description",
            },
        ),
        *PRODUCT_GIVES,
        Gives("INPUT_TO", {"start": "product", "end": "used_in"}),
        Gives("IS_A", {"start": "special", "end": "product"}),
    ),
)
