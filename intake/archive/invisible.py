"""The words of a page as text that is not seen: what is searched, marked and copied.

Reading programs put a space where there is a gap. So Chinese words reach up to the next one however thin the ink
between them is, and a space is written only between words of Latin letters or digits.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from intake.archive.glyphless import ASCENT, DESCENT, EM, Alphabet, width, written
from intake.archive.placing import SMALLEST, Placed
from intake.types import PageText

_NEAR = 2.0  # heights; a wider gap is a distance that is meant, between columns
_ENDING, _BEGINNING = frozenset(".,;&"), frozenset("&")  # what a Latin word may end and begin with
_LEAST = 0.5  # of its width that a word keeps where the next one begins inside it
_BASE = -DESCENT / (ASCENT - DESCENT)  # of the height, from the lower side up to the base line


def characters(texts: Iterable[PageText]) -> Iterator[str]:
    """Every character that the text of a page may need."""
    yield " "
    for text in texts:
        for line in text.lines:
            for word in line.words:
                yield from written(word.text)


def operators(lines: Iterable[Sequence[Placed]], alphabet: Alphabet, font: str) -> bytes:
    """Placed lines as operators of a content stream (ISO 32000-1, 9.4); ``font`` is its name in the resources.

    Mode 3 draws neither inside nor outline (9.3.6).
    """
    parts: list[str] = []
    for line in lines:
        parts.append(f"BT 3 Tr /{font} {_number(line[0].height)} Tf")
        for word, following in zip_longest(line, line[1:]):
            parts += _shown(word, following, alphabet)
        parts.append("ET")
    return "\n".join(parts).encode("ascii")


def _shown(word: Placed, following: Placed | None, alphabet: Alphabet) -> Iterator[str]:
    """A word from its begin up to the begin of the following one, where that is near."""
    sine, cosine = math.sin(word.angle), math.cos(word.angle)
    begin = word.moved(0, _BASE * word.height)
    yield f"{_short(cosine)} {_short(sine)} {_short(-sine)} {_short(cosine)} {_number(begin.x)} {_number(begin.y)} Tm"
    gap = word.distance(following) - word.length if following else 0.0
    near = gap <= _NEAR * word.height
    if following and not word.tied and _parted(word.text[-1], following.text[0]):
        yield _text(word.text, word.length, word.height, alphabet)
        yield _text(" ", max(gap, SMALLEST) if near else SMALLEST, word.height, alphabet)
    elif gap > 0 and near:
        last = word.length * width(word.text[-1]) / width(word.text)
        if word.text[:-1]:
            yield _text(word.text[:-1], word.length - last, word.height, alphabet)
        yield _text(word.text[-1], last + gap, word.height, alphabet)
    else:
        length = max(word.length + gap, _LEAST * word.length) if gap < 0 else word.length
        yield _text(word.text, length, word.height, alphabet)


def _parted(one: str, other: str) -> bool:
    """Whether a space is written between two characters: they are Latin, and no brackets or the like.

    >>> _parted("g", "C"), _parted(",", "L"), _parted(")", "("), _parted("年", "5")
    (True, True, False, False)
    """
    latin = width(one) < EM and width(other) < EM
    return latin and (one.isalnum() or one in _ENDING) and (other.isalnum() or other in _BEGINNING)


def _text(text: str, length: float, height: float, alphabet: Alphabet) -> str:
    """A text stretched to a length."""
    return f"{_number(100 * length * EM / (width(text) * height))} Tz <{alphabet.code(text)}> Tj"


def _number(value: float) -> str:
    """A number of a content stream, to a hundredth (of a point: 0.004 mm): less parts lines for reading programs."""
    return _trimmed(f"{value:.2f}")


def _short(value: float) -> str:
    """A sine or cosine: a line of a metre is out by 0.01 mm at its end."""
    return _trimmed(f"{value:.5f}")


def _trimmed(digits: str) -> str:
    trimmed = digits.rstrip("0").rstrip(".")
    return "0" if trimmed == "-0" else trimmed
