"""Papers are parted by separators, files or content; a separator that fails is told, never passed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from intake.archive.boundaries import Assembled, items
from intake.archive.marks import Mark
from intake.archive.pages import Sheet

Stack = Callable[[str], list[Sheet]]
Make = Callable[..., Sheet]


def told(found: Assembled) -> list[tuple[str, int | None]]:
    """The alarms by kind and number."""
    return [(alarm.kind, alarm.number) for alarm in found.alarms]


def plan(found: Assembled) -> list[str]:
    """The pages of each item by their words in the plan."""
    return [" ".join(sheet.page.split(":")[1] for sheet in item.pages) for item in found.items]


def every_page_once(found: Assembled, sheets: list[Sheet]) -> bool:
    """Whether each sheet has exactly one place."""
    placed = [sheet.page for item in found.items for sheet in item.pages]
    placed += [sheet.page for sheet in (*found.separators, *found.blanks)]
    return sorted(placed) == sorted(sheet.page for sheet in sheets)


def test_cover_sheets_part_papers_and_their_backs_belong_to_them(stack: Stack) -> None:
    """Each cover opens a paper, whose number it gives; backs, blanks and covers are in no paper; nothing alarms."""
    sheets = stack("#1 #1b a b _ #2 #2b c _ #3 #3b d")
    found = items(sheets, "separators")
    assert plan(found) == ["a b", "c", "d"]
    assert [item.mark.number for item in found.items if item.mark] == [1, 2, 3]
    assert {(item.reason, item.suggested) for item in found.items} == {("cover", False)}
    assert found.alarms == ()
    assert every_page_once(found, sheets)


def test_patch_sheets_part_papers_without_numbers(stack: Stack) -> None:
    """What lies before the first is a paper of its own, two on each other open one paper."""
    found = items(stack("a b P P c P d _ P"), "separators")
    assert plan(found) == ["a b", "c", "d"]
    assert [item.reason for item in found.items] == ["start", "patch", "patch"]
    assert found.alarms == ()


@pytest.mark.parametrize(
    ("lies", "alarms"),
    [
        ("#1 a #2 b #4 c", [("missing", 3)]),
        ("#1 a #2 b #2 c #3 d", [("doubled", 2)]),
        ("#1 a #4 b #2 c #3 d", [("out_of_order", 4)]),
        ("#1 a #? b #3 c", [("unreadable", 2)]),
        ("#1 a #? b #? x #4 c", [("unreadable", 2), ("unreadable", 3)]),
        ("#1 a #? b #4 c", [("missing", 2), ("missing", 3), ("unreadable", None)]),
        ("#1 a #2 #?", [("empty", 2)]),
        ("#1 #? a #2 #2b b", []),
        ("a #1 b", [("before_first", None)]),
        ("a b _", [("none", None)]),
        ("_ _", []),
        ("#1 a #2 #3 b", [("empty", 2)]),
        ("#1 a #2 b #5 c #6 d", [("missing", 3), ("missing", 4)]),
    ],
)
def test_whatever_is_wrong_with_the_run_is_told(stack: Stack, lies: str, alarms: list[tuple[str, int | None]]) -> None:
    """Missing, doubled, displaced, torn, empty: each is an alarm, and a lone missing number of a torn one is named."""
    sheets = stack(lies)
    found = items(sheets, "separators")
    assert sorted(told(found), key=str) == sorted(alarms, key=str)
    assert every_page_once(found, sheets)


def test_a_missing_separator_names_the_pages_among_which_it_lay(stack: Stack) -> None:
    """All pages between its neighbours, and no other."""
    (alarm,) = items(stack("#1 a #2 b c _ d #4 e"), "separators").alarms
    assert (alarm.kind, alarm.number) == ("missing", 3)
    assert [page.split(":")[1] for page in alarm.pages] == ["b", "c", "d"]
    assert "3" in alarm.message.zh
    assert "3" in alarm.message.en


def test_numbers_may_begin_anew_with_the_next_folder(stack: Stack) -> None:
    """A cover of another folder with a lower number begins that folder's run; its first numbers must be there."""
    sheets = stack("#1 a #2 b #1 c #2 d")
    other = [
        replace(sheet, mark=replace(sheet.mark, folder="13")) if place > 3 and sheet.mark else sheet
        for place, sheet in enumerate(sheets)
    ]
    assert items(other, "separators").alarms == ()
    assert told(items(other[:4] + other[6:], "separators")) == [("missing", 1)]


def test_another_batch_s_separator_is_told(stack: Stack) -> None:
    """Its number is no part of the run."""
    sheets = stack("#1 a #2 b #9 c #3 d")
    strange = [
        replace(sheet, mark=replace(sheet.mark, batch="B6")) if sheet.mark and sheet.mark.number == 9 else sheet
        for sheet in sheets
    ]
    assert told(items(strange, "separators")) == [("foreign", 9)]


def test_a_torn_separator_taken_for_a_page_is_suspected(stack: Stack, sheet: Make) -> None:
    """Few words, among them some that only separators bear: kept as a page, and told."""
    sheets = [*stack("#1 a"), sheet("torn", words=20, text="分隔页"), *stack("#2 b")]
    found = items(sheets, "separators")
    assert ("suspected", None) in told(found)
    assert every_page_once(found, sheets)


def test_a_page_full_of_text_with_a_separator_s_code_is_told(sheet: Make) -> None:
    """A letter that shows such a code is no separator; somebody says so."""
    letter = sheet("letter", words=900, mark=Mark("patch", witnesses=("code",)))
    assert told(items([sheet("a"), letter, sheet("b")], "separators")) == [("written_on", None)]


def test_files_are_papers_when_that_is_how_they_were_scanned(sheet: Make, stack: Stack) -> None:
    """One paper for each file; separators in them are taken out and told."""
    sheets = [sheet("a", file="1"), sheet("b", file="1"), sheet("c", file="2"), *stack("P")]
    found = items(sheets, "files")
    assert [[page.page for page in item.pages] for item in found.items] == [["a", "b"], ["c"]]
    assert told(found) == [("unexpected", None)]


def test_nothing_is_made_of_nothing() -> None:
    """An empty stack has no papers and no alarms."""
    assert items([], "separators") == items([], "content") == Assembled((), (), (), ())
