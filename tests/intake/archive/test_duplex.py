"""Two stacks become one; nothing is dropped, and where a side is missing is told with how sure that is."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from intake.archive.duplex import Gap, interleave
from intake.archive.marks import Mark, Side
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


def test_separators_align_by_their_two_sides(sheet: Make) -> None:
    """A cover sheet lies front and back at one place: where no page has a number, that is the frame."""

    def cover(number: int, side: Side) -> Sheet:
        return sheet(f"{number}{side}", words=0, mark=Mark("cover", "B7", "1", "1", number, side))

    odd = [cover(1, "front"), sheet("a"), sheet("c"), cover(2, "front"), sheet("e"), sheet("g")]
    backs = [cover(1, "back"), sheet("d"), cover(2, "back"), sheet("f"), sheet("h")]
    found = interleave(odd, backs[::-1])
    assert names(found.pages) in {
        "1front 1back a c d 2front 2back e f g h",
        "1front 1back a d c 2front 2back e f g h",
    }
    (gap,) = found.gaps
    assert gap.missing == "back"
    assert {gap.after, gap.before} <= {"a", "c", "d", "2front"}


def test_a_tall_pair_of_stacks_is_merged_in_seconds(sheet: Make) -> None:
    """Two hundred sheets of which every third page has a number, one back missing: found among its unnumbered ones."""
    whole = [sheet(str(n), number=n if n % 3 == 0 else None) for n in range(1, 401)]
    odd, even = whole[::2], [page for page in whole[1::2] if page.page != "202"]
    found = interleave(odd, even[::-1])
    (gap,) = found.gaps
    assert gap.missing == "back"
    assert gap.after in {"199", "201", "203"}
    assert 0.25 < gap.sure < 0.6
    assert [page.page for page in found.pages if page.number] == [page.page for page in whole if page.number]


def test_stacks_too_unequal_to_align_are_merged_in_turn_and_nothing_is_sure(sheet: Make) -> None:
    """Two thousand fronts and five hundred backs: something else is wrong; all pages are there, every gap is told."""
    odd, even = [sheet(f"f{n}") for n in range(2000)], [sheet(f"b{n}") for n in range(500)]
    found = interleave(odd, even)
    assert len(found.pages) == len({page.page for page in found.pages}) == 2500
    assert [page.page for page in found.pages[:4]] == ["f0", "b499", "f1", "b498"]
    assert (len(found.gaps), found.gaps[0].missing, found.gaps[0].sure, found.sure) == (1500, "back", 0.0, 0.0)
    assert (found.gaps[0].after, found.gaps[-1].after, found.gaps[-1].before) == ("f500", "f1999", None)
