"""Cases with known truth become a model of confidence, and the model is measured on files it has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from intake.evaluation.calibrating import calibrate, cross_validated, judged, quality
from intake.evaluation.figures import Score
from intake.evaluation.samples import Case, Sample
from intake.extraction.evidence import NAMES, Weighed
from intake.options import ExtractionOptions

NOTHING = Weighed(kind="reference", **dict.fromkeys(NAMES, 0.0))


def score(file: str) -> Score:
    """A field of the truth that nothing was given for yet."""
    return Score(file, "contract", "title", "fax", "真", None, 0.0, right=False)


def case(number: int, *samples: Sample, last: bool = True) -> Case:
    """One field of one file."""
    return Case(score(f"{number:03}.pdf"), "all", last, samples)


def sample(*, doubt: float, right: bool, value: str = "真") -> Sample:
    """A value of which only the doubt is known."""
    return Sample(value, replace(NOTHING, doubt=doubt), right)


def papers() -> list[Case]:
    """Many files in which a value is the likelier wrong, the more doubtful its letters are (seeded)."""
    rng = np.random.default_rng(3)
    doubts = [rng.random() * 3 for _ in range(600)]
    return [case(number, sample(doubt=doubt, right=rng.random() > doubt / 4)) for number, doubt in enumerate(doubts)]


def test_a_model_learns_what_doubt_is_worth() -> None:
    """Its probabilities fall with the doubt, near those by which the papers were made, and keep to the middle."""
    model, certain = calibrate(papers()), ExtractionOptions().certain
    sure = [model.probability(replace(NOTHING, doubt=doubt), certain) for doubt in (0.0, 1.0, 2.0, 3.0)]
    assert sure == sorted(sure, reverse=True)
    assert sure[1:] == pytest.approx([0.75, 0.5, 0.25], abs=0.15)


def test_what_generated_papers_cannot_show_is_taken_away_beyond_the_fit() -> None:
    """A paper that says a thing twice is never sure of it, however often the fit saw it end well."""
    model, certain = calibrate(papers()), ExtractionOptions().certain
    twice = replace(NOTHING, twofold=1.0)
    assert model.probability(twice, certain) < 0.5 < model.probability(NOTHING, certain)


def test_no_file_speaks_for_itself() -> None:
    """Cross-validated figures hold on papers unlike those of the fit; every field is judged once."""
    scores = cross_validated(papers())
    assert [one.file for one in sorted(scores, key=lambda one: one.file)] == [one.score.file for one in papers()]
    assert quality(scores).calibration_error < 0.1


def test_the_same_cases_always_give_the_same_model() -> None:
    """Nothing is drawn."""
    assert calibrate(papers()) == calibrate(papers())


def test_the_likeliest_value_is_the_one_given() -> None:
    """A value beside a caption of something else is given only where there is no other; earlier stages give nothing."""
    good, bad = sample(doubt=0.0, right=True, value="甲"), sample(doubt=3.0, right=False, value="乙")
    beside = replace(good, weighed=replace(good.weighed, stand_in=1.0), value="丙")
    model = calibrate(papers())
    cases = [case(0, bad, good), case(1, bad, beside), case(2), case(3, good, last=False)]
    assert [(one.value, one.right) for one in judged(cases, model)] == [("甲", True), ("乙", False), (None, False)]


def test_what_stands_only_on_the_seal_is_not_judged() -> None:
    """It has a row of its own in every evaluation."""
    one = case(0, sample(doubt=0.0, right=True))
    assert judged([replace(one, score=replace(one.score, seal_only=True))], calibrate(papers())) == ()


@pytest.mark.parametrize("cases", [[], [case(0, sample(doubt=0.0, right=True))], [case(0)]])
def test_without_right_and_wrong_values_there_is_no_model(cases: Sequence[Case]) -> None:
    """One needs both to tell them apart."""
    with pytest.raises(ValueError, match="right and values that are wrong"):
        calibrate(cases)
