"""Print that is no part of the form: purpose stamps and watermarks across it, the letters woven into its paper.

Engines read them like any other word and lay them into the nearest row, where they would end up inside values. They
are told by how they lie (at another angle than the rows) and by what they repeat. What was read is kept all the same:
they are only not looked at when captions and values are sought.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from statistics import median

from intake.types import Line, PixelBox, Word

_SLANT = 0.2  # rise over run, eleven degrees: flat pages keep their rows within two
_TALL = 1.5  # times the advance of its characters, the height of an ordinary detector's box
_TOUCHING = 0.3  # heights of white space between two words of one line, at most
_SLANTED_LEAST = 3.0  # characters: of fewer the hull says nothing about the angle
_PIECE_MOST = 3  # characters of a torn-off piece of slanted print
_PIECE_TALL = 1.85  # as _TALL, for a piece whose words also stand in slanted print
_WOVEN = "SCJDGL"  # 市场监督管理, by its initials, over the whole of the forms since 2019; the words stand there too
_WOVEN_WORDS = "市场监督管理"
_WOVEN_LEAST = 3  # characters
_WOVEN_ALONE = ("市场监管", "市场监督管理")  # as words of their own, all over the paper
_WOVEN_OFTEN = 3  # times from which on they are its pattern
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
    if sum(word.text.strip() in _WOVEN_ALONE for word in words) >= _WOVEN_OFTEN:
        foreign |= {id(word) for word in words if _is_piece_of_woven(word.text.strip())}
    if not foreign:
        return tuple(lines)
    kept = (Line(tuple(word for word in line.words if id(word) not in foreign)) for line in lines)
    return tuple(line for line in kept if line.words)


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


def _is_woven(text: str) -> bool:
    return len(text) >= _WOVEN_LEAST and re.fullmatch(f"[{_WOVEN}]+", text) is not None and text in _WOVEN * len(text)


def _is_piece_of_woven(text: str) -> bool:
    """Whether a word says nothing but the woven words or a piece of them; an office's name says more."""
    return len(text) > 1 and any(text in whole for whole in _WOVEN_ALONE)


def _is_torn(text: str) -> bool:
    """Whether a word is a piece out of the middle of the woven words; whole, they may be an office's name."""
    return len(text) >= _WOVEN_LEAST and not text.startswith(_WOVEN_WORDS[0]) and text in _WOVEN_WORDS[:-1]
