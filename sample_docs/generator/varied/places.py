"""Where the invented customers live: real divisions (GB/T 2260, from python-stdnum), invented roads and numbers."""

from __future__ import annotations

import importlib.resources
import re
from dataclasses import dataclass
from functools import cache

from sample_docs.generator.varied.chance import Chance

_MUNICIPALITIES = {"11", "12", "31", "50"}
_LAST_PROVINCE = "65"
_ENTRY = re.compile(r'\s+(\d{4}) county="(?:\[(\d{4})-\])?([^\[\],"]+)"$')
_PROVINCE = re.compile(r'(\d\d) province="([^"]+)"')

_ROAD_FIRST = (
    "建和新长东西南北中文光华兴明永安福金银青龙凤梅兰竹松柳桂枫云湖江河海山石天"
    "平康泰丰盛春秋朝晖景瑞祥学府工创科园林溪泉"
)
_ROAD_SECOND = (
    "设平华安风兴国民化庆生阳达源宁和顺昌隆德仁义信园山湖江泉川岭桥塘港湾州城苑庭林溪峰业府谷坪坝屯桂荷莲锦绣"
)
_ROAD_KINDS = (
    "路",
    "路",
    "路",
    "路",
    "街",
    "大道",
    "大街",
    "东路",
    "西路",
    "南路",
    "北路",
    "中路",
    "巷",
    "北街",
    "南大街",
    "环路",
)
_VILLAGES = (
    "家庄",
    "家村",
    "家湾",
    "家坪",
    "家营",
    "家堡",
    "家店",
    "家沟",
    "家岭",
    "家寨",
    "坝",
    "塘",
    "桥",
    "屯",
    "集",
)
_BUILDINGS = (
    "大厦",
    "广场",
    "国际中心",
    "商务楼",
    "花园",
    "家园",
    "小区",
    "科技园",
    "工业园",
    "创业园",
    "商城",
    "公寓",
    "中心",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A county-level division; ``city`` is empty in a municipality, ``since`` the year of a young code, else 0."""

    code: str
    province: str
    city: str
    county: str
    since: int


@cache
def places() -> tuple[Place, ...]:
    """All divisions of county level that exist today, except in the special administrative regions."""
    table = importlib.resources.files("stdnum").joinpath("cn/loc.dat").read_text(encoding="utf-8")
    found: list[Place] = []
    code, province, cities = "", "", {}
    for line in table.splitlines():
        if top := _PROVINCE.match(line):
            (code, province), cities = top.groups(), {}
        elif (entry := _ENTRY.match(line)) and code <= _LAST_PROVINCE:
            rest, since, name = entry.groups()
            if rest.endswith("00"):
                cities[rest[:2]] = "" if code in _MUNICIPALITIES else name
            elif name != "市辖区" and rest[:2] in cities and len(name) > 1:
                found.append(Place(code + rest, province, cities[rest[:2]], name, int(since or 0)))
    return tuple(place for place in found if "直辖" not in place.city)


@cache
def young(since: int) -> tuple[Place, ...]:
    """Divisions whose code was founded in ``since`` or later."""
    return tuple(place for place in places() if place.since >= since)


def address(chance: Chance, place: Place, *, home: bool = False) -> str:
    """An address in the place, with or without its province and city, from a village to a tower's room."""
    head = chance.weighed({
        place.province + place.city + place.county: 0.5,
        (place.city or place.province) + place.county: 0.35,
        place.county: 0.05 if home else 0.15,
    })  # fmt: skip
    if chance.maybe(0.2):
        return head + _rural(chance)
    town = f"{_word(chance)}{chance.pick(('街道', '镇', '街道', '乡'))}" if chance.maybe(0.3) else ""
    mark = chance.weighed({"号": 0.9, f"-{chance.whole(1, 9)}号": 0.06, f"号附{chance.whole(1, 40)}号": 0.04})
    return f"{head}{town}{road(chance)}{chance.whole(1, 1999)}{mark}{_inside(chance, home=home)}"


def road(chance: Chance) -> str:
    """A road's name."""
    return _word(chance) + chance.pick(_ROAD_KINDS)


def _word(chance: Chance) -> str:
    """Two characters as roads and towns have."""
    return chance.pick(_ROAD_FIRST) + chance.pick(_ROAD_SECOND)


def _rural(chance: Chance) -> str:
    """A village below its town."""
    village = chance.pick(
        "李王张刘陈杨赵黄周吴马胡林何高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁"
    ) + chance.pick(_VILLAGES)
    tail = chance.weighed({
        f"{chance.whole(1, 16)}组": 3, f"{chance.pick('一二三四五六七八九')}组": 2, "": 3,
        f"{chance.whole(1, 299)}号": 4, f"{chance.pick(('东', '西', '南', '北'))}街{chance.whole(1, 60)}号": 1,
    })  # fmt: skip
    return f"{_word(chance)}{chance.pick(('镇', '镇', '乡'))}{village}{'村' if chance.maybe(0.8) else '村委会'}{tail}"


def _inside(chance: Chance, *, home: bool) -> str:
    """Where in the building."""
    block, unit, floor = chance.whole(1, 38), chance.whole(1, 6), chance.whole(1, 28)
    room = f"{floor}{chance.whole(1, 24):02d}"
    estate = _word(chance) + chance.pick(_BUILDINGS)
    letter = chance.pick("ABCDE")
    forms = {
        "": 3.0, f"{block}幢{unit}单元{room}室": 3.0, f"{block}栋{room}房": 2.0, f"{block}号楼{unit}单元{room}号": 2.0,
        f"{estate}{block}栋{room}": 1.0, f"{room}室": 1.5,
    }  # fmt: skip
    if not home:
        forms |= {
            f"{estate}{letter}座{room}室": 2.5, f"（{estate}）{floor}层{room}号": 1.0, f"{floor}楼": 1.0,
            f"{block}幢底层": 0.6,
            f"{estate}{letter}区{block}栋{floor}楼{room}-{chance.whole(10, 49)}室": 0.8,
            f"{letter}栋{room}（住所申报）": 0.5,
        }  # fmt: skip
    return chance.weighed(forms)


def registry_office(chance: Chance, place: Place, year: int) -> str:
    """Who registers businesses there in a year: 工商行政管理局 until about 2014, then ever more 市场监督管理局."""
    city, county = place.city or place.province, place.county
    reform = 2014
    if year < reform or (year < reform + 4 and chance.maybe(0.5)):
        inner = county.removesuffix("区") if county.endswith("区") else ""
        if inner and chance.maybe(0.7):
            return f"{city}工商行政管理局{inner}分局"
        return f"{county}工商行政管理局" if chance.maybe(0.4) else f"{city}{county}工商行政管理局"
    kinds = {"市场监督管理局": 6.0, "行政审批局": 1.5, "行政审批服务局": 1.0, "市场和质量监督管理局": 0.4}
    return chance.pick((city + county, county, city if place.city.endswith("市") else county)) + chance.weighed(kinds)


def police(chance: Chance, place: Place) -> str:
    """Who gives identity cards there."""
    city, county = place.city or place.province, place.county
    if county.endswith("区") and city.endswith("市"):
        return f"{city}公安局{county.removesuffix('区') if chance.maybe(0.6) and len(county) > 2 else county}分局"  # noqa: PLR2004 - 城区 keeps its 区
    return f"{county}公安局"
