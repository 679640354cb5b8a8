"""Step 5: words. The hinge: plain data from here on."""

from __future__ import annotations

from dataclasses import dataclass

from intake.types.pages import FlatGeometry, PictureQuality, PixelBox


@dataclass(frozen=True, slots=True)
class Rival:
    """Another character that an engine all but read at a ``place`` of a word (from 0), with its probability."""

    place: int
    character: str
    probability: float


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters as an engine read it, with its confidence and its place on the flat page.

    ``confidences`` are those of its characters one by one, as many as ``text`` has, where the engine tells them;
    ``rivals`` are kept where it was not sure of a character, those of one place likeliest first.
    """

    text: str
    confidence: float
    box: PixelBox
    confidences: tuple[float, ...] = ()
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one printed line, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with nothing between them: Chinese is written without spaces."""
        return "".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class PageText:
    """Everything one reader read on one flat page, top to bottom; and the payload of its QR codes, if any.

    ``quality`` of the picture stands with a sheet's first reading; words kept before it was measured have none.
    """

    geometry: FlatGeometry
    lines: tuple[Line, ...]
    reader: str
    codes: tuple[str, ...] = ()
    quality: PictureQuality | None = None
