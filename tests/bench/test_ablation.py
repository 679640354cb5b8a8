"""The ablation leaves out what it says it leaves out."""

from __future__ import annotations

import importlib
import inspect

import numpy as np
import pytest

from intake.evaluation import FileTruth
from intake.imaging import illumination
from intake.sheet_options import ImagingOptions
from tests.bench.ablation import STEPS, Step, asked, drawn, white_light, whole_page
from web.commands.truths import Half


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_every_step_that_is_left_out_exists_and_its_stand_in_takes_the_same_arguments(step: Step) -> None:
    """A step that is renamed must stop the ablation instead of being silently kept."""
    for target, stand_in in step.instead.items():
        module, name = target.rsplit(".", 1)
        given = getattr(importlib.import_module(module), name)
        positional = [one for one in inspect.signature(given).parameters.values() if one.kind is not one.KEYWORD_ONLY]
        inspect.signature(stand_in).bind(*positional)


def test_white_light_changes_no_pixel() -> None:
    """Without even light the page must be what it was."""
    pixels = np.random.default_rng(0).integers(0, 256, (7, 5, 3), dtype=np.uint8)
    assert np.array_equal(illumination.even(pixels, white_light(pixels, ImagingOptions())), pixels)


def test_without_finding_sheets_the_page_is_the_sheet() -> None:
    """Nothing is cut off and nothing is moved."""
    (sheet,) = whole_page(np.zeros((7, 5, 3), np.uint8), ImagingOptions())
    assert (sheet.width, sheet.height) == (5, 7)


def test_halves_share_no_file_and_a_draw_is_spread_over_its_half() -> None:
    """The even half is files 0, 2, 4 …; a draw takes from its beginning to near its end."""
    truths = [FileTruth(str(number), "", ()) for number in range(11)]
    even, odd = ([truth.file for truth in half.of(truths)] for half in (Half.EVEN, Half.ODD))
    assert (even, odd) == (["0", "2", "4", "6", "8", "10"], ["1", "3", "5", "7", "9"])
    assert [truth.file for truth in drawn(Half.EVEN.of(truths), 3)] == ["0", "4", "8"]


def test_some_rows_are_chosen_by_words_of_their_names() -> None:
    """The whole is always there to compare with; without words every row is."""
    assert asked(["seals", "bent"]) == ["all steps", "bent sheets left bent", "seals left in"]
    assert asked([]) == list(STEPS)
