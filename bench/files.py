"""A generated graph as import files, in the headers of the import templates."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from bench.measure import quiet_database

_QUERIES = {
    "regions": """
        SELECT r.code AS 代码, r.name AS 名称, r.level AS 级别, w."end" AS 上级代码,
            r.longitude AS 经度, r.latitude AS 纬度
        FROM "Region" AS r LEFT JOIN "WITHIN" AS w ON w.start = r.code""",
    "industries": """
        SELECT i.code AS 代码, i.name AS 名称, i.level AS 级别, p."end" AS 上级代码
        FROM "Industry" AS i LEFT JOIN "PART_OF" AS p ON p.start = i.code""",
    "title_catalogue": 'SELECT code AS 代码, name AS 名称, level AS 级次 FROM "Title"',
    "products": """
        SELECT p.name AS 产品, any_value(u.essential) AS 必需投入, any_value(u.other) AS 一般投入,
            any_value(u.coefficients) AS 消耗系数, string_agg(g.name, '|') AS 上位产品
        FROM "Product" AS p
        LEFT JOIN (
            SELECT l."end", string_agg(i.name, '|') FILTER (WHERE essential) AS essential,
                string_agg(i.name, '|') FILTER (WHERE NOT essential) AS other,
                string_agg(i.name || '=' || coefficient, '|')
                    FILTER (WHERE coefficient IS NOT NULL) AS coefficients
            FROM "INPUT_TO" AS l JOIN "Product" AS i ON i.id = l.start GROUP BY l."end"
        ) AS u ON u."end" = p.id
        LEFT JOIN "IS_A" AS k ON k.start = p.id LEFT JOIN "Product" AS g ON g.id = k."end"
        GROUP BY p.id, p.name ORDER BY p.id""",
    "chains": """
        SELECT c.name AS 产业链, p.name AS 产品, i.stage AS 环节, i.tier AS 层级,
            CASE WHEN i.key THEN '是' ELSE '否' END AS 关键
        FROM "INCLUDES" AS i JOIN "Chain" AS c ON c.id = i.start
        JOIN "Product" AS p ON p.id = i."end" ORDER BY c.id, i.tier""",
    "enterprises": """
        SELECT e.name AS 企业名称, e.code AS 统一社会信用代码, l."end" AS 所在地区,
            b."end" AS 行业代码, e.revenue AS 营业收入, h."end" AS 资质, e.as_of AS 数据日期
        FROM "Enterprise" AS e JOIN "LOCATED_IN" AS l ON l.start = e.id
        JOIN "BELONGS_TO" AS b ON b.start = e.id LEFT JOIN "HOLDS" AS h ON h.start = e.id""",
    "enterprise_products": """
        SELECT e.name AS 企业, e.code AS 统一社会信用代码, p.name AS 产品, m.share AS 收入占比,
            m.as_of AS 数据日期
        FROM "PRODUCES" AS m JOIN "Enterprise" AS e ON e.id = m.start
        JOIN "Product" AS p ON p.id = m."end\"""",
    "supplies": """
        SELECT s.start AS 供方代码, a.name AS 供方, s."end" AS 需方代码, b.name AS 需方,
            p.name AS 产品, s.amount AS 金额, s.as_of AS 数据日期
        FROM "SUPPLIES" AS s JOIN "Enterprise" AS a ON a.id = s.start
        JOIN "Enterprise" AS b ON b.id = s."end" JOIN "Product" AS p ON p.id = s.product""",
}


def write_files(tables: dict[str, pa.Table], folder: Path) -> None:
    """Write a Parquet file per template."""
    folder.mkdir(parents=True, exist_ok=True)
    with quiet_database() as connection:
        for name, table in tables.items():
            connection.register(name, table)
        for place, (name, query) in enumerate(_QUERIES.items(), start=1):
            path = folder / f"{place}-{name}.parquet"
            connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
