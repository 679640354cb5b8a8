"""Logistic regression with bounds and shrinkage, on observations whose law is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from intake.evaluation.fitting import FREE, Numbers, Observations, fit

MANY = 20_000


def seen(*weights: float, constant: float = 0.5) -> Observations:
    """Observations that follow a logistic law with these weights (seeded)."""
    rng = np.random.default_rng(7)
    numbers = rng.normal(size=(MANY, len(weights)))
    probability = 1 / (1 + np.exp(-(constant + numbers @ np.array(weights))))
    return Observations(numbers, (rng.random(MANY) < probability).astype(float), np.ones(MANY))


def shrink(size: int, much: float = 1e-6) -> Numbers:
    """The same shrinkage for every weight."""
    return np.full(size, much)


def test_the_law_behind_the_observations_is_found() -> None:
    """Constant first, then one weight per number, within what twenty thousand observations can tell."""
    weights = fit(seen(1.0, -0.5, 0.0), (FREE,) * 3, shrink(3), np.zeros(3))
    assert weights.tolist() == pytest.approx([0.5, 1.0, -0.5, 0.0], abs=0.06)


def test_a_weight_keeps_the_bounds_that_it_must_have() -> None:
    """A number that seems to raise, against its meaning, weighs nothing; the others make up for it as they can."""
    weights = fit(seen(1.0, -0.5), ((-math.inf, 0.0), (-math.inf, 0.0)), shrink(2), np.zeros(2))
    assert weights[1] == 0
    assert weights[2] < -0.3
    assert fit(seen(1.0), ((-math.inf, -2.0),), shrink(1), np.zeros(1))[1] == -2.0


def test_what_is_shrunk_weighs_less() -> None:
    """The more so, the fewer observations stand against it."""
    free, held = (fit(seen(1.0), (FREE,), shrink(1, much), np.zeros(1)) for much in (1e-6, 1e5))
    assert 0 < held[1] < 0.1 < free[1]


def test_what_is_shrunk_is_drawn_to_what_is_expected_of_it() -> None:
    """Where next to nothing was seen, that is what it weighs."""
    assert fit(seen(1.0), (FREE,), shrink(1, 1e7), np.array([-2.0]))[1] == pytest.approx(-2.0, abs=0.01)


def test_an_observation_that_counts_for_nothing_changes_nothing() -> None:
    """Counts weigh the observations."""
    law = seen(1.0)
    turned = Observations(
        np.vstack([law.numbers, law.numbers]),
        np.concatenate([law.right, 1 - law.right]),
        np.concatenate([law.counts, 0 * law.counts]),
    )
    assert fit(turned, (FREE,), shrink(1), np.zeros(1)).tolist() == pytest.approx(
        fit(law, (FREE,), shrink(1), np.zeros(1)).tolist()
    )


def test_even_where_all_wrong_values_can_be_told_apart_the_weights_stay_finite() -> None:
    """Perfect separation has no likeliest weights: shrinkage keeps them."""
    numbers = np.array([[-1.0], [-2.0], [1.0], [2.0]])
    weights = fit(
        Observations(numbers, np.array([0.0, 0.0, 1.0, 1.0]), np.ones(4)),
        ((0.0, math.inf),),
        shrink(1, 1.0),
        np.zeros(1),
    )
    assert 0 < weights[1] < 5
