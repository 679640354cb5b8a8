"""Patch T is found however it lies and whatever befell it, and never on a page that has none."""

from __future__ import annotations

import numpy as np
import pytest
import zxingcpp

from intake.imaging.patch import is_patch_t
from tests import worn
from tests.worn import WEAR, Grey, Wear

NARROW, WIDE = 0.08, 0.20  # inches


def page(*bars: float, dpi: int = 200, length: float = 2.5, at: tuple[float, float] = (3.0, 0.5)) -> Grey:
    """A4 with bars of these widths (inches), spaces of 0.08 inch between them, from a place (inches) on."""
    sheet = np.full((round(11.69 * dpi), round(8.27 * dpi)), 250, np.uint8)
    y = at[1]
    for width in bars:
        sheet[round(y * dpi) : round((y + width) * dpi), round(at[0] * dpi) : round((at[0] + length) * dpi)] = 20
        y += width + NARROW
    return sheet


PATCH_T = (NARROW, WIDE, NARROW, WIDE)


@pytest.mark.parametrize("dpi", [100, 150, 200, 300])
@pytest.mark.parametrize("turns", range(4))
def test_the_bars_alone_are_enough(dpi: int, turns: int) -> None:
    """As Kodak draws it: 0.80 inch deep, two and a half inches long, anywhere on the sheet, either way."""
    for at in ((3.0, 0.4), (0.5, 9.0), (5.4, 5.0)):
        assert is_patch_t(np.rot90(page(*PATCH_T, dpi=dpi, at=at), turns))


@pytest.mark.parametrize("wear", WEAR, ids=lambda wear: wear.__name__)
def test_worn_bars_are_found(wear: Wear) -> None:
    """Each way of wear, at both resolutions, fed in any way."""
    chance = np.random.default_rng(1)
    for dpi, at in ((200, (2.9, 0.6)), (200, (2.9, 5.0)), (300, (2.9, 0.6))):
        assert is_patch_t(worn.scanned(page(*PATCH_T, dpi=dpi, at=at), chance, wear))


@pytest.mark.parametrize(
    "bars",
    [
        (NARROW, NARROW, WIDE, WIDE),  # Patch 6
        (WIDE, WIDE, NARROW, NARROW),  # Patch 1
        (WIDE, NARROW, NARROW, WIDE),  # Patch 2
        (NARROW, WIDE, WIDE, NARROW),  # Patch 4
        (NARROW,) * 12,
        (NARROW, WIDE) * 4,
        (NARROW, WIDE, NARROW),
    ],
)
def test_other_bars_are_none(bars: tuple[float, ...]) -> None:
    """The other patches that read the same both ways, stripes, and more or fewer bars than four."""
    assert not is_patch_t(page(*bars))
    assert not is_patch_t(np.rot90(page(*bars)))


def test_short_bars_are_none() -> None:
    """A letter's strokes, or a logo, may have the widths; they do not run on for two inches."""
    assert not is_patch_t(page(*PATCH_T, length=0.8))


def test_codes_tables_and_empty_pages_are_none() -> None:
    """Bar codes have white in no such place, ruled lines no such widths; noise has neither."""
    for kind, text, scale in (
        (zxingcpp.BarcodeFormat.Code128, "PATCHT-0101-1010", 4),
        (zxingcpp.BarcodeFormat.Code39, "PATCHT-0101-1010", 4),
        (zxingcpp.BarcodeFormat.Code39, "A0A1B", 12),
        (zxingcpp.BarcodeFormat.Code128, "0101", 14),
    ):
        code = np.array(zxingcpp.create_barcode(text, kind).to_image(scale=scale), np.uint8)[:, :1500]
        sheet = np.full((2339, 1654), 255, np.uint8)
        tall = np.repeat(code, 3, axis=0)[:2000]
        sheet[200 : 200 + tall.shape[0], 100 : 100 + tall.shape[1]] = tall
        assert not is_patch_t(sheet), (kind, scale)
    table = np.full((2339, 1654), 255, np.uint8)
    for y in range(200, 2200, 40):
        table[y : y + (14 if y % 120 == 0 else 5), 150:1500] = 0
    assert not is_patch_t(table)
    assert not is_patch_t(np.full((2339, 1654, 3), 255, np.uint8))
    assert not is_patch_t(np.random.default_rng(1).integers(0, 255, (1200, 900)).astype(np.uint8))
    assert not is_patch_t(np.zeros((3, 3), np.uint8))
