"""Bytes to pages, within limits."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from PIL import Image

from tests.intake.imaging.files import assert_quarters, pages, pdf, quarters


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.bmp", "a.webp", "a.avif"])
def test_each_format_of_pictures_shows_its_colours(tmp_path: Path, name: str) -> None:
    """Whatever the format, the page is uint8 RGB of the picture's size and colours, and the first of its file."""
    quarters().save(tmp_path / name, quality=95)
    (page,) = pages(tmp_path / name)
    assert (page.index, page.pixels.shape, page.pixels.dtype) == (0, (48, 64, 3), np.uint8)
    assert_quarters(page, 20)


def test_a_picture_of_a_phone_in_heic_shows_its_colours(tmp_path: Path) -> None:
    """HEIC, which phones write, is read like the others."""
    from pillow_heif import from_pillow  # noqa: PLC0415 - heavy, and needed here only

    from_pillow(quarters()).save(tmp_path / "a.heic", quality=95)
    assert_quarters(pages(tmp_path / "a.heic")[0], 20)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_that_a_camera_notes_is_undone(tmp_path: Path, orientation: int) -> None:
    """The eight EXIF orientations all show the picture as the eye held it."""
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Pillow's transpositions that a camera would have stored
    stored = quarters().transpose(Image.Transpose(undo[orientation])) if orientation > 1 else quarters()
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(tmp_path / "a.png", exif=exif)
    (page,) = pages(tmp_path / "a.png")
    assert page.pixels.shape == (48, 64, 3)
    assert_quarters(page, 0)


@pytest.mark.parametrize("name", ["a.jpg", "a.webp", "a.tif", "a.avif", "a.heic"])
def test_a_noted_orientation_is_undone_once_in_every_format(tmp_path: Path, name: str) -> None:
    """Some decoders turn the picture themselves: it must not be turned twice."""
    from pillow_heif import register_heif_opener  # noqa: PLC0415 - heavy, and needed here only

    register_heif_opener()
    exif = Image.Exif()
    exif[0x0112] = 6
    quarters().transpose(Image.Transpose.ROTATE_90).save(tmp_path / name, exif=exif.tobytes(), quality=95)
    (page,) = pages(tmp_path / name)
    assert page.pixels.shape == (48, 64, 3)
    assert_quarters(page, 30)


MODES: dict[str, Callable[[], Image.Image]] = {
    "grey": lambda: quarters().convert("L"),
    "one bit": lambda: quarters().convert("L").point(lambda value: 255 * (value > 128)).convert("1"),
    "palette": lambda: quarters().quantize(16),
    "grey with alpha": lambda: quarters().convert("LA"),
    "16 bits": lambda: Image.fromarray(np.asarray(quarters().convert("L")).astype(np.uint16) * 257),
    "32 bits": lambda: Image.fromarray(np.asarray(quarters().convert("L")).astype(np.int32) * 257),
    "fractions": lambda: Image.fromarray(np.asarray(quarters().convert("L")).astype(np.float32) / 255),
}


@pytest.mark.parametrize("mode", MODES)
def test_each_mode_of_pixels_becomes_rgb_of_eight_bits(tmp_path: Path, mode: str) -> None:
    """Grey, one bit, palette and wide numbers all come out as light as they were meant."""
    image = MODES[mode]()
    image.save(tmp_path / "a.tif")
    (page,) = pages(tmp_path / "a.tif")
    if mode == "palette":
        assert_quarters(page)
        return
    expected = np.asarray(quarters().convert("L")).astype(int)
    if mode == "one bit":
        expected = 255 * (expected > 128)
    if mode == "fractions":  # spread over what is used
        expected = (expected - expected.min()) * 255 // (expected.max() - expected.min())
    assert np.abs(page.pixels.astype(int) - expected[:, :, None]).max() <= 2


@pytest.mark.parametrize("bits", [10, 12, 14])
def test_grey_of_fewer_bits_than_its_numbers_hold_is_as_light_as_it_was_meant(tmp_path: Path, bits: int) -> None:
    """Scanners put 12 bits into 16 without stretching them: the paper is white all the same."""
    grey = np.asarray(quarters().convert("L")).astype(int)
    grey[:4, :4] = 255
    Image.fromarray((grey * (2**bits - 1) // 255).astype(np.uint16)).save(tmp_path / "a.tif")
    (page,) = pages(tmp_path / "a.tif")
    assert np.abs(page.pixels.astype(int) - grey[:, :, None]).max() <= 2


def test_transparency_is_laid_over_white(tmp_path: Path) -> None:
    """What is see-through looks like paper, not like the colour that hides behind it."""
    image = quarters().convert("RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    image.save(tmp_path / "a.png")
    assert pages(tmp_path / "a.png")[0].pixels.min() == 255


def test_a_palette_with_a_transparent_entry_is_laid_over_white(tmp_path: Path) -> None:
    """The same for PNG palettes with a tRNS chunk."""
    image = Image.new("P", (8, 8), 0)
    image.putpalette([0, 0, 0, 255, 0, 0])
    image.save(tmp_path / "a.png", transparency=0)
    assert pages(tmp_path / "a.png")[0].pixels.min() == 255


@pytest.mark.parametrize("name", ["a.jpg", "a.tif"])
def test_colours_of_a_print_shop_become_rgb(tmp_path: Path, name: str) -> None:
    """CMYK, stored inverted by Adobe's habit in JPEG and straight in TIFF, shows the same colours."""
    quarters().convert("CMYK").save(tmp_path / name, quality=95)
    assert_quarters(pages(tmp_path / name)[0], 30)


def test_a_fax_of_several_pages_gives_them_one_by_one(tmp_path: Path) -> None:
    """Group 4 TIFF of one bit: as many pages as frames, in order, with the dots per inch that the fax noted."""
    frames = [Image.new("1", (200, 100 + 10 * number), 1) for number in range(3)]
    for number, frame in enumerate(frames):
        frame.putpixel((number, 0), 0)
    frames[0].save(tmp_path / "fax.tif", save_all=True, append_images=frames[1:], compression="group4", dpi=(204, 196))
    found = pages(tmp_path / "fax.tif")
    assert [(page.index, page.pixels.shape[0], page.dpi) for page in found] == [
        (0, 100, 204),
        (1, 110, 204),
        (2, 120, 204),
    ]
    assert [int(page.pixels[0, :, 0].argmin()) for page in found] == [0, 1, 2]


@pytest.mark.parametrize(("told", "kept"), [((300, 300), 300), ((72, 72), None), ((1, 1), None), ((96, 96), None)])
def test_dots_per_inch_are_kept_where_a_scanner_meant_them(
    tmp_path: Path, told: tuple[int, int], kept: int | None
) -> None:
    """Cameras write 72, 96 or 1 without meaning; that counts as unknown."""
    quarters().save(tmp_path / "a.jpg", dpi=told)
    assert pages(tmp_path / "a.jpg")[0].dpi == kept


def test_a_picture_of_many_rows_arrives_whole(tmp_path: Path) -> None:
    """Pixels come in strips of rows; none is lost or doubled where one strip ends and the next begins."""
    pixels = np.random.default_rng(1).integers(0, 256, (700, 31, 3), dtype=np.uint8)
    path = tmp_path / "tall.png"
    Image.fromarray(pixels).save(path)
    (page,) = pages(path)
    assert np.array_equal(page.pixels, pixels)


def test_a_thumbnail_inside_a_tiff_is_no_page(tmp_path: Path) -> None:
    """A frame marked as the reduced copy of another (tag 254, bit 0) is left out."""
    data = io.BytesIO()
    small = quarters(16, 12)
    small.encoderinfo = {"tiffinfo": {254: 1}}
    quarters().save(data, "TIFF", save_all=True, append_images=[small])
    (tmp_path / "a.tif").write_bytes(data.getvalue())
    assert [page.pixels.shape for page in pages(tmp_path / "a.tif")] == [(48, 64, 3)]


def test_a_pdf_is_drawn_at_three_hundred_dots_per_inch(tmp_path: Path) -> None:
    """72 points are 300 pixels; every page comes, in order, with its colours."""
    path = pdf(tmp_path / "a.pdf", pages=3, content=b"1 0 0 rg 0 0 72 72 re f")
    found = pages(path)
    assert [(page.index, page.pixels.shape, page.dpi) for page in found] == [(n, (300, 600, 3), 300) for n in range(3)]
    assert found[2].pixels[150, 150].tolist() == [255, 0, 0]
    assert found[2].pixels[150, 450].tolist() == [255, 255, 255]


def test_a_pdf_shows_what_its_crop_box_shows(tmp_path: Path) -> None:
    """Page numbers and boxes are those that a viewer shows: the crop box, turned as the page says."""
    path = pdf(tmp_path / "a.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.pages[0].CropBox = [0, 0, 36, 72]
        document.pages[0].Rotate = 90
        document.save(path)
    assert pages(path)[0].pixels.shape == (150, 300, 3)


def scanned(path: Path, size: tuple[int, int] = (600, 300), extra: bytes = b"", **more: Any) -> Path:
    """A PDF page of 144 × 72 points that is filled by one picture of ``size`` pixels; ``more`` goes to the picture."""
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(144, 72))
        data = {"Type": "/XObject", "Subtype": "/Image", "ColorSpace": "/DeviceRGB", "BitsPerComponent": 8}
        about = {key: pikepdf.Name(one) if isinstance(one, str) else one for key, one in data.items()}
        picture = document.make_stream(quarters(*size).tobytes(), Width=size[0], Height=size[1], **about)
        for key, make in more.items():
            picture[f"/{key}"] = make(document)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=picture))
        page.Contents = document.make_stream(b"q 144 0 0 72 0 0 cm /A Do Q " + extra)
        document.save(path)
    return path


def mask(document: pikepdf.Pdf) -> pikepdf.Stream:
    """Lets nothing of a picture be seen."""
    about = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "ColorSpace": pikepdf.Name.DeviceGray}
    return document.make_stream(b"\0", Width=1, Height=1, BitsPerComponent=8, **about)


def test_a_scan_is_taken_out_of_its_pdf_as_it_was_scanned(tmp_path: Path) -> None:
    """A page that is one picture of the wanted size gives that picture's pixels, and is drawn by nobody."""
    (page,) = pages(scanned(tmp_path / "a.pdf"))
    assert np.array_equal(page.pixels, np.asarray(quarters(600, 300)))
    assert page.dpi == 300


@pytest.mark.parametrize("extra", [b"0 0 1 rg 0 36 36 36 re f", b"q 0 0 1 rg 0 36 72 36 re f Q"])
def test_what_is_drawn_over_a_scan_is_seen(tmp_path: Path, extra: bytes) -> None:
    """A page with more on it than its scan is drawn."""
    (page,) = pages(scanned(tmp_path / "a.pdf", extra=extra))
    assert page.pixels[20, 20].tolist() == [0, 0, 255]


def test_a_scan_behind_a_mask_or_of_another_size_is_drawn(tmp_path: Path) -> None:
    """What a viewer does not show is not read; a scan of fewer dots per inch comes at the size of all pages."""
    (hidden,) = pages(scanned(tmp_path / "a.pdf", SMask=mask))
    assert hidden.pixels.min() == 255
    (small,) = pages(scanned(tmp_path / "b.pdf", (300, 150)))
    assert small.pixels.shape == (300, 600, 3)
    assert_quarters(small)


def test_a_turned_or_cropped_scan_is_seen_as_a_viewer_shows_it(tmp_path: Path) -> None:
    """The page's own turn and crop box hold for a scan too."""
    path = scanned(tmp_path / "a.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.pages[0].Rotate = 90
        document.save(path)
    assert pages(path)[0].pixels.shape == (600, 300, 3)
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.pages[0].Rotate = 0
        document.pages[0].CropBox = [72, 36, 144, 72]
        document.save(path)
    (page,) = pages(path)
    assert page.pixels.shape == (150, 300, 3)
    assert page.pixels[75, 150].tolist() == [20, 160, 60]
