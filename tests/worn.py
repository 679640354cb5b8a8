"""Printed sheets as they come back from a feeder after some use: rendered, worn, scanned."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Wear = Callable[[Grey, np.random.Generator], Grey]


def rendered(pdf: bytes, dpi: int) -> list[Grey]:
    """The pages of a PDF in grey."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.render(scale=dpi / 72, grayscale=True) for page in document]
        return [np.ascontiguousarray(page.to_numpy().reshape(page.height, page.width)) for page in pages]


def skewed(page: Grey, chance: np.random.Generator) -> Grey:
    """Fed askew, by up to 6 degrees, on a dark lid."""
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(chance.uniform(-6, 6)), 1)
    return np.asarray(cv2.warpAffine(page, turn, (width, height), borderValue=40), np.uint8)


def noisy(page: Grey, chance: np.random.Generator) -> Grey:
    """Grain and specks of dust, 600 of each colour."""
    grainy = np.clip(page + chance.normal(0, 18, page.shape), 0, 255).astype(np.uint8)
    for colour in (0, 255):
        for y, x in zip(chance.integers(0, page.shape[0], 600), chance.integers(0, page.shape[1], 600), strict=True):
            grainy[y : y + 3, x : x + 3] = colour
    return grainy


def torn(page: Grey, chance: np.random.Generator) -> Grey:
    """One corner is gone, two fifths of the width from it."""
    height, width = page.shape
    x, y, reach = int(chance.integers(2)) * width, int(chance.integers(2)) * height, int(0.4 * width)
    corner = np.array([(x, y), (abs(x - reach), y), (x, abs(y - reach))], np.int32)
    return np.asarray(cv2.fillPoly(page.copy(), [corner], 120), np.uint8)


def stained(page: Grey, chance: np.random.Generator) -> Grey:
    """Coffee over a third of the width, and a shade across all."""
    height, width = page.shape
    spot = np.zeros(page.shape, np.uint8)
    middle = int(chance.uniform(0.2, 0.8) * width), int(chance.uniform(0.2, 0.8) * height)
    cv2.ellipse(spot, middle, (width // 4, width // 6), 30.0, 0.0, 360.0, 255.0, -1)
    cover = 1 - 0.6 * cv2.GaussianBlur(spot, (0, 0), 15).astype(np.float64) / 255
    return (page * cover * np.linspace(1, 0.7, width)).astype(np.uint8)


def streaked(page: Grey, chance: np.random.Generator) -> Grey:
    """Dirt on the feeder's glass: black and white lines along the sheet."""
    streaky = page.copy()
    for colour in (0, 255, 0, 255):
        x = int(chance.integers(0, page.shape[1] - 4))
        streaky[:, x : x + 3] = colour
    return streaky


def pale(page: Grey, chance: np.random.Generator) -> Grey:
    """A printer at the end of its toner, scanned out of focus."""
    light = 255 - (255 - page.astype(np.float64)) * chance.uniform(0.3, 0.5)
    return np.asarray(cv2.GaussianBlur(light, (0, 0), 1.2 * page.shape[1] / 1654), np.uint8)


def copied(page: Grey, chance: np.random.Generator) -> Grey:
    """A copy of a copy: strokes grown thick, then black and white alone."""
    size = max(2, round(page.shape[1] / 800))
    grown = cv2.erode(page, np.ones((size, size), np.uint8))
    return np.where(grown < chance.uniform(100, 170), 0, 255).astype(np.uint8)


def scribbled(page: Grey, chance: np.random.Generator) -> Grey:
    """Somebody tried his pen on it."""
    height, width = page.shape
    start = chance.uniform(0.3, 0.7, 2) * (width, height)
    stroke = np.cumsum(chance.normal(0, 0.06 * width, (40, 2)), axis=0) + start
    drawn = cv2.polylines(page.copy(), [stroke.astype(np.int32)], isClosed=False, color=30.0, thickness=width // 400)
    return np.asarray(drawn, np.uint8)


WEAR: tuple[Wear, ...] = (skewed, noisy, torn, stained, streaked, pale, copied, scribbled)
"""Each way in which a sheet is worn."""


def scanned(page: Grey, chance: np.random.Generator, *wear: Wear) -> Grey:
    """A page worn in some ways, put into the feeder in any of four ways, and kept as a small JPEG."""
    for one in wear:
        page = one(page, chance)
    kept = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 40])[1]
    turned = np.rot90(cv2.imdecode(kept, cv2.IMREAD_GRAYSCALE), int(chance.integers(4)))
    return np.ascontiguousarray(turned, np.uint8)
