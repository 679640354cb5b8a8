"""How like two names or two addresses are: 0 to 1, the same both ways, whatever the form in which they were written.

A company's name has four parts (企业名称登记管理规定, 2020): region, its own name (字号), trade and form. They weigh as
much as they tell: two companies of one town, trade and form share nothing but their surroundings. The likeness is the
better of two measures over the weighed characters: pairs of neighbours in common (Dice), which forgives a changed
order, and what remains when the cheapest edits turn one into the other, which forgives a misread character.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise

from intake.types import CustomerKind
from intake.writing import divisions

OWN, TRADE, REGION, FORM = 1.0, 0.4, 0.2, 0.1
"""What a character of each part of a company's name weighs."""

ANOTHER_HOUSE = 0.7
"""The most that addresses of which the first numbers differ are alike."""

_LONGEST_HEAD = 10
_LEVELS = 3  # province, city and county
_KEPT = 2  # characters that are left when regions are taken off: a name is never a region alone
_BRACKETS = re.compile(r"\(([^()]{2,10})\)")
_CITY = re.compile("[^省市县区]+市")
_NUMBER = re.compile("[0-9]+")
_FORMS = re.compile(
    "股份有限公司|有限责任公司|有限公司|股份公司|集团公司|合伙企业|普通合伙|有限合伙|特殊普通合伙|个人独资企业|"
    "农民专业合作社|专业合作社|合作社|个体工商户|集团|公司"
)
_TRADES = re.compile(
    "信息技术|网络技术|电子商务|供应链管理|企业管理|人力资源|物业管理|文化传媒|文化传播|装饰装修|进出口|计算机|互联网|"
    "房地产|经营部|工作室|服务部|科技|技术|信息|网络|软件|智能|电子|电气|电器|贸易|商贸|商务|实业|工贸|投资|咨询|管理|"
    "服务|发展|控股|工程|建筑|建设|建材|装饰|设计|广告|文化|传媒|教育|培训|餐饮|食品|农业|生物|医药|医疗|器械|健康|化工|"
    "材料|新材料|能源|环保|机械|设备|制造|五金|塑料|包装|印刷|纺织|服装|服饰|家具|物流|运输|货运|汽车|租赁|劳务|保险|"
    "金融|旅游|酒店|商行|商店|超市|餐厅|饭店|中心|测试"
)


def plain(text: str) -> str:
    """A name or an address in one form: NFKC, upper case, letters and digits alone.

    >>> plain("杭州 云岫（集团）有限公司"), plain("云岫路 ８ 号-2b")
    ('杭州云岫集团有限公司', '云岫路8号2B')
    """
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).upper() if letter.isalnum())


def company(name: str) -> str:
    """A company's plain name, a region in brackets put to its beginning.

    >>> company("云岫（杭州）测试有限公司"), company("云岫（集团）有限公司")
    ('杭州云岫测试有限公司', '云岫集团有限公司')
    """
    for found in _BRACKETS.finditer(unicodedata.normalize("NFKC", name)):
        if found[1] in divisions.heads():
            return plain(found[1] + found.string.replace(found[0], "", 1))
    return plain(name)


def weighed(name: str) -> tuple[tuple[str, float], ...]:
    """The characters of a company's plain name, each with what it weighs.

    >>> "".join(letter for letter, weight in weighed("杭州云岫测试有限公司") if weight == OWN)
    '云岫'
    >>> [weight for _, weight in weighed("云岫")]
    [1.0, 1.0]
    """
    weights = [OWN] * len(name)
    for shape, weight in ((_TRADES, TRADE), (_FORMS, FORM)):
        for found in shape.finditer(name):
            weights[slice(*found.span())] = [weight] * len(found.group())
    weights[: region(name)] = [REGION] * region(name)
    return tuple(zip(name, weights, strict=True))


def region(text: str) -> int:
    """How many characters at the beginning of a plain name or address name a region; something is always left.

    >>> region("浙江省杭州市西湖区云岫路8号"), region("杭州云岫测试有限公司"), region("黄山")
    (9, 2, 0)
    """
    end = 0
    for _ in range(_LEVELS):
        ends = range(min(end + _LONGEST_HEAD, len(text) - _KEPT), end, -1)
        step = next((stop for stop in ends if text[end:stop] in divisions.heads()), None)
        if step is None:
            break
        end = step
    return end


def names(one: str, other: str, kind: CustomerKind) -> float:
    """How like two names are; 1 only where they are the same in their plain form.

    >>> names("杭州云岫测试有限公司", "杭州 云岫测试有限公司", "company")
    1.0
    >>> round(names("杭州云岫测试有限公司", "杭州云袖测试有限公司", "company"), 2)
    0.72
    >>> round(names("杭州云岫测试有限公司", "杭州溪桥测试有限公司", "company"), 2)
    0.44
    """
    first, second = (plain(one), plain(other)) if kind == "person" else (company(one), company(other))
    if not first or not second:
        return 0.0
    if kind == "person":
        return _kept(tuple((letter, OWN) for letter in first), tuple((letter, OWN) for letter in second))
    mine, theirs = weighed(first), weighed(second)
    return 1.0 if first == second else min(0.99, max(_shared(mine, theirs), _kept(mine, theirs)))


def addresses(one: str, other: str) -> float:
    """How like two addresses are, a region that one of them leaves out forgiven; 1 where the rest is the same.

    Another first number is another house and another city another road, however much of the rest is alike.

    >>> addresses("浙江省杭州市西湖区云岫路8号", "杭州市云岫路 8 号")
    1.0
    >>> addresses("杭州市西湖区云岫路8号", "杭州市西湖区云岫路9号") <= ANOTHER_HOUSE
    True
    >>> addresses("杭州市云岫路8号", "宁波市云岫路8号")
    0.0
    """
    first, second = local(one), local(other)
    if not first or not second or _apart(plain(one), plain(other)):
        return 0.0
    if first == second:
        return 1.0
    mine, theirs = (tuple((letter, OWN) for letter in text) for text in (first, second))
    likeness = (_kept(mine, theirs) + _shared(mine, theirs)) / 2
    return min(likeness, 0.99 if _number(first) == _number(second) else ANOTHER_HOUSE)


def local(address: str) -> str:
    """An address behind its province, city and county, in the plain form.

    >>> local("浙江省杭州市西湖区云岫路 8 号")
    '云岫路8号'
    """
    text = plain(address)
    return text[region(text) :]


def _apart(one: str, other: str) -> bool:
    """Whether both name cities and none in common."""
    first, second = (set(_CITY.findall(text[: region(text)])) for text in (one, other))
    return bool(first and second) and not first & second


def house(text: str) -> str:
    """A plain address as far as its first number: the house, without floor and room; all of it where it has none.

    >>> house("云岫路8号3幢201室"), house("云岫村")
    ('云岫路8', '云岫村')
    """
    found = _NUMBER.search(text)
    return text[: found.end()] if found else text


def _number(text: str) -> str | None:
    found = _NUMBER.search(text)
    return found.group() if found else None


Weighed = tuple[tuple[str, float], ...]


def _shared(one: Weighed, other: Weighed) -> float:
    """The weighed pairs of neighbours in common (Dice)."""
    mine, theirs = _pairs(one), _pairs(other)
    total = sum(mine.values()) + sum(theirs.values())
    return 2 * sum((mine & theirs).values()) / total if total else 0.0


def _pairs(text: Weighed) -> Counter[str]:
    """The pairs of neighbours, each with what the lighter of the two weighs, in hundredths."""
    found = Counter[str]()
    for (one, light), (other, heavy) in pairwise(text):
        found[one + other] += round(100 * min(light, heavy))
    return found


def _kept(one: Weighed, other: Weighed) -> float:
    """What is left of the weightier text after the cheapest edits (Levenshtein, each edit as dear as its character)."""
    total = max(sum(weight for _, weight in one), sum(weight for _, weight in other))
    row = [0.0]
    for _, weight in other:
        row.append(row[-1] + weight)
    for letter, weight in one:
        before, row = row, [row[0] + weight]
        for place, (facing, cost) in enumerate(other):
            exchanged = before[place] + (0.0 if letter == facing else max(weight, cost))
            row.append(min(exchanged, before[place + 1] + weight, row[place] + cost))
    return max(0.0, 1 - row[-1] / total) if total else 0.0
