"""The weights of evidence out of values known to be right or wrong: logistic regression with bounds and shrinkage.

A weight may only have the sign that its evidence can have by its meaning (a doubtful letter never makes a value
surer), so that it holds on paper unlike that of the fit; weights are shrunk (ridge) towards what is expected of them,
those of single kinds of field the most. Plain numpy: iteratively reweighted least squares, each step solved by
coordinate descent within the bounds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

_STEPS = 40  # of reweighting; it settles in about ten
_SWEEPS = 200  # over all weights in one step
_SETTLED = 1e-4
_LEAST_SPREAD = 1e-3  # of a probability from 0 and 1 in the weights of the observations


@dataclass(frozen=True, slots=True, eq=False)
class Observations:
    """``numbers`` (observations, evidence), standardised; ``right`` 0 or 1; how much each observation ``counts``."""

    numbers: Numbers
    right: Numbers
    counts: Numbers


Bounds = tuple[float, float]
"""The least and the greatest that a weight may be; infinite where it is free."""

FREE: Bounds = (-math.inf, math.inf)


def fit(seen: Observations, bounds: Sequence[Bounds], shrink: Numbers, expected: Numbers) -> Numbers:
    """The weights, the constant first, that make what was seen the likeliest.

    What is taken off that likelihood is ``shrink`` / 2 times the square of the weight less what is ``expected`` of it.
    ``bounds``, ``shrink`` and ``expected`` are per column of the numbers; the constant has none of them.
    """
    table = np.column_stack([np.ones(len(seen.right)), seen.numbers])
    limits = np.array([FREE, *bounds])
    ridge = np.concatenate([[0.0], shrink])
    drawn_to = np.concatenate([[0.0], expected])
    weights = drawn_to.copy()
    for _ in range(_STEPS):
        probability = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        spread = np.maximum(probability * (1 - probability), _LEAST_SPREAD) * seen.counts
        slope = table.T @ (seen.counts * (seen.right - probability)) - ridge * (weights - drawn_to)
        curve = table.T @ (table * spread[:, None]) + np.diag(ridge)
        new = _within(curve, curve @ weights + slope, limits, weights)
        moved = float(np.abs(new - weights).max())
        weights = new
        if moved < _SETTLED:
            break
    return weights


def _within(curve: Numbers, target: Numbers, limits: Numbers, begin: Numbers) -> Numbers:
    """The lowest point of ½ w·curve·w - target·w whose weights keep their bounds, by coordinate descent."""
    weights = begin.copy()
    for _ in range(_SWEEPS):
        moved = 0.0
        for at in range(len(weights)):
            pull = target[at] - curve[at] @ weights + curve[at, at] * weights[at]
            new = min(max(pull / curve[at, at] if curve[at, at] else 0.0, limits[at, 0]), limits[at, 1])
            moved = max(moved, abs(new - weights[at]))
            weights[at] = new
        if moved < _SETTLED:
            break
    return weights
