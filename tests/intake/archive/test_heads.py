"""Official documents with a red head are told by their words, others are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.archive import checks
from intake.archive.heads import is_red_head
from tests.intake.archive.papers import RECORDED, recorded, text
from tests.intake.archive.test_checks import GOOD

BODY = tuple(((f"第{number}条内容如下。", 60, 400 + 30 * number, 480, 20),) for number in range(8))
TITLE = (("某某市人民政府文件", 80, 120, 460, 50),)


@pytest.mark.parametrize(
    "number", ["某府发〔2020〕12号", "某府发[2020]12号", "某府发(2020)第 7 号", "某发 【1998】105号", "某发2020〕3号"]
)
def test_a_large_line_that_ends_with_its_word_and_an_issue_number_make_a_head(number: str) -> None:
    """However the reader gives the brackets."""
    assert is_red_head(text(TITLE, ((number, 220, 200, 180, 20),), *BODY))


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (TITLE, *BODY),
        ((("某府发〔2020〕12号", 220, 200, 180, 20),), *BODY),
        ((("某某市人民政府文件", 80, 120, 200, 20),), (("某府发〔2020〕12号", 220, 200, 180, 20),), *BODY),
        ((("某某工程招标文件", 80, 120, 460, 50),), (("二〇二〇年五月", 220, 200, 180, 20),), *BODY),
        (*BODY, (("附某某市人民政府文件", 80, 700, 460, 50),), (("某府发〔2020〕12号", 220, 760, 180, 20),)),
    ],
)
def test_what_lacks_one_of_them_is_none(lines: tuple[tuple[tuple[str, int, int, int, int], ...], ...]) -> None:
    """No number, no head, small print, a tender's title, a quotation at the foot, an empty page."""
    assert not is_red_head(text(*lines))


def test_no_sample_paper_is_taken_for_one() -> None:
    """Licenses, permits, cards and contracts: none of them has such a head."""
    for path in sorted(RECORDED.glob("*.json")):
        assert not is_red_head(recorded(path.stem))


def test_a_page_with_such_a_head_is_to_be_in_colour() -> None:
    """Grey, it fails; in colour nothing is said of it."""
    head = text(TITLE, (("某府发〔2020〕12号", 220, 200, 180, 20),), *BODY)
    told = checks.completed(replace(GOOD, mode="grey"), [head])
    assert told.head
    assert not checks.completed(GOOD, []).head
