"""An amount of money as a decimal string with two places; a foreign currency stands before it (ISO 4217).

Printed forms: ``壹佰万元整``, ``人民币伍佰万圆整``, ``100万元人民币``, ``1000.000000万``, ``¥1,234.50``, ``5万美元``,
``HK$ 800``, ``壹仟贰佰元伍角``. Where an amount stands in characters and in digits, both must agree (支付结算办法,
1997, annex 1); if they do not, the characters count, as the courts hold, and the problem is an error.

>>> [validate(compact(text)).value for text in ("壹佰万元整", "1000.000000万", "¥1,234.50", "10万美元", "伍佰元零叁分")]
['1000000.00', '10000000.00', '1234.50', 'USD 100000.00', '500.03']
>>> verdict = validate(compact("人民币壹拾万元整（¥110,000.00）"))
>>> verdict.value, [problem.code for problem in verdict.problems]
('100000.00', ['money.disagree'])
>>> [problem.code for problem in validate(compact("壹拾万元整，小写：110000")).problems]
['money.disagree']

A number that touches a sign which may be one of its own digits, misread, is no amount: what it may be is only offered.

>>> [validate(compact(text)).value for text in ("人民币l00万元", "8,617,200,00元", "伍拾方元整")]
[None, None, None]
>>> [candidates(text) for text in ("人民币l00万元", "8,617,200,00元", "伍拾方元整")]
[('1000000.00',), ('8617200.00',), ('500000.00',)]
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.numerals import HAN_DIGITS, HAN_NUMERALS, number

_LOOK = (
    r"(?:人民币|美元|港币|欧元)?(?:[0-9][0-9,.]*[万亿]?(?:人民币|美元|港币|欧元)?[元圆]?整?"
    r"|[零〇壹贰叁肆伍陆柒捌玖拾佰仟一二三四五六七八九十百千万亿]+[元圆]整?)(?:人民币|美元|港币|欧元)?"
)
_PRINTED = (
    r"(?:人民币|[¥￥])?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?(?:[万亿]?[元圆]整?|万)?"
    r"|(?:人民币)?[零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿]+[元圆]整?"
)
TRAITS = Traits(once=True, sentence_end=r"[;；。]", look=rf"(?=.*[元圆万亿美港欧]){_LOOK}", printed=_PRINTED)
"""A comma may stand between its two forms."""

# ISO 4217 codes with the names that papers print; the first that is found in the text counts, longer names first.
_CURRENCIES = (
    ("CNY", "人民币 RMB CNY"),
    ("HKD", "港元 港币 港圆 HKD HK$"),
    ("USD", "美元 美金 美圆 USD US$"),
    ("EUR", "欧元 EUR €"),
    ("JPY", "日元 日圆 日币 JPY"),
    ("GBP", "英镑 GBP £"),
    ("TWD", "新台币 台币 TWD NT$"),
    ("MOP", "澳门元 澳门币 MOP"),
    ("SGD", "新加坡元 新元 SGD S$"),
    ("AUD", "澳大利亚元 澳元 AUD"),
    ("CAD", "加拿大元 加元 CAD"),
    ("CHF", "瑞士法郎 CHF"),
    ("KRW", "韩元 韩圆 KRW"),
    ("USD", "$"),
)
_SIGNS = {name: code for code, names in _CURRENCIES for name in names.split()}
_CURRENCY = re.compile("|".join(re.escape(name) for name in sorted(_SIGNS, key=len, reverse=True)))
_IN_DIGITS = re.compile(r"小写(?:金额)?[)）]?[:：]?[¥元]?(?=[0-9])")  # as good a sign of money as ¥
_UNIT = re.compile(r"[(（]?(?:单位[:：])?(?P<unit>[万亿])元[)）]?[:：]?(?=[0-9])")
_THOUSANDS = re.compile(
    r"(?<=[0-9])[,，'’](?=[0-9]{3}(?![0-9]))|(?<=[0-9])\.(?=[0-9]{3}(?:[.,][0-9]{3})*\.[0-9]{2}(?![0-9]))"
)
"""Commas, and points where another point with two places follows: 768.800.00 is how a faint comma is read."""
_AMOUNT = re.compile(
    rf"(?P<before>[¥负]?)(?P<whole>[0-9.点{HAN_NUMERALS}]+)(?P<after>[元圆圓¥]?)"
    rf"(?:(?P<jiao>[0-9{HAN_DIGITS}])角)?零?(?:(?P<fen>[0-9{HAN_DIGITS}])分)?"
)
_TORN = re.compile(
    rf"[A-Z|][0-9,.]|[0-9,.][A-Z|]|[0-9][,'’][0-9]|[0-9.{HAN_NUMERALS}][^0-9元圆圓角分整正¥()（）:：,，.;；、/{HAN_NUMERALS}]元"
)
"""A number with a sign at its side that may be a digit or a unit of its own, misread: l00, 1,0OO, 伍拾方元."""
_MISREAD = str.maketrans("OQDLI|SZB方", "0001115 28万".replace(" ", ""))
_POINT = re.compile(r",(?=[0-9]{2}(?![0-9]))")
_CENT = Decimal("0.01")
_TOO_MUCH = Decimal(10**15)  # no paper of an office speaks of so much: digits of two numbers ran together

_FORM_PROBLEM = Problem(
    "money.form",
    "error",
    Label("读不出金额，请写成数字，如 1000000.00。", "No amount can be read: write digits, such as 1000000.00."),
)
_ZERO_PROBLEM = Problem(
    "money.zero", "warning", Label("金额为零，请对照原件。", "The amount is nothing: compare it with the paper.")
)
_DISAGREE_PROBLEM = Problem(
    "money.disagree",
    "error",
    Label("大写金额与数字金额不一致。", "The amount in characters and the amount in digits differ."),
)
_SEVERAL_PROBLEM = Problem(
    "money.several", "error", Label("这里有多个不同的金额。", "There are several different amounts here.")
)
_PLACES_PROBLEM = Problem(
    "money.places",
    "warning",
    Label("金额小数超过两位，已四舍五入。", "The amount has more than two places and was rounded."),
)


def compact(text: str) -> str:
    """The text without spaces and thousands separators, in half-width characters."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).replace("￥", "¥").upper()
    return _THOUSANDS.sub("", plain)


def validate(text: str) -> Verdict:
    """The verdict on a compact text."""
    currency, found = _read(text)
    values = {amount.value for amount in found}
    if not found or None in values or _is_torn(text):
        return Verdict(None, (_FORM_PROBLEM,))
    written = [amount for amount in found if amount.in_characters]
    value = (written or found)[0].value or Decimal(0)
    problems = () if value == value.quantize(_CENT) else (_PLACES_PROBLEM,)
    problems = problems if value else (_ZERO_PROBLEM,)
    if len(values) == 1:
        return Verdict(_canonical(currency, value), problems)
    if len({amount.value for amount in written}) == 1:
        return Verdict(_canonical(currency, value), (_DISAGREE_PROBLEM, *problems))
    return Verdict(None, (_SEVERAL_PROBLEM,))


def candidates(text: str) -> tuple[str, ...]:
    """All amounts that the text names, where they are more than one; what a torn one was, by look-alikes.

    >>> candidates("壹拾万元整（¥110,000.00）")
    ('100000.00', '110000.00')
    """
    if _is_torn(compact(text)):
        mended = validate(compact(_POINT.sub(".", compact(text)).translate(_MISREAD)))
        return () if mended.value is None or mended.problems else (mended.value,)
    currency, found = _read(compact(text))
    values = tuple(dict.fromkeys(_canonical(currency, one.value) for one in found if one.value is not None))
    return values if len(values) > 1 else ()


def display(value: str, language: str) -> str:  # noqa: ARG001 - every kind is shown by (value, language)
    """The amount with thousands separators and its currency.

    >>> display("1234567.50", "zh"), display("USD 100000.00", "en")
    ('¥1,234,567.50', 'USD 100,000.00')
    """
    currency, _, amount = value.rpartition(" ")
    return f"{currency} {Decimal(amount):,}" if currency else f"¥{Decimal(amount):,}"


@dataclass(frozen=True, slots=True)
class _Amount:
    """One number of the text; ``value`` is ``None`` where it cannot be read for certain."""

    value: Decimal | None
    in_characters: bool
    marked: bool


def _read(text: str) -> tuple[str, list[_Amount]]:
    """The currency and the amounts of a compact text; numbers without any sign of money only where no other stands.

    Nothing is read where several currencies stand: which amount is meant would be a guess.
    """
    currencies = {_SIGNS[name] for name in _CURRENCY.findall(text)} or {"CNY"}
    if len(currencies) > 1:
        return "", []
    plain = _CURRENCY.sub(lambda match: "元" if match.group()[-1] in "元圆" else "¥", text)
    plain = _IN_DIGITS.sub("¥", plain)
    unit = _UNIT.search(plain)
    if unit is not None:
        plain = re.sub(r"([0-9.]+)(?![0-9.万亿])", rf"\1{unit['unit']}", plain[unit.end() :], count=1)
    amounts = [_amount(match) for match in _AMOUNT.finditer(plain) if match["whole"].strip(".点")]
    marked = [amount for amount in amounts if amount.marked]
    return currencies.pop(), marked or amounts


def _amount(match: re.Match[str]) -> _Amount:
    whole = match["whole"].strip(".")
    value = None if match["before"] == "负" else number(whole)
    for part, worth in ((match["jiao"], Decimal("0.1")), (match["fen"], _CENT)):
        count = None if part is None else number(part)
        value = value if value is None or count is None else value + count * worth
    if value is not None and value >= _TOO_MUCH:
        value = None
    marked = bool(match["before"] or match["after"]) or whole[-1] in "万亿萬億"
    return _Amount(value, not whole[0].isascii(), marked)


def _is_torn(text: str) -> bool:
    return _TORN.search(_CURRENCY.sub(lambda match: "元" if match.group()[-1] in "元圆" else "¥", text)) is not None


def _canonical(currency: str, amount: Decimal) -> str:
    plain = f"{amount.quantize(_CENT, rounding=ROUND_HALF_UP)}"
    return plain if currency == "CNY" else f"{currency} {plain}"
