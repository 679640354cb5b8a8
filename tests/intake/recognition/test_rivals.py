"""What the second reader all but read is kept beside what it read; words that were kept before still load."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from intake.options import RecognitionOptions
from intake.recognition.rapid import Rapid
from intake.recognition.rivals import KeepingRivals, rivals
from intake.types import PixelBox, Rival, Word
from intake.wire import dump, load
from tests.intake.recognition.test_rapid import page, printed

LETTERS = ["", "；", "：", ":", " "]
OPTIONS = RecognitionOptions()


def steps(*chances: tuple[float, ...]) -> np.ndarray:
    """Probabilities of LETTERS, step by step."""
    return np.array(chances, np.float32)


def test_a_doubtful_character_keeps_its_rivals() -> None:
    """Over all the steps of its run, without white space, the blank and the same mark in another width."""
    seen = steps((0.9, 0, 0.1, 0, 0), (0, 0.1, 0.6, 0.2, 0.1), (0, 0.3, 0.5, 0.1, 0.1), (0.9, 0.1, 0, 0, 0))
    assert [[(one, round(sure, 2)) for one, sure in some] for some in rivals(seen, LETTERS, OPTIONS)] == [[("；", 0.3)]]


def test_a_sure_character_keeps_none() -> None:
    """Most characters are read beyond doubt and take no room."""
    assert list(rivals(steps((0, 0.003, 0.997, 0, 0)), LETTERS, OPTIONS)) == [()]


def test_a_character_read_twice_has_two_places() -> None:
    """A blank parts two equal characters; each has its own rivals."""
    seen = steps((0, 0.2, 0.8, 0, 0), (1, 0, 0, 0, 0), (0, 0, 1, 0, 0))
    assert [len(some) for some in rivals(seen, LETTERS, OPTIONS)] == [1, 0]


@dataclass
class Info:
    """What the library's decoder tells of a line."""

    rivals: list[object] = field(default_factory=list)


class Decoder:
    """Stands in for the library's decoder."""

    character = LETTERS

    def __call__(self, _probabilities: np.ndarray, *, words: bool) -> tuple[list[str], list[Info]]:
        """One line and its information."""
        return ["："], [Info()] if words else []


def test_the_library_decodes_and_the_rivals_come_with_its_words() -> None:
    """What the decoder says is handed on; its information gets the rivals."""
    lines, words = KeepingRivals(Decoder(), OPTIONS)(steps((0, 0.25, 0.75, 0, 0))[None], words=True)
    assert (lines, words) == (["："], [Info([(("；", 0.25),)])])


def test_words_of_blurred_print_tell_their_rivals() -> None:
    """Through the whole reader: every rival names a place of its word, which was read without certainty."""
    reader = Rapid()
    picture = printed("餐饮服务；设备租赁；销售：酒", size=13, width=390)
    blurred = picture.copy()
    blurred[:, 1:-1] = (picture[:, :-2].astype(int) + picture[:, 1:-1] + picture[:, 2:]) // 3
    words = [word for line in reader.read_page(page(blurred)).lines for word in line.words]
    reader.close()
    told = [(word, rival) for word in words for rival in word.rivals]
    assert told
    assert all(word.confidences[rival.place] < OPTIONS.rivals_below for word, rival in told)
    assert all(word.text[rival.place] != rival.character and rival.probability > 0 for word, rival in told)


def test_kept_words_are_read_with_and_without_rivals() -> None:
    """What was kept before rivals were still loads; what is kept now comes back whole."""
    word = Word("：", 0.9, PixelBox(1, 2, 3, 4), (0.9,), (Rival(0, "；", 0.1),))
    kept = dump(word)
    assert load(Word, kept) == word
    del kept["rivals"]
    assert load(Word, kept).rivals == ()
