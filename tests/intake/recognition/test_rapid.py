"""The second reader: its models are at hand, and its words have places."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from intake.errors import EngineOutputError
from intake.recognition import rapid
from intake.recognition.engine import CropRequest
from intake.recognition.probe import models
from intake.recognition.rapid import Rapid
from intake.types import FlatGeometry, RectifiedPage

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"


def printed(*lines: str, size: int = 42, width: int = 1600, face: str = FONT) -> NDArray[np.uint8]:
    """Lines of print on white paper, RGB."""
    picture = Image.new("RGB", (width, len(lines) * 2 * size + size), "white")
    font = ImageFont.truetype(face, size)
    for index, line in enumerate(lines):
        ImageDraw.Draw(picture).text((size, size // 2 + index * 2 * size), line, "black", font)
    return np.array(picture, np.uint8)


def page(pixels: NDArray[np.uint8]) -> RectifiedPage:
    """A flat page that is its own scan."""
    height, width = pixels.shape[:2]
    geometry = FlatGeometry(0, 0, width, height, width, height, (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0))
    return RectifiedPage(geometry, pixels, pixels[:, :, 0])


@pytest.fixture(scope="module")
def reader() -> Iterator[Rapid]:
    """One reader for all tests: loading takes a second."""
    made = Rapid()
    yield made
    made.close()


def test_its_models_come_with_its_package() -> None:
    """Detection and recognition lie on the disk: nothing has to be fetched."""
    assert [path.is_file() for path in models()] == [True, True]


def test_without_models_it_says_so_and_fetches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package without its models is unusable output, not a reason to go to the network."""
    monkeypatch.setattr(rapid, "models", lambda: tuple(path.with_suffix(".gone") for path in models()))
    with pytest.raises(EngineOutputError):
        Rapid().read_crops([CropRequest(printed("合同"))])


def test_its_memory_does_not_grow_with_every_new_shape() -> None:
    """Models share one working memory and keep no plan of it for each width of a line; they run on one thread."""
    options = rapid._session(models()[0]).get_session_options()
    assert options.get_session_config_entry("session.use_env_allocators") == "1"
    assert not options.enable_mem_pattern
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (1, 1)


def test_it_reads_on_the_sessions_that_it_made(reader: Rapid) -> None:
    """RapidOCR takes the sessions handed to it and makes none of its own."""
    reader.read_page(page(printed("合同")))
    engine = reader._engine()
    assert engine.text_det.session.session is engine.cfg.Det.session
    assert engine.text_rec.session.session is engine.cfg.Rec.session


def test_words_have_their_places_on_the_page(
    reader: Rapid, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Lines in order, Chinese and digits as words of their own, boxes where the print is; no network, no log line."""
    monkeypatch.setattr(socket, "socket", None)
    with caplog.at_level(logging.DEBUG):
        text = reader.read_page(page(printed("统一社会信用代码 91110000MA0000000X", "法定代表人")))
    assert [[word.text for word in line.words] for line in text.lines] == [
        ["统一社会信用代码", "91110000MA0000000X"],
        ["法定代表人"],
    ]
    label, code = text.lines[0].words
    assert min(label.confidence, code.confidence) > 0.9
    assert [len(word.confidences) for word in (label, code)] == [len(label.text), len(code.text)]
    assert min(code.confidences) <= code.confidence <= max(code.confidences)
    assert abs(label.box.x - 42) < 25
    assert abs(code.box.x - (42 + 8 * 42 + 10)) < 40
    assert label.box.right <= code.box.x + 1
    assert not [record for record in caplog.records if record.name.startswith("Rapid")]
    assert capfd.readouterr() == ("", "")


def test_crops_are_read_in_their_order_within_their_alphabets(reader: Rapid) -> None:
    """Characters outside the alphabet are dropped; several lines are read line by line; an empty crop is empty."""
    crops = [
        CropRequest(printed("No. 12345", width=400), "eng", "0123456789"),
        CropRequest(printed("服装鞋帽零售", "日用百货批发", width=420), single_line=False),
        CropRequest(np.full((40, 200), 255, np.uint8)),
        CropRequest(printed("某某市监督管理局", width=460)),
        CropRequest(np.empty((0, 0), np.uint8)),
    ]
    read = reader.read_crops(crops)
    assert [crop.text for crop in read] == ["12345", "服装鞋帽零售日用百货批发", "", "某某市监督管理局", ""]
    assert [crop.text == "".join(character for character, _ in crop.characters) for crop in read] == [True] * 5


def test_characters_of_a_single_line_have_their_places_on_the_crop(reader: Rapid) -> None:
    """From left to right, as fractions of its width; characters on several lines have none."""
    left = printed("No. 12345", width=400)
    wide = np.concatenate([left, np.full_like(left, 255)], axis=1)
    one, several = reader.read_crops([CropRequest(wide, "eng", "0123456789"), CropRequest(wide, single_line=False)])
    assert one.text == "12345"
    assert list(one.middles) == sorted(one.middles)
    assert 0.0 < one.middles[0] < one.middles[-1] < 0.5
    assert several.middles == ()


def test_a_blank_page_has_no_lines(reader: Rapid) -> None:
    """Nothing found is nothing, not a failure."""
    assert reader.read_page(page(np.full((300, 400, 3), 255, np.uint8))).lines == ()


def test_short_lines_are_read_again_as_trained_where_a_doubt_is_left(
    reader: Rapid, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Less white beside a short line saves half its time; what is unsure is read with as much as in training."""
    options, told = reader.options, list[list[int]]()
    monkeypatch.setattr(reader, "_read", lambda _strips, widths: told.append(list(widths)) or looks.pop(0))
    sure, unsure, trained = (
        [rapid.Character("合", sure, 0.5)] for sure in (options.strip_sure, options.strip_sure - 0.01, 0.5)
    )
    looks = [[sure, unsure, [], unsure], [trained, trained]]
    short, long = np.full((48, 100, 3), 255, np.uint8), np.full((48, 320, 3), 255, np.uint8)
    assert reader._recognise([short, short, short, long]) == [sure, trained, trained, unsure]
    assert told == [[160, 160, 160, 320], [320, 320]]


def test_lines_of_one_width_are_read_together_and_come_back_in_their_order(
    reader: Rapid, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each strip is filled up to its own width; the narrowest go first."""
    told: list[tuple[list[int], int]] = []

    def read(strips: list[NDArray[np.uint8]], width: int) -> list[list[rapid.Character]]:
        told.append(([strip.shape[1] for strip in strips], width))
        return [[rapid.Character(str(strip.shape[1]), 1.0, 0.5)] for strip in strips]

    monkeypatch.setattr(reader, "_read_filled", read)
    strips = [np.full((48, width, 3), 255, np.uint8) for width in (900, 20, 300, 40)]
    assert [run[0].text for run in reader._recognise(strips)] == ["900", "20", "300", "40"]
    assert told == [([20, 40], reader.options.strip_least), ([900, 300], reader.options.strip_trained)]


def test_spaces_between_latin_words_part_words(reader: Rapid) -> None:
    """A name keeps its spaces, on pages and on crops, with a place for each; between numbers they say nothing."""
    said = reader.read_page(page(printed("法定代表人 JOHN A. SMITH", "ABC Trading Co., Ltd.", "2016 1234")))
    words = [word.text for line in said.lines for word in line.words]
    assert words == ["法定代表人", "JOHN", "A.", "SMITH", "ABC", "Trading", "Co.,", "Ltd.", "20161234"]
    crop = reader.read_crops([CropRequest(printed("JOHN SMITH", width=400))])[0]
    assert crop.text == "JOHN SMITH"
    wide = reader.read_page(page(printed("名称 ABC Trading (Hangzhou) Co., Ltd.", face=SERIF)))
    words = [word.text for line in wide.lines for word in line.words]
    assert words == ["名称", "ABC", "Trading", "(Hangzhou)", "Co.,", "Ltd."]
    assert len(crop.characters) == len(crop.middles) == len(crop.text)
    assert list(crop.middles) == sorted(crop.middles)
