"""Findings about fields that should be on the paper."""

from __future__ import annotations

from intake import doctypes
from intake.extraction.validate import validate
from intake.types import FieldReading, Region

PLACE = Region(((0.1, 0.1), (0.5, 0.1), (0.5, 0.2), (0.1, 0.2)))
CARD = doctypes.get("id_card_back")


def reading(field: str) -> FieldReading:
    """A field as read, with what does not matter here made up."""
    return FieldReading(field, "…", None, 0.9, 0, PLACE, "tesseract")


def test_a_field_that_every_paper_has_is_missed() -> None:
    """A warning names the field, in both languages."""
    (found,) = validate([reading("issuing_authority"), reading("valid_from")], CARD)
    assert (found.code, found.severity, found.fields) == ("field.missing", "warning", ("valid_to",))
    assert CARD.field("valid_to").label.zh in found.message.zh
    assert CARD.field("valid_to").label.en in found.message.en


def test_a_complete_paper_has_no_finding() -> None:
    """Nothing to say, nothing said; an unreadable field is there."""
    assert validate([reading(spec.name) for spec in CARD.fields], CARD) == ()


def test_a_field_that_only_some_papers_have_is_not_missed() -> None:
    """A sole trader's license has no capital."""
    license_type = doctypes.get("business_license")
    expected = [reading(spec.name) for spec in license_type.fields if spec.expected]
    assert validate(expected, license_type) == ()
