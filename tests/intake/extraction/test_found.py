"""Where the value of a field stands, among all that was read with it."""

from __future__ import annotations

from intake.extraction.found import Found
from intake.extraction.glyphs import Glyph
from intake.types import FlatGeometry, PixelBox

CODE = "91330113MA8K3Q7T9W"
GEOMETRY = FlatGeometry(0, 0, 1000, 700, 1000, 700, (1, 0, 0, 0, 1, 0, 0, 0, 1))


def _glyphs(text: str, x: int, size: int) -> tuple[Glyph, ...]:
    return tuple(Glyph(one, 0.9, PixelBox(x + at * size, 100, size, size)) for at, one in enumerate(text))


def test_a_heading_beside_a_number_is_none_of_its_place() -> None:
    """What was read is kept as it is; the place is that of the number alone, of all where the words do not hold it."""
    found = Found("uscc", ((*_glyphs(CODE, 10, 10), *_glyphs("营业执照", 300, 80)),), "caption", 1.0, "r", GEOMETRY)
    assert found.text == f"{CODE}营业执照"
    assert found.place_of(CODE) == PixelBox(10, 100, 180, 10)
    assert found.place_of("2021-05-18") == found.place_of("") == found.box == PixelBox(10, 100, 610, 80)
