"""A form that nobody has filled in: it has the captions of its type and is no paper of anybody's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from intake.doctypes import DocumentType, types
from intake.extraction.layers import WOVEN, WOVEN_ALONE, own
from intake.extraction.sheet import Sheet
from intake.types import FieldReading, PixelBox

_SAID = re.compile(r"[^\W_年月日号元至自第]")
"""A letter or a digit that is no part of an empty form (  年  月  日, 自  至)."""

_SCRAP = 5  # letters in all that a watermark or a torn caption leaves where nothing is written
_RATTLE = 8  # letters in one row that a frame or pattern is taken for; more are print that nobody can read
_HARDLY = 0.3  # confidence below which such a scrap is one
_FEW = 3  # letters of captions that were read in any order
_HALF = 0.5  # of a value's letters pieces of words; single letters of many words spell anything


def is_blank(fields: Sequence[FieldReading], document_type: DocumentType, sheets: Sequence[Sheet] = ()) -> bool:
    """Whether no field but the heading holds anything.

    Pieces of captions, of stamps and watermarks, and letters woven into the paper are nothing. What is there and
    unreadable, or all but, is something, but for a scrap.
    """
    known = (*_captions(), *WOVEN_ALONE, *_across(sheets))
    written = [one for one in fields if document_type.field(one.field).place != "title"]
    said = [one for one in written if _SAID.search(one.text) and not _is_print_of_form(one.text, known)]
    letters = sum(len(_SAID.findall(one.text)) for one in said)
    return letters <= _SCRAP and all(one.value is None or one.confidence < _HARDLY for one in said)


def _is_print_of_form(text: str, known: Sequence[str]) -> bool:
    """Whether a value is nothing that anybody wrote: words of the form, or a few letters made of a frame or pattern.

    Whatever is written has a Chinese character in it, or is a number or a date.
    """
    meant = re.search(r"[\u4e00-\u9fff]", text) or len(re.findall(r"\d", text)) > _SCRAP or len(text) > _RATTLE
    return not meant or _is_printed(text, known)


def _is_printed(text: str, known: Sequence[str]) -> bool:
    """Whether a value says words of the form alone: each letter is in them, and of more than a few half in pieces.

    Letter-spaced captions leave single letters, in any order, and of three one may be misread. Digits are no words of
    a form.
    """
    said = "".join(_SAID.findall(text))
    letters = {letter for word in known for letter in word} | set(WOVEN)
    strange = sum(letter not in letters for letter in said)
    if re.search(r"\d", said) or strange > (len(said) == _FEW):
        return False
    if len(said) <= _FEW:
        return True
    pieces = sum(
        any(said[place : place + 2] in word for word in known) or said[place] in WOVEN for place in range(len(said) - 1)
    )
    return pieces >= _HALF * (len(said) - 1)


@cache
def _captions() -> tuple[str, ...]:
    """The captions of every type: forms of one are printed under the heading of another."""
    every = types()
    own_words = (phrase for one in every for spec in one.fields for phrase in spec.captions)
    return tuple(dict.fromkeys((*own_words, *(phrase for one in every for phrase in one.stops))))


def _across(sheets: Sequence[Sheet]) -> Iterable[str]:
    """What stands across the form: the words of which nothing is left when values are sought."""
    for text in (text for sheet in sheets for text in sheet.pages):
        kept = [word.box for line in own(text.lines) for word in line.words]
        for word in (word for line in text.lines for word in line.words):
            if word.text and not any(_is_in(box, word.box) for box in kept):
                yield word.text


def _is_in(box: PixelBox, whole: PixelBox) -> bool:
    """Whether a box is all or a part of a word's, cut off along its line."""
    level = (box.y, box.height) == (whole.y, whole.height)
    return level and whole.x <= box.x and box.right <= whole.right
