"""A confirmed text on the lines that it was printed on."""

from __future__ import annotations

from intake.evaluation.alignment import parts
from intake.geometry import region, union
from intake.types import PageText, PixelBox, Region
from tests.intake.extraction.sheets import column, page

FIRST, SECOND, THIRD = "一般项目：针纺织品销售；", "日用百货零售（不含食品）；", "办公用品批发。"


def sheet(*lines: str) -> PageText:
    """The lines one below the other."""
    return page(*column(*(f"{line}" for line in lines)))


def whole(text: PageText) -> Region:
    """The place of all its words."""
    return region(text.geometry, union(word.box for line in text.lines for word in line.words))


def said(confirmed: str, *lines: str) -> list[str]:
    """What is taken to stand on the lines."""
    read = sheet(*lines)
    return [part.text for part in parts(read, whole(read), confirmed)]


def test_each_line_has_its_part_of_the_text() -> None:
    """A scope on three lines is three lines to learn from, each at its own place."""
    read = sheet(FIRST, SECOND, THIRD)
    found = parts(read, whole(read), FIRST + SECOND + THIRD)
    assert [part.text for part in found] == [FIRST, SECOND, THIRD]
    tops = [part.region.corners[0][1] for part in found]
    assert tops == sorted(set(tops))


def test_a_corrected_letter_within_a_line_is_what_there_is_to_learn() -> None:
    """Misread, lost or made up: the line has the letters that the person confirmed."""
    text = FIRST + SECOND + THIRD
    assert said(text, FIRST.replace("纺", "防"), SECOND, THIRD) == [FIRST, SECOND, THIRD]
    assert said(text, FIRST.replace("纺", ""), SECOND, THIRD) == [FIRST, SECOND, THIRD]
    assert said(text, FIRST, SECOND.replace("零售", "零零售"), THIRD) == [FIRST, SECOND, THIRD]


def test_a_letter_between_two_lines_is_on_neither_for_certain() -> None:
    """Where the engine lost the last letter of a line or the first of the next, both are left out."""
    assert said(FIRST + SECOND + THIRD, FIRST.rstrip("；"), SECOND, THIRD) == [THIRD]


def test_a_line_that_bears_another_text_is_left_out() -> None:
    """A stamp across the text, or a line of another field between."""
    assert said(FIRST + SECOND, FIRST, "（副本）1-1", SECOND) == []
    assert said("王大明", FIRST) == []


def test_brackets_stand_in_the_width_in_which_they_were_read() -> None:
    """The canonical form tells nothing of it."""
    narrow = SECOND.replace("（", "(").replace("）", ")")
    assert said(FIRST + SECOND, FIRST, narrow) == [FIRST, narrow]


def test_what_stands_outside_the_place_is_not_read() -> None:
    """The place of the first line alone."""
    read = sheet(FIRST, SECOND)
    place = region(read.geometry, union(word.box for word in read.lines[0].words))
    assert [part.text for part in parts(read, place, FIRST)] == [FIRST]
    assert parts(read, region(read.geometry, PixelBox(0, 0, 1, 1)), FIRST) == ()
