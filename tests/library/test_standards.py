"""The vocabularies in library/standards hold together, and the manifest names every file."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

LIBRARY = Path(__file__).resolve().parents[2] / "library"
STANDARDS = LIBRARY / "standards"
TABLES = ("regions", "zones", "countries", "industries", "titles")
# The box of China with its islands in the South China Sea.
LONGITUDES = (73.0, 136.0)
LATITUDES = (3.0, 54.0)

Row = dict[str, str]


@cache
def table(name: str) -> list[Row]:
    with (STANDARDS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def places() -> list[Row]:
    return table("regions") + table("zones")


def by_code(rows: list[Row]) -> dict[str, Row]:
    return {row["代码"]: row for row in rows}


def names(row: Row) -> set[str]:
    return {row["名称"], row["简称"], *row["别名"].split("|")} - {""}


@pytest.mark.parametrize("name", TABLES)
def test_codes_are_unique_and_in_order(name: str) -> None:
    codes = [row["代码"] for row in table(name)]
    assert codes == sorted(set(codes))


@pytest.mark.parametrize("name", TABLES)
def test_names_are_never_blank(name: str) -> None:
    assert all(row["名称"].strip() == row["名称"] != "" for row in table(name))


@pytest.mark.parametrize("name", (*TABLES, "region_changes"))
def test_files_are_plain_utf8_with_unix_lines(name: str) -> None:
    content = (STANDARDS / f"{name}.csv").read_bytes()
    assert content.endswith(b"\n")
    assert b"\r" not in content
    assert not content.startswith(b"\xef\xbb\xbf")


def test_no_code_stands_for_two_places() -> None:
    codes = Counter(row["代码"] for row in places() + table("countries"))
    assert codes.most_common(1)[0][1] == 1


def test_every_place_hangs_from_the_root_without_a_cycle() -> None:
    parents = {row["代码"]: row["上级代码"] for row in places()}
    for code in parents:
        trail = [code]
        while parents[trail[-1]]:
            trail.append(parents[trail[-1]])
            assert len(trail) <= 5, trail
        assert trail[-1] == "CHN"


def test_levels_descend_from_parent_to_child() -> None:
    order = ("country", "province", "city", "county", "zone")
    level = {row["代码"]: order.index(row["级别"]) for row in places()}
    parents = {row["代码"]: row["上级代码"] for row in places()}
    assert all(level[parent] < level[code] for code, parent in parents.items() if parent)


def test_there_are_34_provinces_and_no_pseudo_cities() -> None:
    levels = Counter(row["级别"] for row in table("regions"))
    assert levels["province"] == 34
    assert levels["city"] == 333
    assert not {"市辖区", "县"} & {row["名称"] for row in table("regions")}


def test_every_place_in_china_has_coordinates_in_china() -> None:
    for row in places():
        if row["级别"] == "country":
            continue
        assert LONGITUDES[0] < float(row["经度"]) < LONGITUDES[1], row
        assert LATITUDES[0] < float(row["纬度"]) < LATITUDES[1], row


def test_borrowed_centroids_say_whose_they_are() -> None:
    regions = by_code(places())
    for row in places():
        if row["坐标来源"] in {"county", "city", "province"}:
            parent = regions[row["上级代码"]]
            assert (row["坐标来源"], row["经度"]) == (parent["级别"], parent["经度"])
        elif row["级别"] != "country":
            assert row["坐标来源"] in {"own", "former"}


def test_no_name_is_ambiguous_within_one_parent() -> None:
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in places():
        for name in names(row):
            found[row["上级代码"], name].add(row["代码"])
    assert [key for key, codes in found.items() if len(codes) > 1] == []


def test_a_zone_stands_in_one_file_only() -> None:
    coded = {name for row in table("regions") for name in names(row)}
    assert [row["名称"] for row in table("zones") if row["名称"] in coded] == []


def test_codes_of_zones_begin_with_their_parent() -> None:
    for row in table("zones"):
        assert re.fullmatch(r"\d{6}Z\d{2}", row["代码"])
        assert row["代码"].startswith(row["上级代码"])


def test_an_alias_never_repeats_the_name() -> None:
    assert all(row["名称"] not in row["别名"].split("|") for row in places())


@pytest.mark.parametrize(
    ("code", "name", "short", "parent"),
    [
        ("340000", "安徽省", "安徽", "CHN"),
        ("340200", "芜湖市", "芜湖", "340000"),
        ("340207", "鸠江区", "鸠江", "340200"),
        ("340210", "湾沚区", "湾沚", "340200"),
        ("340281", "无为市", "无为", "340200"),
        ("340271", "芜湖经济技术开发区", "芜湖经开区", "340200"),
        ("340176", "合肥高新技术产业开发区", "合肥高新区", "340100"),
        ("320576", "苏州工业园区", "苏州工业园区", "320500"),
        ("410173", "郑州航空港经济综合实验区", "郑州航空港经济综合实验区", "410100"),
        ("360100Z01", "南昌高新技术产业开发区", "南昌高新区", "360100"),
        ("340200Z01", "芜湖高新技术产业开发区", "芜湖高新区", "340200"),
        ("110105", "朝阳区", "朝阳", "110000"),
        ("140303", "矿区", "矿区", "140300"),
        ("350405", "沙县区", "沙县", "350400"),
        ("419001", "济源市", "济源", "410000"),
        ("659001", "石河子市", "石河子", "650000"),
        ("150000", "内蒙古自治区", "内蒙古", "CHN"),
        ("150723", "鄂伦春自治旗", "鄂伦春", "150700"),
        ("152921", "阿拉善左旗", "阿拉善左旗", "152900"),
        ("422800", "恩施土家族苗族自治州", "恩施", "420000"),
        ("422801", "恩施市", "恩施市", "422800"),
        ("622926", "东乡族自治县", "东乡", "622900"),
        ("140109", "万柏林区", "万柏林", "140100"),
        ("210521", "本溪满族自治县", "本溪县", "210500"),
        ("710000", "台湾省", "台湾", "CHN"),
    ],
)
def test_known_places(code: str, name: str, short: str, parent: str) -> None:
    row = by_code(places())[code]
    assert (row["名称"], row["简称"], row["上级代码"]) == (name, short, parent)


@pytest.mark.parametrize(
    ("code", "alias"),
    [
        ("340210", "芜湖县"),
        ("340212", "繁昌县"),
        ("340209", "三山区"),
        ("340272", "三山经济开发区"),
        ("360100Z01", "南昌国家高新区"),
        ("410173", "郑州航空港"),
        ("422800", "恩施州"),
    ],
)
def test_former_and_common_names_are_aliases(code: str, alias: str) -> None:
    assert alias in by_code(places())[code]["别名"].split("|")


def test_changes_of_divisions_retire_known_codes_and_bring_new_ones() -> None:
    known = by_code(table("regions"))
    for row in table("region_changes"):
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["生效日期"])
        assert row["旧代码"] or row["新代码"]
        assert not row["旧代码"] or row["旧代码"] in known
        assert not row["新代码"] or (row["新名称"] and row["新代码"] not in known)
        assert row["来源"]


def test_the_classification_has_its_published_size() -> None:
    levels = Counter(row["级别"] for row in table("industries"))
    assert levels == {"1": 20, "2": 97, "3": 473, "4": 1381}


def test_every_class_hangs_one_level_below_its_parent() -> None:
    level = {row["代码"]: int(row["级别"]) for row in table("industries")}
    for row in table("industries"):
        above = level[row["上级代码"]] if row["上级代码"] else 0
        assert level[row["代码"]] == above + 1


def test_countries_leave_out_what_the_regions_hold() -> None:
    codes = {row["代码"] for row in table("countries")}
    assert {"USA", "JPN", "DEU", "KOR"} <= codes
    assert not {"CHN", "HKG", "MAC", "TWN"} & codes
    assert all(re.fullmatch(r"[A-Z]{3}", code) for code in codes)
    assert all(row["英文名"] for row in table("countries"))


def test_every_title_has_a_granter_a_ladder_and_a_rank() -> None:
    labels = {"national": "国家级", "provincial": "省级", "municipal": "市级", "market": "市场"}
    for row in table("titles"):
        assert re.fullmatch(r"[a-z][a-z_]+", row["代码"])
        assert row["层级"] == labels[row["级次"]]
        assert row["序列"]
        assert int(row["排序"]) > 0
        assert row["来源"]


def test_no_name_stands_for_two_titles() -> None:
    found = Counter(
        name for row in table("titles") for name in {row["名称"], *row["别名"].split("|")} - {""}
    )
    assert [name for name, count in found.items() if count > 1] == []


def test_the_ladder_of_small_firms_climbs_to_the_little_giants() -> None:
    ladder = (
        "innovative_sme",
        "municipal_specialized_sme",
        "provincial_specialized_sme",
        "national_little_giant",
        "national_key_little_giant",
    )
    titles = by_code(table("titles"))
    ranks = [int(titles[code]["排序"]) for code in ladder]
    assert ranks == sorted(set(ranks))
    assert len({titles[code]["序列"] for code in ladder}) == 1


def manifest() -> list[dict[str, object]]:
    entries: list[dict[str, object]] = tomllib.loads(
        (LIBRARY / "manifest.toml").read_text(encoding="utf-8")
    )["file"]
    return entries


def test_the_manifest_names_every_data_file() -> None:
    named = {path for entry in manifest() for path in LIBRARY.glob(str(entry["path"]))}
    files = {path for path in LIBRARY.rglob("*") if path.is_file()}
    data = {path for path in files if path.suffix not in {".py", ".pyc"}}
    assert data - named == {LIBRARY / "manifest.toml"}


def test_every_entry_of_the_manifest_exists_and_is_complete() -> None:
    for entry in manifest():
        path = str(entry["path"])
        assert "*" in path or (LIBRARY / path).is_file()
        assert entry.keys() == {
            "path",
            "title",
            "source",
            "version",
            "licence",
            "retrieved",
            "notes",
        }
        title = entry["title"]
        assert isinstance(title, dict)
        assert title.keys() == {"zh", "en"}
