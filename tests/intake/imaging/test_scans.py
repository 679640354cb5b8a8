"""The picture of a page as its file codes it: to the byte where PDF/A can take it over, else coded once."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from intake import errors
from intake.imaging.decode import scans
from intake.imaging.frames import Scan
from intake.imaging.scans import drawn
from intake.media import identify
from intake.types import Page
from tests.intake.imaging.files import LIMITS, assert_quarters, quarters


def taken(path: Path) -> list[Scan]:
    """The scans of a file whose kind is told by its bytes."""
    return list(scans(path, identify(path.read_bytes()[:65536]).name, LIMITS))


def shown(scan: Scan) -> Page:
    """A JPEG's pixels, as they are stored."""
    return Page(0, np.asarray(Image.open(io.BytesIO(scan.data)).convert("RGB")))


def jpeg(mode: str = "RGB", **options: Any) -> bytes:
    """The four quarters as a JPEG."""
    body = io.BytesIO()
    quarters().convert(mode).save(body, "JPEG", quality=95, **options)
    return body.getvalue()


def test_a_jpeg_file_is_taken_over_to_the_byte(tmp_path: Path) -> None:
    """Its size in points follows from its resolution, and a phone's note of 72 dpi counts for nothing."""
    for dpi, size in ((200, (64 * 0.36, 48 * 0.36)), (72, None)):
        (tmp_path / "a.jpg").write_bytes(data := jpeg(dpi=(dpi, dpi)))
        (scan,) = taken(tmp_path / "a.jpg")
        assert (scan.data, scan.coding, scan.bands, scan.width, scan.height) == (data, "DCTDecode", 3, 64, 48)
        assert scan.size == pytest.approx(size) if size else scan.size is None


def test_a_jpeg_from_a_phone_keeps_the_way_it_was_held(tmp_path: Path) -> None:
    """The orientation goes along, and width and height of the upright page are told."""
    exif = Image.Exif()
    exif[0x0112] = 6
    (tmp_path / "a.jpg").write_bytes(jpeg(exif=exif, dpi=(144, 144)))
    (scan,) = taken(tmp_path / "a.jpg")
    assert (scan.orientation, scan.upright, scan.size) == (6, (48, 64), (24.0, 32.0))


@pytest.mark.parametrize("mode", ["CMYK"])
def test_colours_that_an_archive_cannot_show_are_coded_anew(tmp_path: Path, mode: str) -> None:
    """A printer's four inks mean nothing where the output is sRGB."""
    (tmp_path / "a.jpg").write_bytes(data := jpeg(mode))
    (scan,) = taken(tmp_path / "a.jpg")
    assert (scan.bands, scan.data == data) == (3, False)


def test_each_page_of_a_tiff_is_coded_by_what_it_is(tmp_path: Path) -> None:
    """A fax's page stays black and white with its uneven resolution, and one in colour has its colours."""
    fax = quarters(408, 98).convert("1", dither=Image.Dither.NONE)
    noise = Image.fromarray(np.random.default_rng(7).integers(0, 255, (48, 64, 3), dtype=np.uint8))
    fax.save(tmp_path / "a.tif", save_all=True, append_images=[noise], dpi=(204, 98), compression=None)
    first, second = taken(tmp_path / "a.tif")
    assert (first.coding, first.bands, first.size) == ("CCITTFaxDecode", 1, pytest.approx((144, 72)))
    assert (second.coding, second.bands) == ("DCTDecode", 3)


def test_a_picture_is_not_made_larger_than_it_came() -> None:
    """A page that was coded hard before is coded no better now; one that may take room is coded well."""
    pixels = np.random.default_rng(7).integers(0, 255, (200, 200, 3), dtype=np.uint8)
    generous, tight = drawn(pixels), drawn(pixels, room=len(drawn(pixels).data) * 3 // 4)
    assert len(tight.data) <= len(generous.data) * 3 // 4
    assert len(drawn(pixels, room=1).data) < len(tight.data)


def _pdf(path: Path, data: bytes, change: Callable[[pikepdf.Page], None] = lambda _: None, **image: Any) -> Path:
    """A PDF with one page of 64 × 48 points that shows a JPEG."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(64, 48))
        told = {
            "Width": 64,
            "Height": 48,
            "ColorSpace": Name.DeviceRGB,
            "BitsPerComponent": 8,
            "Filter": Name.DCTDecode,
        }
        stream = pdf.make_stream(data, Type=Name.XObject, Subtype=Name.Image, **(told | image))
        page.Resources = Dictionary(XObject=Dictionary(Scan=stream))
        page.Contents = pdf.make_stream(b"q 64 0 0 48 0 0 cm /Scan Do Q")
        change(page)
        pdf.save(path)
    return path


def test_the_scan_of_a_pdf_page_is_taken_out_to_the_byte(tmp_path: Path) -> None:
    """Scanners write a PDF around their JPEG: the JPEG is what is kept, with the page's own size."""
    (scan,) = taken(_pdf(tmp_path / "a.pdf", data := jpeg()))
    assert (scan.data, scan.size, scan.orientation) == (data, (64.0, 48.0), 1)


def test_bytes_that_look_like_a_mask_do_not_cost_the_scan(tmp_path: Path) -> None:
    """A JPEG of megabytes holds every run of three letters somewhere; only the picture's own words count."""
    (scan,) = taken(_pdf(tmp_path / "a.pdf", data := jpeg(comment=b"/SMask /OC /Mask")))
    assert scan.data == data


@pytest.mark.parametrize(("rotation", "orientation"), [(90, 6), (180, 3), (270, 8)])
def test_a_page_that_its_pdf_turns_stays_turned(tmp_path: Path, rotation: int, orientation: int) -> None:
    """The scan is the same, and is held as the page was shown."""
    path = _pdf(tmp_path / "a.pdf", data := jpeg(), lambda page: page.rotate(rotation, relative=False))
    (scan,) = taken(path)
    assert (scan.data, scan.orientation) == (data, orientation)
    assert scan.size == ((48.0, 64.0) if rotation != 180 else (64.0, 48.0))


def _written_upon(page: pikepdf.Page) -> None:
    page.contents_add(b"1 0 0 rg 10 10 5 5 re f")


def _smaller(page: pikepdf.Page) -> None:
    page.mediabox = Array([0, 0, 128, 96])


def _inverted(page: pikepdf.Page) -> None:
    page.resources.XObject.Scan.Decode = Array([1, 0, 1, 0, 1, 0])


def _stencilled(page: pikepdf.Page) -> None:
    page.resources.XObject.Scan.Mask = Array([0, 1, 0, 1, 0, 1])


def _in_a_layer(page: pikepdf.Page) -> None:
    page.contents_add(b"/OC /Layer BDC", prepend=True)
    page.contents_add(b"EMC")


def _see_through(page: pikepdf.Page) -> None:
    page.resources.ExtGState = Dictionary(Half=Dictionary(ca=0.5))
    page.contents_add(b"/Half gs", prepend=True)


@pytest.mark.parametrize("change", [_written_upon, _smaller, _inverted, _stencilled, _in_a_layer, _see_through])
def test_a_page_that_shows_more_than_its_scan_is_drawn(tmp_path: Path, change: Callable[[pikepdf.Page], None]) -> None:
    """What is written over a scan, cut, inverted or masked would be lost with the picture alone."""
    (scan,) = taken(_pdf(tmp_path / "a.pdf", data := jpeg(), change))
    assert scan.data != data
    assert scan.width > 200


def test_black_and_white_in_a_pdf_is_taken_out_to_the_byte(tmp_path: Path) -> None:
    """CCITT group 4 with its parameters; the older codings are coded anew."""
    pixels = np.full((48, 64, 3), 255, np.uint8)
    pixels[10:20, 5:40] = 0
    data = drawn(pixels).data
    for k, kept in ((-1, True), (0, False)):
        told = Dictionary(K=k, Columns=64, Rows=48, BlackIs1=False)
        image = {"ColorSpace": Name.DeviceGray, "BitsPerComponent": 1, "Filter": Name.CCITTFaxDecode}
        (scan,) = taken(_pdf(tmp_path / "a.pdf", data, DecodeParms=told, **image))
        assert (scan.data == data) is kept


def test_a_picture_in_other_formats_is_coded_once(tmp_path: Path) -> None:
    """PNG with its transparency over white, upright."""
    quarters().convert("RGBA").save(tmp_path / "a.png")
    (scan,) = taken(tmp_path / "a.png")
    assert (scan.coding, scan.orientation, scan.width, scan.height) == ("FlateDecode", 1, 64, 48)
    noise = Image.fromarray(np.random.default_rng(7).integers(0, 255, (48, 64, 3), dtype=np.uint8))
    noise.paste(quarters().resize((60, 44)), (2, 2))
    noise.save(tmp_path / "b.webp", quality=90)
    (scan,) = taken(tmp_path / "b.webp")
    assert_quarters(shown(scan), 30)


def test_a_damaged_file_is_refused_as_when_it_is_read(tmp_path: Path) -> None:
    """The same errors, whichever way a file is opened."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(errors.DamagedFileError):
        taken(tmp_path / "a.pdf")
    (tmp_path / "a.jpg").write_bytes(jpeg()[:100])
    with pytest.raises(errors.DamagedFileError):
        taken(tmp_path / "a.jpg")


def test_single_pages_of_a_long_file_can_be_asked_for(tmp_path: Path) -> None:
    """An item in the middle of a stack does not cost the decoding of the whole stack."""
    shades = [Image.new("L", (30, 20), shade) for shade in (10, 90, 170, 250)]
    shades[0].save(tmp_path / "a.tif", save_all=True, append_images=shades[1:])
    shades[0].save(tmp_path / "a.pdf", save_all=True, append_images=shades[1:])
    for name in ("a.tif", "a.pdf"):
        path = tmp_path / name
        whole = [scan.data for scan in taken(path)]
        some = [scan.data for scan in scans(path, identify(path.read_bytes()).name, LIMITS, {3, 1})]
        assert some == [whole[1], whole[3]]
        assert len(set(whole)) == 4
