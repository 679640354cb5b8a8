"""Ethnicity 民族 as printed on ID cards: the 56 names of GB/T 3304-1991 without 族, and the few other printed entries.

>>> validate(compact("汉族")).value, validate(compact("维吾尔")).value, validate(compact("穿青人")).value
('汉', '维吾尔', '穿青人')
>>> validate("汊").value is None, candidates("汊")
(True, ('汉',))
"""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.width import trimmed

_TABLE = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 "
    "景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 "
    "裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
NAMES = frozenset(_TABLE.split())
TRAITS = Traits(look="|".join(_TABLE.split()))
# Not among the 56, but printed: unidentified groups and naturalized citizens (公安部 coding practice, GB/T 3304 annex).
OTHERS = frozenset(("穿青人", "革家人", "僜人", "夏尔巴人", "其他", "入籍", "外国血统"))

# Characters that engines give for blurred names of one character.
_ALIKE = {
    "汉": "汊汗仅议叹双权江",
    "回": "回同因囬四",
    "满": "蒲漓潢",
    "苗": "茁笛",
    "壮": "状壯",
    "藏": "臧葳",
    "彝": "彞",
    "土": "士",
    "黎": "藜",
}
_FORM_PROBLEM = Problem(
    "ethnicity.unknown",
    "error",
    Label("不在民族名称表（GB/T 3304）中。", "Not in the table of ethnic names (GB/T 3304)."),
)


def compact(text: str) -> str:
    """The name without spaces, its caption and the ending 族."""
    plain = trimmed(text).removeprefix("民族").strip("：:")
    return plain.removesuffix("族") if plain.removesuffix("族") in NAMES else plain


def validate(text: str) -> Verdict:
    """The verdict on a compact name."""
    return Verdict(text) if text in NAMES or text in OTHERS else Verdict(None, (_FORM_PROBLEM,))


def candidates(text: str) -> tuple[str, ...]:
    """Names that look like what was read: by character for short names, by one changed character for long ones."""
    plain = compact(text).removesuffix("族")
    if plain in NAMES or not plain:
        return ()
    alike = [name for name, others in _ALIKE.items() if plain in others]
    near = [name for name in sorted(NAMES) if len(name) > 1 and Levenshtein.distance(name, plain) == 1]
    return tuple(dict.fromkeys(alike + near))


def display(value: str, language: str) -> str:
    """The name with its ending in Chinese.

    >>> display("汉", "zh"), display("穿青人", "zh"), display("汉", "en")
    ('汉族', '穿青人', '汉')
    """
    return f"{value}族" if language.startswith("zh") and value in NAMES else value
