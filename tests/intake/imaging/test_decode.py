"""Bytes to pages, within limits."""

from __future__ import annotations

import io
import os
import signal
import struct
import threading
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw

from intake import errors
from intake.imaging.decode import decode
from intake.media import identify
from intake.options import DecodeLimits
from intake.types import Page

LIMITS = DecodeLimits()
RED, GREEN, BLUE, WHITE = (200, 30, 40), (20, 160, 60), (30, 60, 190), (255, 255, 255)
COLOURS = (RED, GREEN, BLUE, WHITE)


def quarters(width: int = 64, height: int = 48) -> Image.Image:
    """A picture whose quarters are red (top left), green (top right), blue (bottom left) and white."""
    image = Image.new("RGB", (width, height), WHITE)
    draw = ImageDraw.Draw(image)
    for number, colour in enumerate(COLOURS):
        x, y = number % 2 * width // 2, number // 2 * height // 2
        draw.rectangle((x, y, x + width // 2 - 1, y + height // 2 - 1), fill=colour)
    return image


def pages(path: Path, limits: DecodeLimits = LIMITS) -> list[Page]:
    """All pages of a file whose kind is told by its bytes."""
    return list(decode(path, identify(path.read_bytes()[:65536]).name, limits))


def assert_quarters(page: Page, tolerance: int = 12) -> None:
    """The middle of each quarter has the colour that was painted there."""
    height, width = page.pixels.shape[:2]
    seen = [page.pixels[y * height // 4, x * width // 4].astype(int) for y in (1, 3) for x in (1, 3)]
    assert np.abs(np.array(seen) - np.array(COLOURS)).max() <= tolerance


def pdf(path: Path, *, pages: int = 1, box: tuple[float, float] = (144, 72), content: bytes = b"") -> Path:
    """A PDF with pages of ``box`` points."""
    with pikepdf.new() as document:
        for _ in range(pages):
            page = document.add_blank_page(page_size=box)
            page.Contents = document.make_stream(content)
        document.save(path)
    return path


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


def test_a_huge_pdf_page_is_drawn_smaller_and_never_as_one_dot(tmp_path: Path) -> None:
    """14,400 × 14,400 points, which makes pdftoppm draw 1 × 1 and end with 0, comes in as many pixels as allowed."""
    path = pdf(tmp_path / "a.pdf", box=(14400, 14400), content=b"1 0 0 rg 0 0 14400 14400 re f")
    (page,) = pages(path, replace(LIMITS, megapixels=4))
    assert page.pixels.shape == (2000, 2000, 3)
    assert page.dpi == 10
    assert page.pixels[1000, 1000].tolist() == [255, 0, 0]


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    """What cannot be opened without a password says so."""
    with pikepdf.open(pdf(tmp_path / "a.pdf")) as document:
        document.save(tmp_path / "b.pdf", encryption=pikepdf.Encryption(user="secret", owner="secret"))
    with pytest.raises(errors.EncryptedFileError):
        pages(tmp_path / "b.pdf")


def test_a_pdf_that_only_forbids_editing_is_read(tmp_path: Path) -> None:
    """An owner's password hinders nobody from reading."""
    with pikepdf.open(pdf(tmp_path / "a.pdf")) as document:
        document.save(tmp_path / "b.pdf", encryption=pikepdf.Encryption(user="", owner="secret"))
    assert len(pages(tmp_path / "b.pdf")) == 1


def test_an_empty_file_is_told_apart(tmp_path: Path) -> None:
    """Zero bytes are empty, not damaged."""
    (tmp_path / "a.jpg").touch()
    with pytest.raises(errors.EmptyFileError):
        list(decode(tmp_path / "a.jpg", "image/jpeg", LIMITS))


def test_a_file_over_the_limit_of_bytes_is_refused(tmp_path: Path) -> None:
    """The message names the limit."""
    (tmp_path / "a.jpg").write_bytes(bytes(2000))
    with pytest.raises(errors.FileTooLargeError) as caught:
        list(decode(tmp_path / "a.jpg", "image/jpeg", replace(LIMITS, megabytes=0.001)))
    assert caught.value.details == {"limit_mb": 0.001}


def noisy(path: Path) -> Path:
    """A picture that compression cannot shrink, so that any cut goes through its pixels."""
    noise = np.random.default_rng(0).integers(0, 255, (200, 200, 3), dtype=np.uint8)
    Image.fromarray(noise).save(path)
    return path


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.bmp", "a.webp", "a.avif"])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_a_picture_that_was_cut_short_is_damaged(tmp_path: Path, name: str, share: float) -> None:
    """Half a picture is refused, never filled up with grey."""
    path = noisy(tmp_path / name)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(errors.DamagedFileError):
        pages(path)


@pytest.mark.parametrize("head", [b"\xff\xd8\xff\xe0 and no more", b"II*\x00\xff\xff\xff\x00", b"%PDF-1.7\nno objects"])
def test_a_beginning_without_a_file_is_damaged(tmp_path: Path, head: bytes) -> None:
    """Bytes that begin like a known kind and go on as nothing are damaged."""
    (tmp_path / "a").write_bytes(head)
    with pytest.raises(errors.DamagedFileError):
        pages(tmp_path / "a")


def test_a_bomb_is_refused_by_its_header(tmp_path: Path) -> None:
    """196 megapixels in 20 KB: refused by the header alone, with hardly any memory to decode in."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress(bytes(1751) * 14000, 9)
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 14000, 14000, 1, 0, 0, 0, 0))
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    with pytest.raises(errors.TooManyPixelsError) as caught:
        pages(tmp_path / "a.png", replace(LIMITS, memory_megabytes=192))
    assert caught.value.details == {"limit_megapixels": 50.0}


def test_a_picture_that_needs_more_memory_than_allowed_has_too_many_pixels(tmp_path: Path) -> None:
    """Running out of the decoder's memory is told to the sender, who can scan smaller; the service goes on."""
    Image.new("RGB", (6000, 6000)).save(tmp_path / "a.png")
    with pytest.raises(errors.TooManyPixelsError):
        pages(tmp_path / "a.png", replace(LIMITS, memory_megabytes=128))


def test_too_many_pages_are_refused_before_any_is_decoded(tmp_path: Path) -> None:
    """TIFF and PDF alike: the limit is named, and no page comes before the error."""
    frame = Image.new("1", (20, 20), 1)
    frame.save(tmp_path / "a.tif", save_all=True, append_images=[frame] * 3)
    pdf(tmp_path / "a.pdf", pages=4)
    for name in ("a.tif", "a.pdf"):
        reader = decode(tmp_path / name, identify((tmp_path / name).read_bytes()).name, replace(LIMITS, pages=3))
        with pytest.raises(errors.TooManyPagesError) as caught:
            next(reader)
        assert caught.value.details == {"limit": 3}


def test_a_decoder_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    """The caller waits no longer than it said, and learns that the tool was slow."""
    quarters().save(tmp_path / "a.png")
    with pytest.raises(errors.EngineTimeoutError) as caught:
        pages(tmp_path / "a.png", replace(LIMITS, seconds=0.0))
    assert caught.value.details == {"tool": "decoder", "seconds": 0.0}


def child_of(process: int) -> int:
    """The process id of the only decoder that a process has started."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (entry / "stat").exists():
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) == process and b"decode_child" in (entry / "cmdline").read_bytes():
                return int(entry.name)
    raise AssertionError("no decoder is running")


def test_a_decoder_that_dies_is_reported(tmp_path: Path) -> None:
    """A signal ends the child between two pages: the tool is at fault, and its status is named."""
    reader = decode(pdf(tmp_path / "a.pdf", pages=9, box=(700, 900)), "application/pdf", LIMITS)
    next(reader)
    os.kill(child_of(os.getpid()), signal.SIGKILL)
    with pytest.raises(errors.EngineCrashedError) as caught:
        list(reader)
    assert caught.value.details == {"tool": "decoder", "status": -9}


def test_a_caller_that_has_seen_enough_ends_the_decoder(tmp_path: Path) -> None:
    """Closing the iterator leaves no process behind."""
    reader = decode(pdf(tmp_path / "a.pdf", pages=9, box=(700, 900)), "application/pdf", LIMITS)
    next(reader)
    child = child_of(os.getpid())
    reader.close()
    assert not Path(f"/proc/{child}").exists()


def test_a_bad_file_does_not_trouble_its_neighbours(tmp_path: Path) -> None:
    """Decoders run side by side, each with its own fate."""
    quarters().save(tmp_path / "good.png")
    (tmp_path / "bad.png").write_bytes((tmp_path / "good.png").read_bytes()[:40])
    fates: dict[str, object] = {}

    def read(name: str) -> None:
        try:
            fates[name] = len(pages(tmp_path / name))
        except errors.InputError as error:
            fates[name] = error.code

    threads = [threading.Thread(target=read, args=(name,)) for name in ("good.png", "bad.png")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fates == {"good.png": 1, "bad.png": "file.damaged"}


def test_the_decoder_sees_nothing_of_our_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its environment holds what a decoder needs and no settings of the service."""
    monkeypatch.setenv("INTAKE_SECRET_KEY", "made-up")
    reader = decode(pdf(tmp_path / "a.pdf", pages=9, box=(700, 900)), "application/pdf", LIMITS)
    next(reader)
    environment = Path(f"/proc/{child_of(os.getpid())}/environ").read_bytes()
    reader.close()
    assert b"INTAKE" not in environment
    assert b"LANG=C.UTF-8" in environment
