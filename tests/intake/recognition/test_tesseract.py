"""The first reader: what it makes of Tesseract's output, of its failures, and, a few times, of real print."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from intake.errors import EngineCrashedError, EngineOutputError, EngineTimeoutError, MissingExecutableError
from intake.options import RecognitionOptions
from intake.recognition.engine import CropRequest, CropText
from intake.recognition.tesseract import Tesseract
from intake.types import FlatGeometry, RectifiedPage

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
PAGE_ROW = "1\t{page}\t0\t0\t0\t0\t0\t0\t300\t200\t-1\t"
WORD_ROW = "5\t{page}\t1\t1\t1\t1\t{x}\t10\t40\t20\t{confidence}\t{text}"


def page(ink: NDArray[np.uint8]) -> RectifiedPage:
    """A flat page that is its own scan."""
    height, width = ink.shape
    geometry = FlatGeometry(0, 0, width, height, width, height, (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0))
    return RectifiedPage(geometry, np.repeat(ink[:, :, None], 3, axis=2), ink)


def printed(*lines: str, size: int = 42, width: int = 1600) -> NDArray[np.uint8]:
    """Lines of print on white paper, as an A4 page of 300 dpi has them."""
    picture = Image.new("L", (width, len(lines) * 2 * size + 4 * size), 255)
    font = ImageFont.truetype(FONT, size)
    for index, line in enumerate(lines):
        ImageDraw.Draw(picture).text((2 * size, 2 * size + index * 2 * size), line, 0, font)
    return np.array(picture, np.uint8)


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a PATH on which only a pretended ``tesseract`` lies; tests write it."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


def pretend(folder: Path, table: str, end: str = "exit 0") -> None:
    """A ``tesseract`` that writes ``table`` where it is asked to, keeps its arguments and ends as told."""
    (folder / "table.tsv").write_text(table, "utf-8")
    script = f'#!/bin/sh\necho "$@" > {folder}/arguments\necho "$OMP_THREAD_LIMIT" > {folder}/threads\n'
    script += f'cp "$1" {folder}/list\ncp {folder}/table.tsv "$2.tsv"\necho \'words of a paper\' >&2\n{end}\n'
    (folder / "tesseract").write_text(script)
    (folder / "tesseract").chmod(0o755)


BLANK = np.full((200, 300), 255, np.uint8)

LINE = printed("登记机关核准日期", width=600)
"""A page with one line of print."""


def test_words_come_with_their_probability_and_box_in_lines(stub: Path) -> None:
    """Percent become probabilities, boxes lie where the line lies on the page, words are put in order."""
    rows = [HEAD, PAGE_ROW.format(page=1)]
    rows += [
        WORD_ROW.format(page=1, x=60, confidence=50.5, text="同"),
        WORD_ROW.format(page=1, x=10, confidence=96, text="合"),
    ]
    pretend(stub, "\n".join(rows) + "\n")
    text = Tesseract().read_page(page(LINE))
    assert [[(word.text, word.confidence) for word in line.words] for line in text.lines] == [
        [("合", 0.96), ("同", 0.505)]
    ]
    first, second = (word.box for word in text.lines[0].words)
    assert 80 <= first.x <= 90
    assert second.x - first.x == pytest.approx(50 * 42 / 38, abs=6)
    assert first.y == pytest.approx(second.y, abs=3)
    assert 80 <= first.y <= 110


def test_a_page_without_print_is_not_handed_to_tesseract(stub: Path) -> None:
    """There is no line to be read: nothing is run."""
    pretend(stub, "")
    assert Tesseract().read_page(page(BLANK)).lines == ()
    assert not (stub / "arguments").exists()


def test_one_thread_and_the_resolution_are_asked_for(stub: Path) -> None:
    """Threads of one process only slow the others; without a resolution Tesseract guesses."""
    pretend(stub, f"{HEAD}\n{PAGE_ROW.format(page=1)}\n")
    assert Tesseract().read_page(page(LINE)).lines == ()
    assert (stub / "threads").read_text().strip() == "1"
    assert "--dpi 300 --psm 13" in (stub / "arguments").read_text()


def test_crops_of_one_kind_are_read_by_one_process_in_their_order(stub: Path) -> None:
    """Each crop gets the words of its own picture; one without words is empty with confidence 0."""
    rows = [HEAD, PAGE_ROW.format(page=1), WORD_ROW.format(page=1, x=0, confidence=80, text="12")]
    rows += [PAGE_ROW.format(page=2), PAGE_ROW.format(page=3), WORD_ROW.format(page=3, x=0, confidence=60, text="3")]
    pretend(stub, "\n".join(rows) + "\n")
    crops = [CropRequest(BLANK, "eng", "0123456789X") for _ in range(3)]
    assert Tesseract().read_crops(crops) == [
        CropText("12", 0.8, (("1", 0.8), ("2", 0.8))),
        CropText("", 0.0),
        CropText("3", 0.6, (("3", 0.6),)),
    ]
    assert len((stub / "list").read_text().splitlines()) == 3
    assert "tessedit_char_whitelist=0123456789X" in (stub / "arguments").read_text()


def test_no_crops_start_no_process(stub: Path) -> None:
    """Nothing to read: nothing is run."""
    pretend(stub, "")
    assert Tesseract().read_crops([]) == []
    assert not (stub / "arguments").exists()


@pytest.mark.parametrize(
    "table",
    ["", HEAD + "\n", f"{HEAD}\n{PAGE_ROW.format(page=1)}\n5\t1\t1\n"],
    ids=["empty", "no picture spoken of", "cut short"],
)
def test_a_good_exit_status_with_unusable_output_is_an_error(stub: Path, table: str) -> None:
    """The exit status is not trusted alone."""
    pretend(stub, table)
    with pytest.raises(EngineOutputError):
        Tesseract().read_page(page(LINE))


def test_output_that_was_never_written_is_an_error(stub: Path) -> None:
    """Tesseract ends well but leaves no file, as on a full disk."""
    pretend(stub, "", 'rm "$2.tsv"')
    with pytest.raises(EngineOutputError):
        Tesseract().read_page(page(LINE))


def test_a_crash_tells_its_status_and_nothing_that_was_printed(stub: Path) -> None:
    """Standard error may quote the paper: it is in no message and in no chained exception."""
    pretend(stub, HEAD, "exit 3")
    with pytest.raises(EngineCrashedError) as caught:
        Tesseract().read_page(page(LINE))
    assert caught.value.details == {"tool": "tesseract", "status": 3}
    assert caught.value.__suppress_context__


def test_a_reading_that_takes_too_long_is_ended(stub: Path) -> None:
    """A timeout always."""
    pretend(stub, HEAD, "exec sleep 30")
    with pytest.raises(EngineTimeoutError) as caught:
        Tesseract(RecognitionOptions(page_seconds=0.3)).read_page(page(LINE))
    assert caught.value.details == {"tool": "tesseract", "seconds": 0.3}


def test_without_tesseract_the_installation_is_at_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No executable on PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingExecutableError):
        Tesseract().read_page(page(LINE))


def test_no_picture_is_left_behind(stub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures of papers lie in a private temporary folder that is removed, also after a crash."""
    scratch = stub / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    pretend(stub, HEAD, "exit 3")
    with pytest.raises(EngineCrashedError):
        Tesseract().read_page(page(LINE))
    assert not any(scratch.iterdir())


@pytest.mark.ocr
def test_print_is_read_where_it_stands() -> None:
    """Real Tesseract on clear print: the words, and boxes that hold them."""
    text = Tesseract().read_page(page(printed("统一社会信用代码", "登记机关核准日期")))
    assert [line.text for line in text.lines] == ["统一社会信用代码", "登记机关核准日期"]
    first = text.lines[0].words[0]
    assert first.confidence > 0.8
    assert 70 <= first.box.x <= 100
    assert 80 <= first.box.y <= 110


@pytest.mark.ocr
def test_crops_of_several_kinds_are_read_in_their_order() -> None:
    """Chinese and codes in turn; a code's alphabet keeps O and I out."""
    digits = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    crops = [
        CropRequest(printed("91110000MA0000000X", width=700), "eng", digits),
        CropRequest(printed("法定代表人", width=420)),
        CropRequest(np.full((60, 300), 255, np.uint8)),
        CropRequest(printed("2016年03月08日", width=560)),
    ]
    texts = [crop.text for crop in Tesseract().read_crops(crops)]
    assert texts == ["91110000MA0000000X", "法定代表人", "", "2016年03月08日"]


@pytest.mark.ocr
@pytest.mark.parametrize("turns", range(4))
def test_the_turns_that_bring_print_upright_are_told(turns: int) -> None:
    """A card with few characters, turned: as many quarter turns back."""
    card = printed("姓名 张三丰", "性别 男 民族 汉", "住址 某某省某某市某某区某某街道一号", "公民身份号码", width=1200)
    turned = np.ascontiguousarray(np.rot90(card, turns))
    assert Tesseract().upright(turned) == -turns % 4


@pytest.mark.ocr
def test_a_blank_sheet_is_upright() -> None:
    """Nothing tells: it stays as it is."""
    assert Tesseract().upright(np.full((1000, 700), 255, np.uint8)) == 0


def test_tesseract_is_told_nothing_of_our_secrets(stub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads what strangers hand in: the database's password, keys and tokens are none of its business."""
    monkeypatch.setenv("INTAKE_SECRET_KEY", "secret")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    pretend(stub, f"{HEAD}\n{PAGE_ROW.format(page=1)}\n", end=f"env > {stub}/environment")
    Tesseract().read_page(page(LINE))
    told = (stub / "environment").read_text()
    assert "PATH=" in told
    assert "secret" not in told
