"""Pages typed as plain text: a letter's column is its place, so columns, indents and blanks stand as on paper.

A paper is its fields (``name: value``), a line ``====``, and its pages with ``----`` between them. A line that begins
with ``#`` is a heading, centred and half as large again. Wide letters take two columns.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from intake.types import PageText, Word
from tests.intake.extraction.sheets import page, word

COLUMN, PITCH, MARGIN, WIDTH, LARGER = 20, 70, 200, 2480, 1.5
_RUN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Typed:
    """A paper with the fields that are to be read off it."""

    fields: dict[str, str]
    pages: tuple[PageText, ...]


def typed(path: Path, reader: str = "rapidocr") -> Typed:
    """The paper in a file of this form."""
    head, _, body = path.read_text(encoding="utf-8").partition("====\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    return Typed(fields, pages(body, reader))


def pages(body: str, reader: str = "rapidocr") -> tuple[PageText, ...]:
    """The pages of a text, one reader's."""
    parts = body.split("----\n")
    return tuple(page(*_words(part), index=index, reader=reader) for index, part in enumerate(parts))


def _words(text: str) -> list[Word]:
    made: list[Word] = []
    for row, line in enumerate(text.splitlines()):
        top = MARGIN + row * PITCH
        if line.startswith("#"):
            heading = word("".join(line[1:].split()), 0, top, size=round(2 * COLUMN * LARGER))
            made.append(replace(heading, box=replace(heading.box, x=(WIDTH - heading.box.width) // 2)))
            continue
        for run in _RUN.finditer(line):
            before = sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in line[: run.start()])
            made.append(word(run.group(), MARGIN + before * COLUMN, top, size=2 * COLUMN))
    return made
