"""What is refused, and what a decoder may not do."""

from __future__ import annotations

import os
import signal
import struct
import threading
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from intake import errors
from intake.imaging import decode as decode_module
from intake.imaging.decode import decode
from intake.media import identify
from tests.intake.imaging.files import LIMITS, pages, pdf, quarters


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
    """The message names the limit in whole megabytes."""
    (tmp_path / "a.jpg").write_bytes(bytes(1_000_001))
    with pytest.raises(errors.FileTooLargeError) as caught:
        list(decode(tmp_path / "a.jpg", "image/jpeg", replace(LIMITS, megabytes=1.0)))
    assert caught.value.message("en").startswith("The file is over the limit of 1 MB.")


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
    assert caught.value.message("en").startswith("A page is over the limit of 50 megapixels.")


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


@pytest.mark.parametrize(
    "header",
    [
        '{"width": 1000000, "height": 1000000, "dpi": null}',
        '{"width": 0, "height": 5, "dpi": null}',
        '{"width": -5, "height": -5, "dpi": null}',
        '{"width": "5", "height": 5, "dpi": null}',
        '{"width": 5, "dpi": null}',
        "[]",
    ],
)
def test_a_child_that_was_taken_over_cannot_make_us_reserve_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, header: str
) -> None:
    """What the child says of a page is held against the limits like the file itself."""
    (tmp_path / "liar.py").write_text(f"print({header!r}, flush=True)\n")
    quarters().save(tmp_path / "a.png")
    monkeypatch.setattr(decode_module, "_MODULE", "liar")
    monkeypatch.setattr(decode_module, "_ROOT", tmp_path)
    with pytest.raises(errors.EngineOutputError):
        pages(tmp_path / "a.png")


def test_a_page_like_a_ribbon_is_refused_or_drawn_smaller(tmp_path: Path) -> None:
    """Few pixels, but a side that no later step can handle: a picture is refused, a PDF drawn with fewer dots."""
    Image.new("L", (LIMITS.side + 1, 8)).save(tmp_path / "a.png")
    with pytest.raises(errors.TooManyPixelsError):
        pages(tmp_path / "a.png")
    (page,) = pages(pdf(tmp_path / "a.pdf", box=(14_400, 3)))
    assert page.pixels.shape[1] <= LIMITS.side
