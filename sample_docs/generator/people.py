"""The holders of the sample identity cards, all invented.

Their numbers hold the check digit; see :mod:`numbers` for why they are nobody's. Validity follows the rule of the
cards: ten years for holders up to 25, twenty up to 45, then for ever.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sample_docs.generator.numbers import id_number
from sample_docs.generator.papers import Person

FOUNDED = {
    "120119": 2016,
    "320117": 2013,
    "330113": 2021,
    "330213": 2016,
    "370116": 2019,
    "430182": 2017,
    "440118": 2014,
    "450110": 2015,
    "500155": 2016,
    "510118": 2020,
    "610118": 2016,
}
"""The districts and the year since which the code is used; every holder is older than the code."""


def person(
    name: str,
    sex: str,
    district: str,
    birth: date,
    sequence: int,
    address: str,
    police: str,
    valid: tuple[date, date | None],
    ethnicity: str = "汉",
) -> Person:
    """A person with an identity number for the district, day and sequence."""
    return Person(name, sex, ethnicity, birth, address, id_number(district, birth, sequence), police, *valid)


SHEN = person(
    "沈砚舟",
    "男",
    "330113",
    date(1985, 6, 14),
    217,
    "浙江省杭州市临平区南苑街道望梅路618号3幢2单元1102室",
    "杭州市公安局临平分局",
    (date(2021, 9, 6), date(2041, 9, 6)),
)
LUO = person(
    "罗慕晴",
    "女",
    "510118",
    date(1991, 11, 3),
    524,
    "四川省成都市新津区五津街道武阳西路77号附12号",
    "成都市公安局新津区分局",
    (date(2020, 10, 19), date(2040, 10, 19)),
)
WEI = person(
    "韦青屿",
    "男",
    "450110",
    date(1998, 2, 27),
    331,
    "南宁市武鸣区城厢镇灵源路29号",
    "南宁市公安局武鸣分局",
    (date(2019, 7, 15), date(2029, 7, 15)),
    "壮",
)
XING = person(
    "邢怀瑾",
    "男",
    "370116",
    date(1974, 8, 9),
    113,
    "山东省济南市莱芜区凤城街道鲁中东大街203号",
    "济南市公安局莱芜区分局",
    (date(2019, 4, 22), date(2039, 4, 22)),
)
XING_RENEWED = replace(XING, valid_from=date(2024, 5, 13), valid_to=None)
GU = person(
    "顾言蹊",
    "女",
    "320117",
    date(1979, 12, 30),
    248,
    "江苏省南京市溧水区永阳街道秦淮大道515号6幢304室",
    "南京市公安局溧水分局",
    (date(2014, 3, 18), date(2034, 3, 18)),
)
RAN = person(
    "冉星野",
    "男",
    "500155",
    date(1988, 4, 5),
    75,
    "重庆市梁平区双桂街道桂西街46号8-2",
    "重庆市梁平区公安局",
    (date(2017, 6, 1), date(2037, 6, 1)),
    "土家",
)
LEI = person(
    "雷若谷",
    "男",
    "610118",
    date(1976, 1, 18),
    619,
    "陕西省西安市鄠邑区甘亭街道画展街15号",
    "西安市公安局鄠邑分局",
    (date(2018, 3, 12), date(2038, 3, 12)),
)
MAI = person(
    "麦晓棠",
    "女",
    "440118",
    date(1983, 9, 21),
    366,
    "广东省广州市增城区荔城街荔乡路58号702房",
    "广州市公安局增城分局",
    (date(2014, 8, 25), date(2034, 8, 25)),
)
WANG_REP = person(
    "王屿川",
    "男",
    "330213",
    date(1986, 3, 3),
    155,
    "浙江省宁波市奉化区锦屏街道中山路92号",
    "宁波市公安局奉化分局",
    (date(2018, 1, 15), date(2038, 1, 15)),
)
WANG_CARD = person(
    "王屿舟",
    "男",
    "330213",
    date(1989, 10, 26),
    173,
    "浙江省宁波市奉化区岳林街道大成东路311号5幢801室",
    "宁波市公安局奉化分局",
    (date(2017, 11, 8), date(2037, 11, 8)),
)
JI = person(
    "纪鸣皋",
    "男",
    "120119",
    date(1993, 7, 7),
    411,
    "天津市蓟州区渔阳镇兴华大街19号楼4门501号",
    "天津市公安局蓟州分局",
    (date(2016, 8, 30), date(2026, 8, 30)),
)
YI = person(
    "易书瑶",
    "女",
    "430182",
    date(1990, 5, 12),
    642,
    "湖南省宁乡市玉潭街道一环北路266号",
    "宁乡市公安局",
    (date(2017, 9, 4), date(2037, 9, 4)),
)
