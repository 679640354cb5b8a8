"""Separators among the papers of a file are told by their codes before or after they are read, and are no papers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

import pytest
from PIL import Image

from intake.archive import marks, separators, sheets
from intake.archive.marks import Mark
from intake.archive.pages import sheet
from intake.archive_options import ArchiveOptions
from intake.pipeline import Readers, read_file
from intake.types import FileReading
from intake.understanding import understand
from tests import worn
from tests.intake.extraction.sheets import column, page
from tests.intake.test_pipeline import Pair, pair

TODAY = date(2026, 11, 22)
COVER = Mark("cover", "B7", "3", "12", 41)


def read(folder: Path, pdf: bytes, readers: Pair) -> FileReading:
    """The first page of a PDF as these engines read its scan."""
    path = folder / "scan.png"
    Image.fromarray(worn.rendered(pdf, 200)[0]).convert("RGB").save(path)
    return read_file(path, "image/png", readers=cast("Readers", readers), today=TODAY)


def test_a_cover_sheet_that_says_its_number_is_not_read(tmp_path: Path) -> None:
    """Its codes are all that is kept of it; it is no document."""
    readers = pair("doubtful", page(*column("分隔页")))
    reading = read(tmp_path, sheets.covers([COVER]), readers)
    assert readers.second.pages == 0
    assert [set(text.codes) for text in reading.texts] == [{marks.write(COVER), marks.write(COVER, short=True)}]
    assert reading.documents == ()
    told = sheet("p", "f", 0, (1654, 2339), reading.texts)
    assert told.mark is not None
    assert (told.mark.number, told.mark.side, told.blank) == (41, "front", False)


def test_a_patch_sheet_is_read_and_kept_with_its_word(tmp_path: Path) -> None:
    """Nothing is lost should the bars lie on a page of the archive; with few words it is a separator."""
    readers = pair("doubtful", page(*column("分隔页 PATCH T")))
    reading = read(tmp_path, sheets.patches(1), readers)
    assert readers.second.pages == 1
    assert [text.codes for text in reading.texts] == [(marks.PATCH,)]
    assert reading.documents == ()
    told = sheet("p", "f", 0, (1654, 2339), reading.texts)
    assert told.mark is not None
    assert told.mark.kind == "patch"


def test_a_page_of_text_with_such_a_code_stays_a_paper() -> None:
    """A letter about separators is no separator: it is understood as any page, and told as one that is written on."""
    letter = page(*column(*["关于使用分隔页扫描档案的说明以及各单位须知"] * 20), codes=(marks.PATCH,))
    assert separators.letters("".join(line.text for line in letter.lines)) > ArchiveOptions().separator_letters
    assert separators.sheets([letter], ArchiveOptions()) == frozenset()
    assert len(understand([letter], today=TODAY)) == 1


def test_separators_part_the_papers_around_them() -> None:
    """What lies before and behind is not taken for one paper, and nothing on the sheet is read into one."""
    paper = ["姓名 王小明", "公民身份号码 110101199001020014", "住址 虚构市明月区1号"]
    texts = [
        page(*column(*paper), index=0),
        page(*column("分隔页"), index=1, codes=(marks.write(COVER),)),
        page(*column(*paper), index=2),
    ]
    assert [document.page_indexes for document in understand(texts, today=TODAY)] == [(0,), (2,)]


@pytest.mark.parametrize(
    ("lines", "number", "count"),
    [(("合同", "第2页 共3页"), 2, 3), (("合同", "正文"), None, None)],
)
def test_a_page_tells_its_printed_number_and_its_text(lines: tuple[str, ...], number: int, count: int) -> None:
    """The words of its fullest reading, line by line; numbers at its edge alone."""
    text = page(*column(lines[0], y=1000), *column(lines[1], y=3300))
    told = sheet("p", "f", 3, (2480, 3508), [text, page(*column("又读", y=1000))], types=["contract"])
    assert (told.number, told.count, told.types, told.index) == (number, count, ("contract",), 3)
    assert told.text.splitlines() == ["".join(line.split()) for line in lines]
    assert not told.blank


def test_a_page_of_which_nothing_is_known_is_not_blank() -> None:
    """Blank is what was looked at and found to bear neither letters nor print; somebody may have looked."""
    assert not sheet("p", "f", 0, (10, 10)).blank
    assert not sheet("p", "f", 0, (10, 10), [page()]).blank
    assert sheet("p", "f", 0, (10, 10), [page()], blank=True).blank
