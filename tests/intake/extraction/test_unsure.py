"""Doubtful characters are found again in the canonical value, wherever its form puts them."""

from __future__ import annotations

from intake.doctypes import get
from intake.extraction.candidates import candidate
from intake.extraction.found import Found
from intake.extraction.glyphs import Glyph
from intake.extraction.unsure import unsure
from intake.options import ExtractionOptions
from intake.types import FlatGeometry, PixelBox

GEOMETRY = FlatGeometry(0, 0, 1000, 100, 1000, 100, (1, 0, 0, 0, 1, 0, 0, 0, 1))


def _places(field: str, text: str, weak: str) -> tuple[int, ...]:
    spec = get("business_license").field(field)
    glyphs = tuple(
        Glyph(character, 0.3 if character in weak else 0.99, PixelBox(20 * place, 0, 20, 20))
        for place, character in enumerate(text)
    )
    found = Found(field, (glyphs,), "caption", 1.0, "tesseract", GEOMETRY)
    return unsure(spec, candidate(spec, found), ExtractionOptions())


def test_a_weak_character_is_marked_in_the_value() -> None:
    """Of a name at its own place, of a day where the canonical form has it, of nothing where all is sure."""
    assert _places("name", "杭州云岫测试有限公司", "岫") == (3,)
    assert _places("established_on", "2016年3月8日", "8") == (9,)
    assert _places("name", "杭州云岫测试有限公司", "") == ()
