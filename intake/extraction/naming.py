"""What of the print behind a role is a party's name: where it ends, and whether it can be a name at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from intake.extraction.glyphs import Glyph, Row, as_captions
from intake.fields import check, is_sound
from intake.writing.surnames import surname
from intake.writing.width import FORM_COMMA, is_han

TITLES = (
    "单位名称", "企业名称", "公司名称", "名称或姓名", "姓名或名称", "姓名/名称", "名称/姓名", "名称", "姓名", "全称",
    "用人单位名称", "单位全称",
)  # fmt: skip
"""What stands before a party's name below its role."""
BEHIND_ROLE = rf"(?:{'|'.join(sorted(TITLES, key=len, reverse=True))}|[/／]?[A-Za-z/]{{5,20}})"
"""The same, or the role in English, between a role and its colon: 甲方名称：, 甲方 Party A：."""
TITLE = rf"(?:{'|'.join(sorted(TITLES, key=len, reverse=True))})"
_DAY = r"(?:(?:19|20)[0-9]{2}|[〇○零一二三四五六七八九]{4})[年./\-][^:：]{1,3}[月./\-]"
NAME_ENDS = re.compile(
    rf"(?!{FORM_COMMA})[,，;；。:：]"
    r"|[(（](?:以下|下称|简称|盖|签|公章|章|身份证|统一社会|甲方|乙方|全称|授权|法定|自然人|曾用|原名|又名|别名|代表|[“\"‘])"
    r"|(?:先生|女士|小姐)(?=$|[,，、;；。(（])"
    rf"|[☑☐□☒■√✓✔]|{_DAY}|[0-9]{{7,}}|0[0-9]{{2,3}}-[0-9]{{7}}"
)
"""What ends a name: marks, boxes to tick, forms of address, what brackets say, a day, numbers of cards and phones."""
_SENTENCE = re.compile(
    r"[应须将按的向付并如若在为]|负责|签字|盖章|日内|年月|日期|根据|依据|规定|协商|同意|确认|承诺|条款"
    r"|[路街道巷弄村镇区].{0,14}[0-9]+(?:号|室|弄|幢|栋|楼|单元)"
)
_ADDRESS = re.compile(r".*[路街道巷弄村镇区].{0,14}[0-9A-Z一二三四五六七八九十]+(?:号|室|弄|幢|栋|楼|层|单元)")
_NOBODY = re.compile(
    r"(?:[本我贵该敝]|有限|责任|股份)*公司|(?:[本我贵该])?(?:单位|个人|经理|法人|自然人|业主|客户|租户|住户|用户|承包商|供应商)"
    r"|项目经理|以[上下]|.{0,2}盖章处|.{0,2}签[字名]处|(?:Co\.?,?\s?)?(?:Ltd|Inc|LLC|Limited)\.?"
)
"""Words for a party, and what is left of a name without the name."""
_PREAMBLE = re.compile(r"本(?:合同|协议)|根据|依据|鉴于|双方|甲乙")
_CLAUSE = re.compile(r"第[0-9一二三四五六七八九十]{1,3}[条章节款]|[0-9一二三四五六七八九十]{1,2}[、.．]")
_HEADINGS = "总则 前言 定义 鉴于 说明 备注 附件 目录 条款 正文 合同 协议 双方 签名 盖章"
_NOTHING = re.compile(r"[\W_年月日号元至]*")
_DIGITS = re.compile(r"[0-9A-Z\W_]*[0-9][0-9A-Z\W_]*")
_COMPANY = re.compile(r".*(?:公司|合作社|事务所|中心|银行|学校|医院|委员会|[厂店局院所])(?:[(（][^()（）]{1,12}[)）])?")
_FORMS = ("有限责任公司", "股份有限公司", "有限公司", "分公司", "合作社", "事务所", "委员会", "有限合伙")
_REST = re.compile(r"[\u4e00-\u9fff()（）]{0,16}?(?:公司|合作社|事务所|委员会|银行|中心|学校|医院|[司社所会])")
_BRANCH = re.compile(r"(?!.*(?:银行|公司.))[\u4e00-\u9fff]{2,12}(?:支行|分行|营业部|分理处|支公司|分公司)")
_CAPTION = re.compile(r"[\u4e00-\u9fff]{0,6}[:：]")
_ENGLISH = re.compile(r"[A-Za-z/]{3,24}[(/]?")
_LATIN_NAME = re.compile(r"[A-Za-z'’\-]+[,，][A-Za-z'’\-]+(?=$|[(（;；。])")  # KIM, YOUNG HO
_BEFORE = re.compile(rf"[:：](?:{TITLE}[:：]?)?(?P<name>[^:：,，;；。]{{2,40}}?)(?:[(（][^()（）]*[)）])?[,，、;；]?$")
_QUOTES = '“”"‘’「」『』【】[]〔〕《》〈〉'
_ABOUT = re.compile(r"[男女住](?![\u4e00-\u9fff]{0,3}(?:公司|店))|性别|身份|职务|职位|汉族|先生|女士")
_WHOLE = 3  # letters of a name behind which a single 男 is no letter of its own (李亚男)
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
    return is_name(match["name"].strip())


def is_name(text: str) -> bool:
    """Whether a text is surely a name: a company's with its form, a Chinese person's with a known surname.

    >>> is_name("某某（集团）公司"), is_name("王小明"), is_name("总则"), is_name("某某有限")
    (True, True, False, False)
    """
    return is_person(text) or _COMPANY.fullmatch(text) is not None


def is_person(text: str) -> bool:
    """Whether a text is surely a Chinese person's name, with a known surname."""
    return len(text) in _PERSON and all(map(is_han, text)) and bool(surname(text)) and text[-1] not in _NO_END


def is_before_a_name(row: Row, place: int) -> bool:
    """Whether a blank and then a name, up to what ends one, stand at a place of a row: 甲方 王小明."""
    return place < len(row.glyphs) and row.gap(place) >= _APART and is_name(_named_at(row, place))


def is_before_a_company(row: Row, place: int) -> bool:
    """The same of a company's whole name that is no sentence: what names a person may be one (甲方 付款)."""
    name = _named_at(row, place)
    return is_before_a_name(row, place) and max(_PERSON) < len(name) and _SENTENCE.search(name) is None


def _named_at(row: Row, place: int) -> str:
    return NAME_ENDS.split(row.text[place:], maxsplit=1)[0]


def is_translated(text: str, place: int) -> bool:
    """Whether nothing but a role's English stands before a place of a row: Buyer (买方)：, Party A 甲方：."""
    return _ENGLISH.fullmatch(text, 0, place) is not None


def carried_on(text: str, following: str, *, full: bool) -> int:
    """How many characters of the line below a name carry it on: those up to its form; none where nothing shows it.

    It does where the form itself is torn, where the name's line is ``full`` up to the edge of the print, or where the
    line below holds a branch's name and nothing else.

    >>> carried_on("某某有限责", "任公司 电话:1", full=False), carried_on("某某水务", "建设公司", full=True)
    (3, 4)
    >>> carried_on("某某水务", "建设公司", full=False), carried_on("某某公司", "宁波公司", full=True)
    (0, 0)
    >>> carried_on("某某银行", "甲县支行", full=False), carried_on("某某银行", "乙县银行甲县支行", full=False)
    (4, 0)
    """
    if _BRANCH.fullmatch(following) and _COMPANY.fullmatch(text):
        return len(following)
    rest = _REST.match(following)
    if rest is None or is_name(text):
        return 0
    torn = any(
        text.endswith(form[:cut]) and following.startswith(form[cut:]) for form in _FORMS for cut in range(1, len(form))
    )
    apart = _CAPTION.match(following, rest.end()) is not None
    return rest.end() if (torn or (full and not apart)) and is_name(text + rest.group()) else 0


def name_of(row: Sequence[Glyph], words: AbstractSet[str], kind: str) -> tuple[Glyph, ...]:
    """A row that begins with a name, without what ends it; of a caption behind the name its words ``words`` tell.

    Before a colon stands a caption, so that what is there is a name only up to that; where nothing tells how far the
    name goes, it is none.
    """
    text = as_captions(row)
    latin = _LATIN_NAME.match(text)
    end = NAME_ENDS.search(text, latin.end() if latin else 0)
    kept = _bare(row[: end.start()] if end else row)
    if end is not None and end.group() in ":：":
        return _untailed(kept, words, kind)
    return kept if is_sound(kind, as_captions(kept)) else before_a_gap(kept, words)


def is_plausible(text: str, words: AbstractSet[str], kind: str) -> bool:
    """Whether a text can be a name at all: no caption, sentence, clause, address, day or number."""
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
        and not _NOBODY.fullmatch(plain)
        and not _ADDRESS.fullmatch(plain)
        and not _PREAMBLE.match(plain)
        and re.search(_DAY, plain) is None
        and not (verdict.problems and _SENTENCE.search(plain) is not None)
    )


def _bare(row: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """A row without the quotation marks and square brackets round it, and what opens at its end."""
    start, end = 0, len(row)
    while end > start and row[end - 1].character in "(（[〔【":
        end -= 1
    while end > start and row[start].character in _QUOTES:
        start += 1
    while end > start and row[end - 1].character in _QUOTES:
        end -= 1
    return tuple(row[start:end])


def before_a_gap(row: tuple[Glyph, ...], words: AbstractSet[str]) -> tuple[Glyph, ...]:
    """A row up to a blank behind a sure name where what follows is a caption or says what else a person is."""
    text = as_captions(row)
    for place in _gaps(row):
        tail = text[place:]
        if (
            place >= _WHOLE
            and is_name(text[:place])
            and (_ABOUT.match(tail) or any(tail.startswith(word) for word in words))
        ):
            return row[:place]
    return row


def _untailed(row: tuple[Glyph, ...], words: AbstractSet[str], kind: str) -> tuple[Glyph, ...]:
    for place in _tails(row, words):
        if 0 < place < len(row) and is_sound(kind, as_captions(row[:place])):
            return row[:place]
    return row if _COMPANY.fullmatch(as_captions(row)) else ()


def _tails(row: Sequence[Glyph], words: AbstractSet[str]) -> Iterable[int]:
    """Where a caption at a row's end may begin: a known one, the longest first; behind white space or a company."""
    text = as_captions(row)
    yield from sorted(len(text) - len(word) for word in words if text.endswith(word))
    yield from reversed(_gaps(row))
    company = _COMPANY.match(text)
    yield from () if company is None else (company.end(),)


def _gaps(row: Sequence[Glyph]) -> list[int]:
    """The places of a row before which a blank stands."""
    height = max((glyph.box.height for glyph in row), default=1)
    return [place for place in range(1, len(row)) if row[place].box.x - row[place - 1].box.right >= _APART * height]
