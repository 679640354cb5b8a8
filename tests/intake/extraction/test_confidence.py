"""How sure a value is: the shipped model of confidence, and what may be put into a model file."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from intake.extraction.confidence import Calibration, dump, load, usual
from intake.extraction.evidence import EITHER_WAY, NAMES, RAISING, Weighed
from intake.options import ExtractionOptions
from tests.intake.extraction.saying import evidence, said

CERTAIN = ExtractionOptions().certain
NOTHING = Weighed(kind="address", **dict.fromkeys(NAMES, 0.0))


def sure(weighed: Weighed) -> float:
    """The shipped model's probability."""
    return usual().probability(weighed, CERTAIN)


def made(**weights: float) -> Calibration:
    """A model with these weights and no others."""
    size = len(NAMES)
    return Calibration(0.0, (0.0,) * size, (1.0,) * size, tuple(weights.get(name, 0.0) for name in NAMES), {})


def test_a_second_reader_that_agrees_makes_it_surer() -> None:
    """The double keying of data entry."""
    one, other = said("name", "王小明"), said("name", "王小明", reader="tesseract")
    assert sure(evidence("name", one, other)) > sure(evidence("name", one))


def test_a_reader_that_says_otherwise_makes_it_less_sure() -> None:
    """The more so, the surer the other one is."""
    one = said("name", "王小明")
    weak, strong = (said("name", "王小朋", reader="tesseract", sure=sure_of_it) for sure_of_it in (0.2, 0.98))
    assert sure(evidence("name", one)) > sure(evidence("name", one, rivals=(weak,)))
    assert sure(evidence("name", one, rivals=(weak,))) > sure(evidence("name", one, rivals=(strong,)))


def test_one_doubtful_letter_makes_a_value_doubtful() -> None:
    """However sure the reader is of all the others."""
    clear, doubtful = (said("address", "虚构市明月区月光路八号", worst=worst) for worst in (0.98, 0.3))
    other = said("address", "虚构市明月区月光路八号楼", reader="tesseract")
    assert sure(evidence("address", doubtful, rivals=(other,))) < sure(evidence("address", clear, rivals=(other,)))


def test_a_check_character_that_fails_makes_it_doubtful() -> None:
    """However sure the engine is."""
    wrong = sure(evidence("id_number", said("id_number", "110101199001010010", sure=1.0)))
    assert wrong < sure(evidence("id_number", said("id_number", "110101199001010015", sure=1.0)))
    assert wrong < ExtractionOptions().reread_below


def test_a_value_of_which_the_second_reader_says_otherwise_is_never_beyond_doubt() -> None:
    """What the first reader alone says, against the second, nobody should take without a look."""
    alone = evidence("name", said("name", "王小明", reader="tesseract"), rivals=(said("name", "王小朋"),))
    assert sure(alone) < 0.95


def test_nothing_is_quite_certain() -> None:
    """There is always the unforeseen."""
    assert sure(replace(NOTHING, **dict.fromkeys(RAISING, 1000.0))) == CERTAIN


def test_every_weight_of_the_shipped_model_has_the_sign_of_its_meaning() -> None:
    """On paper unlike that of the fit a doubtful letter still never makes a value surer."""
    for name, weight in zip(NAMES, usual().weights, strict=True):
        if name not in EITHER_WAY:
            assert weight >= 0 if name in RAISING else weight <= 0, name


def test_a_kind_that_the_fit_did_not_see_has_no_constant_of_its_own() -> None:
    """A new kind of field works with the weights of all the others."""
    model = replace(made(), kinds={"address": -1.0})
    assert model.probability(NOTHING, 1.0) == 0.2689
    assert model.probability(replace(NOTHING, kind="brand_new"), 1.0) == 0.5


def test_a_model_file_holds_the_model_and_where_it_comes_from() -> None:
    """It is read back as it was written."""
    model = replace(made(both=0.5, length=-1.25), kinds={"address": -0.5})
    text = dump(model, {"about": "papers of a test"})
    assert load(text) == model
    assert json.loads(text)["made"] == {"about": "papers of a test"}


@pytest.mark.parametrize("broken", [{"form": 0}, {"evidence": {"both": {}}}])
def test_a_model_made_for_other_evidence_is_refused(broken: dict[str, object]) -> None:
    """Weights that belong to other numbers would give figures that look like probabilities."""
    with pytest.raises(ValueError, match="intake calibrate"):
        load(json.dumps(json.loads(dump(made(), {})) | broken))
