"""The words of a page as they were kept when it was read, with their places on the scan: to be pointed at."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from intake.geometry import region
from intake.types import PageText as Text
from intake.types import Region
from models import kept_words


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word, where it stands, and the number of its line on the page (from 0)."""

    text: str
    region: Region
    line: int


def load(session: Session, page_id: str) -> tuple[PlacedWord, ...]:
    """The words of all sheets of a page in reading order, as the first reader of each sheet read them."""
    words: list[PlacedWord] = []
    for text in kept_words.whole(kept_words.words(session, [page_id])[page_id]):
        words += _placed(text, words[-1].line + 1 if words else 0)
    return tuple(words)


def _placed(text: Text, begin: int) -> list[PlacedWord]:
    return [
        PlacedWord(word.text, region(text.geometry, word.box), number)
        for number, line in enumerate(text.lines, start=begin)
        for word in line.words
    ]
