"""Lines of print found by their ink alone."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from intake.options import RecognitionOptions
from intake.recognition.runs import COPY, find
from intake.types import PixelBox

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SIZE = 36
BODY = "主要经营场所某某省某某市某某区某某路八号一层"


def sheet(*texts: tuple[int, int, str, int], frame: bool = False, pitch: int = 100, rows: int = 8) -> NDArray[np.uint8]:
    """A page with rows of print, further ``texts`` (x, y, text, size) above them, and a frame of ornaments."""
    picture = Image.new("L", (1400, 1100), 255)
    draw = ImageDraw.Draw(picture)
    for row in range(rows):
        draw.text((300, 260 + row * pitch), BODY, 0, ImageFont.truetype(FONT, SIZE))
    for x, y, text, size in texts:
        draw.text((x, y), text, 0, ImageFont.truetype(FONT, size))
    if frame:
        for y in range(20, 1060, 44):
            for x in (20, 1340):
                draw.rectangle((x, y, x + 34, y + 28), outline=0, width=4)
    return np.array(picture, np.uint8)


def boxes(ink: NDArray[np.uint8], layer: int = 0) -> list[PixelBox]:
    """The boxes of the lines (0) or headings (1) in pixels of the page, from top to bottom."""
    runs = find(ink, RecognitionOptions())[layer].runs
    found = (PixelBox(*(COPY * side for side in (run.box.x, run.box.y, run.box.width, run.box.height))) for run in runs)
    return sorted(found, key=lambda box: (box.y, box.x))


def test_every_line_of_print_is_one_run() -> None:
    """As many as were printed, each as wide as its text."""
    found = boxes(sheet())
    assert len(found) == 8
    assert all(box.width == pytest.approx(len(BODY) * SIZE, rel=0.03) for box in found)


def test_lines_that_stand_close_stay_apart() -> None:
    """A pitch of hardly more than the size of the type, as in dense scopes."""
    assert len(boxes(sheet(pitch=40))) == 8


def test_a_letter_spaced_caption_is_one_run_apart_from_its_value() -> None:
    """名　　　称 belongs together, the value two characters further right does not."""
    ink = sheet((300, 120, "名", SIZE), (510, 120, "称", SIZE), (640, 120, "某某某有限公司", SIZE))
    caption, value = boxes(ink)[:2]
    assert caption.x == pytest.approx(300, abs=6)
    assert caption.right == pytest.approx(546, abs=6)
    assert value.x == pytest.approx(640, abs=6)


def test_a_heading_is_found_beside_the_lines() -> None:
    """Characters three times as large, with white between them, are one run of their own kind."""
    (heading,) = boxes(sheet((500, 60, "营 业 执 照", 108)), 1)
    assert heading.x == pytest.approx(500, abs=12)
    assert heading.width > 400


def test_a_frame_of_ornaments_is_no_print() -> None:
    """Nothing of its upright sides is handed to be read, and no line is lost by it."""
    ink = sheet(frame=True)
    assert boxes(ink) == boxes(sheet())


def test_a_page_without_print_has_no_runs() -> None:
    """White paper, and a page of a few pixels."""
    assert boxes(np.full((900, 700), 255, np.uint8)) == []
    assert boxes(np.full((1, 1), 255, np.uint8)) == []
