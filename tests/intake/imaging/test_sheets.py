"""Choosing among outlines: of those that show the same sheet, one stays."""

from __future__ import annotations

import numpy as np
import pytest

from intake.imaging.quads import Quad
from intake.imaging.sheets import _chosen


def outline(*corners: tuple[float, float]) -> Quad:
    """A well seen outline with these corners."""
    return Quad(np.array(corners, np.float64), 1.0, (1.0, 1.0, 1.0, 1.0), (False,) * 4)


FRAME = outline((44.0, 20.0), (698.0, 20.0), (698.0, 487.1), (44.0, 487.1))


@pytest.mark.parametrize(
    "other",
    [
        outline((44.0, 20.05), (675.0, 20.13), (675.0, 487.0), (44.0, 487.0)),
        outline((44.0, 44.0), (675.0, 44.0), (675.0, 464.0), (44.0, 464.0)),
        outline((20.0, 20.2), (698.0, 20.2), (698.0, 464.0), (20.0, 464.2)),
    ],
)
def test_outlines_that_nearly_coincide_show_one_sheet(other: Quad) -> None:
    """The lines of a printed frame make several outlines; a sheet that is cut out twice would be read twice."""
    assert len(_chosen([other, FRAME])) == 1


def test_outlines_side_by_side_are_two_sheets() -> None:
    """Two cards that nearly touch stay two."""
    left = outline((10, 10), (200, 10), (200, 130), (10, 130))
    right = outline((205, 10), (395, 10), (395, 130), (205, 130))
    assert len(_chosen([left, right])) == 2
