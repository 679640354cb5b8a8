"""The memory that reading takes is measured per file."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from intake.pipeline import Readers
from tests.bench import memory
from tests.intake.imaging.files import pdf


def test_the_peak_is_that_of_one_file(tmp_path: Path) -> None:
    """What was held and given back before does not count; what is held at the same time does."""
    path = tmp_path / "blank.pdf"
    pdf(path)
    held = np.ones(200 << 20, np.uint8)
    before = memory.peak()
    del held
    most, pages = memory.measure(path, Readers("never"))
    assert pages == 1
    assert most < before - 100
