"""Spaces, widths and punctuation brought to one form, so that equal texts compare as equal.

Sources: Unicode NFKC for codes; GB/T 15834-2011 (punctuation: full-width forms in Chinese text) for running text.
"""

from __future__ import annotations

import re
import unicodedata

_HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af〇○]"  # planes 2 and 3 hold the rare ones of names: 𬭎
_FULL_WIDTH = str.maketrans({"(": "（", ")": "）", ",": "，", ";": "；", ":": "：", "?": "？", "!": "！"})
_NUMBERED = re.compile(
    r"(?<![（(0-9A-Za-z#-])[0-9]{1,2}[）)]"
    r"|(?:^|(?<=[\s，,；;。：:、）)]))[一二三四五六七八九十]{1,2}[）)]"
)
"""1) 一）: the bracket of a number in a list. Those that count end names too (李晓四), digits numbers (B12)."""
_BETWEEN_NUMBERS = re.compile(r"(?<=[0-9])[,:](?=[0-9])")
_LATIN_GAP = re.compile(r"(?<=[A-Za-z0-9,.&])\s+(?=[A-Za-z])|(?<=[A-Za-z,.&])\s+(?=[A-Za-z0-9])")
_LATIN_MARK = re.compile(rf"{_LATIN_GAP.pattern}|(?<=[A-Za-z,.&)])\s+(?=[A-Za-z&(])")  # where nothing else is written
LATIN_FORMS = (
    "Ltd",
    "LTD",
    "Limited",
    "LIMITED",
    "Inc",
    "INC",
    "LLC",
    "LLP",
    "Corp",
    "PLC",
    "Pte",
    "PTE",
    "GmbH",
    "S.A",
    "N.V",
    "B.V",
)
"""How companies abroad end their names, behind a comma often enough."""
FORM_COMMA = rf"(?<=[A-Za-z.])[,，](?=\s?(?:{'|'.join(map(re.escape, LATIN_FORMS))})\b)"
"""The comma before one, which is part of the name."""
_KEPT_COMMA = re.compile(FORM_COMMA)
_DOTS = str.maketrans(dict.fromkeys("•・．‧●∙⋅", "·"))
_EDGE = " \t\r\n　:：;；,，。、|_'\"`"


def code(text: str) -> str:
    """A number or code without spaces, in half-width upper-case characters.

    >>> code(" ９１33 0106-ma2 ")
    '91330106-MA2'
    """
    joined = "".join(unicodedata.normalize("NFKC", text).upper().split())
    return unicodedata.normalize("NFKC", joined)  # joining may bring a letter and its accent together


def plain(text: str) -> str:
    r"""Running text on one line: no spaces beside Chinese characters, single spaces between Latin words.

    Full-width letters and digits become half-width; punctuation between Chinese characters becomes full-width.

    >>> plain("杭州 某某(集团)\n有限 公司")
    '杭州某某（集团）有限公司'
    >>> plain("ABC  Trading Co., Ltd.")
    'ABC Trading Co., Ltd.'
    >>> plain("Smith & Sons (China) Ltd."), plain("杭州 ABC Trading Co., Ltd.")
    ('Smith & Sons (China) Ltd.', '杭州ABC Trading Co., Ltd.')
    """
    folded = "".join(_fold(character) for character in text)
    chinese = re.search(_HAN, folded)
    gaps = (_LATIN_GAP if chinese else _LATIN_MARK).sub("\0", folded.strip())
    joined = "".join(gaps.split()).replace("\0", " ")
    return _punctuate(joined) if chinese else joined


def trimmed(text: str) -> str:
    """As :func:`plain`, without the punctuation that captions and rules leave at both ends.

    >>> trimmed("：张 三 。")
    '张三'
    """
    return plain(text).strip(_EDGE)


def dotted(text: str) -> str:
    """A name with every dot that parts its syllables as ``·`` (GB 18030: A1A4), none at its ends.

    >>> dotted("买买提•艾力"), dotted("买买提.艾力・")
    ('买买提·艾力', '买买提·艾力')
    """
    return text.translate(_DOTS).replace(".", "·").strip("·")


def is_dot(character: str) -> bool:
    """Whether a character is a dot that parts the syllables of a name."""
    return ord(character) in _DOTS or character == "·"


def balanced(text: str) -> bool:
    """Whether every bracket that opens is closed, one kind inside another, and none closes that is not open.

    The bracket of a number in a list need not have been opened, but closes what is open where nothing else does.

    >>> balanced("有限责任公司（自然人独资）"), balanced("有限责任公司（自然人独资"), balanced("1）设备；2）软件")
    (True, False, True)
    >>> balanced("（委派代表：李晓四）"), balanced("12号（自编B12）"), balanced("某某（A座3）店"), balanced("B12）店")
    (True, True, True, False)
    """
    free = {match.end() - 1 for match in _NUMBERED.finditer(text)}
    open_ = {0}  # how many may stand open, where a number's bracket closes one or none
    for place, sign in enumerate(text):
        if sign in "（(〔[【":
            open_ = {depth + 1 for depth in open_}
        elif sign in "）)〕]】":
            closed = {depth - 1 for depth in open_ if depth}
            open_ = closed | open_ if place in free else closed
    return 0 in open_


def is_han(character: str) -> bool:
    """Whether a character is a Chinese character (or the zero ``〇``)."""
    return re.fullmatch(_HAN, character) is not None


def _fold(character: str) -> str:
    """Half-width for full-width letters, digits and a few signs; control characters are spaces.

    Characters newer than the table of Unicode, and those of private use, stay: old systems wrote rare names with them.
    """
    if unicodedata.category(character) in {"Cc", "Cf", "Cs"}:
        return " "
    folded = unicodedata.normalize("NFKC", character)
    return folded if folded.isascii() and (folded.isalnum() or folded in "#&+-/%.@") else character


def _punctuate(text: str) -> str:
    """Full-width punctuation, but not inside a number such as ``1,000`` or ``8:30``, nor in Co., Ltd."""
    kept = _BETWEEN_NUMBERS.sub(lambda match: {",": "\1", ":": "\2"}[match.group()], text)
    kept = _KEPT_COMMA.sub("\1", kept)
    return kept.translate(_FULL_WIDTH).replace("\1", ",").replace("\2", ":")
