"""Codes on pages are a witness of their own."""

from __future__ import annotations

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from intake.recognition.codes import payload, read_codes

ADDRESS = "https://example.org/license?uscc=91110000000000000X"


def code(content: str | bytes, scale: int = 6) -> NDArray[np.uint8]:
    """A QR code with its quiet zone, grey."""
    made = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode)
    return np.array(made.to_image(scale=scale, add_quiet_zones=True), np.uint8)


def page_with(*places: tuple[NDArray[np.uint8], int, int]) -> NDArray[np.uint8]:
    """A white colour page with pictures at (x, y)."""
    page = np.full((900, 900, 3), 255, np.uint8)
    for picture, x, y in places:
        page[y : y + picture.shape[0], x : x + picture.shape[1]] = picture[:, :, None]
    return page


def test_a_code_on_a_page_is_read() -> None:
    """Its payload is given as text."""
    assert read_codes(page_with((code(ADDRESS), 300, 200))) == (ADDRESS,)


def test_a_code_is_read_in_any_orientation_and_in_grey() -> None:
    """Quarter turns and a small skew do not matter."""
    page = page_with((code(ADDRESS), 300, 200))
    turned = cv2.warpAffine(page, cv2.getRotationMatrix2D((450, 450), 7, 1), (900, 900), borderValue=(255, 255, 255))
    assert read_codes(np.ascontiguousarray(np.rot90(page))) == (ADDRESS,)
    assert read_codes(np.asarray(turned, np.uint8)) == (ADDRESS,)
    assert read_codes(page[:, :, 0]) == (ADDRESS,)


def test_two_codes_come_from_top_to_bottom_and_equal_ones_once() -> None:
    """The payloads are a set in reading order."""
    page = page_with((code("second"), 20, 500), (code("first"), 500, 20), (code("second"), 500, 500))
    assert read_codes(page) == ("first", "second")


def test_payloads_in_gbk_are_understood() -> None:
    """Older generators write GBK without saying so."""
    assert read_codes(page_with((code("统一社会信用代码".encode("gbk")), 100, 100))) == ("统一社会信用代码",)


def test_bytes_of_no_encoding_are_no_text() -> None:
    """Neither UTF-8 nor GB 18030: dropped, not guessed."""
    assert payload(b"\xff\xff\xff") == ""


def test_a_page_without_codes_gives_none() -> None:
    """A blank page."""
    assert read_codes(page_with()) == ()
