"""What separators say is read from codes or words, and a damaged word never leads to another box."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.archive import marks
from intake.archive.marks import Mark

COVER = Mark("cover", "B7", "盒-3", "永久 2015/12", 41, "back")
NAMES = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)


@given(batch=NAMES, box=NAMES, folder=NAMES, number=st.integers(0, 10**6), side=st.sampled_from(["front", "back"]))
def test_what_is_written_is_read(batch: str, box: str, folder: str, number: int, side: marks.Side) -> None:
    """Any names, in any script, come back; the code is of letters that QR's small mode and Code 128 have."""
    mark = Mark("cover", batch, box, folder, number, side)
    code = marks.write(mark)
    assert marks.read([code]) == replace(mark, witnesses=("code",))
    assert set(code) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$%*+-./: ")


def test_one_misread_letter_is_never_believed() -> None:
    """With any letter of a code replaced by another, or two neighbours exchanged, no other sheet is told."""
    code = marks.write(Mark("cover", "B7", "3", "K-12", 41))
    for place in range(len(marks.PREFIX), len(code)):
        for letter in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            torn = code[:place] + letter + code[place + 1 :]
            if letter != code[place]:
                assert marks.read([torn]) == Mark("cover"), torn
        if place + 1 < len(code) and code[place] != code[place + 1]:
            turned = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            assert marks.read([turned]) == Mark("cover"), turned


def test_one_whole_code_is_enough_and_two_that_differ_are_none() -> None:
    """A torn code beside a whole one changes nothing; two whole ones of different sheets are nobody's word."""
    code = marks.write(COVER)
    assert marks.read([code[:-3], code]) == replace(COVER, witnesses=("code",))
    assert marks.read([code, marks.write(replace(COVER, number=42))]) == Mark("cover")
    assert marks.read([code[:-3]]) == Mark("cover")


@pytest.mark.parametrize(("run", "number"), [((1, 40), "12-40"), ((5, 40), "12-5-40"), (None, "12")])
def test_a_sheet_says_of_which_run_it_is_one(run: tuple[int, int] | None, number: str) -> None:
    """By its code and by its readable line, whichever dash was read; sheets of earlier versions are none's."""
    mark = Mark("cover", "B7", "3", "K", 12, run=run)
    code = marks.write(mark)
    assert code.split(":")[4] == number
    assert marks.read([code]) == replace(mark, witnesses=("code",))
    assert marks.read([], code.replace("-", "—")) == replace(mark, witnesses=("words",))


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("IAS1:B7:3:12:41:F:{}", "1AS1：B7:3:12:4l:F:{}"),
        ("IAS1:B7:3:12:41:F:{}", "IAS1 : B7 : 3 : I2 : 41 : F : {}"),
        ("IAS1:B7:3:12:50:B:{}", "IASl:B7:3:12:5O:8:{}"),
    ],
)
def test_the_readable_line_is_a_witness_with_its_usual_misreadings(printed: str, read: str) -> None:
    """Look-alikes and stray spaces are undone where the check character then holds."""
    number, side = int(printed.split(":")[4]), "front" if ":F:" in printed else "back"
    mark = Mark("cover", "B7", "3", "12", number, "front" if side == "front" else "back")
    check = marks.write(mark)[-2:]
    found = marks.read([], f"INTAKE 分隔页\n{read.format(check)}\n")
    assert found == replace(mark, witnesses=("words",))


def test_a_sheet_of_which_only_the_title_is_left_is_known_as_one() -> None:
    """It has no number: somebody has to look."""
    assert marks.read([], f"{marks.SHEET_TITLE}\n批次") == Mark("cover")
    assert marks.read([], "关于印发分隔页使用办法的通知") is None
    assert marks.read([], "") is None


@pytest.mark.parametrize("code", ["PATCHT", "patcht", " PATCH-T ", "Patch T"])
def test_a_code_of_patch_t_is_a_separator(code: str) -> None:
    """As paperless-ngx and others print it."""
    assert marks.read([code]) == Mark("patch", witnesses=("code",))


@pytest.mark.parametrize("code", ["PATCHTASK", "https://example.org/patcht", "DISPATCHT", "ASN00012", "INTAKE-SLIP:1"])
def test_other_codes_are_no_separators(code: str) -> None:
    """Whatever merely holds the word is none."""
    assert marks.read([code]) is None
    assert not marks.is_mark(code)
