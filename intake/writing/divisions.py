"""Administrative divisions of the mainland by name (GB/T 2260 with its history, from python-stdnum's table of codes).

The table serves to doubt what was read, never to invent: a name that no list has may be that of a development zone or
of a town, so only one that misses a known name of the same city by a single character is doubted.

>>> known("杭州市西湖区"), known("浙江省杭州市西湖区某路")
(True, True)
>>> misread("杭州市酉湖区某路1号")
('杭州市西湖区某路1号',)
>>> misread("杭州市西湖区某路1号"), misread("高新区某路1号")
((), ())
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_PROVINCE = re.compile(r'^(\d\d) province="([^"]+)"')
_COUNTY = re.compile(r'^\s+(\d{4}) county="([^"]+)"')
_PERIOD = re.compile(r"\[[^\]]*\]")
_REGION = re.compile(r"^(?:.{2,7}?(?:省|自治区|特别行政区))?")
_CITY = re.compile(r"[^市区县]{2,7}?(?:市|自治州|地区|盟)")
_SUFFIX = re.compile(r"(?:省|市|地区|盟)$")
_SHORTEST = 2
_REGIONS = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
}
_LEAST = 3  # characters of a name: of two, every other one is near
_SINCE = {"杭州市": ("临平区", "钱塘区")}  # made after the table, and near an older name
_NO_NAMES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


def known(address: str) -> bool:
    """Whether an address begins with a city that the table has, and with one of its counties behind it."""
    city, place = _city(address)
    return address.startswith(tuple(_counties().get(city, ())) or "\0", place)


def misread(address: str) -> tuple[str, ...]:
    """The address with the name that it misses by one character put right; empty where it misses none.

    A city is told by the county behind it: by one character alone half of all cities (…州市) are near each other.
    """
    city, place = _city(address)
    table = _counties()
    if not city or known(address):
        return ()
    if city not in table:
        start = place - len(city)
        near = [name for name in table if _near(name, city) and address.startswith(tuple(table[name]) or "\0", place)]
        return tuple(address[:start] + name + address[place:] for name in sorted(near))
    near = [name for name in table[city] if _near(name, address[place : place + len(name)])]
    return tuple(address[:place] + name + address[place + len(name) :] for name in sorted(near))


@cache
def heads() -> frozenset[str]:
    """What names of companies and addresses begin with: provinces and cities, whole and short, and counties, whole.

    >>> {"浙江省", "浙江", "杭州市", "杭州", "西湖区", "广西"} <= heads(), "西湖" in heads()
    (True, False)
    """
    large = set(_counties()) | set(_REGIONS)
    short = {_SUFFIX.sub("", name) for name in large} | set(_REGIONS.values())
    counties = {name for names in _counties().values() for name in names}
    return frozenset(name for name in large | short | counties if len(name) >= _SHORTEST)


def _city(address: str) -> tuple[str, int]:
    """The city that an address begins with (empty: none), behind its province if that is named, and where it ends."""
    region = _REGION.match(address)
    city = _CITY.match(address, region.end() if region else 0)
    return (city.group(), city.end()) if city else ("", 0)


def _near(one: str, other: str) -> bool:
    same = len(one) == len(other) >= _LEAST and one[-1] == other[-1]
    return same and sum(a != b for a, b in zip(one, other, strict=True)) == 1


@cache
def _counties() -> dict[str, frozenset[str]]:
    """The names of all counties that a city has or had; those of a province without cities under its own name."""
    cities: dict[str, set[str]] = {}
    province, city = "", ""
    for line in files("stdnum.cn").joinpath("loc.dat").read_text(encoding="utf-8").splitlines():
        begins, entry = _PROVINCE.match(line), _COUNTY.match(line)
        if begins:
            province = city = begins[2]
        elif entry:
            names = {_PERIOD.sub("", name) for name in entry[2].split(",")} - _NO_NAMES
            if entry[1].endswith("00"):
                city = min(names, default=province)
                cities.update((name, cities.get(name, set())) for name in names)
            else:
                for owner in (city, province):
                    cities.setdefault(owner, set()).update(names)
                cities.update((name, cities.get(name, set())) for name in names if name.endswith("市"))
    for name, since in _SINCE.items():
        cities.setdefault(name, set()).update(since)
    return {name: frozenset(counties) for name, counties in cities.items()}
