"""What of the print behind a role is a party's name: where it ends, and whether it can be a name at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from intake.extraction.glyphs import Glyph, as_captions
from intake.fields import check, is_sound
from intake.writing.surnames import surname
from intake.writing.width import FORM_COMMA, is_han

TITLES = (
    "单位名称", "企业名称", "公司名称", "名称或姓名", "姓名或名称", "姓名/名称", "名称/姓名", "名称", "姓名", "全称",
    "用人单位名称", "单位全称",
)  # fmt: skip
"""What stands before a party's name below its role."""
TITLE = rf"(?:{'|'.join(sorted(TITLES, key=len, reverse=True))})"
_DAY = r"(?:(?:19|20)[0-9]{2}|[〇○零一二三四五六七八九]{4})[年./\-][^:：]{1,3}[月./\-]"
NAME_ENDS = re.compile(
    rf"(?!{FORM_COMMA})[,，;；。:：]"
    r"|[(（](?:以下|下称|简称|盖|签|公章|章|身份证|统一社会|甲方|乙方|全称|授权|法定|自然人)"
    rf"|{_DAY}|[0-9]{{7,}}|0[0-9]{{2,3}}-[0-9]{{7}}"
)
"""What ends a name: marks, what is said about it in brackets, a day, the number of a card or a telephone."""
_SENTENCE = re.compile(r"[应须将按的向付并如若在为]|负责|签字|盖章|日内|年月|日期|根据|依据|规定|协商")
_CLAUSE = re.compile(r"第[0-9一二三四五六七八九十]{1,3}[条章节款]|[0-9一二三四五六七八九十]{1,2}[、.．]")
_HEADINGS = "总则 前言 定义 鉴于 说明 备注 附件 目录 条款 正文 合同 协议 双方 签名 盖章"
_NOTHING = re.compile(r"[\W_年月日号元至]*")
_DIGITS = re.compile(r"[0-9A-Z\W_]*[0-9][0-9A-Z\W_]*")
_COMPANY = re.compile(r".*(?:公司|合作社|事务所|中心|银行|学校|医院|委员会|[厂店局院所])(?:[(（][^()（）]{1,12}[)）])?")
_BEFORE = re.compile(rf"[:：](?:{TITLE}[:：]?)?(?P<name>[^:：,，;；。]{{2,40}}?)(?:[(（][^()（）]*[)）])?[,，、;；]?$")
_NO_END = "被次转原反代方者人章字期址话号"  # 被委托人, 次承租人: other roles than those behind; captions
_LONGEST = 40  # letters of a name
_PERSON = range(2, 5)  # letters of a person's
_APART = 0.25  # heights of white space: a blank of the typewriter


def follows_a_name(text: str, place: int) -> bool:
    """Whether a name behind a colon ends right before a place of a row: 甲方：某某公司乙方：….

    >>> follows_a_name("甲方:某某公司乙方:", 7), follows_a_name("甲方:王小明 身份证号:", 7)
    (True, True)
    >>> follows_a_name("被委托人:王小明", 1), follows_a_name("甲方:和被委托人:", 5)
    (False, False)
    """
    match = _BEFORE.search(text[:place].rstrip())
    if match is None:
        return False
    name = match["name"].strip()
    person = len(name) in _PERSON and all(map(is_han, name)) and bool(surname(name)) and name[-1] not in _NO_END
    return person or _COMPANY.fullmatch(name) is not None


def name_of(row: Sequence[Glyph], words: AbstractSet[str], kind: str) -> tuple[Glyph, ...]:
    """A row that begins with a name, without what ends it; of a caption behind the name its words ``words`` tell.

    Before a colon stands a caption, so that what is there is a name only up to that; where nothing tells how far the
    name goes, it is none.
    """
    text = as_captions(row)
    end = NAME_ENDS.search(text)
    if end is None:
        return _unopened(row)
    kept = _unopened(row[: end.start()])
    return _untailed(kept, words, kind) if end.group() in ":：" else kept


def is_plausible(text: str, words: AbstractSet[str], kind: str) -> bool:
    """Whether a text can be a name at all: no caption, no sentence about the party, no clause, day or number."""
    verdict = check(kind, text)
    plain = re.sub(r"\s", "", text)
    return (
        verdict.value is not None
        and len(plain) <= _LONGEST
        and plain not in words
        and plain not in _HEADINGS.split()
        and not _NOTHING.fullmatch(plain)
        and not _DIGITS.fullmatch(plain)
        and not _CLAUSE.match(plain)
        and re.search(_DAY, plain) is None
        and not (verdict.problems and _SENTENCE.search(plain) is not None)
    )


def _unopened(row: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """A row without a bracket at its end that opens something which is no part of it."""
    return tuple(row[:-1] if row and row[-1].character in "(（[〔【" else row)


def _untailed(row: tuple[Glyph, ...], words: AbstractSet[str], kind: str) -> tuple[Glyph, ...]:
    for place in _tails(row, words):
        if 0 < place < len(row) and is_sound(kind, as_captions(row[:place])):
            return row[:place]
    return row if is_sound(kind, as_captions(row)) else ()


def _tails(row: Sequence[Glyph], words: AbstractSet[str]) -> Iterable[int]:
    """Where a caption at a row's end may begin: a known one, the longest first; behind white space or a company."""
    text = as_captions(row)
    yield from sorted(len(text) - len(word) for word in words if text.endswith(word))
    height = max((glyph.box.height for glyph in row), default=1)
    gaps = [place for place in range(1, len(row)) if row[place].box.x - row[place - 1].box.right >= _APART * height]
    yield from reversed(gaps)
    company = _COMPANY.match(text)
    yield from () if company is None else (company.end(),)
