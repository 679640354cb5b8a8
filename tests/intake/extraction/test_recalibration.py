"""Confidences that follow an office's lines, at the end of extraction."""

from __future__ import annotations

from dataclasses import replace

from intake.extraction.recalibration import recalibrated
from intake.options import ExtractionOptions, Options
from intake.pipeline import understand
from intake.types import FieldReading, Region
from tests.confirmed_papers import LICENSE, reading, words
from tests.made_up import TODAY

WHOLE = Region(((0, 0), (1, 0), (1, 1), (0, 1)))


def field(name: str, value: str | None, confidence: float) -> FieldReading:
    """One reading."""
    return FieldReading(name, value or "?", value, confidence, 0, WHOLE, "tesseract")


def options(**lines: tuple[float, float]) -> ExtractionOptions:
    """Lines for fields of a contract (``others``: for all without one)."""
    named = {"*" if name == "others" else f"contract.{name}": line for name, line in lines.items()}
    return ExtractionOptions(recalibration=named)


def test_a_field_follows_its_own_line_and_the_others_the_general_one() -> None:
    """What was not read stays without confidence."""
    given = [field("title", "合同", 0.9), field("party_a", "甲", 0.9), field("party_b", None, 0.0)]
    told = recalibrated("contract", given, options(title=(1.0, -1.0), others=(1.0, 1.0)))
    assert [one.confidence for one in told] == [0.768, 0.9607, 0.0]


def test_no_line_goes_beyond_what_evidence_can_give() -> None:
    """However well a field did so far: there is always the unforeseen."""
    (told,) = recalibrated("contract", [field("title", "合同", 0.99)], options(others=(2.0, 5.0)))
    assert told.confidence == ExtractionOptions().certain


def test_without_lines_nothing_changes() -> None:
    """Off is the default."""
    given = (field("title", "合同", 0.9),)
    assert recalibrated("contract", given, ExtractionOptions()) == given


def test_the_whole_way_follows_the_lines() -> None:
    """Understanding kept words with a line gives the same values with other confidences."""
    chosen = replace(Options(), extraction=ExtractionOptions(recalibration={"*": (1.0, -3.0)}))
    before, after = reading(LICENSE).documents, understand(words(LICENSE), today=TODAY, options=chosen)
    pairs = list(zip(before[0].fields, after[0].fields, strict=True))
    assert all(one.value == other.value and one.confidence > other.confidence for one, other in pairs if one.value)
