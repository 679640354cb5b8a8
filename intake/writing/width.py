"""Spaces, widths and punctuation brought to one form, so that equal texts compare as equal.

Sources: Unicode NFKC for codes; GB/T 15834-2011 (punctuation: full-width forms in Chinese text) for running text.
"""

from __future__ import annotations

import re
import unicodedata

_HAN = r"[\u3400-\u9fff\uf900-\ufaff〇○]"
_FULL_WIDTH = str.maketrans({"(": "（", ")": "）", ",": "，", ";": "；", ":": "：", "?": "？", "!": "！"})
_NUMBERED = re.compile(r"(?<![（(0-9])[0-9一二三四五六七八九十]{1,2}[）)]")  # 1) 2): the bracket of a number in a list
_BETWEEN_NUMBERS = re.compile(r"(?<=[0-9])[,:](?=[0-9])")
_LATIN_GAP = re.compile(r"(?<=[A-Za-z0-9,.&])\s+(?=[A-Za-z])|(?<=[A-Za-z,.&])\s+(?=[A-Za-z0-9])")
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
    """
    folded = "".join(_fold(character) for character in text)
    gaps = _LATIN_GAP.sub("\0", folded.strip())
    joined = "".join(gaps.split()).replace("\0", " ")
    return _punctuate(joined) if re.search(_HAN, joined) else joined


def trimmed(text: str) -> str:
    """As :func:`plain`, without the punctuation that captions and rules leave at both ends.

    >>> trimmed("：张 三 。")
    '张三'
    """
    return plain(text).strip(_EDGE)


def balanced(text: str) -> bool:
    """Whether every bracket that opens is closed, one kind inside another, and none closes that is not open.

    >>> balanced("有限责任公司（自然人独资）"), balanced("有限责任公司（自然人独资"), balanced("1）设备；2）软件")
    (True, False, True)
    """
    open_ = 0
    for sign in _NUMBERED.sub("", text):
        open_ += (sign in "（(〔[【") - (sign in "）)〕]】")
        if open_ < 0:
            return False
    return not open_


def is_han(character: str) -> bool:
    """Whether a character is a Chinese character (or the zero ``〇``)."""
    return re.fullmatch(_HAN, character) is not None


def _fold(character: str) -> str:
    """Half-width for full-width letters, digits and a few signs; control characters are spaces."""
    if unicodedata.category(character).startswith("C"):
        return " "
    folded = unicodedata.normalize("NFKC", character)
    return folded if folded.isascii() and (folded.isalnum() or folded in "#&+-/%.@") else character


def _punctuate(text: str) -> str:
    """Full-width punctuation, but not inside a number such as ``1,000`` or ``8:30``."""
    kept = _BETWEEN_NUMBERS.sub(lambda match: {",": "\1", ":": "\2"}[match.group()], text)
    return kept.translate(_FULL_WIDTH).replace("\1", ",").replace("\2", ":")
