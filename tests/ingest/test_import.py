"""From sheets to the graph: what goes in, what is refused, and that nothing is lost."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from lianpu.errors import BadInputError, RejectedRowsError
from lianpu.ingest import ImportReport, Input, SourceInfo, StrictImportError
from lianpu.ingest.templates.registry import TEMPLATES
from lianpu.text import Text

from .world import World, code

FIRMS: dict[str, list[object]] = {
    "企业名称": ["芜湖甲精密机械有限公司", "安徽乙汽车零部件股份有限公司"],
    "统一社会信用代码": [code(1), ""],
    "所在地区": ["安徽省芜湖市", "芜湖市弋江区"],
    "行业代码": ["3841", ""],
    "营业收入（万元）": ["12000", "1.5亿元"],
    "主营产品": ["减速器、轴承", "汽车座椅"],
    "资质": ["小巨人", "高企"],
}


def problems(report: ImportReport) -> list[tuple[int, str | None, str]]:
    return [(r["row"], r["column"], r["wrong"]) for r in report.problems.to_pylist()]


def test_one_row_of_an_enterprise_sheet_states_all_that_it_says(world: World) -> None:
    report = world.take(FIRMS, "企业")
    assert (report.rejected, report.to_review) == (0, 0)
    ids = {name: key for key, name in world.rows("Enterprise", "id", "name")}
    first, second = ids["芜湖甲精密机械有限公司"], ids["安徽乙汽车零部件股份有限公司"]
    assert first == code(1)
    assert str(second).startswith("e_")
    assert world.rows("LOCATED_IN", "start", "end") == {(first, "340200"), (second, "340209")}
    assert world.rows("BELONGS_TO", "start", "end") == {(first, "C3841")}
    assert world.rows("HOLDS", "start", "end") == {(first, "giant"), (second, "high_tech")}
    assert world.names("Product") == {"减速器", "轴承", "汽车座椅"}
    assert {row[1] for row in world.rows("Enterprise", "id", "revenue")} == {1.2e8, 1.5e8}


def test_the_same_file_twice_changes_nothing_and_says_so(world: World) -> None:
    world.take(FIRMS, "企业")
    again = world.take(FIRMS, "企业")
    assert (again.batch, again.created, again.updated) == (None, 0, 0)
    assert again.unchanged > 0


def test_a_bad_row_costs_no_good_one(world: World) -> None:
    sheet = {key: [*values, "x"] for key, values in FIRMS.items()}
    sheet["企业名称"][2] = "丙有限公司"
    report = world.take(sheet, "企业")
    assert report.rejected == 1
    assert world.names("Enterprise") == set(FIRMS["企业名称"])


def test_an_unreadable_value_costs_only_its_cell(world: World) -> None:
    report = world.take({**FIRMS, "营业收入（万元）": ["很多", "1"]}, "企业")
    assert (report.rejected, report.sheets[0].partial) == (0, 1)
    assert problems(report) == [(1, "营业收入（万元）", "“很多”不是数字")]
    assert len(world.names("Enterprise")) == 2


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("企业名称", "", "不能为空"),
        ("企业名称", "合计", "不是企业名称"),
        ("企业名称", "12345", "只有数字"),
        ("统一社会信用代码", code(1)[:-1] + "0", "校验位"),
        ("统一社会信用代码", "9.1340200MA2E+17", "不正确"),
        ("所在地区", "火星市", "没有叫“火星市”的地区"),
        ("所在地区", "鼓楼区", "有多个"),
        ("行业代码", "9999", "没有叫“9999”的行业"),
        ("资质", "世界首富", "没有叫“世界首富”的资质"),
    ],
)
def test_a_row_that_cannot_be_placed_is_refused_in_the_owners_words(
    world: World, column: str, cell: str, words: str
) -> None:
    sheet = {key: [values[0]] for key, values in FIRMS.items()}
    sheet[column] = [cell]
    if column == "企业名称" and not cell:
        sheet["统一社会信用代码"] = [""]
    report = world.take(sheet, "企业")
    assert report.rejected == 1
    ((row, shown, wrong),) = problems(report)
    assert (row, shown) == (1, column)
    right = report.frame()["right"][0]
    assert words in wrong + right
    assert world.names("Enterprise") == set()


def test_an_ambiguous_region_lists_the_candidates_with_their_parents(world: World) -> None:
    report = world.take({"企业名称": ["丙有限公司"], "所在地区": ["鼓楼区"]}, "企业")
    right = report.frame()["right"][0]
    assert "江苏省南京市鼓楼区（320106）" in right
    assert "江苏省徐州市鼓楼区（320302）" in right


@pytest.mark.parametrize("share", ["-30%", "-0.3", "1.3", "35", "300%"])
def test_a_weight_that_is_no_share_makes_nobody_a_maker(world: World, share: str) -> None:
    report = world.take(
        {"企业": ["甲汽车销售有限公司"], "产品": ["汽车"], "收入占比": [share]}, "企业产品"
    )
    assert report.rejected == 1
    assert world.rows("PRODUCES", "start", "end") == set()


def test_unknown_columns_are_named_with_the_nearest_known_one(world: World) -> None:
    report = world.take(
        {"企业名称": ["甲有限公司"], "营业收人（万元）": ["1"], "心情": ["好"]}, "企业"
    )
    wrong = {str(notice.wrong): str(notice.right) for notice in report.notices}
    assert "营业收入" in wrong["“营业收人（万元）”列不认识，未导入"]
    assert "“心情”列不认识，未导入" in wrong


def test_a_sheet_without_a_required_column_is_refused_as_a_whole(world: World) -> None:
    with pytest.raises(BadInputError, match="缺少“产品”列"):
        world.take({"企业": ["甲有限公司"], "数量": ["1"]}, "企业产品")


def test_the_order_of_sheets_does_not_matter(world: World) -> None:
    makes = pd.DataFrame({"企业": ["甲精密"], "产品": ["轴承"]})
    firms = pd.DataFrame({"企业名称": ["芜湖甲精密机械有限公司"], "简称": ["甲精密"]})
    report = world.run(Input(makes, "企业产品", "产品表"), Input(firms, "企业", "企业表"))
    assert (report.rejected, report.to_review) == (0, 0)
    assert len(world.rows("Enterprise", "id")) == 1
    assert len(world.rows("PRODUCES", "start")) == 1


def test_a_code_that_arrives_takes_the_place_of_the_derived_id(world: World) -> None:
    world.take({"企业名称": ["丙有限公司"], "主营产品": ["轴承"]}, "企业")
    report = world.take({"企业名称": ["丙有限公司"], "统一社会信用代码": [code(3)]}, "企业")
    assert report.rekeyed == 1
    assert world.rows("Enterprise", "id", "code") == {(code(3), code(3))}
    assert {row[0] for row in world.rows("PRODUCES", "start")} == {code(3)}


def test_one_name_with_two_codes_is_refused(world: World) -> None:
    world.take({"企业名称": ["丙有限公司"], "统一社会信用代码": [code(3)]}, "企业")
    report = world.take({"企业名称": ["丙有限公司"], "统一社会信用代码": [code(4)]}, "企业")
    assert report.rejected == 1
    assert code(3) in problems(report)[0][2]


def test_a_short_name_that_means_nobody_makes_no_firm(world: World) -> None:
    report = world.take({"企业": ["某某"], "产品": ["轴承"]}, "企业产品")
    assert report.rejected == 1
    assert world.names("Enterprise") == set()
    assert world.names("Product") == set()


def test_the_product_of_a_refused_row_is_not_created(world: World) -> None:
    world.take({"企业": ["丁有限公司"], "产品": ["轴承"], "收入占比": ["-1"]}, "企业产品")
    assert world.names("Product") == set()


def test_supplies_name_both_ends_by_code_or_name(world: World) -> None:
    world.take(FIRMS, "企业")
    report = world.take(
        {
            "供方": [code(1), "安徽乙汽车零部件股份有限公司"],
            "需方": ["安徽乙汽车零部件股份有限公司", "安徽乙汽车零部件股份有限公司"],
            "产品": ["轴承", "轴承"],
            "金额（万元）": ["3500", "1"],
        },
        "供货关系",
    )
    assert report.rejected == 1
    assert "指向它自己" in problems(report)[0][2]
    ((start, amount),) = world.rows("SUPPLIES", "start", "amount")
    assert (start, amount) == (code(1), 3.5e7)


def test_who_supplies_itself_by_code_is_named_by_it(world: World) -> None:
    world.take(FIRMS, "企业")
    product: dict[str, list[object]] = {"产品": ["轴承"]}
    ends: dict[str, list[object]] = {"供方代码": [code(1)], "需方代码": [code(1)]}
    empty: dict[str, list[object]] = {"供方": [None], "需方": [None]}
    for sheet in (product | ends, product | ends | empty):
        report = world.take(sheet, "供货关系")
        assert report.rejected == 1
        assert problems(report)[0][2] == f"“{code(1)}”指向它自己"
    assert world.rows("SUPPLIES", "start") == set()


def test_a_project_goes_by_its_number_and_takes_the_name_that_comes_later(world: World) -> None:
    world.take(
        {"编号": ["X1", "X2"], "名称": ["甲项目", None], "阶段": ["签约", "洽谈"]}, "招商项目"
    )
    report = world.take({"编号": ["X1", "X3", None], "阶段": ["开工", "签约", "签约"]}, "招商项目")
    assert [row for row, *_ in problems(report)] == [3]
    world.take({"编号": ["X2"], "名称": ["乙项目"]}, "招商项目")
    world.take({"名称": ["乙项目"], "阶段": ["签约"]}, "招商项目")
    assert world.rows("Project", "id", "name", "stage") == {
        ("X1", "甲项目", "building"),
        ("X2", "乙项目", "signed"),
        ("X3", "X3", "signed"),
    }


def test_whatever_columns_a_sheet_has_it_is_taken_or_refused_in_words(world: World) -> None:
    for template in TEMPLATES.values():
        examples: dict[str, list[object]] = {
            each.title.zh: [each.example or "1", None] for each in template.columns
        }
        for one in examples:
            for columns in ({one}, examples.keys() - {one}):
                sheet = {name: cells for name, cells in examples.items() if name in columns}
                with suppress(BadInputError):
                    world.take(sheet, template.name)


def test_a_chain_row_states_stage_inputs_kind_and_coefficients(world: World) -> None:
    world.take(
        {
            "产业链": ["新能源汽车", "新能源汽车", "新能源汽车"],
            "产品": ["电芯", "电池壳体", "动力电池"],
            "别名": ["", "", "车用电池"],
            "环节": ["上游", "上游", "中游"],
            "层级": ["1", "1", "2"],
            "必需投入": ["", "", "电芯"],
            "一般投入": ["", "", "电池壳体|电芯"],
            "行业代码": ["C3841", "", "锂离子电池制造"],
            "消耗系数": ["", "", "电芯=0.6"],
        },
        "产业链",
    )
    key = {name: each for each, name in world.rows("Product", "id", "name")}
    assert world.rows("INPUT_TO", "start", "end", "essential", "coefficient") == {
        (key["电芯"], key["动力电池"], True, 0.6),
        (key["电池壳体"], key["动力电池"], False, None),
    }
    assert world.rows("INCLUDES", "stage", "tier") == {
        ("upstream", 1),
        ("midstream", 2),
    }
    assert len(world.rows("TYPICAL_OF", "start", "end")) == 2


def test_aliases_of_a_product_are_joined_never_lost(world: World) -> None:
    world.take({"产品": ["动力电池"], "别名": ["车用电池"]}, "产品目录")
    world.take({"产品": ["车用电池"], "别名": ["电动汽车电池"]}, "产品目录")
    assert world.rows("Product", "name", "aliases") == {("动力电池", ("车用电池", "电动汽车电池"))}


def test_projects_clusters_outputs_and_investments(world: World) -> None:
    world.take(FIRMS, "企业")
    world.take({"产业链": ["汽车"], "产品": ["座椅"]}, "产业链")
    reports = [
        world.take(
            {
                "集群": ["芜湖汽车集群"],
                "所在地区": ["芜湖"],
                "主导产业链": ["汽车"],
                "链主": [code(1)],
            },
            "产业集群",
        ),
        world.take(
            {
                "项目名称": ["座椅项目"],
                "投资方": [code(1)],
                "落地地区": ["芜湖"],
                "补链产品": ["座椅"],
                "阶段": ["签约"],
                "投资额（亿元）": ["2"],
                "签约日期": ["2024年5月"],
            },
            "招商项目",
        ),
        world.take(
            {"地区": ["芜湖市"], "产品": ["座椅"], "年份": ["2024"], "全国占比": ["2.5%"]},
            "地区产出",
        ),
        world.take(
            {"投资方": [code(1)], "被投资企业": ["芜湖戊有限公司"], "持股比例": ["51%"]}, "股权投资"
        ),
    ]
    assert [report.rejected for report in reports] == [0] * 4
    assert world.rows("MEMBER_OF", "start", "role") == {(code(1), "lead")}
    assert world.rows("Project", "name", "stage", "investment", "signed_on") == {
        ("座椅项目", "signed", 2e8, date(2024, 5, 1))
    }
    assert len(world.rows("FILLS", "start") | world.rows("UNDERTAKES", "start")) == 2
    assert world.rows("OUTPUTS", "start", "year", "share") == {("340200", 2024, 0.025)}
    assert {row[0] for row in world.rows("INVESTS_IN", "ratio")} == {0.51}


def test_a_certificate_that_ends_ends_the_title_not_the_firm(world: World) -> None:
    world.take(
        {
            "企业": ["己有限公司"],
            "资质": ["高企"],
            "认定日期": ["2023-10-16"],
            "有效期至": ["2026年10月"],
        },
        "企业资质",
    )
    assert world.rows("HOLDS", "since", "until") == {(date(2023, 10, 16), date(2026, 11, 1))}
    assert world.rows("Enterprise", "until") == {(None,)}


def test_every_fact_has_its_source_the_row_before_the_option_before_the_file(world: World) -> None:
    frame = pd.DataFrame(
        {
            "企业": ["甲有限公司", "乙有限公司"],
            "产品": ["轴承", "轴承"],
            "来源": ["年报", ""],
            "数据日期": ["2023", ""],
            "可信度": ["0.9", ""],
        }
    )
    world.run(
        Input(
            frame,
            "企业产品",
            "a.xlsx",
            source=SourceInfo("台账"),
            as_of=date(2024, 6, 1),
            confidence=0.5,
        )
    )
    titles = dict(world.rows("Source", "id", "title"))
    found = {
        (titles[key], day, sure)
        for key, day, sure in world.rows("PRODUCES", "source", "as_of", "confidence")
    }
    assert found == {("年报", date(2023, 12, 31), 0.9), ("台账", date(2024, 6, 1), 0.5)}
    world.take({"企业": ["丙有限公司"], "产品": ["轴承"]}, "企业产品", "某县报表.xlsx")
    assert ("某县报表.xlsx",) in world.rows("Source", "title")


def test_categories_that_mean_the_same_are_one_thing(world: World) -> None:
    makes = pd.DataFrame(
        {"企业": ["甲有限公司", "乙有限公司"] * 2, "产品": ["轴承", " 轴承 ", "齿轮", "？"]}
    )
    makes["产品"] = makes["产品"].astype("category")
    report = world.take(makes, "企业产品")
    assert report.rejected == 0
    assert world.names("Product") == {"轴承", "齿轮", "？"}
    bad = pd.DataFrame(
        {"企业": ["甲有限公司"] * 3, "产品": ["轴承"] * 3, "收入占比": ["很多", "5%", "很多"]}
    )
    found = world.take(bad.astype("category"), "企业产品").frame()
    assert [(each.row, each.value) for each in found.itertuples()] == [(1, "很多"), (3, "很多")]


def test_strict_writes_nothing_where_any_cell_is_bad(world: World) -> None:
    frame = pd.DataFrame({**FIRMS, "营业收入（万元）": ["很多", "1"]}, dtype=object)
    with pytest.raises(StrictImportError) as error:
        world.run(Input(frame, "企业", "a.xlsx"), strict=True)
    assert isinstance(error.value, RejectedRowsError)
    assert error.value.report.frame()["wrong"].tolist() == ["“很多”不是数字"]
    assert world.names("Enterprise") == set()
    assert world.run(Input(pd.DataFrame(FIRMS), "企业", "a.xlsx"), strict=True).rejected == 0


def test_the_marked_workbook_can_be_mended_and_handed_in_again(
    world: World, tmp_path: Path
) -> None:
    report = world.take({"企业": ["甲有限公司", "合计"], "产品": ["轴承", "齿轮"]}, "企业产品")
    path = tmp_path / "marked.xlsx"
    report.write_marked_workbook(path)
    from python_calamine import load_workbook

    header, *rows = load_workbook(path).get_sheet_by_name("企业产品").to_python()
    assert header == ["企业", "产品", "错误", "原行号"]
    assert rows[0][:3] == ["甲有限公司", "轴承", ""]
    assert "不是企业名称" in str(rows[1][2])
    again = world.run(path)
    assert (again.rejected, again.notices, again.updated) == (1, (), 0)
    assert again.counts["PRODUCES"].unchanged == 1


def test_sheets_are_told_by_their_names_and_others_are_named_not_dropped(
    world: World, tmp_path: Path
) -> None:
    import xlsxwriter

    path = tmp_path / "芜湖.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("企业").write_column(0, 0, ["企业名称", "甲有限公司"])
        products = book.add_worksheet("企业产品")
        products.write_row(0, 0, ["企业", "产品"])
        products.write_row(1, 0, ["甲有限公司", "轴承"])
        book.add_worksheet("心得").write_column(0, 0, ["感想", "很好"])
    report = world.run(path)
    assert [str(sheet.template) for sheet in report.sheets] == ["企业", "企业产品"]
    assert "工作表“心得”没有导入" in {str(notice.wrong) for notice in report.notices}


def test_progress_is_told(world: World) -> None:
    from lianpu.ingest import run

    told: list[str] = []

    def tell(stage: Text, done: int, total: int) -> None:
        assert 0 <= done <= total
        told.append(stage.en)

    run(world.store, Input(pd.DataFrame(FIRMS), "企业"), settings=world.settings, progress=tell)
    assert list(dict.fromkeys(told)) == ["reading", "checking", "resolving names", "writing"]


def test_a_new_product_is_hinted_at_its_likes(world: World) -> None:
    world.take({"产品": ["谐波减速器"]}, "产品目录")
    report = world.take({"企业": ["甲有限公司"], "产品": ["谐波减速机"]}, "企业产品")
    assert any("谐波减速器" in str(notice.right) for notice in report.notices)


def test_regions_of_ones_own_and_paths_through_them(world: World) -> None:
    world.take(
        {"代码": ["340200Z9"], "名称": ["芜湖新园区"], "级别": ["园区"], "上级": ["芜湖市"]}, "地区"
    )
    report = world.take({"企业名称": ["甲有限公司"], "园区": ["安徽芜湖/芜湖新园区"]}, "企业")
    assert report.rejected == 0
    assert {row[0] for row in world.rows("PRESENT_IN", "end")} == {"340200Z9"}


def test_a_relation_to_a_refused_node_is_not_left_dangling(world: World) -> None:
    report = world.run(
        Input(
            pd.DataFrame({"代码": ["X1"], "名称": ["某园"], "级别": ["园区"], "上级": ["火星"]}),
            "地区",
            "a",
        ),
        Input(pd.DataFrame({"企业名称": ["甲有限公司"], "所在地区": ["某园"]}), "企业", "b"),
    )
    assert report.rejected >= 1
    assert world.rows("LOCATED_IN", "start") == set()
