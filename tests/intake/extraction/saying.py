"""What readers say of the fields of an ID card, made by hand, and the evidence that follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from intake import doctypes
from intake.extraction.candidates import Candidate, candidate
from intake.extraction.evidence import Weighed
from intake.extraction.found import Found, How
from intake.extraction.glyphs import word_glyphs
from intake.extraction.surroundings import surroundings
from intake.extraction.weighing import weigh
from intake.options import ExtractionOptions
from intake.types import FlatGeometry
from tests.intake.extraction.sheets import IDENTITY, word

CARD = doctypes.get("id_card_front")
GEOMETRY = FlatGeometry(0, 0, 1000, 600, 1000, 600, IDENTITY)
OPTIONS = ExtractionOptions()


def said(
    field: str,
    text: str,
    *,
    reader: str = "rapidocr",
    sure: float = 0.98,
    worst: float | None = None,
    how: How = "caption",
    y: int = 100,
    quality: float = 1.0,
) -> Candidate:
    """What one reader says of a field; ``worst`` is the confidence of the value's third letter."""
    one = word(text, 100, y, confidence=sure)
    letters = [sure] * len(text)
    if worst is not None:
        letters[2] = worst
    rows = (word_glyphs(replace(one, confidences=tuple(letters))),)
    return candidate(CARD.field(field), Found(field, rows, how, quality, reader, GEOMETRY))


def evidence(field: str, *group: Candidate, rivals: Sequence[Candidate] = ()) -> Weighed:
    """The evidence for the value of a group beside its rivals, on a paper that shows nothing else."""
    every = [*group, *rivals]
    around = surroundings((), CARD, {field: every})
    return weigh(CARD.field(field), group, every, around, OPTIONS)
