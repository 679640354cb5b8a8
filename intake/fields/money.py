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
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing import amounts, currencies
from intake.writing.amounts import Amount
from intake.writing.numerals import HAN_NUMERALS

_LOOK = (
    r"(?:人民币|美元|港币|欧元)?(?:[0-9][0-9,.]*[万亿]?(?:人民币|美元|港币|欧元)?[元圆]?整?"
    r"|[零〇壹贰叁肆伍陆柒捌玖拾佰仟一二三四五六七八九十百千万亿]+[元圆]整?)(?:人民币|美元|港币|欧元)?"
)
_PRINTED = (
    r"(?:人民币|[¥￥])?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?(?:[万亿]?[元圆]整?|万)?"
    r"|(?:人民币)?[零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿]+[元圆]整?"
)
_MEASURE = rf"[万亿元圆方力百千兀无]|(?!人民币|RMB|CNY|[￥¥]){currencies.BEHIND}"
TRAITS = Traits(
    once=True,
    sentence_end=r"[;；。]",
    look=rf"(?=.*[元圆万亿美港欧]){_LOOK}",
    printed=_PRINTED,
    measure=_MEASURE,
)
"""A comma may stand between its two forms."""

_TORN = re.compile(
    rf"[A-Z|][0-9,.]|[0-9,.][A-Z|]|[0-9][,'’][0-9]|[0-9.{HAN_NUMERALS}][^0-9元圆角分整正¥()（）:：,，.;；、/{HAN_NUMERALS}]元"
)
"""A number with a sign at its side that may be a digit or a unit of its own, misread: l00, 1,0OO, 伍拾方元."""
_MISREAD = str.maketrans("OQDLI|SZB方无兀", "000111528万元元")
_POINT = re.compile(r",(?=[0-9]{2}(?![0-9]))")
_POINTS = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:[.,][0-9]{3})+(?![0-9.,])")
"""Points where commas may have stood: 1.500.000."""
_CENT = Decimal("0.01")
_PLACES = 2  # of yuan: jiao and fen; six are printed of ten thousands
_SMALL = Decimal(10**4)  # yuan: a capital or a price below is told in yuan, or it has lost its 万元

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
_POINT_PROBLEM = Problem(
    "money.point",
    "warning",
    Label(
        "小数点后恰有三位，可能是千位分隔符，请对照原件。",
        "Three places stand behind the point, which may be a comma between thousands: compare it with the paper.",
    ),
)
_UNIT_PROBLEM = Problem(
    "money.unit",
    "warning",
    Label(
        "金额旁没有“元”“万元”等单位，请对照原件。",
        "No unit stands beside the number (yuan, ten thousands): compare it with the paper.",
    ),
)


def compact(text: str) -> str:
    """The text without spaces and thousands separators, in half-width characters."""
    return amounts.compact(text)


def validate(text: str) -> Verdict:
    """The verdict on a compact text."""
    told = amounts.read(text)
    values = {amount.value for amount in told.every}
    if not told.every or None in values or _TORN.search(currencies.neutral(text)[0]):
        return Verdict(None, (_FORM_PROBLEM,))
    written = [amount for amount in told.every if amount.written]
    amount = (written or told.every)[0]
    value = amount.value or Decimal(0)
    problems = tuple(_doubts(amount, value))
    if len(values) == 1:
        return Verdict(_canonical(told.currency, value), problems)
    if len({amount.value for amount in written}) == 1:
        return Verdict(_canonical(told.currency, value), (_DISAGREE_PROBLEM, *problems))
    return Verdict(None, (_SEVERAL_PROBLEM,))


def _doubts(amount: Amount, value: Decimal) -> Iterable[Problem]:
    if not value:
        yield _ZERO_PROBLEM
    elif value != value.quantize(_CENT):
        yield _PLACES_PROBLEM
    elif amount.grouped:
        yield _POINT_PROBLEM
    bare = not amount.marked and value < _SMALL and amount.places != _PLACES
    if value and (bare or (amount.places > _PLACES and not amount.grouped and value == value.quantize(_CENT))):
        yield _UNIT_PROBLEM


def candidates(text: str) -> tuple[str, ...]:
    """All amounts that the text names, where they are more than one; what a torn one was, by look-alikes.

    >>> candidates("壹拾万元整（¥110,000.00）"), candidates("1.500.000元"), candidates("1.000万元")
    (('100000.00', '110000.00'), ('1500000.00',), ('10000000.00',))
    """
    plain = compact(text)
    told = amounts.read(plain)
    pointed = _POINTS.sub(lambda match: re.sub("[.,]", "", match.group()), plain)
    if pointed != plain:
        return _sound(pointed)
    if validate(plain).value is None and (mended := _sound(_POINT.sub(".", plain).translate(_MISREAD))):
        return mended
    values = tuple(dict.fromkeys(_canonical(told.currency, one.value) for one in told.every if one.value is not None))
    return values if len(values) > 1 else ()


def _sound(text: str) -> tuple[str, ...]:
    mended = validate(compact(text))
    return () if mended.value is None or mended.problems else (mended.value,)


def display(value: str, language: str) -> str:  # noqa: ARG001 - every kind is shown by (value, language)
    """The amount with thousands separators and its currency.

    >>> display("1234567.50", "zh"), display("USD 100000.00", "en")
    ('¥1,234,567.50', 'USD 100,000.00')
    """
    currency, _, amount = value.rpartition(" ")
    return f"{currency} {Decimal(amount):,}" if currency else f"¥{Decimal(amount):,}"


def _canonical(currency: str, amount: Decimal) -> str:
    plain = f"{amount.quantize(_CENT, rounding=ROUND_HALF_UP)}"
    return plain if currency == "CNY" else f"{currency} {plain}"
