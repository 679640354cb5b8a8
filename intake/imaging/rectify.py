"""A page to its sheets: found, flattened, straightened, brought to a readable size and evenly lit."""

from __future__ import annotations

import math
from dataclasses import replace

import cv2

from intake.geometry import Homography, compose, rotation, scaling, translation
from intake.imaging import illumination
from intake.imaging.bends import bend
from intake.imaging.ink import ink as ink_of
from intake.imaging.purposes import cleared
from intake.imaging.quality import Shown, measured
from intake.imaging.seals import lightened
from intake.imaging.sheets import Sheet, find
from intake.imaging.skew import skew
from intake.imaging.textsize import text_height
from intake.imaging.warp import resample, unbent
from intake.sheet_options import ImagingOptions
from intake.types import FlatGeometry, Page, Pixels, RectifiedPage

cv2.setNumThreads(1)  # the service is parallel over documents


def rectify(page: Page, options: ImagingOptions) -> tuple[RectifiedPage, ...]:
    """The sheets and cards of a page in reading order, at least one; each with the homography back to the page.

    They stand as the page does: which way up their print is shows when it is read
    (:func:`intake.imaging.orientation.turned`). Where no sheet is surely found the whole page is the sheet: a lost
    margin is worse than some desk.
    """
    sheets = find(page.pixels, options)
    return tuple(_rectified(page, number, sheet, options) for number, sheet in enumerate(sheets))


def _rectified(page: Page, number: int, sheet: Sheet, options: ImagingOptions) -> RectifiedPage:
    angle, height = _print(page.pixels, sheet, options)
    scale = _enlargement(sheet, height, options)
    to_scan, width, high = _fitted(sheet, angle, scale)
    pixels = (
        page.pixels if _is_whole(to_scan, width, high, page.pixels) else resample(page.pixels, to_scan, width, high)
    )
    geometry = FlatGeometry(
        page_index=page.index,
        sheet=number,
        width=pixels.shape[1],
        height=pixels.shape[0],
        scan_width=page.pixels.shape[1],
        scan_height=page.pixels.shape[0],
        to_scan=to_scan,
        skew=angle,
    )
    on_page = illumination.light(pixels, options)
    pixels = cleared(pixels, on_page, options)
    ink = ink_of(pixels, on_page, options)  # first: it takes more memory while it is made
    if found := bend(ink, None if height is None else height * scale, options):
        geometry = replace(geometry, bend=found)
        pixels = unbent(page.pixels, to_scan, geometry.width, geometry.height, found)
        on_page = illumination.light(pixels, options)
        pixels = cleared(pixels, on_page, options)
        ink = ink_of(pixels, on_page, options)
    quality = measured(Shown(page.pixels, sheet, pixels, geometry, height), options)
    return RectifiedPage(geometry, lightened(pixels, on_page, options), ink, quality)


def _print(pixels: Pixels, sheet: Sheet, options: ImagingOptions) -> tuple[float, float | None]:
    """The lean (degrees) and the height (pixels of the sheet) of its print; seen no larger than a flat page may be."""
    scale = min(_most(sheet, options), 1.0)
    grey = cv2.cvtColor(_flattened(pixels, sheet, scale), cv2.COLOR_RGB2GRAY)
    height = text_height(grey, options)
    return skew(grey, options), None if height is None else height / scale


def _flattened(pixels: Pixels, sheet: Sheet, scale: float) -> Pixels:
    if scale == 1.0 and _is_whole(sheet.to_scan, sheet.width, sheet.height, pixels):
        return pixels
    width, height = max(round(sheet.width * scale), 1), max(round(sheet.height * scale), 1)
    way = compose(sheet.to_scan, scaling(sheet.width / width, sheet.height / height))
    return resample(pixels, way if scale < 1.0 else sheet.to_scan, width, height)


def _is_whole(to_scan: Homography, width: int, height: int, pixels: Pixels) -> bool:
    """Whether the flat page is the scan itself, so that no pixel need be touched."""
    same_size = pixels.shape[:2] == (height, width)
    return same_size and to_scan == (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


def _enlargement(sheet: Sheet, height: float | None, options: ImagingOptions) -> float:
    """The factor that brings print of this height to a readable one, within the limits of use and of memory."""
    wanted = 1.0
    if height is not None and height < options.min_text_height:
        wanted = min(options.min_text_height / height, options.max_enlargement)
    elif height is not None and height > options.max_text_height:
        wanted = options.max_text_height / height
    return min(wanted, _most(sheet, options))


def _most(sheet: Sheet, options: ImagingOptions) -> float:
    """The factor that brings the sheet to the largest flat page."""
    return math.sqrt(options.max_flat_megapixels * 1e6 / (sheet.width * sheet.height))


def _fitted(sheet: Sheet, angle: float, scale: float) -> tuple[Homography, int, int]:
    """The way from the straightened and enlarged page to the scan, and that page's width and height."""
    if angle == 0.0 and scale == 1.0:
        return sheet.to_scan, sheet.width, sheet.height
    leaning, across = abs(math.sin(math.radians(angle))), math.cos(math.radians(angle))
    wide = sheet.width * across + sheet.height * leaning
    high = sheet.height * across + sheet.width * leaning
    width, height = max(round(wide * scale), 1), max(round(high * scale), 1)
    way = compose(
        sheet.to_scan,
        translation(sheet.width / 2, sheet.height / 2),
        rotation(angle),
        translation(-wide / 2, -high / 2),
        scaling(wide / width, high / height),
    )
    return way, width, height
