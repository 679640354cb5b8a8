"""Print that is no part of the form: purpose stamps and watermarks across it, the letters woven into its paper.

Engines read them like any other word and lay them into the nearest row, where they would end up inside values. They
are told by how they lie (at another angle than the rows) and by what they repeat. What was read is kept all the same:
they are only not looked at when captions and values are sought.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from statistics import median

from rapidfuzz.distance import Levenshtein

from intake.recognition.layout import order_lines
from intake.types import Line, PixelBox, Word

_SLANT = 0.2  # rise over run, eleven degrees: flat pages keep their rows within two
_TALL = 1.5  # times the advance of its characters, the height of an ordinary detector's box
_TOUCHING = 0.3  # heights of white space between two words of one line, at most
_SLANTED_LEAST = 3.0  # characters: of fewer the hull says nothing about the angle
_PIECE_MOST = 3  # characters of a torn-off piece of slanted print
_PIECE_TALL = 1.85  # as _TALL, for a piece whose words also stand in slanted print
WOVEN = "SCJDGL"  # 市场监督管理, by its initials, over the whole of the forms since 2019; the words stand there too
_WOVEN_WORDS = "市场监督管理"
_WOVEN_LEAST = 3  # characters
WOVEN_ALONE = ("市场监管", "市场监督管理")  # as words of their own, all over the paper
_WOVEN_OFTEN = 3  # times from which on they are its pattern
_WOVEN_LONG = 5  # characters from which on one may be misread and one lost
_MISREAD = 2
_INTERSPERSED = 2  # of its letters between those of a caption
_COLUMN = 2  # words of the pattern that begin under each other
_GIANT = 3.0  # times the height of the words beside it
_OVERSIZED = 3.3  # times the size of the page's type; headings reach seven and a half
_UPRIGHT = 1.2  # times the advance of its characters, the height of a large word's box; arched headings reach 1.8
_SQUARE = (0.5, 2.0)  # height over width of a single character
_LIKE = 0.6  # share of its size that another letter of the same heading has at least
_PURPOSE = re.compile(
    r"(?:此件|本件)?仅(?:供|用于|限投标|限报名|限备案)[\u4e00-\u9fff]{0,10}?(?:使用|之用|参考|无效|专用|用)|(?:再次|再)?复印无效"
    r"|(?:经核对)?与原件(?:核对)?(?:一致|相符|无误)"
)
_BRIDGE = 1.5  # times the height of the other words of its line
_TAIL = re.compile(r".*(?:合同书?|协议书?|公司|合作社|企业|中心|号|室)(?P<tail>.{1,3})")
_NARROW = 0.55  # of a wide character's advance
_TOWER = 5.0  # times the usual height of a word; titles are three times as high
_RATTLE = r"[A-Za-z0-9\[\]|]{12,}"
_UNBELIEVED = 0.35  # confidence of an engine in what is no print; the worst codes that were read right have more
_STACKED = 1.3  # height over width from which characters stand under each other


def own(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without words of foreign layers; lines that hold nothing else fall away."""
    words = [word for line in lines for word in line.words]
    slanted = [word for run in _runs(words) if _is_slanted(run) for word in run]
    woven = any(_is_woven(word.text.strip()) for word in words)
    foreign = {id(word) for word in (*slanted, *_pieces(words, slanted))}
    foreign |= {id(word) for word in _frame(words)}
    foreign |= {id(word) for word in words if woven and (_is_woven(word.text.strip()) or _is_torn(word.text.strip()))}
    often = sum(word.text.strip() in WOVEN_ALONE for word in words) >= _WOVEN_OFTEN
    if often:
        foreign |= {id(word) for word in words if _is_piece_of_woven(word.text.strip())}
    foreign |= {id(word) for line in lines for word in _giants(line.words)}
    foreign |= {id(word) for word in (*_oversized(words), *_purposes(words))}
    for line in lines if woven else ():
        foreign |= {id(word) for word in _interspersed([word for word in line.words if id(word) not in foreign])}
    columns = [word.box.x for word in words if often and word.text.strip() in WOVEN_ALONE]
    said = "\n".join(word.text for word in slanted)
    made: list[Line] = []
    for line in lines:
        kept = [_untailed(_freed(word, columns), said) for word in line.words if id(word) not in foreign]
        made += order_lines(kept) if _was_bridged(line, kept) else [Line(tuple(kept))]
    return tuple(line for line in made if line.words)


def _was_bridged(line: Line, kept: Sequence[Word]) -> bool:
    """Whether what was taken out of a line was so high that it may have joined words of several lines."""
    usual = median(word.box.height for word in kept) if kept else 0
    return len(kept) > 1 and any(word.box.height > _BRIDGE * usual for word in line.words)


def _untailed(word: Word, said: str) -> Word:
    """A word without the piece of slanted print that an engine read as its end, behind what ends names and headings."""
    match = _TAIL.fullmatch(word.text)
    if not said or match is None or match["tail"] not in said:
        return word
    return _part(word, 0, match.start("tail"))


def _part(word: Word, start: int, end: int) -> Word:
    """Characters ``start`` to ``end`` of a word, with their share of its box."""
    whole = word.box.width / max(1.0, advances(word.text))
    left, right = (word.box.x + round(whole * advances(word.text[:place])) for place in (start, end))
    box = PixelBox(left, word.box.y, max(1, right - left), word.box.height)
    return Word(word.text[start:end], word.confidence, box, word.confidences[start:end])


def advances(text: str) -> float:
    """How many wide characters a text is as long as; narrow ones take about half.

    >>> advances("编号"), round(advances("A座"), 2)
    (2.0, 1.55)
    """
    return sum(1.0 if unicodedata.east_asian_width(character) in {"W", "F", "A"} else _NARROW for character in text)


def _runs(words: Sequence[Word]) -> list[list[Word]]:
    """Words that an engine cut out of one line (a number, then its unit): side by side, of one top and one height."""
    made: list[list[Word]] = []
    for word in sorted(words, key=lambda one: one.box.x):
        run = next((one for one in made if _goes_on(one[-1].box, word.box)), None)
        if run is None:
            made.append([word])
        else:
            run.append(word)
    return made


def _goes_on(one: PixelBox, other: PixelBox) -> bool:
    slack = _TOUCHING * one.height
    level = max(abs(one.y - other.y), abs(one.bottom - other.bottom)) <= slack / 3
    return level and abs(other.x - one.right) <= slack


def _is_slanted(run: Sequence[Word]) -> bool:
    """Whether the hull of a line is higher than its characters by so much that it must rise across the page."""
    size, height = advances("".join(word.text for word in run)), run[0].box.height
    width = run[-1].box.right - run[0].box.x
    if size < _SLANTED_LEAST or height > _STACKED * width:
        return False
    return (height - _TALL * width / size) / width > _SLANT


def _pieces(words: Sequence[Word], slanted: Sequence[Word]) -> Iterable[Word]:
    """Short words that slanted print says too and that are as high: detectors tear it at the page's edge and at ink."""
    said = "\n".join(word.text for word in slanted)
    for word in words:
        text = word.text.strip()
        if text and len(text) <= _PIECE_MOST and text in said:
            tall = word.box.height * advances(text) > _PIECE_TALL * word.box.width
            if tall and word.box.height <= _STACKED * word.box.width:
                yield word


def _frame(words: Sequence[Word]) -> Iterable[Word]:
    """What an engine made of the ornaments of a frame, and hardly believes itself: strings of letters, towering marks.

    Left in, a box as high as half the page joins the rows that it passes.
    """
    usual = median([word.box.height for word in words] or [1])
    for word in words:
        towers = word.box.height > _TOWER * usual
        rattles = re.fullmatch(_RATTLE, word.text.strip()) is not None
        if word.confidence < _UNBELIEVED and (towers or rattles):
            yield word


def _giants(words: Sequence[Word]) -> Iterable[Word]:
    """Short words that stand in one line with others and are several times as high: pieces of a large watermark."""
    for word in words:
        others = [other.box.height for other in words if other is not word]
        if others and len(word.text.strip()) <= _PIECE_MOST and word.box.height > _GIANT * median(others):
            yield word


def _oversized(words: Sequence[Word]) -> Iterable[Word]:
    """Words several times the size of the page's type that are no heading: those lie level and have no single letters.

    The letters of a heading that was read in pieces stand beside each other in one size.
    """
    sizes = {id(word): _size(word) for word in words if word.text.strip()}
    usual = median(sizes.values()) if sizes else 0
    large = [word for word in words if sizes.get(id(word), 0) > _OVERSIZED * usual]
    for word in large:
        size, box = advances(word.text.strip()), word.box
        square = _SQUARE[0] <= box.height / box.width <= _SQUARE[1]
        alone = size <= 1 and square and not any(_is_mate(word, other) for other in large if other is not word)
        steep = size > 1 and box.height <= _STACKED * box.width and _rise(box, size) > _SLANT
        if alone or steep:
            yield word


def _purposes(words: Sequence[Word]) -> Iterable[Word]:
    """Words that say what a copy is for and nothing else, at any slant: no paper says that of itself."""
    return (word for word in words if _PURPOSE.fullmatch(word.text.strip()))


def _size(word: Word) -> float:
    """The size of a word's type in pixels, whichever way it lies: the side of the square that one character fills."""
    return math.sqrt(word.box.width * word.box.height / advances(word.text.strip()))


def _is_mate(word: Word, other: Word) -> bool:
    """Whether two words of one size stand on one height."""
    one, two = word.box, other.box
    level = min(one.bottom, two.bottom) - max(one.y, two.y) > _LIKE * min(one.height, two.height)
    return level and min(one.height, two.height) > _LIKE * max(one.height, two.height)


def _rise(box: PixelBox, size: float) -> float:
    """How much higher a box is than its characters, of which it holds ``size`` wide ones, in units of its width."""
    return (box.height - _UPRIGHT * box.width / size) / box.width


def _freed(word: Word, columns: Sequence[int]) -> Word:
    """A word without the woven words with which an engine joined it: they begin where others of the pattern do.

    An office's name goes on (市场监督管理局), and words of a value begin elsewhere.
    """
    size = word.box.width / max(1.0, advances(word.text))
    if sum(abs(word.box.x - left) <= size / 2 for left in columns) < _COLUMN:
        return word
    joined = re.match("(?:市场监管|市场监|市场)(?![监督管局所总])(?=.)", word.text)
    if joined is None:
        return word
    return _part(word, joined.end(), len(word.text))


def _is_woven(text: str) -> bool:
    """Whether a word is a piece of the woven letters, one misread and one lost letter of many allowed."""
    if len(text) < _WOVEN_LEAST or re.fullmatch("[A-Z]+", text) is None:
        return False
    return text in WOVEN * len(text) or (len(text) >= _WOVEN_LONG and Levenshtein.distance(text, WOVEN) <= _MISREAD)


def _interspersed(words: Sequence[Word]) -> list[Word]:
    """The woven letters that an engine read between those of a letter-spaced caption at the beginning of a line.

    Inside a line such a letter may be a value's own (2 栋 C 座 D 室). With them go longer pieces of the pattern behind.
    """
    texts = [word.text.strip() for word in words]
    last = 0
    while last + 2 < len(words) and _is_single(texts[last]) and _is_single(texts[last + 2]):
        if texts[last + 1] not in tuple(WOVEN):
            break
        last += 2
    if last < 2 * _INTERSPERSED:
        return []
    between = words[1:last:2]
    return [*between, *(word for word, text in zip(words, texts, strict=True) if len(text) > 1 and text in WOVEN)]


def _is_single(text: str) -> bool:
    return len(text) == 1 and unicodedata.east_asian_width(text) == "W"


def _is_piece_of_woven(text: str) -> bool:
    """Whether a word says nothing but the woven words or a piece of them; an office's name says more."""
    return len(text) > 1 and any(text in whole for whole in WOVEN_ALONE)


def _is_torn(text: str) -> bool:
    """Whether a word is a piece out of the middle of the woven words; whole, they may be an office's name."""
    return len(text) >= _WOVEN_LEAST and not text.startswith(_WOVEN_WORDS[0]) and text in _WOVEN_WORDS[:-1]
