"""The branch of a bank 开户银行, as printed.

A name without 银行, 信用社 or 支行 is only noted; so is one that begins with the name of a bank but for one character,
which is offered then (banks: list of the National Financial Regulatory Administration, long names only:
short ones are one character from each other).

>>> validate(compact("中国某某银行 杭州分行")).problems
()
>>> validate("中国某某").problems[0].code
'bank_name.ending'
>>> candidates("中国工商锒行杭州某某支行")
('中国工商银行杭州某某支行',)
"""

from __future__ import annotations

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.width import trimmed

_LOOK = r"[\u4e00-\u9fff()]{0,24}(?:银行|信用社|信用联社)[\u4e00-\u9fff()]{0,24}(?<=[行社部处司])"
TRAITS = Traits(wraps=True, worded=True, end=r"\d{6,}", look=_LOOK)
"""Behind a bank's name a long number is the account's."""

_MISSING_PROBLEM = Problem("bank_name.missing", "error", Label("没有银行名称。", "There is no name of a bank."))
_ENDING_NOTE = Problem(
    "bank_name.ending",
    "info",
    Label("名称中没有“银行”等字样，请核对。", "The name does not say that it is a bank: compare it."),
)
_BANK_NOTE = Problem(
    "bank_name.bank", "info", Label("没有这家银行，请对照原件。", "There is no such bank: compare it with the paper.")
)
_TABLE = (
    "中国人民银行 中国工商银行 中国农业银行 中国建设银行 中国邮政储蓄银行 国家开发银行 中国进出口银行 中国农业发展银行 "
    "中国光大银行 中国民生银行 上海浦东发展银行"
)
_BANKS = tuple(_TABLE.split())
_WORDS = ("银行", "信用社", "信用联社", "支行", "分行", "营业部", "Bank")


def compact(text: str) -> str:
    """The text on one line, full-width punctuation between Chinese characters."""
    return trimmed(text)


def validate(text: str) -> Verdict:
    """The verdict on a compact name."""
    if not text:
        return Verdict(None, (_MISSING_PROBLEM,))
    if not any(word in text for word in _WORDS):
        return Verdict(text, (_ENDING_NOTE,))
    return Verdict(text, (_BANK_NOTE,) if candidates(text) else ())


def candidates(text: str) -> tuple[str, ...]:
    """The name with that of the bank which its beginning misses by one character; none where it has one."""
    plain = compact(text)
    if plain.startswith(_BANKS):
        return ()
    return tuple(bank + plain[len(bank) :] for bank in _BANKS if _misses(plain[: len(bank)], bank))


def _misses(text: str, bank: str) -> bool:
    return len(text) == len(bank) and sum(one != other for one, other in zip(text, bank, strict=True)) == 1
