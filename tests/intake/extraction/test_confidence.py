"""How sure a value is: which evidence raises it and which lowers it."""

from __future__ import annotations

from intake import doctypes
from intake.extraction.candidates import Candidate, candidate
from intake.extraction.confidence import confidence
from intake.extraction.found import Found, How
from intake.extraction.glyphs import word_glyphs
from intake.options import ExtractionOptions
from intake.types import FlatGeometry
from tests.intake.extraction.sheets import IDENTITY, word

CARD = doctypes.get("id_card_front")
GEOMETRY = FlatGeometry(0, 0, 1000, 600, 1000, 600, IDENTITY)
OPTIONS = ExtractionOptions()


def said(field: str, text: str, *, reader: str = "rapidocr", sure: float = 0.98, how: How = "caption") -> Candidate:
    """What one reader says of a field, at a good place."""
    rows = (word_glyphs(word(text, 100, 100, confidence=sure)),)
    return candidate(CARD.field(field), Found(field, rows, how, 1.0, reader, GEOMETRY))


def sure(field: str, *group: Candidate, rivals: tuple[Candidate, ...] = ()) -> float:
    """The confidence in the value of a group."""
    return confidence(CARD.field(field), group, rivals, OPTIONS)


def test_a_second_reader_that_agrees_makes_it_surer() -> None:
    """The double keying of data entry."""
    one = said("name", "王小明")
    assert sure("name", one, said("name", "王小明", reader="tesseract")) > sure("name", one)


def test_a_reader_that_says_otherwise_makes_it_less_sure() -> None:
    """The more so, the surer the other one is."""
    one = said("name", "王小明")
    weak, strong = (said("name", "王小朋", reader="tesseract", sure=sure_of_it) for sure_of_it in (0.2, 0.98))
    assert sure("name", one) > sure("name", one, rivals=(weak,)) > sure("name", one, rivals=(strong,))


def test_a_value_that_another_reading_goes_beyond_may_be_cut_off() -> None:
    """…1 where another reader has …1号 is less sure than where it has …2."""
    one = said("address", "虚构市明月区1")
    longer, other = (said("address", text, reader="tesseract") for text in ("虚构市明月区1号", "虚构市明月区2"))
    assert sure("address", one, rivals=(longer,)) < sure("address", one, rivals=(other,))


def test_a_check_character_that_holds_makes_it_surer() -> None:
    """A misread number seldom keeps it."""
    assert sure("id_number", said("id_number", "110101199001010015")) > sure("name", said("name", "王小明"))


def test_a_check_character_that_fails_makes_it_doubtful() -> None:
    """However sure the engine is."""
    assert sure("id_number", said("id_number", "110101199001010010", sure=1.0)) < 0.7


def test_the_same_reader_twice_is_one_witness() -> None:
    """A second look by the same reader is no agreement."""
    one = said("name", "王小明")
    assert sure("name", one, one) == sure("name", one)


def test_nothing_is_quite_certain() -> None:
    """There is always the unforeseen."""
    best = (said("id_number", "110101199001010015", reader=name, sure=1.0) for name in ("tesseract", "rapidocr", "qr"))
    assert sure("id_number", *best) == OPTIONS.certain
