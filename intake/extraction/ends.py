"""Where ink goes on behind what was read: behind half a line, or behind a caption that has no value.

A detector of text may box half a line: small print beside large captions, print that pales to one side. The words show
nothing of it, for the line below begins where it should. The ink does: where as much of it stands right behind a
line's last character as print has, that place is read again (:func:`intake.extraction.holes.fill`). Where print of
another layer crosses a line, the detector may find nothing there however often it looks: what stands behind a caption
without a value is read as one line, without the detector (:func:`read_lines`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.doctypes import DocumentType
from intake.extraction.glyphs import Glyph, Row, type_size
from intake.extraction.locate import layout
from intake.extraction.reread import Look, read_again
from intake.extraction.sheet import HOLES, Sheet
from intake.options import ExtractionOptions
from intake.recognition.engine import Engine
from intake.types import PageText, PixelBox, RectifiedPage

_DARK = 128  # grey of the ink; below it is print
_TALL = 1.5  # type sizes: what is higher is a frame, a seal's rim or a fold
_SHORT = 2.0  # caption heights: less ink behind a caption is no value that is worth a look
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
    made = [_behind([glyph.box for glyph in row], lines, ink.shape[1]) for row in read if _goes_on(row, ink, options)]
    return tuple(sorted((box for box in made if box.width > box.height), key=lambda box: box.y))


def silent(
    sheet: Sheet, document_type: DocumentType, ink: NDArray[np.uint8], options: ExtractionOptions
) -> tuple[Look, ...]:
    """The lines of ink on the flat page behind captions, of fields that every paper prints, whose value nobody read."""
    if document_type.continues:
        return ()
    lines, gathered = layout(sheet.pages[-1], document_type, options)
    told = {name for cell in gathered if cell.rows for name in cell.hit.caption.fields}
    wanted = {spec.name: spec.kind for spec in document_type.fields if spec.expected and spec.name not in told}
    made: list[Look] = []
    for cell in gathered:
        kind = next((wanted[name] for name in cell.hit.caption.fields if name in wanted), None)
        place = _behind([cell.hit.box], lines, ink.shape[1])
        box = _inked(place, cell.hit.box, ink, options) if kind else None
        made += [Look(box, kind)] if box and kind else []
    return tuple(made)


def read_lines(page: RectifiedPage, asked: Sequence[Look], engine: Engine, options: ExtractionOptions) -> PageText:
    """Places that hold one line each, read by an engine without its detector: words of the page, at their boxes."""
    return replace(read_again(page, asked, engine, options), reader=f"{engine.name}/{HOLES}")


def _behind(row: Sequence[PixelBox], lines: Sequence[Row], width: int) -> PixelBox:
    """What lies right of a line: up to the next print on its height."""
    box, room = row[-1], round(_ROOM * row[-1].height)
    others = (glyph.box for line in lines for glyph in line.glyphs)
    right = min((one.x for one in others if one.x >= box.right and _is_level(one, box)), default=width)
    return PixelBox(box.right, max(0, box.y - room), right - box.right, box.height + 2 * room)


def _is_level(one: PixelBox, other: PixelBox) -> bool:
    return min(one.bottom, other.bottom) - max(one.y, other.y) > min(one.height, other.height) / 2


def _goes_on(row: Sequence[Glyph], ink: NDArray[np.uint8], options: ExtractionOptions) -> bool:
    """Whether print stands right behind a line: each of the next characters' places holds as much ink as print has."""
    size, box = max(1, round(type_size(row))), row[-1].box
    behind = _print(ink, box, size, options.end_letters * size)
    if behind.shape[1] < options.end_letters * size:
        return False
    shares = [float(behind[:, place * size : (place + 1) * size].mean()) for place in range(options.end_letters)]
    return min(shares) >= options.end_ink


def _inked(place: PixelBox, caption: PixelBox, ink: NDArray[np.uint8], options: ExtractionOptions) -> PixelBox | None:
    """The line of print in a place behind a caption; ``None`` where there is none, or too short a one."""
    size = caption.height
    columns = np.flatnonzero(_print(ink, caption, size, place.width).any(axis=0))
    if not columns.size or columns[0] > options.caption_gap * size:
        return None
    wide = np.flatnonzero(np.diff(columns) > options.fragment_gap * size)
    first, last = int(columns[0]), int(columns[wide[0]] if wide.size else columns[-1])
    if last - first < _SHORT * size:
        return None
    return PixelBox(caption.right + first, caption.y, last - first, size)


def _print(ink: NDArray[np.uint8], box: PixelBox, size: int, width: int) -> NDArray[np.bool_]:
    """The dark pixels of ``width`` columns behind a box, on its height, without what is higher than print."""
    middle = box.y + box.height // 2
    top = max(0, middle - 2 * size)
    window = np.ascontiguousarray(ink[top : middle + 2 * size, box.right : box.right + width] < _DARK, np.uint8)
    if not window.size:
        return window.astype(bool)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(window)
    low = stats[:, cv2.CC_STAT_HEIGHT] <= _TALL * size
    low[0] = False
    line = labels[max(0, middle - top - size // 2) : middle - top + size // 2]
    return np.asarray(low[line])
