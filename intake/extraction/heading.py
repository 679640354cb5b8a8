"""The heading of a paper: the largest line in its upper part that names what the paper is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from intake.extraction.found import How
from intake.extraction.glyphs import Glyph, Row
from intake.options import ExtractionOptions

_NAMES = re.compile(
    r"^(?!第.{1,3}[条章节部])(?![\d一二三四五六七八九十]{1,3}[.、．])(?!.*(?:本合同|本协议|双方|签订|如下|订立|根据))"
    r"[^。;；:：条“”、,，]{0,40}?(?:合同书?|协议书?|契约|合同[(（][^)）]{1,12}[)）])$"
)
_LARGER = 1.2  # times the usual height of a line: headings are set at least a fifth larger
_UPPER = 0.5  # of the page's height: covers carry their heading in the middle of the page
_CENTRED = 0.1  # of the page's width
_ALIKE = 0.2  # share by which the letters of two lines of one heading may differ in height
_PITCH = 2.6  # heights from one line of a heading to the next
_NO_PART = re.compile(r"[。;；:：,，、\d]|[与和之及]$|^[(（]|(?:公司|厂|中心|银行|医院|学校|大学|局|院|集团)$")
_CERTIFIES = re.compile(r"(?:证书?|执照|发票|收据|户口簿|护照|账户信息)(?:[(（][^)）]{1,6}[)）])?$")
"""How the names of papers end that certify or bill: such a line is a heading wherever headings stand."""
_TELLS = re.compile(
    r"(?:证明书?|凭证|回单|清单|[订货单提收价]单|手册|章程|报告书?|函|通知书?|决定书?|判决书|裁定书|委托书|申请[书表]|承诺书"
    r"|声明书?|说明|公告|简历|登记表|审批表|明细表|一览表|花名册|目录|纪要|决议|名单|存折|支票|批复|意见书|情况表|标书|名片"
    r"|介绍信|登记卡|条例|制度|须知|计划书?|方案|(?:报名|处理|信息|申报|审核|备案|履历|调查|核查|查询)表"
    r"|(?:执照|登记|注册|户籍|人口|照面|基本)(?:信息|资料|情况|档案)|(?:查询|核查)结果|(?:查询|信用|登记)记录"
    r"|^(?:国家)?企业信用信息公示系统)(?:[(（][^)）]{1,6}[)）])?$"
)
"""The same of papers that tell or ask something: a line of text may end so, so it must be larger than the text."""
_SHORTEST, _LONGEST = 2, 24  # letters of such a name
_NOISE = re.compile(r"^[^\u4e00-\u9fff]+|[^\u4e00-\u9fff)）]+$")  # a frame's or an emblem's edge read beside a heading
_PURPOSE = re.compile(r"^[仅只供限]|用于")  # words of purpose across a copy name a paper that it is not
_COPY = re.compile(r"[(（]?(?:[正副]本|复印件|扫描件|影印件|[(（].{0,6}[)）])[)）]?$")
_OTHERWISE = re.compile(
    r"明|信息|公示|查询|遗失|丢失|挂失|声明|申请|申领|登记|变更|注销|吊销|作废|补办|补领|换发|清单|目录|年检|通知|承诺|情况"
    r"|报告|告知"
)
"""How a name goes on that begins with the name of a paper and is another's: 营业执照信息, 营业执照遗失声明."""
_FIRST = 3  # rows in which a heading need not be centred


def title(lines: Sequence[Row], options: ExtractionOptions) -> tuple[tuple[tuple[Glyph, ...], ...], How, float] | None:
    """The first line that reads as the name of a contract, the larger ones first; ``None`` where there is none."""
    best = _best(lines)
    if best is None:
        return None
    stands_out = _stands_out(best, lines)
    first = (row.glyphs for row in (_above(best, lines) if stands_out else ()))
    return (*first, best.glyphs), "place", 1.0 if stands_out else options.heading_quality


def begins(lines: Sequence[Row], width: int, height: int) -> bool:
    """Whether a contract begins on the page: its name stands out, or stands in the middle of the upper part."""
    best = _best(lines)
    if best is None or best.box.y > _UPPER * height:
        return False
    return _stands_out(best, lines) or (_is_centred(best, width) and best.box.y <= _UPPER / 2 * height)


def names(lines: Sequence[Row], width: int, height: int) -> tuple[Row, ...]:
    """The headings of papers that certify, bill, tell or ask something: …证, …证书, …发票, …委托书.

    Such a line stands in the upper part of the page and holds nothing else.
    """
    upper = [
        row
        for row in lines
        if row.box.y <= _UPPER * height
        and _SHORTEST <= len(row.glyphs) <= _LONGEST
        and not re.search(r"[\d:：,，。;；、]", said(row))
        and not _PURPOSE.search(said(row))
    ]
    return tuple(row for row in upper if _is_heading(row, lines, width))


def said(row: Row) -> str:
    """What a heading's row says, without stray marks at its ends: a frame's edge is read for a letter or a digit."""
    return _NOISE.sub("", row.text)


def is_called(name: str, phrase: str) -> bool:
    """Whether a paper's name ends with a phrase, or with it and the kind of copy.

    >>> is_called("企业法人营业执照(副本)", "营业执照"), is_called("营业执照信息", "营业执照")
    (True, False)
    """
    return name.endswith(phrase) or _COPY.sub("", name).endswith(phrase)


def goes_on_otherwise(text: str, phrase: str) -> bool:
    """Whether a text holds a paper's name as the beginning of another's alone.

    >>> goes_on_otherwise("营业执照信息", "营业执照"), goes_on_otherwise("营业执照副本", "营业执照")
    (True, False)
    """
    tails = text.split(phrase)[1:]
    return bool(tails) and all(_OTHERWISE.match(tail) for tail in tails)


def is_name(phrase: str) -> bool:
    """Whether a phrase ends as the names of papers do.

    >>> is_name("企业法人营业执照"), is_name("授权委托书"), is_name("中华人民共和国"), is_name("统一社会信用代码")
    (True, True, False, False)
    """
    return _CERTIFIES.search(phrase) is not None or _TELLS.search(phrase) is not None


def _is_heading(row: Row, lines: Sequence[Row], width: int) -> bool:
    placed = _is_centred(row, width) or row in lines[:_FIRST]
    if _CERTIFIES.search(said(row)):
        return placed or _stands_out(row, lines)
    return placed and _stands_out(row, lines) and _TELLS.search(said(row)) is not None


def _best(lines: Sequence[Row]) -> Row | None:
    named = [row for row in lines if _NAMES.match(row.text)]
    return max(named, key=lambda row: (_stands_out(row, lines), -row.box.y), default=None)


def _above(row: Row, lines: Sequence[Row]) -> tuple[Row, ...]:
    """The line above that belongs to the heading: as large, close, centred over it, and no company's name."""
    place = lines.index(row)
    above = lines[place - 1] if place else None
    if above is None or not _continues(above, row):
        return ()
    return (above,)


def _continues(above: Row, row: Row) -> bool:
    middle = abs(above.box.x + above.box.width / 2 - row.box.x - row.box.width / 2)
    return (
        abs(above.height - row.height) <= _ALIKE * row.height
        and row.box.y - above.box.y <= _PITCH * row.height
        and middle <= row.height
        and len(above.glyphs) > _SHORTEST
        and not _NO_PART.search(above.text)
    )


def _is_centred(row: Row, width: int) -> bool:
    return abs(row.box.x + row.box.width / 2 - width / 2) <= _CENTRED * width


def _usual(lines: Sequence[Row]) -> float:
    return median(one.height for one in lines)


def _stands_out(row: Row, lines: Sequence[Row]) -> bool:
    return row.height > _LARGER * _usual(lines)
