"""Decided fields → a line per field that brings the confidence given to the share that is right, and what that gains.

Platt's method (Platt 1999, "Probabilistic outputs for support vector machines"): logistic regression of right or wrong
on the log-odds given. One line for all fields is drawn towards the one that changes nothing, and each field's own line
towards that for all: a field with few decisions follows the others, one with many follows its own. The gain is measured
on files that the lines were not fitted on (cross-validation over files, because the fields of a file share their fate).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from intake.evaluation.figures import PRECISION, Score, calibration, calibration_error, coverage_at, silent_errors
from intake.extraction.recalibration import EVERY_FIELD, SAME, Line, log_odds, moved

FOLDS = 5
"""Parts of the files, each measured with the lines that the others give."""

LEAST_FILES = 2 * FOLDS
LEAST_VALUES = 100
LEAST_WRONG = 5
"""Fewer decided values, or fewer wrong ones among them, say nothing about confidence."""

LEAST_SLOPE = 0.2
"""No line is flatter: where the confidences of a field say little or speak against themselves, their order stays."""

_EVERY_SPREAD = (0.25, 1.0)  # standard deviations of slope and offset around the line that changes nothing
_FIELD_SPREAD = (0.25, 1.0)  # the same around the line for all fields: some dozens of decisions outweigh it
_STEPS = 50
_ENOUGH = 1e-8

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """One decided value: which field of which type, how sure it was given, whether it is right."""

    type: str
    field: str
    confidence: float
    right: bool

    @property
    def name(self) -> str:
        """Type and field, as lines are named."""
        return f"{self.type}.{self.field}"


@dataclass(frozen=True, slots=True)
class Effect:
    """How honest confidences are; the coverage is that at 99 % precision, ``brier`` the mean squared error."""

    calibration_error: float
    coverage: float
    silent_errors: int
    brier: float


@dataclass(frozen=True, slots=True)
class FieldEffect:
    """One field: values decided, share right, mean confidence before and after (on files not fitted on)."""

    name: str
    values: int
    right: float
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Recalibration:
    """The lines fitted on everything, and the effect measured across files."""

    files: int
    values: int
    wrong: int
    lines: Mapping[str, Line]
    before: Effect
    after: Effect
    fields: tuple[FieldEffect, ...]


def samples(scores: Sequence[Score]) -> tuple[Sample, ...]:
    """Every value that was given and decided on; what was not read has no confidence to judge."""
    return tuple(
        Sample(score.type, score.field, score.confidence, score.right) for score in scores if score.value is not None
    )


def enough(scores: Sequence[Score]) -> bool:
    """Whether there are files, values and wrong values enough to fit on."""
    given = samples(scores)
    wrong = sum(not one.right for one in given)
    return len(given) >= LEAST_VALUES and wrong >= LEAST_WRONG and len({one.file for one in scores}) >= LEAST_FILES


def recalibration(scores: Sequence[Score]) -> Recalibration:
    """Lines for the fields of ``scores``, and their effect on confidences that they were not fitted on."""
    given = samples(scores)
    after = _across(scores)
    return Recalibration(
        files=len({score.file for score in scores}),
        values=len(given),
        wrong=sum(not one.right for one in given),
        lines=fit(given),
        before=_effect(scores),
        after=_effect(after),
        fields=_by_field(scores, after),
    )


def fit(given: Sequence[Sample]) -> dict[str, Line]:
    """The line for all fields (:data:`EVERY_FIELD`) and one for each field that has a sample."""
    every = _line(given, SAME, _EVERY_SPREAD)
    groups: dict[str, list[Sample]] = defaultdict(list)
    for one in given:
        groups[one.name].append(one)
    return {EVERY_FIELD: every} | {name: _line(groups[name], every, _FIELD_SPREAD) for name in sorted(groups)}


def _across(scores: Sequence[Score]) -> list[Score]:
    """The scores with the confidences that lines fitted on other files give them, in the same order."""
    folds = {file: index % FOLDS for index, file in enumerate(sorted({score.file for score in scores}))}
    fitted = [fit(samples([score for score in scores if folds[score.file] != fold])) for fold in range(FOLDS)]
    return [_moved(score, fitted[folds[score.file]]) for score in scores]


def _moved(score: Score, lines: Mapping[str, Line]) -> Score:
    if score.value is None:
        return score
    line = lines.get(f"{score.type}.{score.field}", lines[EVERY_FIELD])
    return replace(score, confidence=moved(score.confidence, line))


def _line(given: Sequence[Sample], prior: Line, spread: tuple[float, float]) -> Line:
    """The likeliest line where lines are spread around ``prior``, not flatter than :data:`LEAST_SLOPE`."""
    odds = np.array([log_odds(one.confidence) for one in given], dtype=np.float64)
    right = np.array([one.right for one in given], dtype=np.float64)
    level = np.ones_like(odds)
    slope, offset = _likeliest(np.column_stack([odds, level]), np.zeros_like(odds), right, prior, spread)
    if slope < LEAST_SLOPE:
        slope, (offset,) = LEAST_SLOPE, _likeliest(level[:, None], LEAST_SLOPE * odds, right, prior[1:], spread[1:])
    return round(slope, 4), round(offset, 4)


def _likeliest(
    columns: Floats, base: Floats, right: Floats, prior: Sequence[float], spread: Sequence[float]
) -> tuple[float, ...]:
    """The weights of ``columns`` that, on top of ``base``, explain best what was right, spread around ``prior``.

    Newton's steps, halved where they go too far (the loss is convex: there is one best answer).
    """
    centre, tight = np.array(prior, dtype=np.float64), np.diag(1 / np.square(spread))
    weights = centre.copy()

    def loss(at: Floats) -> float:
        odds, away = base + columns @ at, at - centre
        return float(np.sum(np.logaddexp(0, odds) - right * odds) + away @ tight @ away / 2)

    for _ in range(_STEPS):
        share = _share(base + columns @ weights)
        downhill = columns.T @ (share - right) + tight @ (weights - centre)
        step = np.linalg.solve((columns.T * (share * (1 - share))) @ columns + tight, downhill)
        while loss(weights - step) > loss(weights) + _ENOUGH:
            step /= 2
        weights -= step
        if np.abs(step).max() < _ENOUGH:
            break
    return tuple(float(weight) for weight in weights)


def _share(odds: Floats) -> Floats:
    share: Floats = 1 / (1 + np.exp(-odds))
    return share


def _effect(scores: Sequence[Score]) -> Effect:
    given = [score for score in scores if score.value is not None]
    squares = [(score.confidence - score.right) ** 2 for score in given]
    return Effect(
        calibration_error=calibration_error(calibration(given)),
        coverage=coverage_at(scores, PRECISION)[0],
        silent_errors=silent_errors(given),
        brier=sum(squares) / len(squares) if squares else 0.0,
    )


def _by_field(before: Sequence[Score], after: Sequence[Score]) -> tuple[FieldEffect, ...]:
    groups: dict[str, list[tuple[Score, Score]]] = defaultdict(list)
    for one, other in zip(before, after, strict=True):
        if one.value is not None:
            groups[f"{one.type}.{one.field}"].append((one, other))
    return tuple(_field(name, groups[name]) for name in sorted(groups))


def _field(name: str, pairs: Sequence[tuple[Score, Score]]) -> FieldEffect:
    count = len(pairs)
    return FieldEffect(
        name=name,
        values=count,
        right=sum(one.right for one, _ in pairs) / count,
        before=sum(one.confidence for one, _ in pairs) / count,
        after=sum(other.confidence for _, other in pairs) / count,
    )
