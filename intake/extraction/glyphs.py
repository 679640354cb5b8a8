"""Words to glyphs and rows: the common ground on which captions and values are looked for, whatever the engine.

Engines cut text differently: one gives single characters, another whole lines. Here every word is cut into glyphs
(one character with its share of the word's box), and glyphs on one height make a row from left to right.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from statistics import median
from typing import TypeAlias

from intake.extraction.layers import advances, own
from intake.geometry import middle, union
from intake.recognition.layout import is_latin_gap, line_box
from intake.types import Line, PageText, PixelBox, Rival, Word
from intake.writing.traditional import simplified

_SAME_ROW = 0.5  # share of the lower line's height that two pieces of one row have in common
_FAR = 4.0  # heights: further up or down no slope brings two pieces onto one row
_SIDE_BY_SIDE = 0.5  # share of the narrower box that two words of one line may overlap
_LEVEL = 0.3  # share of the lower box's height that the middles of two words on one line may differ
_VERTICAL = 1.3  # height over width from which two wide characters or more stand under each other

_Piece: TypeAlias = "tuple[PixelBox, Line]"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character, with its confidence (its word's where the engine tells no other) and its share of the word's box.

    The box is in pixels of the flat page. ``rivals`` are the characters that the engine all but read instead, each with
    its probability, the likeliest first; ``read`` is what was read where one of them was taken. ``spaced``: white
    space parts it from a Latin word before it.
    """

    character: str
    confidence: float
    box: PixelBox
    rivals: tuple[tuple[str, float], ...] = ()
    read: str = ""
    spaced: bool = False


@dataclass(frozen=True)
class Row:
    """Glyphs on one height, from left to right, over the whole width of the page."""

    glyphs: tuple[Glyph, ...]

    @cached_property
    def text(self) -> str:
        """The characters as captions have them, with nothing between: widths folded (NFKC), letters simplified."""
        return as_captions(self.glyphs)

    @cached_property
    def box(self) -> PixelBox:
        """The hull of the glyphs."""
        return union(glyph.box for glyph in self.glyphs)

    @cached_property
    def height(self) -> float:
        """The median height of the glyphs in pixels."""
        return median(glyph.box.height for glyph in self.glyphs)

    @cached_property
    def size(self) -> float:
        """The size of the type in pixels, which boxes of lines that slope or stand close exaggerate."""
        return type_size(self.glyphs)

    def gap(self, index: int) -> float:
        """White space before glyph ``index`` in units of the row's height; the first one has all the space there is."""
        if index == 0:
            return float("inf")
        return (self.glyphs[index].box.x - self.glyphs[index - 1].box.right) / max(self.height, 1.0)


def as_captions(glyphs: Iterable[Glyph]) -> str:
    """Glyphs as the captions and headings of forms have them: in plain width and simplified, one character for each."""
    return simplified("".join(fold(glyph.character) for glyph in glyphs))


def type_size(glyphs: Sequence[Glyph]) -> float:
    """The size of the type of glyphs in pixels: their height, or the advance of the wide ones where that is less."""
    height = median(glyph.box.height for glyph in glyphs)
    wide = [glyph.box.width for glyph in glyphs if advances(glyph.character) == 1]
    return min(height, median(wide)) if wide else height


def fold(character: str) -> str:
    """One character in its plain width, to compare with; one that folds to several stays as it is.

    >>> fold("：") + fold("Ａ") + fold("…")
    ':A…'
    """
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character


@lru_cache(maxsize=32)
def rows(text: PageText) -> tuple[Row, ...]:
    """The rows of a page, top to bottom. Lines that share half of their height and lie side by side make one row."""
    grouped: list[list[_Piece]] = []
    for printed in own(text.lines):
        for line in _untangled(printed):
            piece = (line_box(line), line)
            best = max(grouped, key=lambda one: _affinity(one, piece[0]), default=None)
            if best is None or _affinity(best, piece[0]) < _SAME_ROW:
                grouped.append([piece])
            else:
                best.append(piece)
    made = [_row(word for _, line in group for word in line.words) for group in grouped]
    return tuple(sorted(made, key=lambda row: row.box.y + row.box.height / 2))


def _untangled(line: Line) -> list[Line]:
    """An engine's line cut where it holds two printed lines: words under each other, characters set vertically.

    Detectors of text join letter-spaced captions downwards (名 with the 类 below it), and lines that stand close are
    taken for one.
    """
    chains: list[list[Word]] = []
    for word in sorted(_unstacked(line.words), key=lambda one: one.box.x):
        fitting = [chain for chain in chains if _follows(chain[-1].box, word.box)]
        home = min(fitting, key=lambda chain: abs(middle(chain[-1].box) - middle(word.box)), default=None)
        if home is None:
            chains.append([word])
        else:
            home.append(word)
    return [Line(tuple(chain)) for chain in chains]


def _unstacked(words: Iterable[Word]) -> Iterable[Word]:
    """Words with vertical ones cut into their characters; empty words are dropped."""
    for word in words:
        size = len(word.text.strip())
        wide = all(advances(character) == 1 for character in word.text.strip())
        if size > 1 and wide and word.box.height > _VERTICAL * word.box.width:
            high = word.box.height / size
            for place, glyph in enumerate(word_glyphs(word)):
                box = PixelBox(word.box.x, word.box.y + round(place * high), word.box.width, max(1, round(high)))
                rivals = tuple(Rival(0, *rival) for rival in glyph.rivals)
                yield Word(glyph.character, glyph.confidence, box, (), rivals)
        elif size:
            yield word


def _follows(one: PixelBox, other: PixelBox) -> bool:
    """Whether a word carries on the line of another: beside it, or on the very same height where boxes overlap."""
    common = (min(one.right, other.right) - max(one.x, other.x)) / max(1, min(one.width, other.width))
    apart = abs(middle(one) - middle(other)) / max(1, min(one.height, other.height))
    return common <= _SIDE_BY_SIDE or apart <= _LEVEL


def confidences(word: Word) -> tuple[float, ...]:
    """The confidence of each character of a word; the word's own where its engine tells no other."""
    return word.confidences if len(word.confidences) == len(word.text) else (word.confidence,) * len(word.text)


def word_glyphs(word: Word) -> tuple[Glyph, ...]:
    """A word cut into characters; each takes a share of the box, narrow ones half of what a wide one takes."""
    shares = [advances(character) for character in word.text]
    total = sum(shares)
    if not total:
        return ()
    found: list[Glyph] = []
    before = 0.0
    for place, (character, share, sure) in enumerate(zip(word.text, shares, confidences(word), strict=True)):
        left = word.box.x + round(word.box.width * before / total)
        before += share
        right = word.box.x + round(word.box.width * before / total)
        if not character.isspace():
            box = PixelBox(left, word.box.y, max(1, right - left), word.box.height)
            rivals = tuple((one.character, one.probability) for one in word.rivals if one.place == place)
            spaced = place > 0 and word.text[place - 1].isspace() and _parts(found, character)
            found.append(Glyph(character, sure, box, rivals, spaced=spaced))
    return tuple(found)


def _affinity(group: Sequence[_Piece], box: PixelBox) -> float:
    """Common height with the piece of the row that is nearest from the side; pieces one above the other have none."""
    first = group[0][0]
    if box.y - first.bottom > _FAR * first.height or first.y - box.bottom > _FAR * first.height:
        return 0.0
    nearest = min((piece for piece, _ in group), key=lambda piece: _distance(piece, box))
    if _distance(nearest, box) < -0.5 * min(nearest.width, box.width):
        return 0.0
    common = min(nearest.bottom, box.bottom) - max(nearest.y, box.y)
    return common / max(1, min(nearest.height, box.height))


def _distance(one: PixelBox, other: PixelBox) -> int:
    """White space between two boxes from side to side; negative where they overlap."""
    return max(other.x - one.right, one.x - other.right)


def _row(words: Iterable[Word]) -> Row:
    """Words from left to right; inside a word the engine's own order stands, even where boxes overlap."""
    ordered = sorted(words, key=lambda word: (word.box.x, word.box.right))
    made: list[Glyph] = []
    for glyphs in map(word_glyphs, ordered):
        parted = bool(glyphs) and _parts(made, glyphs[0].character)
        made += (replace(glyphs[0], spaced=True), *glyphs[1:]) if parted else glyphs
    return Row(tuple(made))


def _parts(before: Sequence[Glyph], character: str) -> bool:
    """Whether white space before a character parts it from a Latin word that ends there."""
    return bool(before) and is_latin_gap(before[-1].character, character)


def spelled(rows: Iterable[Sequence[Glyph]], letters: Iterable[str]) -> str:
    """Letters, one for each glyph of some rows, with a space between Latin words; the end of a row parts them too."""
    made = ""
    each = iter(letters)
    for row in rows:
        for place, (glyph, letter) in enumerate(zip(row, each, strict=False)):
            parted = glyph.spaced if place else bool(made) and is_latin_gap(made[-1], letter)
            made += f" {letter}" if parted and made else letter
    return made
