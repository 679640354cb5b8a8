"""Names and signs of currencies as papers print them, and the codes (ISO 4217) that they stand for.

The Chinese names of all currencies, of former ones too (德国马克), come from the Unicode CLDR by way of Babel. Beside
them stand the short and older names of offices and banks, and the signs. A name that several currencies share (法郎,
比索, 克朗) names none: which is meant would be a guess.
"""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

_OWN = (
    ("CNY", "人民币 RMB CNY"),
    ("HKD", "港元 港币 港圆 港纸 香港元 HKD HK$"),
    ("USD", "美元 美金 美圆 美币 USD US$ $"),
    ("EUR", "欧元 EUR €"),
    ("JPY", "日元 日圆 日币 JPY JP¥"),
    ("GBP", "英镑 GBP £"),
    ("TWD", "新台币 新台币元 台币 TWD NT$"),
    ("MOP", "澳门元 澳门币 澳门圆 MOP"),
    ("SGD", "新加坡元 新加坡币 新元 新币 坡币 SGD S$"),
    ("AUD", "澳大利亚元 澳元 澳币 AUD A$ AU$"),
    ("CAD", "加拿大元 加元 加币 CAD C$ CA$"),
    ("NZD", "新西兰元 纽元 纽币 新西兰币 NZD NZ$"),
    ("CHF", "瑞士法郎 瑞郎 CHF"),
    ("KRW", "韩元 韩圆 韩币 KRW ₩"),
    ("THB", "泰铢 泰币 THB ฿"),
    ("MYR", "马来西亚林吉特 林吉特 马来西亚令吉 令吉 马币 MYR"),
    ("RUB", "俄罗斯卢布 俄国卢布 俄卢布 卢布 RUB ₽"),
    ("INR", "印度卢比 INR ₹"),
    ("IDR", "印度尼西亚卢比 印尼卢比 印度尼西亚盾 印尼盾 IDR"),
    ("VND", "越南盾 越盾 VND ₫"),
    ("PHP", "菲律宾比索 菲律宾披索 菲币 PHP ₱"),
    ("AED", "阿联酋迪拉姆 阿拉伯联合酋长国迪拉姆 迪拉姆 AED"),
    ("SAR", "沙特里亚尔 沙特阿拉伯里亚尔 沙币 SAR"),
    ("SEK", "瑞典克朗 SEK"),
    ("NOK", "挪威克朗 NOK"),
    ("DKK", "丹麦克朗 DKK"),
    ("ZAR", "南非兰特 兰特 ZAR"),
    ("BRL", "巴西雷亚尔 雷亚尔 BRL R$"),
    ("KZT", "哈萨克斯坦坚戈 坚戈 KZT"),
    ("MNT", "蒙古图格里克 图格里克 MNT"),
    ("TRY", "土耳其里拉 TRY"),
    ("DEM", "德国马克 西德马克 联邦德国马克 DEM"),
    ("MMK", "缅甸元 缅币 MMK"),
    ("BND", "文莱元 文莱币 BND"),
)
"""The first code of a name counts; 元 and 圆 for each other."""

_NOT_MONEY = re.compile(r"X(?!AF$|OF$|PF$|CD$)|CH[EW]|CNH|CNX")
"""Codes of metals, funds and units of account."""
_NAME = re.compile(r"[\u4e00-\u9fff]{2,}")
_SHARED = (
    "法郎|[克瑞][朗郎]|[卢鲁][比布]|[比披]索|马克|先令|里[拉尔]|里亚尔|雷亚尔|第纳尔|迪拉姆|林吉特|令吉|兰特|埃斯库多|比塞塔"
    "|克瓦查|列弗|列伊|福林|兹罗提|格里夫纳|坚戈|苏姆|基普|瑞尔|塔卡|奈拉|索尔|谢克尔|图格里克|达拉姆|[铢盾镑]"
    "|(?:外|日|韩|英|德|法|俄|泰|越|菲|印|缅|欧|马|澳|加|纽|新|坡|台|美|港|葡|虚拟|数字)币|[¢₣₤₦₨₩₪₫₱₴₸₹₺₽฿]"
)
"""What a currency is called, whosever it is; whether it is known is another matter."""


@cache
def names() -> dict[str, str]:
    """Every known name and sign with its code, in simplified letters and capitals.

    >>> names()["泰铢"], names()["新西兰元"], names()["US$"], names()["德国马克"], "法郎" in names()
    ('THB', 'NZD', 'USD', 'DEM', False)
    """
    known = {name: code for code, some in reversed(_OWN) for name in some.split()}
    for code, name in Locale("zh").currencies.items():
        if _NAME.fullmatch(name) and not _NOT_MONEY.match(code):
            known.setdefault(name, code)
            known.setdefault(code, code)
    known |= {f"{name[:-1]}圆": code for name, code in known.items() if name.endswith("元")}
    return known


def neutral(text: str) -> tuple[str, frozenset[str]]:
    """A text in capitals with 元 or ¥ for every currency that is known by its name, and the codes of those currencies.

    The longest name counts; a code stands between no other letters.

    >>> neutral("500万新西兰元"), neutral("THB100"), neutral("ATHB100")[0]
    (('500万元', frozenset({'NZD'})), ('¥100', frozenset({'THB'})), 'ATHB100')
    """
    known, longest = names(), max(map(len, names()))
    made: list[str] = []
    codes: set[str] = set()
    place = 0
    while place < len(text):
        ends = range(min(len(text), place + longest), place, -1)
        end = next((end for end in ends if text[place:end] in known and _is_apart(text, place, end)), None)
        if end is None:
            made.append(text[place])
            place += 1
            continue
        codes.add(known[text[place:end]])
        made.append("元" if text[end - 1] in "元圆" else "¥")
        place = end
    return "".join(made), frozenset(codes)


def _is_apart(text: str, start: int, end: int) -> bool:
    """Whether a name is no piece of a longer word in Latin letters."""
    if not (text[start:end].isascii() and text[start:end].isalpha()):
        return True
    return not any(
        letter.isascii() and letter.isalpha() for letter in text[max(0, start - 1) : start] + text[end : end + 1]
    )


def unknown(text: str) -> bool:
    """Whether a text from which the known currencies are taken out still names one.

    >>> unknown("500万法郎"), unknown("500万元")
    (True, False)
    """
    return re.search(_SHARED, text) is not None


COMMON = (
    r"(?:人民币|新台币元?|澳门元|美金|英镑|泰铢|瑞士法郎|卢布|[越印]尼?盾|[美欧日韩港澳加纽新缅][元圆]"
    r"|(?:新西兰|新加坡|加拿大|澳大利亚)元|[港日韩台澳泰加新][币幣]|(?i:RMB|[A-Z]{3}(?![A-Z])|[A-Z]{0,2}\$)|[￥¥$€£])"
)
"""A short regular expression for currencies as they stand before a number in a sentence; :func:`names` decides."""

BEHIND = rf"(?:[元圆圓]|{COMMON}|[\u4e00-\u9fff]{{0,6}}?(?:{_SHARED})|[\u4e00-\u9fff]{{1,5}}?[元圆])"
"""The same for what behind a number may be a currency, known or not (新西兰元, 法郎)."""
