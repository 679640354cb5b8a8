"""Which reading is which document of the truth, and how each field of it fared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from intake.evaluation.figures import Score
from intake.evaluation.truth import DocumentTruth, FileTruth, comparable
from intake.types import DocumentReading

PARTIES = ("party_a", "party_b")

NOWHERE = FileTruth("", "", ())
"""The file of scores that are only counted."""

Kept = TypeVar("Kept")

Pair = tuple[DocumentTruth, DocumentReading | None]


def pairs(truth: FileTruth, found: Sequence[DocumentReading]) -> list[Pair]:
    """Each document of the truth with the reading that resembles it most: same page first, then type, then values."""
    ranked = sorted(
        (
            (_likeness(one, reading), -at, -index)
            for at, one in enumerate(truth.documents)
            for index, reading in enumerate(found)
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for (shared, *_), at, index in ranked:
        if shared and -at not in taken and -index not in taken.values():
            taken[-at] = -index
    return [(one, found[taken[at]] if at in taken else None) for at, one in enumerate(truth.documents)]


def _likeness(truth: DocumentTruth, found: DocumentReading) -> tuple[bool, bool, int, float]:
    """Whether they share a page, have the same type, how many values agree, how alike their pages are."""
    expected, given = set(truth.pages), {index + 1 for index in found.page_indexes}
    right = sum(score.right for score in scores(NOWHERE, truth, found))
    return bool(expected & given), truth.type == found.type, right, len(expected & given) / len(expected | given)


def scores(file: FileTruth, truth: DocumentTruth, found: DocumentReading | None) -> list[Score]:
    """One score per field of the truth; under another type nothing counts as given."""
    as_written = list(_scores_in_order(file, truth, found))
    if not truth.any_party_order:
        return as_written
    turned = replace(truth, fields=_turned(truth.fields), alternatives=_turned(truth.alternatives))
    return max(as_written, list(_scores_in_order(file, turned, found)), key=lambda some: sum(one.right for one in some))


def _turned(fields: Mapping[str, Kept]) -> dict[str, Kept]:
    """The same with the two parties in each other's place."""
    other = dict(zip(PARTIES, reversed(PARTIES), strict=True))
    return {other.get(name, name): value for name, value in fields.items()}


def _scores_in_order(file: FileTruth, truth: DocumentTruth, found: DocumentReading | None) -> Iterator[Score]:
    readings = {one.field: one for one in found.fields} if found and found.type == truth.type else {}
    for name, value in truth.fields.items():
        if name in truth.optional or not value:
            continue
        reading = readings.get(name)
        given = reading.value if reading else None
        accepted = {comparable(one) for one in (value, *truth.alternatives.get(name, ()))}
        yield Score(
            file=file.file,
            type=truth.type,
            field=name,
            profile=file.profile,
            truth=value,
            value=given,
            confidence=reading.confidence if reading and given is not None else 0.0,
            right=given is not None and comparable(given) in accepted,
            seal_only=name in truth.seal_only,
        )
