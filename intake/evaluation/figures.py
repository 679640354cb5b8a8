"""Scores of single fields → figures: rows, character error rate, coverage, calibration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from intake.evaluation.truth import comparable

SILENT = 0.95
"""A wrong value with at least this confidence is a silent error: nobody would look at it."""

PRECISION = 0.99
"""The precision that accepted fields must have for "coverage at 99 % precision"."""

BINS = 10
"""Bins of equal width for the expected calibration error."""


@dataclass(frozen=True, slots=True)
class Score:
    """One field of the truth: what was given for it, how surely, and whether that is right."""

    file: str
    type: str
    field: str
    profile: str
    truth: str
    value: str | None
    confidence: float
    right: bool
    seal_only: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Counts over some scores: fields of the truth, values given, values right."""

    name: str
    scored: int
    given: int
    right: int

    @property
    def exact(self) -> float:
        """Exact match, which is recall too: right values per field of the truth; 0 where there is none."""
        return self.right / self.scored if self.scored else 0.0

    @property
    def precision(self) -> float:
        """Right values per value given; 0 where none was given."""
        return self.right / self.given if self.given else 0.0


@dataclass(frozen=True, slots=True)
class Bin:
    """One bin of confidence: how many values, their mean confidence, the share of them that is right."""

    lower: float
    values: int
    confidence: float
    accuracy: float


def row(name: str, scores: Sequence[Score]) -> Row:
    """The counts of some scores under a name."""
    return Row(
        name, len(scores), sum(score.value is not None for score in scores), sum(score.right for score in scores)
    )


def rows_by(scores: Iterable[Score], key: Callable[[Score], str]) -> tuple[Row, ...]:
    """One row per key, sorted by key."""
    groups: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        groups[key(score)].append(score)
    return tuple(row(name, groups[name]) for name in sorted(groups))


def character_error_rate(scores: Iterable[Score]) -> float:
    """Edits (insert, delete, replace) from what was given to the truth, per character of the truth; none given: all."""
    pairs = [
        (comparable(score.truth), "" if score.right else comparable(score.value or ""), score.right) for score in scores
    ]
    length = sum(len(truth) for truth, _, _ in pairs)
    edits = sum(0 if right else Levenshtein.distance(truth, given) for truth, given, right in pairs)
    return edits / length if length else 0.0


def coverage_at(scores: Sequence[Score], precision: float) -> tuple[float, float | None]:
    """The largest share of all fields that a threshold of confidence accepts with at least ``precision``.

    Values of one confidence are accepted together. Gives the share and the threshold; (0, None) where none does.
    """
    given = sorted((score for score in scores if score.value is not None), key=lambda score: -score.confidence)
    best, threshold, right = 0, None, 0
    for count, score in enumerate(given, start=1):
        right += score.right
        last_of_its_confidence = count == len(given) or given[count].confidence < score.confidence
        if last_of_its_confidence and right >= precision * count:
            best, threshold = count, score.confidence
    return (best / len(scores) if scores else 0.0), threshold


def calibration(scores: Iterable[Score]) -> tuple[Bin, ...]:
    """Values given, in :data:`BINS` bins of equal width; empty bins are left out."""
    groups: dict[int, list[Score]] = defaultdict(list)
    for score in scores:
        if score.value is not None:
            groups[min(BINS - 1, int(score.confidence * BINS))].append(score)
    return tuple(
        Bin(
            lower=index / BINS,
            values=len(members),
            confidence=sum(score.confidence for score in members) / len(members),
            accuracy=sum(score.right for score in members) / len(members),
        )
        for index, members in sorted(groups.items())
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: the gap between confidence and accuracy, weighted by the bins' values."""
    values = sum(one.values for one in bins)
    return sum(one.values * abs(one.confidence - one.accuracy) for one in bins) / values if values else 0.0


def silent_errors(scores: Iterable[Score]) -> int:
    """How many values are wrong with a confidence of at least :data:`SILENT`."""
    return sum(score.value is not None and not score.right and score.confidence >= SILENT for score in scores)
