"""How words are cut into characters, each with its own confidence."""

from __future__ import annotations

from intake.extraction.glyphs import confidences, rows, word_glyphs
from intake.types import PixelBox, Word
from tests.intake.extraction.sheets import page

BOX = PixelBox(100, 100, 120, 40)


def test_a_character_keeps_the_confidence_that_its_engine_gave_it() -> None:
    """One doubtful letter of three is no average: it is what a wrong value looks like."""
    glyphs = word_glyphs(Word("王小明", 0.9, BOX, (0.99, 0.72, 0.99)))
    assert [(glyph.character, glyph.confidence) for glyph in glyphs] == [("王", 0.99), ("小", 0.72), ("明", 0.99)]


def test_where_the_engine_tells_no_more_every_character_has_its_words_confidence() -> None:
    """Words kept before characters had a confidence of their own are read on as they were."""
    assert confidences(Word("王小明", 0.9, BOX)) == (0.9, 0.9, 0.9)
    assert confidences(Word("王小明", 0.9, BOX, (0.5,))) == (0.9, 0.9, 0.9)


def test_white_space_takes_no_confidence_from_its_neighbours() -> None:
    """Spaces are dropped together with their confidence, in words that stand upright too."""
    flat = Word("王 明", 0.9, BOX, (0.8, 0.1, 0.7))
    upright = Word("王 明", 0.9, PixelBox(100, 100, 40, 120), (0.8, 0.1, 0.7))
    for word in (flat, upright):
        found = [glyph for row in rows(page(word)) for glyph in row.glyphs]
        assert [(glyph.character, glyph.confidence) for glyph in found] == [("王", 0.8), ("明", 0.7)]
