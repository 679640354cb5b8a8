"""Two stacks become one; nothing is dropped, and where a side is missing is told with how sure that is."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from intake.archive.duplex import Gap, interleave
from intake.archive.pages import Sheet

Make = Callable[..., Sheet]


def names(sheets: tuple[Sheet, ...]) -> str:
    """The pages in a row."""
    return " ".join(sheet.page for sheet in sheets)


def stacks(make: Make, pages: int, *, numbered: bool) -> tuple[list[Sheet], list[Sheet]]:
    """A paper of so many pages, as its two stacks come from the feeder."""
    whole = [make(str(n), number=n if numbered else None, count=pages) for n in range(1, pages + 1)]
    return whole[::2], whole[1::2][::-1]


def test_equal_stacks_are_merged_with_the_backs_reversed(sheet: Make) -> None:
    """Also where no page says anything of its place."""
    for numbered in (True, False):
        odd, even = stacks(sheet, 8, numbered=numbered)
        found = interleave(odd, even)
        assert names(found.pages) == "1 2 3 4 5 6 7 8"
        assert (found.gaps, found.turned) == ((), True)
        assert found.sure > 0.9


@pytest.mark.parametrize("lost", range(8))
def test_a_missing_page_is_found_by_the_printed_numbers(sheet: Make, lost: int) -> None:
    """Whichever of the pages is missing, the others come in order and the gap is at its place."""
    odd, even = stacks(sheet, 8, numbered=True)
    odd = [page for page in odd if page.page != str(lost + 1)]
    even = [page for page in even if page.page != str(lost + 1)]
    found = interleave(odd, even)
    assert names(found.pages) == " ".join(str(n) for n in range(1, 9) if n != lost + 1)
    (gap,) = found.gaps
    assert gap.missing == ("back" if lost % 2 else "front")
    assert (gap.after, gap.before) == (str(lost) if lost else None, str(lost + 2) if lost < 7 else None)
    assert gap.sure > 0.9


def test_one_missing_in_each_stack_is_found_though_the_counts_agree(sheet: Make) -> None:
    """Counts alone would have paired five sheets wrongly."""
    odd, even = stacks(sheet, 20, numbered=True)
    odd, even = [page for page in odd if page.page != "5"], [page for page in even if page.page != "14"]
    found = interleave(odd, even)
    assert names(found.pages) == " ".join(str(n) for n in range(1, 21) if n not in {5, 14})
    assert [(gap.missing, gap.after) for gap in found.gaps] == [("front", "4"), ("back", "13")]


def test_without_any_evidence_every_place_is_as_likely(sheet: Make) -> None:
    """The gap is told, with the little certainty that there is."""
    odd, even = stacks(sheet, 8, numbered=False)
    found = interleave(odd, even[:3])
    assert sorted(names(found.pages).split()) == sorted(names((*odd, *even[:3])).split())
    assert len(found.gaps) == 1
    assert found.gaps[0].sure < 0.4


def test_backs_that_were_not_reversed_are_told_by_their_numbers(sheet: Make) -> None:
    """Some feeders put the stack out in order."""
    odd, even = stacks(sheet, 8, numbered=True)
    found = interleave(odd, even[::-1])
    assert names(found.pages) == "1 2 3 4 5 6 7 8"
    assert not found.turned


def test_clauses_cards_and_sizes_align_too(sheet: Make) -> None:
    """Where no page has a number, what stands on the pages tells which back belongs to which front."""
    odd = [
        sheet("card", types=("id_card_front",), width=1011, height=638),
        sheet("c1", text="第一条 标的\n第二条 数量"),
        sheet("c3", text="第五条 违约\n第六条 争议"),
    ]
    backs = [sheet("card-back", types=("id_card_back",), width=1011, height=638), sheet("c4", text="第七条 其他")]
    found = interleave(odd, backs[::-1])
    assert names(found.pages) == "card card-back c1 c3 c4"
    assert found.gaps == (Gap("back", "c1", "c3", found.gaps[0].sure),)
    assert found.gaps[0].sure > 0.9


def test_nothing_is_ever_dropped(sheet: Make) -> None:
    """Whatever the counts and whatever the pages say, each page comes out once, each stack in its own order."""
    chance = random.Random(5)  # noqa: S311 - no secret
    for _ in range(60):
        odd = [sheet(f"f{n}", number=chance.choice([None, 2 * n + 1, 7])) for n in range(chance.randrange(9))]
        even = [sheet(f"b{n}", number=chance.choice([None, 2 * n + 2, 1])) for n in range(chance.randrange(9))]
        pages = [page.page for page in interleave(odd, even).pages]
        assert sorted(pages) == sorted(page.page for page in (*odd, *even))
        assert [page for page in pages if page[0] == "f"] == [page.page for page in odd]
        backs = [page for page in pages if page[0] == "b"]
        assert backs in ([page.page for page in even], [page.page for page in even[::-1]])


@pytest.mark.parametrize("fronts", [0, 1, 40])
def test_stacks_of_very_different_heights_are_merged(sheet: Make, fronts: int) -> None:
    """One stack alone comes out in its order, every other side missing."""
    odd = [sheet(str(n)) for n in range(fronts)]
    found = interleave(odd, [])
    assert len(found.pages) == fronts
    assert [gap.missing for gap in found.gaps] == ["back"] * fronts
