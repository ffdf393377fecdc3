"""Names of divisions and zones without the words that only say what kind they are."""

from __future__ import annotations

import re

_PEOPLE = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|"
    "土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|"
    "纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|"
    "普米族|塔吉克|怒族|鄂温克族|保安族|裕固族|独龙族|鄂伦春族|各族"
)
_AUTONOMOUS = re.compile(rf"(.{{2,}}?)(?:{_PEOPLE})*自治([区州县旗])")
_ETHNIC_DISTRICT = re.compile(rf"(.{{2,}}?)(?:{_PEOPLE})+区")
# 井陉矿区, 阿拉善左旗 and the banners of a colour are never called by the bare stem.
_KEPT = re.compile(r".*(?:矿区|[左右前中后]旗)|正蓝旗|镶黄旗|正镶白旗")
_SUFFIX = re.compile(
    r"(.{2,}?)(?:特别行政区|行政委员会|联合旗|地区|(?<=架)林区|[新特]区|[省市盟旗县区])"
)

_HIGH_TECH = re.compile(
    r"(.+?)(?:高新技术产业开发区|高新技术产业园区|高新技术开发区|高技术产业开发区)"
)
_ECONOMIC = re.compile(r"(.+?)(?:经济技术开发区|经济开发区)")


def bare_stem(name: str) -> str:
    """Return a division's name without its suffix: 芜湖市 is 芜湖, 沙县 stays 沙县."""
    if match := _AUTONOMOUS.fullmatch(name) or _ETHNIC_DISTRICT.fullmatch(name):
        stem = match[1]
        return stem.removesuffix("族") if stem in _PEOPLE.split("|") else stem
    if _KEPT.fullmatch(name):
        return name
    match = _SUFFIX.fullmatch(name)
    return match[1] if match else name


def kind_name(name: str) -> str:
    """Return a name whose stem alone would mislead: 本溪满族自治县 is 本溪县, 南昌县 stays."""
    match = _AUTONOMOUS.fullmatch(name)
    return bare_stem(name) + match[2] if match else name


def zone_short(name: str) -> str:
    """Return the common short form of a zone: 南昌高新区, 芜湖经开区; else the name as it is."""
    if match := _HIGH_TECH.fullmatch(name):
        return f"{match[1]}高新区"
    if match := _ECONOMIC.fullmatch(name):
        return f"{match[1]}经开区"
    return name


def national_form(name: str) -> str | None:
    """Return how papers stress that a zone is a national one: 南昌国家高新区."""
    if match := _HIGH_TECH.fullmatch(name):
        return f"{match[1]}国家高新区"
    if match := _ECONOMIC.fullmatch(name):
        return f"{match[1]}国家级经开区"
    return None
