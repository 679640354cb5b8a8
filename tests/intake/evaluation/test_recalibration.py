"""Confidence that follows what people decided: fitted per field, drawn together where there is little to go by."""

from __future__ import annotations

import random

import pytest

from intake.evaluation.figures import Score
from intake.evaluation.recalibration import LEAST_SLOPE, enough, fit, recalibration, samples
from intake.extraction.recalibration import EVERY_FIELD, SAME, moved


def scores(field: str, given: float, true: float, count: int, seed: int = 1) -> list[Score]:
    """Values of a field given with about one confidence, of which another share is right; four to a file."""
    dice = random.Random(seed)  # noqa: S311 - repeatable dice
    return [
        Score(
            f"{index // 4:04}.png",
            "contract",
            field,
            "png",
            "x",
            "x",
            min(0.99, max(0.01, given + dice.uniform(-0.02, 0.02))),
            dice.random() < true,
        )
        for index in range(count)
    ]


def test_overconfidence_is_taken_back_per_field() -> None:
    """A field that is given with 0.95 and right in 0.7 comes down; one that keeps its promise stays."""
    given = scores("party_a", 0.95, 0.7, 400) + scores("title", 0.95, 0.95, 400, seed=2)
    lines = fit(samples(given))
    assert moved(0.95, lines["contract.party_a"]) == pytest.approx(0.7, abs=0.06)
    assert moved(0.95, lines["contract.title"]) == pytest.approx(0.95, abs=0.03)


def test_a_field_with_few_decisions_follows_the_others() -> None:
    """Two wrong values of a field prove little; the line for all fields weighs more."""
    lines = fit(samples(scores("party_a", 0.9, 0.9, 400) + scores("title", 0.9, 0.0, 2, seed=2)))
    assert moved(0.9, lines["contract.title"]) > 0.6
    assert moved(0.9, lines["contract.title"]) < moved(0.9, lines[EVERY_FIELD])


def test_without_a_sample_nothing_changes() -> None:
    """The line for all fields is the one that changes nothing."""
    assert fit([]) == {EVERY_FIELD: SAME}


@pytest.mark.parametrize("true", [0.0, 1.0])
def test_the_order_of_values_stays(true: float) -> None:
    """Whatever was decided, a surer value of a field stays the surer one."""
    line = fit(samples(scores("title", 0.8, true, 50)))["contract.title"]
    assert moved(0.9, line) > moved(0.5, line) > moved(0.1, line)


def test_wrong_values_that_were_surer_do_not_turn_the_order_round() -> None:
    """Confidence that speaks against itself is not believed backwards."""
    given = scores("title", 0.9, 0.0, 200) + scores("title", 0.2, 1.0, 200, seed=2)
    assert all(slope >= LEAST_SLOPE for slope, _ in fit(samples(given)).values())


def test_the_gain_is_measured_on_files_that_were_not_fitted_on() -> None:
    """Both fields lie: the calibration error falls, and so do silent errors; each field's mean comes near its share."""
    given = scores("party_a", 0.97, 0.7, 400) + scores("title", 0.6, 0.95, 400, seed=2)
    found = recalibration(given)
    assert found.before.calibration_error > 0.25
    assert found.after.calibration_error < 0.06
    assert found.after.silent_errors < found.before.silent_errors
    assert found.after.brier < found.before.brier
    assert all(abs(one.after - one.right) < 0.05 for one in found.fields)
    assert (found.files, found.values) == (100, 800)


def test_fields_that_were_not_read_have_no_confidence_to_judge() -> None:
    """They count for the coverage and for nothing else."""
    missing = [Score(f"{index}.png", "contract", "title", "png", "x", None, 0.0, right=False) for index in range(100)]
    given = scores("title", 0.9, 0.9, 200)
    whole, part = recalibration(given), recalibration([*given, *missing])
    assert (part.values, part.lines) == (whole.values, whole.lines)
    assert part.before.coverage <= whole.before.coverage


@pytest.mark.parametrize(("count", "true", "told"), [(400, 0.9, True), (400, 1.0, False), (60, 0.5, False)])
def test_too_little_is_known_as_such(count: int, true: float, *, told: bool) -> None:
    """Few values, or hardly a wrong one, give no lines."""
    assert enough(scores("title", 0.9, true, count)) is told
