"""The whole way with engines that only say what they are told: what is asked of them, and what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from intake.errors import EngineTimeoutError
from intake.options import ExtractionOptions, Options, ReaderPolicy, RecognitionOptions
from intake.pipeline import Readers, read_file, understand
from intake.recognition.engine import CropRequest, CropText, crop_text
from intake.types import FileReading, Page, PageText, RectifiedPage
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
    crops: list[CropRequest] = field(default_factory=list)

    def read_page(self, page: RectifiedPage) -> PageText:
        """The words, on this page's geometry."""
        self.pages += 1
        return replace(self.text, geometry=page.geometry, reader=self.name)

    def read_crops(self, crops: Sequence[CropRequest]) -> list[CropText]:
        """The answer, for each crop."""
        self.crops += crops
        return [crop_text([(letter, 0.9) for letter in self.answer])] * len(crops)

    def upright(self, ink: NDArray[np.uint8]) -> int:
        """Upright already."""
        assert ink.size
        return 0

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
    assert set(reading.seconds) >= {"decode", "rectify", "read", "reread", "understand"}


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


def test_a_sheet_without_captions_is_read_whole_by_the_second_reader(scan: Path) -> None:
    """Policy ``doubtful``: crops would repeat what the first reader missed."""
    readers = pair("doubtful", page(*column("王小明", "女")), page(*column(*CARD)))
    reading = read(scan, readers)
    assert readers.second.pages == 1
    assert reading.documents[0].value("name") == "王小明"


def test_a_sheet_that_was_read_well_is_not_read_whole_again(scan: Path) -> None:
    """Policy ``doubtful``: only the lines of fields that are not quite sure are asked of the second reader."""
    readers = pair("doubtful", page(*(replace(word, confidence=1.0) for word in column(*CARD))))
    readers.second.answer = "王小明"
    reading = read(scan, readers, Options(extraction=ExtractionOptions(reread_below=1.0)))
    assert readers.second.pages == 0
    assert readers.second.crops
    name = next(one for one in reading.documents[0].fields if one.field == "name")
    assert name.reader == "tesseract+rapidocr"


def test_a_sheet_on_which_one_field_was_not_found_is_read_whole(scan: Path) -> None:
    """Policy ``doubtful``: the address is missing from the first reader's words, so the second one looks for it."""
    words = [replace(word, confidence=1.0) for word in column(*CARD)]
    torn = [word for word in words if word.text not in CARD[4].split()]
    readers = pair("doubtful", page(*torn), page(*words))
    reading = read(scan, readers)
    assert readers.second.pages == 1
    assert reading.documents[0].value("address") == "虚构市明月区1号"


def test_a_sample_of_the_sheets_that_were_read_well_is_read_whole(scan: Path) -> None:
    """Policy ``doubtful``: all of them where the share is 1, none where it is 0."""
    words = [replace(word, confidence=1.0) for word in column(*CARD)]
    for share in (0.0, 1.0):
        readers = pair("doubtful", page(*words))
        read(scan, readers, Options(recognition=RecognitionOptions(sample_share=share)))
        assert readers.second.pages == share


def test_codes_and_numbers_are_asked_for_with_their_alphabet(scan: Path) -> None:
    """A second look at an ID number knows that it holds digits and X."""
    readers = pair("doubtful", page(*column(*CARD)), page(*column(*CARD[:-1], "公民身份号码 110101199001020015")))
    read(scan, readers)
    asked = [crop for one in (readers.first, readers.second) for crop in one.crops if "X" in (crop.alphabet or "")]
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
