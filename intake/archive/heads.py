"""红头: whether a page begins as an official document does, whose head is printed in red (GB/T 9704-2012, 7.2.4).

Told by the words, so that it holds for a scan without colours: high on the page a large line that ends with 文件, and
near it an issue number 发文字号 with the year in brackets, as 〔2020〕12号. A head of another form (the letter 信函, an
order 令, minutes 纪要: a name alone, without 文件) is not told from black print, nor one that nobody could read.
"""

from __future__ import annotations

import re
from statistics import median

from intake.types import Line, PageText

_TITLE = re.compile(r"^.{2,}文件$")
_NUMBER = re.compile(r"(?:[〔\[【(（［{]\D?(?:19|20)\d\d|(?:19|20)\d\d\D?[〕\]】)）］}])\D{0,3}\d{1,5}号")
_HIGH, _NEAR = 0.45, 0.25  # of the page's height: where the head ends at most, and how far the number stands from it
_LARGE = 1.4  # times the median height of the page's lines


def is_red_head(text: PageText) -> bool:
    """Whether a page's words begin with the head of an official document."""
    lines = [(_said(line), *_rows(line)) for line in text.lines if line.words]
    if not lines:
        return False
    usual = median(bottom - top for _, top, bottom in lines)
    heads = [
        bottom
        for said, top, bottom in lines
        if _TITLE.match(said) and bottom <= _HIGH * text.geometry.height and bottom - top >= _LARGE * usual
    ]
    numbers = [top for said, top, _ in lines if _NUMBER.search(said)]
    return any(abs(number - head) <= _NEAR * text.geometry.height for head in heads for number in numbers)


def _said(line: Line) -> str:
    return "".join(word.text for word in line.words).replace(" ", "")


def _rows(line: Line) -> tuple[int, int]:
    """Top and bottom of a line, in pixels of the flat page."""
    return min(word.box.y for word in line.words), max(word.box.bottom for word in line.words)
