r"""An address 住所 as printed, on one line (GB/T 23705: region, road, number, building, unit, room).

An address of less than five characters is doubtful, and one that does not begin with a region: a line may be missing,
or the caption's last letter (住所, 住址) stands before it. So is one whose city or county misses a
name in the table of divisions (GB/T 2260) by one character; the address with that name is offered.

>>> validate(compact("浙江省杭州市西湖区\n某路 12 号")).value
'浙江省杭州市西湖区某路12号'
>>> validate("西湖区").problems[0].code
'address.short'
>>> [validate(text).problems[0].code for text in ("12号3幢101室", "所西湖区某路12号")]
['address.beginning', 'address.beginning']
>>> validate("杭州市酉湖区某路12号").problems[0].code, candidates("杭州市酉湖区某路12号")
('address.division', ('杭州市西湖区某路12号',))
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing import divisions
from intake.writing.letters import Letter, exchanged, known_words, written
from intake.writing.width import trimmed

_LOOK = (
    r"(?!.*(?:销售|批发|零售|经营|服务|公司$))(?=.{1,14}[省市县区旗州镇乡])[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z0-9()\-、.·#—]{4,70}"
    r"(?:[0-9A-Za-z号室楼层栋幢房村组座间铺内侧)]|单元|商铺|门面)"
)
TRAITS = Traits(wraps=True, worded=True, prose=True, look=_LOOK)

_MISSING_PROBLEM = Problem("address.missing", "error", Label("没有地址。", "There is no address."))
_SHORT_PROBLEM = Problem(
    "address.short", "warning", Label("地址过短，可能缺行。", "The address is short: a line may be missing.")
)
_BEGINNING_PROBLEM = Problem(
    "address.beginning",
    "warning",
    Label("地址不是从地名开始的，可能缺行。", "It does not begin with a place: a line may be missing."),
)
_BEGINNING = re.compile(r"[0-9A-Za-z\W_]|[所址](?!前镇)")
_DIVISION_NOTE = Problem(
    "address.division",
    "info",
    Label("没有这个市或区县，请对照原件。", "There is no such city or county: compare it with the paper."),
)
_SHORTEST = 5
_UNITS = "省市区县旗镇乡街路道巷弄里胡同村组队屯庄社号幢栋座楼层室单元园城厦场厂库房段桥线"
_PLACES = (
    "自治区 自治州 自治县 自治旗 街道办事处 街道 社区 居委会 居民委员会 村委会 村民委员会 村民小组 自然村 行政村 "
    "工业区 工业园 工业园区 产业园 科技园 创业园 物流园 开发区 经济开发区 经济技术开发区 高新技术 高新区 "
    "保税区 自贸区 示范区 商贸城 国际城 大厦 写字楼 综合楼 办公楼 商业街 步行街 风情街 广场 "
    "商务中心 商铺 铺面 门面房 门市房 农贸市场 批发市场 建材市场 小区 花园 新村 单元 号楼 号院 "
    "地下室 交叉口 交叉路口 十字路口 路口 东侧 西侧 南侧 北侧 对面 隔壁 大道 国道 省道"
)
_WORDS = frozenset(_PLACES.split())
_BEFORE_NUMBER = re.compile(r"[街路道巷弄村组](?=[0-9０-９])")
_AFTER_NUMBER = re.compile(r"(?<=[0-9０-９])[号幢栋座楼层室弄巷组队]")
_CLEAR = 0.1  # probability from which a unit's name is taken where what was read is none


def compact(text: str) -> str:
    """The text on one line, full-width punctuation between Chinese characters."""
    return trimmed(text)


def validate(text: str) -> Verdict:
    """The verdict on a compact address."""
    if not text:
        return Verdict(None, (_MISSING_PROBLEM,))
    if len(text) < _SHORTEST:
        return Verdict(text, (_SHORT_PROBLEM,))
    if _BEGINNING.match(text):
        return Verdict(text, (_BEGINNING_PROBLEM,))
    return Verdict(text, (_DIVISION_NOTE,) if divisions.misread(text) else ())


def candidates(text: str) -> tuple[str, ...]:
    """The address with the name of the city or county that it misses by one character."""
    return divisions.misread(compact(text))


def choose(letters: Sequence[Letter]) -> dict[int, str]:
    """What was all but read, by place: the letter of a known city or county, a road or house beside its number.

    >>> read = [Letter(one, 1.0) for one in "杭州市"] + [Letter("酉", 0.6, (("西", 0.3),)), Letter("湖", 1.0)]
    >>> choose([*read, *(Letter(one, 1.0) for one in "区文一"), Letter("衡", 0.7, (("街", 0.2),)), Letter("5", 1.0)])
    {3: '西', 8: '街'}
    """
    return known_words(letters, _WORDS) | _division(letters) | _units(letters)


def _division(letters: Sequence[Letter]) -> dict[int, str]:
    """The letters of the one name of a division that the engine thought of."""
    text = written(letters)
    offered = [[*_differing(text, other)] for other in divisions.misread(text)]
    read = [some for some in offered if all(letters[place].chance(other) for place, other in some)]
    return dict(read[0]) if len(read) == 1 else {}


def _differing(text: str, other: str) -> list[tuple[int, str]]:
    return [(place, two) for place, (one, two) in enumerate(zip(text, other, strict=True)) if one != two]


def _units(letters: Sequence[Letter]) -> dict[int, str]:
    text, chosen = written(letters), dict[int, str]()
    for place, letter in enumerate(letters):
        if letter.character in _UNITS or (letter.character.isalnum() and letter.character.isascii()):
            continue
        for rival, chance in letter.rivals:
            said = exchanged(text, {place: rival})
            fits = any(shape.match(said, place) for shape in (_BEFORE_NUMBER, _AFTER_NUMBER))
            if chance >= _CLEAR and fits:
                chosen.setdefault(place, rival)
    return chosen
