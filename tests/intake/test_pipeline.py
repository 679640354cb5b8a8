"""The whole way with engines that only say what they are told: what is asked of them, and what comes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from intake import pipeline
from intake.errors import EngineTimeoutError
from intake.geometry import region
from intake.options import Options, ReaderPolicy, RecognitionOptions
from intake.pipeline import Readers, once_each, read_file, read_pages, understand
from intake.recognition.engine import CropRequest, CropText, crop_text
from intake.types import FileReading, Page, PageText, PixelBox, RectifiedPage
from intake.wire import dump, load
from tests.intake.extraction.sheets import column, page

TODAY = date(2026, 11, 22)
CARD = (
    "姓名 王小明",
    "性别 女",
    "民族 汉",
    "出生 1990年1月2日",
    "住址 虚构市明月区1号",
    "公民身份号码 110101199001020014",
)


@dataclass
class Told:
    """An engine that reads the words it was given on every page, and ``answer`` on every crop."""

    name: str
    text: PageText
    answer: str = ""
    pages: int = 0
    turns: int = 0
    asked: int = 0
    crops: list[CropRequest] = field(default_factory=list)
    later: PageText | None = None
    third: PageText | None = None

    def read_page(self, page: RectifiedPage) -> PageText:
        """The words, on this page's geometry; from the second page on ``later``, from the third on ``third``."""
        self.pages += 1
        told = (self.text, self.later, self.third)[: self.pages]
        text = next(text for text in reversed(told) if text is not None)
        return replace(text, geometry=page.geometry, reader=self.name)

    def read_crops(self, crops: Sequence[CropRequest]) -> list[CropText]:
        """The answer, for each crop."""
        self.crops += crops
        return [crop_text([(letter, 0.9) for letter in self.answer])] * len(crops)

    def upright(self, ink: NDArray[np.uint8]) -> int:
        """As it was told."""
        assert ink.size
        self.asked += 1
        return self.turns

    def close(self) -> None:
        """Nothing is held."""


@dataclass
class Pair:
    """Two such engines and a policy, in the place of the real ones."""

    policy: ReaderPolicy
    first: Told
    second: Told


def pair(policy: ReaderPolicy, first: PageText, second: PageText | None = None) -> Pair:
    """The first engine reads ``first``, the second ``second`` (the same where nothing is said)."""
    return Pair(policy, Told("tesseract", first), Told("rapidocr", second or first))


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A white page as a file: the engines are told what stands on it."""
    path = tmp_path / "scan.png"
    Image.fromarray(np.full((1100, 1600, 3), 255, np.uint8)).save(path)
    return path


def read(scan: Path, readers: Pair, options: Options | None = None) -> FileReading:
    """The file as these engines read it."""
    return read_file(scan, "image/png", readers=cast("Readers", readers), options=options, today=TODAY)


def test_a_file_becomes_pages_words_and_documents(scan: Path) -> None:
    """Every stage leaves its result and its time."""
    reading = read(scan, pair("always", page(*column(*CARD))))
    assert [(size.width, size.height) for size in reading.pages] == [(1600, 1100)]
    assert [document.type for document in reading.documents] == ["id_card_front"]
    assert reading.documents[0].value("birth_date") == "1990-01-02"
    assert set(reading.seconds) >= {"decode", "rectify", "read", "reread", "holes", "strips", "crops", "understand"}


def test_what_was_understood_can_be_understood_again_from_the_words_alone(scan: Path) -> None:
    """Kept as JSON and read back, the words give the same documents, second looks included."""
    reading = read(scan, pair("doubtful", page(*column(*CARD)), page(*column(*CARD))))
    kept = [load(PageText, dump(text)) for text in reading.texts]
    assert understand(kept, today=TODAY) == reading.documents


def test_never_asks_the_second_reader(scan: Path) -> None:
    """Policy ``never``: Tesseract alone."""
    readers = pair("never", page(*column(*CARD[:2])))
    assert {text.reader for text in read(scan, readers).texts} == {"tesseract"}
    assert readers.second.pages == 0


def test_always_reads_every_sheet_twice(scan: Path) -> None:
    """Policy ``always``: both readers read the whole page."""
    readers = pair("always", page(*column(*CARD)))
    assert [text.reader for text in read(scan, readers).texts][:2] == ["tesseract", "rapidocr"]


def test_the_second_reader_leads_and_tesseract_reads_the_lines_in_doubt(scan: Path) -> None:
    """Policy ``doubtful``: one whole reading; Tesseract is shown lines, never the page."""
    unsure = (replace(word, confidence=0.6) for word in column(*CARD))
    readers = pair("doubtful", page(*column(*CARD)), page(*unsure))
    readers.first.answer = "王小明"
    reading = read(scan, readers)
    assert (readers.first.pages, readers.second.pages) == (0, 1)
    assert readers.first.crops
    name = next(one for one in reading.documents[0].fields if one.field == "name")
    assert name.reader == "tesseract+rapidocr"


def test_on_a_sample_of_the_sheets_every_field_is_read_twice(scan: Path) -> None:
    """Policy ``doubtful``: on all of them where the share is 1; else only what is in doubt."""
    asked = []
    for share in (0.0, 1.0):
        readers = pair("doubtful", page(*(replace(word, confidence=1.0) for word in column(*CARD))))
        read(scan, readers, Options(recognition=RecognitionOptions(sample_share=share)))
        asked.append(len(readers.first.crops))
    assert asked[0] < asked[1]
    assert asked[1] >= len(CARD)


def test_a_page_that_can_be_read_is_not_asked_which_way_up_it_stands(scan: Path) -> None:
    """Its type is known, or there is much text that was read surely: either proves it."""
    known = pair("doubtful", page(*column(*CARD)))
    read(scan, known)
    letter = pair("doubtful", page(*column(*["敬启者来函收悉特此复函"] * 5)))
    read(scan, letter)
    assert (known.first.asked, letter.first.asked) == (0, 0)


def test_a_page_that_cannot_be_read_is_turned_and_read_again(scan: Path) -> None:
    """Nothing known, nothing sure: the first reader tells the turns; the leader reads it so, and upside down."""
    readers = pair("doubtful", page(*column("口口", "回回")))
    readers.first.turns = 1
    reading = read(scan, readers)
    assert (readers.first.asked, readers.second.pages) == (1, 3)
    assert {text.geometry.quarter_turns for text in reading.texts} == {1}


def test_a_card_read_upside_down_is_turned_though_its_type_is_guessed(scan: Path) -> None:
    """Few letters, badly read, with one caption among them: that is what the second reader makes of such a card."""
    doubted = (replace(word, confidence=0.6) for word in column("公民身份号码", "34 28"))
    readers = pair("doubtful", page(*doubted))
    readers.first.turns = 2
    assert {text.geometry.quarter_turns for text in read(scan, readers).texts} == {2}


def test_a_page_turned_the_wrong_way_is_tried_upside_down(scan: Path) -> None:
    """Its lines run down the page, and the end of them was taken for the beginning."""
    readers = pair("doubtful", page(*column("口口", "回回")))
    readers.first.turns = 1
    readers.second.third = page(*column(*CARD))
    reading = read(scan, readers)
    assert {text.geometry.quarter_turns for text in reading.texts} == {3}
    assert [document.type for document in reading.documents] == ["id_card_front"]


def test_a_turn_that_makes_reading_worse_is_undone(scan: Path) -> None:
    """Of both ways up the one stays in which more was read."""
    readers = pair("doubtful", page(*column("口口", "回回")))
    readers.first.turns = 1
    readers.second.later = page(*column("口"))
    assert {text.geometry.quarter_turns for text in read(scan, readers).texts} == {0}


def test_a_page_that_a_person_turned_is_read_as_it_stands_then(scan: Path) -> None:
    """Nobody asks which way up it stands; places are told on the scan as it is stored."""
    readers = pair("never", page(*column("口口", "回回")))
    ((which, (text,)),) = read_pages(scan, "image/png", {(0, 1)}, readers=cast("Readers", readers))
    assert which == (0, 1)
    assert (readers.first.asked, readers.first.pages, text.geometry.quarter_turns) == (0, 1, 1)
    assert (text.geometry.scan_width, text.geometry.scan_height) == (1600, 1100)
    beginning = region(text.geometry, PixelBox(0, 0, 10, 10)).corners[0]
    assert beginning == pytest.approx((1.0, 0.0))
    with pytest.raises(LookupError):
        list(read_pages(scan, "image/png", {(1, 1)}, readers=cast("Readers", readers)))


def test_turned_pages_of_one_file_are_decoded_once(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not once for each of them, with all the pages before it: a stack of a hundred may have been fed upside down."""
    decoded: list[int] = []

    def decode(*_: object) -> Iterator[Page]:
        for index in range(9):
            decoded.append(index)
            yield Page(index, np.full((30, 20, 3), 255, np.uint8))

    monkeypatch.setattr(pipeline, "decode", decode)
    readers = pair("never", page(*column("口口", "回回")))
    found = dict(read_pages(scan, "image/png", {(4, 2), (1, 1), (4, 3)}, readers=cast("Readers", readers)))
    assert [(which, texts[0].geometry.page_index) for which, texts in found.items()] == [
        ((1, 1), 1),
        ((4, 2), 4),
        ((4, 3), 4),
    ]
    assert decoded == [0, 1, 2, 3, 4]


def test_the_quality_of_the_picture_is_kept_with_the_words(scan: Path) -> None:
    """With the first reading of each sheet, once."""
    texts = read(scan, pair("always", page(*column(*CARD)))).texts
    assert [text.quality is not None for text in texts][:2] == [True, False]


def test_a_reader_who_looks_twice_at_a_sheet_gives_one_text() -> None:
    """What is kept of a sheet is kept once per reader: two texts of one could not be kept, and the paper would rest."""
    holes, lines, crops = (
        page(*column(text), reader=reader)
        for text, reader in (("甲", "rapidocr/holes"), ("乙", "rapidocr/holes"), ("丙", "tesseract/crops"))
    )
    assert once_each((holes, lines, crops)) == (replace(holes, lines=holes.lines + lines.lines), crops)


def test_codes_and_numbers_are_asked_for_with_their_alphabet(scan: Path) -> None:
    """A second look at an ID number knows that it holds digits and X."""
    readers = pair("doubtful", page(*column(*CARD)), page(*column(*CARD[:-1], "公民身份号码 110101199001020015")))
    read(scan, readers)
    asked = [crop for crop in readers.first.crops if crop.alphabet and "X" in crop.alphabet]
    assert asked


def test_every_page_is_handed_on_as_decoded(scan: Path) -> None:
    """The pictures for the portal are kept by whoever asks, one page at a time."""
    kept: list[Page] = []
    readers = cast("Readers", pair("never", page(*column(*CARD))))
    read_file(scan, "image/png", readers=readers, today=TODAY, keep_page=kept.append)
    assert [one.pixels.shape for one in kept] == [(1100, 1600, 3)]


def test_a_tool_that_fails_is_not_hidden(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The queue must learn of it: no partial reading is given."""
    readers = pair("never", page(*column(*CARD)))

    def fail(page: RectifiedPage) -> PageText:
        assert page.ink.size
        raise EngineTimeoutError(tool="tesseract", seconds=1)

    monkeypatch.setattr(readers.first, "read_page", fail)
    with pytest.raises(EngineTimeoutError):
        read(scan, readers)


def test_readers_hold_the_two_engines() -> None:
    """Made without starting anything, closed at the end."""
    with Readers("never") as readers:
        assert (readers.first.name, readers.second.name) == ("tesseract", "rapidocr")
