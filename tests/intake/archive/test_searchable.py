"""The picture is the scanner's own, and the words lie where they are printed and can be copied as they are read."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageCms

from intake.archive.searchable import PdfPage
from intake.imaging.decode_jpeg import jpeg
from intake.imaging.scans import drawn
from intake.types import Page, PageText, Pixels
from tests.intake.archive.papers import (
    HEIGHT,
    boxes,
    hull,
    in_lines,
    laid,
    made,
    overlap,
    paper,
    placed,
    plain,
    recorded,
    said,
    sheet,
    text,
    without_spaces,
)
from tests.intake.imaging.files import assert_quarters, quarters

LEASE, LICENSE = "03-tenant.lease-contract", "01-trading-company.license"


@contextmanager
def _image(data: bytes) -> Iterator[pikepdf.Object]:
    """The picture of the first page, as long as the file is open."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield pdf.pages[0].resources.XObject.Im


def _pixels(image: pikepdf.Object) -> Pixels:
    return np.asarray(pikepdf.PdfImage(image).as_pil_image().convert("RGB"))


def _seen(data: bytes) -> Page:
    """The first page as PDFium draws it."""
    with pypdfium2.PdfDocument(data) as document:
        picture = document[0].render(scale=2).to_pil().convert("RGB")
    return Page(0, np.asarray(picture))


def _jpeg(orientation: int = 1, mode: str = "RGB", **options: object) -> bytes:
    """A JPEG of the four quarters as a camera stores it that is held so."""
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = quarters(64, 48).transpose(Image.Transpose(undo[orientation])) if orientation > 1 else quarters(64, 48)
    exif = Image.Exif()
    exif[0x0112] = orientation
    body = io.BytesIO()
    stored.convert(mode).save(body, "JPEG", quality=95, exif=exif, **options)
    return body.getvalue()


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_jpeg_goes_in_as_it_is(mode: str, *, progressive: bool) -> None:
    """Not a byte of the scanner's picture changes, in colour and grey, one pass or many."""
    data = _jpeg(mode=mode, progressive=progressive)
    scan = jpeg(data)
    assert scan is not None
    with _image(plain(scan)) as image:
        assert image.read_raw_bytes() == data


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_page_is_upright_whatever_way_the_camera_was_held(orientation: int) -> None:
    """The bytes stay, and the page turns or mirrors them as EXIF says."""
    scan = jpeg(_jpeg(orientation))
    assert scan is not None
    page = _seen(plain(scan))
    assert page.pixels.shape[1] > page.pixels.shape[0]
    assert_quarters(page, 25)


@pytest.mark.parametrize("turns", range(4))
def test_a_page_that_lies_on_its_side_is_shown_upright(turns: int) -> None:
    """``turns`` counter-clockwise quarters are undone where the picture is drawn; its bytes stay."""
    lying = np.ascontiguousarray(np.rot90(np.asarray(quarters()), -turns))
    assert_quarters(_seen(made(PdfPage(drawn(lying), turns=turns))), 25)


@pytest.mark.parametrize(("orientation", "turns"), [(6, 1), (8, 3), (5, 2), (3, 3)])
def test_a_page_is_turned_after_its_orientation(orientation: int, turns: int) -> None:
    """A phone's picture that EXIF sets on its side is set upright all the same."""
    scan = jpeg(_jpeg(orientation))
    assert scan is not None
    seen = _seen(made(PdfPage(scan, turns=turns))).pixels
    assert_quarters(Page(0, np.ascontiguousarray(np.rot90(seen, -turns))), 25)


def test_black_and_white_is_coded_without_loss_as_group_4() -> None:
    """A fax's page is as small as it came, black is black, and every pixel is there."""
    pixels = paper(100, 60)
    pixels[10:30, 20:70] = 0
    data = plain(drawn(pixels))
    with _image(data) as image:
        assert (image.Filter, image.BitsPerComponent) == (pikepdf.Name.CCITTFaxDecode, 1)
        assert (_pixels(image) == pixels).all()
    seen = _seen(data).pixels
    assert seen[seen.shape[0] // 3, seen.shape[1] // 2].max() < 60
    assert seen[-5, -5].min() > 200


def test_flat_colours_are_coded_without_loss_where_that_is_shorter() -> None:
    """A drawn page is not blurred for nothing."""
    pixels = np.asarray(quarters(640, 480))
    with _image(plain(drawn(pixels))) as image:
        assert image.Filter == pikepdf.Name.FlateDecode
        assert (_pixels(image) == pixels).all()


def test_a_profile_of_colours_is_kept_once() -> None:
    """A phone's own colours stay what they were; ten pages do not carry ten profiles."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    scan = jpeg(_jpeg(icc_profile=profile))
    assert scan is not None
    with pikepdf.open(io.BytesIO(made(PdfPage(scan), PdfPage(scan)))) as pdf:
        first, second = (page.resources.XObject.Im.ColorSpace for page in pdf.pages)
        assert first[0] == pikepdf.Name.ICCBased
        assert first[1].read_bytes() == profile
        assert first[1].objgen == second[1].objgen


@pytest.mark.parametrize(
    ("name", "degrees", "turns"),
    [
        *((name, *how) for name in (LEASE, LICENSE) for how in ((0, 0), (0, 1), (0, 2), (0.6, 3), (-1.5, 0))),
        (LEASE, 12, 0),
    ],
)
def test_every_character_lies_on_its_word(name: str, degrees: float, turns: int) -> None:
    """Each box that PDFium gives lies on a word with that character, straight, turned or askew.

    The last character of a word reaches up to the next word, so the share is that of the smaller box.
    """
    words = laid(recorded(name), degrees, turns)
    page = sheet(words, turns)
    letters = placed(made(page), page)
    expected = [(word, hull(place)) for word, place in boxes(words)]
    assert sorted(letter for letter, _ in letters) == sorted(letter for word, _ in expected for letter in word)
    shares = [max(overlap(box, place) for word, place in expected if letter in word) for letter, box in letters]
    assert min(shares) > 0.5
    assert sum(share > 0.7 for share in shares) / len(shares) > 0.95


def test_chinese_is_copied_without_stray_spaces() -> None:
    """Each printed line of a contract is one line without a space, for PDFium as for poppler."""
    words = recorded(LEASE)
    page = sheet(words)
    printed = [line.text for line in words.lines]
    assert in_lines(said(made(page))) == printed
    assert in_lines(_poppler(made(page))) == printed
    assert [line.strip() for line in in_lines(_poppler(made(page), "-layout"))] == printed


@pytest.mark.parametrize(
    ("degrees", "turns"), [(0.5, 0), (-1.0, 0), (1.5, 0), (0.0, 1), (0.0, 2), (0.0, 3), (1.0, 2), (-0.5, 3)]
)
def test_a_page_askew_or_turned_is_copied_line_by_line(degrees: float, turns: int) -> None:
    """Poppler, which tells lines by their height, gives whole lines in the order of reading up to 1.5 degrees askew."""
    words = laid(recorded(LEASE), degrees, turns)
    page = sheet(words, turns)
    printed = [line.text for line in words.lines]
    assert in_lines(_poppler(made(page))) == printed
    assert without_spaces(said(made(page))) == "".join(printed)
    if not degrees:
        assert in_lines(said(made(page))) == printed


def test_thin_punctuation_and_spread_letters_leave_no_space() -> None:
    """A heading with wide gaps and a stop of little ink are copied as they are read; columns stay apart."""
    words = text(
        (("租", 100, 40, 40, 40), ("赁", 200, 40, 40, 40), ("合同", 300, 40, 90, 40)),
        (("签订", 40, 120, 60, 30), ("，", 104, 140, 6, 8), ("生效", 132, 120, 60, 30), ("。", 196, 140, 8, 8)),
        (("甲方", 40, 200, 60, 30), ("乙方", 400, 200, 60, 30)),
    )
    assert in_lines(_poppler(made(sheet_of(words)))) == ["租赁合同", "签订，生效。", "甲方", "乙方"]
    assert in_lines(said(made(sheet_of(words)))) == ["租赁合同", "签订，生效。", "甲方 乙方"]


def test_latin_words_keep_their_space_and_numbers_touch_chinese() -> None:
    """``Trading Co.`` has its space, ``2023年5月`` has none."""
    words = text(
        (("Trading", 40, 40, 120, 30), ("Co.", 172, 40, 50, 30)),
        (("2023", 40, 120, 60, 30), ("年", 108, 120, 28, 30), ("5", 146, 120, 14, 30), ("月", 168, 120, 28, 30)),
    )
    assert in_lines(said(made(sheet_of(words)))) == ["Trading Co.", "2023年5月"]
    assert in_lines(_poppler(made(sheet_of(words)))) == ["Trading Co.", "2023年5月"]


@pytest.mark.parametrize("name", ["王𬱖", "𠮷田", "㐀㛃", "李𰻝", "龘〇"])
def test_rare_characters_are_copied(name: str) -> None:
    """Names are written with characters from beyond the basic plane; they are found like any other."""
    data = made(sheet_of(text(((name, 40, 40, 90, 40),))))
    assert in_lines(said(data)) == [name]
    assert in_lines(_poppler(data)) == [name]


def test_small_print_beside_a_heading_keeps_its_own_size() -> None:
    """Where a reader takes both for one line; its words neither grow over the next line nor join the heading."""
    words = text(
        (("代码", 20, 70, 40, 20), ("营业", 140, 40, 160, 80), ("执照", 320, 40, 160, 80)), (("912", 20, 100, 60, 20),)
    )
    page = sheet(words)
    tall = [box[3] - box[1] for letter, box in placed(made(page), page) if letter in "代码"]
    assert max(tall) < 40 / HEIGHT
    assert sorted(said(made(page)).split()) == ["912", "代码", "营业执照"]


def test_what_cannot_be_shown_is_left_out() -> None:
    """A control character or a byte order mark that an engine gave makes no invalid file; an empty word no place."""
    words = text((("甲\x00乙\ufeff", 40, 40, 80, 30), (" ", 130, 40, 10, 30)), ((" ", 40, 90, 10, 30),))
    assert in_lines(said(made(sheet_of(words)))) == ["甲乙"]


def test_nothing_of_the_words_is_seen() -> None:
    """The page looks the same with words and without."""
    words = recorded(LICENSE)
    with_words, without = sheet(words), PdfPage(sheet(words).scan)
    assert (_seen(made(with_words)).pixels == _seen(made(without)).pixels).all()


def test_a_page_is_hardly_larger_than_its_picture() -> None:
    """A full page of words takes a few kilobytes; with a picture as scanners make it that is below a tenth."""
    words = recorded(LEASE)
    assert len(made(sheet(words))) - len(sheet(words).scan.data) < 12_000


def sheet_of(words: PageText) -> PdfPage:
    """A page with these words on a white sheet."""
    return PdfPage(drawn(paper()), (words,))


def _poppler(data: bytes, *options: str) -> str:
    """What poppler copies from a file."""
    told = subprocess.run(["pdftotext", *options, "-", "-"], input=data, capture_output=True, check=True, timeout=60)
    return told.stdout.decode().replace("\f", "\n")
