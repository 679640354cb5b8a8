"""Where a line goes on in ink behind the end of what was read of it.

A detector of text may box half a line: small print beside large captions, print that pales to one side. The words show
nothing of it, for the line below begins where it should. The ink does: where as much of it stands right behind a
line's last character as print has, that place is read again (:func:`intake.extraction.holes.fill`).
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.doctypes import DocumentType
from intake.extraction.glyphs import Glyph, Row, type_size
from intake.extraction.locate import layout
from intake.extraction.sheet import Sheet
from intake.options import ExtractionOptions
from intake.types import PixelBox

_DARK = 128  # grey of the ink; below it is print
_TALL = 1.5  # type sizes: what is higher is a frame, a seal's rim or a fold
_ROOM = 0.6  # heights of the line above and below it that are read with it: lines lean


def ends(
    sheet: Sheet, document_type: DocumentType, ink: NDArray[np.uint8], options: ExtractionOptions
) -> tuple[PixelBox, ...]:
    """Places on the flat page where a line of a value goes on in ink, ``uint8 (height, width)``, top to bottom.

    They begin where the line's last character ends, and reach to the next print that was read, or to the page's edge.
    """
    if document_type.continues:
        return ()
    lines, gathered = layout(sheet.pages[-1], document_type, options)
    read = [row for cell in gathered if cell.hit.caption.wraps and cell.hit.caption.fields for row in cell.rows]
    made = [_behind(row, lines, ink.shape[1]) for row in read if _goes_on(row, ink, options)]
    return tuple(sorted((box for box in made if box.width > box.height), key=lambda box: box.y))


def _behind(row: Sequence[Glyph], lines: Sequence[Row], width: int) -> PixelBox:
    """What lies right of a line: up to the next print on its height."""
    box, room = row[-1].box, round(_ROOM * row[-1].box.height)
    others = (glyph.box for line in lines for glyph in line.glyphs)
    right = min((one.x for one in others if one.x >= box.right and _is_level(one, box)), default=width)
    return PixelBox(box.right, max(0, box.y - room), right - box.right, box.height + 2 * room)


def _is_level(one: PixelBox, other: PixelBox) -> bool:
    return min(one.bottom, other.bottom) - max(one.y, other.y) > min(one.height, other.height) / 2


def _goes_on(row: Sequence[Glyph], ink: NDArray[np.uint8], options: ExtractionOptions) -> bool:
    """Whether print stands right behind a line: each of the next characters' places holds as much ink as print has."""
    size, box = max(1, round(type_size(row))), row[-1].box
    behind = _print(ink, box, size, options.end_letters)
    if behind.shape[1] < options.end_letters * size:
        return False
    shares = [float(behind[:, place * size : (place + 1) * size].mean()) for place in range(options.end_letters)]
    return min(shares) >= options.end_ink


def _print(ink: NDArray[np.uint8], box: PixelBox, size: int, letters: int) -> NDArray[np.bool_]:
    """The dark pixels of as many characters' places behind a box, on its height, without what is higher than print."""
    middle = box.y + box.height // 2
    top = max(0, middle - 2 * size)
    window = np.ascontiguousarray(
        ink[top : middle + 2 * size, box.right : box.right + letters * size] < _DARK, np.uint8
    )
    if not window.size:
        return window.astype(bool)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(window)
    low = stats[:, cv2.CC_STAT_HEIGHT] <= _TALL * size
    low[0] = False
    line = labels[max(0, middle - top - size // 2) : middle - top + size // 2]
    return np.asarray(low[line])
