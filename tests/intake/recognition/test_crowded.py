"""Boxes of lines that stand close are cut apart where they reach into each other."""

from __future__ import annotations

import numpy as np

from intake.options import RecognitionOptions
from intake.recognition.crowded import Quad, parted

OPTIONS = RecognitionOptions()


def _box(x: float, y: float, width: float, height: float, rise: float = 0.0) -> Quad:
    """A box whose right side stands ``rise`` pixels higher than its left one."""
    return np.array([[x, y], [x + width, y - rise], [x + width, y + height - rise], [x, y + height]], np.float32)


def _extents(quad: Quad) -> tuple[float, float]:
    return float(quad[0, 1]), float(quad[3, 1])


def test_lines_of_a_dense_text_keep_their_own_room_and_a_margin() -> None:
    """Three boxes of 44 pixels on a pitch of 28: the middle one is cut to 28 and a quarter more, round its middle."""
    boxes = [_box(100, 100 + 28 * line, 700, 44) for line in range(3)]
    first, middle, last = (_extents(quad) for quad in parted(boxes, OPTIONS))
    np.testing.assert_allclose(middle, (150 - 17.5, 150 + 17.5), atol=0.01)
    np.testing.assert_allclose(first, (100, 122 + 17.5), atol=0.01)
    np.testing.assert_allclose(last, (178 - 17.5, 200), atol=0.01)


def test_lines_with_white_between_them_stay_as_they_are() -> None:
    """Boxes that do not meet, or only touch, are the very same objects afterwards."""
    boxes = [_box(100, 100, 700, 40), _box(100, 136, 700, 40), _box(100, 300, 700, 40)]
    assert all(after is before for after, before in zip(parted(boxes, OPTIONS), boxes, strict=True))


def test_a_line_beside_another_is_no_neighbour() -> None:
    """Two columns whose lines stand at different heights do not cut each other."""
    boxes = [_box(100, 100, 300, 44), _box(420, 125, 300, 44)]
    assert all(after is before for after, before in zip(parted(boxes, OPTIONS), boxes, strict=True))


def test_lines_that_lean_are_parted_where_they_lie_over_each_other() -> None:
    """A short line under the far end of a rising one is measured against that end, and the cut leans with its line."""
    long, short = parted([_box(0, 200, 1000, 44, rise=40), _box(800, 188, 200, 44)], OPTIONS)
    assert long[3, 1] - long[0, 1] < 44
    np.testing.assert_allclose(long[0, 1] - long[1, 1], 40, atol=0.01)
    assert _extents(short)[0] > 188


def test_a_line_found_twice_keeps_both_boxes_whole() -> None:
    """Boxes whose middles stand on one height are one line: neither is cut by the other."""
    boxes = [_box(100, 100, 700, 44), _box(110, 104, 650, 40)]
    assert all(after is before for after, before in zip(parted(boxes, OPTIONS), boxes, strict=True))


def test_of_no_boxes_none_come() -> None:
    """A blank page has no boxes."""
    assert parted([], OPTIONS) == []
