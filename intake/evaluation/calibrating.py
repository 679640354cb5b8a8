"""Cases with known truth → a model of confidence, and how well such a model does on papers that it has not seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from intake.evaluation.figures import (
    PRECISION,
    Bin,
    Score,
    calibration,
    calibration_error,
    coverage_at,
    silent_errors,
)
from intake.evaluation.fitting import FREE, Bounds, Observations, fit
from intake.evaluation.samples import Case
from intake.extraction.confidence import Calibration
from intake.extraction.evidence import EITHER_WAY, NAMES, RAISING, values
from intake.fields import traits
from intake.options import ExtractionOptions

FOLDS = 5

_SHRINK = 0.015
"""Observations per observation that stand for what is expected of every weight: they keep the model from what only
generated papers are like, of which more papers show no less. By how well models of generated papers did on photos."""

_SHRINK_KINDS = 0.1
"""The same against the constants of kinds: most papers hold few of some kinds."""

_EXPECTED = {
    "both": 1.0,
    "first_refused": -2.0,
    "check_holds": 1.5,
    "problem": -3.0,
    "note": -1.5,
    "near": -1.0,
    "amended": -3.0,
    "by_shape": -2.5,
    "swallowed": -2.0,
    "ragged": -1.5,
    "contested": -1.0,
    "stand_in": -1.0,
}
"""Log-odds that rare evidence is expected to be worth until papers show otherwise; of all other evidence none."""

_LEAST_SPREAD = 0.05  # of a number: one that hardly ever differs gets no great weight
_CAUTION = {"twofold": 4.0}
"""Log-odds taken away beyond the fit, where papers made by a program cannot show what evidence is worth: they know
which of two things that a paper says was meant; a person who looks at it does not."""

_CAUTION_KINDS = {"address": 1.5}
"""The same for kinds of field: nothing shows where an address ends, and real ones hold rare letters (堍, 冈)."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How well confidences hold on some cases: the figures of every evaluation."""

    fields: int
    given: int
    right: int
    calibration_error: float
    coverage: float
    threshold: float | None
    silent_errors: int
    bins: tuple[Bin, ...]


def calibrate(cases: Sequence[Case]) -> Calibration:
    """The model that fits the cases best. Raises ``ValueError`` where there are not both right and wrong values."""
    samples = [sample for case in cases for sample in case.samples]
    right = np.array([float(sample.right) for sample in samples])
    if not 0 < right.sum() < len(right):
        raise ValueError("a model needs values that are right and values that are wrong")
    numbers = np.array([values(sample.weighed) for sample in samples])
    kinds = sorted({sample.weighed.kind for sample in samples})
    is_of = np.array([[float(sample.weighed.kind == kind) for kind in kinds] for sample in samples])
    middles, spreads = numbers.mean(axis=0), np.maximum(numbers.std(axis=0), _LEAST_SPREAD)
    seen = Observations(np.hstack([(numbers - middles) / spreads, is_of]), right, np.ones(len(samples)))
    shrink = np.array([_SHRINK] * len(NAMES) + [_SHRINK_KINDS] * len(kinds)) * len(samples)
    expected = [_EXPECTED.get(name, 0.0) * spread for name, spread in zip(NAMES, spreads.tolist(), strict=True)]
    limits = [*map(_bounds, NAMES), *[FREE] * len(kinds)]
    weights = fit(seen, limits, shrink, np.array(expected + [0.0] * len(kinds)))
    caution = [_CAUTION.get(name, 0.0) * spread for name, spread in zip(NAMES, spreads.tolist(), strict=True)]
    caution += [_CAUTION_KINDS.get(kind, 0.0) for kind in kinds]
    weights[1:] -= caution
    return Calibration(
        constant=float(weights[0]),
        middles=tuple(middles.tolist()),
        spreads=tuple(spreads.tolist()),
        weights=tuple(weights[1 : 1 + len(NAMES)].tolist()),
        kinds=dict(zip(kinds, weights[1 + len(NAMES) :].tolist(), strict=True)),
    )


def _bounds(name: str) -> Bounds:
    if name in EITHER_WAY:
        return FREE
    return (0.0, math.inf) if name in RAISING else (-math.inf, 0.0)


def cross_validated(cases: Sequence[Case], folds: int = FOLDS) -> tuple[Score, ...]:
    """What models say of files that each of them was not fitted on: one score per field, of the last stage.

    Files are dealt out to the folds in turn, so the same cases always give the same figures.
    """
    names = sorted({case.score.file for case in cases})
    fold = {name: number % folds for number, name in enumerate(names)}
    made: list[Score] = []
    for number in range(folds):
        model = calibrate([case for case in cases if fold[case.score.file] != number])
        made += judged([case for case in cases if fold[case.score.file] == number], model)
    return tuple(made)


def judged(cases: Sequence[Case], model: Calibration) -> tuple[Score, ...]:
    """The scores of the last stage as the model would give them: its likeliest value with its probability."""
    return tuple(_score(case, model) for case in cases if case.last and not case.score.seal_only)


def _score(case: Case, model: Calibration) -> Score:
    options = ExtractionOptions()
    sure = [(model.probability(sample.weighed, options.certain), sample) for sample in case.samples]
    proper = [pair for pair in sure if not pair[1].weighed.stand_in] or sure
    confidence, best = max(proper, key=lambda pair: pair[0], default=(0.0, None))
    readable = best is not None and (confidence >= options.unreadable or traits(best.weighed.kind).prose)
    if best is None or not readable:
        return replace(case.score, value=None, confidence=0.0, right=False)
    return replace(case.score, value=best.value, confidence=confidence, right=best.right)


def quality(scores: Sequence[Score]) -> Quality:
    """The figures over some scores."""
    bins = calibration(scores)
    coverage, threshold = coverage_at(scores, PRECISION)
    given = [score for score in scores if score.value is not None]
    return Quality(
        fields=len(scores),
        given=len(given),
        right=sum(score.right for score in given),
        calibration_error=calibration_error(bins),
        coverage=coverage,
        threshold=threshold,
        silent_errors=silent_errors(scores),
        bins=bins,
    )
