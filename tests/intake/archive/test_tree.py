"""What names of a folder tree say, and what may be done to the strip of a folder."""

from __future__ import annotations

import pytest

from intake.archive.alarm_words import MESSAGES
from intake.archive.exceptions import ANSWERS, KINDS, kind_of
from intake.archive.strips import Place, joined, parted, put_aside, restored
from intake.archive.tree import in_order, is_passed_over, side_of_folder, sided
from intake.errors import StripUnfitError


@pytest.mark.parametrize(
    ("names", "order"),
    [
        (["第10页.tif", "第9页.tif"], ["第9页.tif", "第10页.tif"]),
        (["奇数.pdf", "偶数.pdf", "封面.pdf"], ["奇数.pdf", "偶数.pdf", "封面.pdf"]),
        (["odd_002.jpg", "even_001.jpg", "odd_001.jpg"], ["odd_001.jpg", "odd_002.jpg", "even_001.jpg"]),
        (["A.pdf", "B.pdf"], ["A.pdf", "B.pdf"]),
        (["身份证反面.jpg", "身份证正面.jpg", "执照.jpg"], ["执照.jpg", "身份证正面.jpg", "身份证反面.jpg"]),
    ],
)
def test_files_lie_as_people_count_and_fronts_before_their_backs(names: list[str], order: list[str]) -> None:
    """By the value of numbers, and a stack's fronts before its backs."""
    assert sorted(name for name, _ in in_order(names)) == sorted(names)
    found = [name for name, _ in in_order(names)]
    assert [found.index(one) for one in order if "封面" not in one] == sorted(
        found.index(one) for one in order if "封面" not in one
    )


@pytest.mark.parametrize(
    "names",
    [["A.pdf", "B.pdf", "C.pdf"], ["odd.pdf", "2.pdf"], ["合同A.pdf", "合同B.pdf"], ["goodeven.pdf", "odds.pdf"]],
)
def test_what_is_no_pair_of_sides_is_no_stack(names: list[str]) -> None:
    """A letter may be any name's, and one side alone is none."""
    assert {side for _, side in in_order(names)} == {None}


def test_sides_are_told_by_the_names_of_sub_folders() -> None:
    """In both languages; folders that merely begin alike are none."""
    told = {name: side_of_folder(name) for name in ("Odd", "偶数", "反面", "A", "正面", "Beven", "odd pages")}
    assert told == {
        "Odd": "odd", "偶数": "even", "反面": "even", "A": "odd", "正面": "odd", "Beven": None, "odd pages": None
    }  # fmt: skip
    assert sided({"A": 5, "B": 5}, root=True) == {}


@pytest.mark.parametrize("name", [".hidden", "~$lock.docx", "THUMBS.DB", "desktop.ini"])
def test_files_of_systems_are_passed_over(name: str) -> None:
    """Whatever their case."""
    assert is_passed_over(name)


def _strip(plan: str) -> tuple[Place, ...]:
    """``0``-``9`` filed in that item, ``_`` blank, ``?`` waiting."""
    return tuple(
        Place(str(n), "filed", int(one)) if one.isdecimal() else Place(str(n), "blank" if one == "_" else "waiting")
        for n, one in enumerate(plan)
    )


def _plan(strip: tuple[Place, ...]) -> str:
    return "".join({"blank": "_", "waiting": "?", "rejected": "x"}.get(one.state) or str(one.item) for one in strip)


def test_each_change_of_the_strip_has_one_that_takes_it_back() -> None:
    """Parting and joining, putting aside and restoring."""
    strip = _strip("00_1?12")
    assert _plan(parted(strip, "5")) == "00_1?23"
    assert joined(parted(strip, "5"), 2) == strip
    assert _plan(put_aside(strip, "1", "rejected", "useless")) == "0x_1?12"
    assert restored(put_aside(strip, "1", "rejected", "useless"), "1") == strip
    assert _plan(put_aside(strip, "6", "blank")) == "00_1?1_"
    assert _plan(restored(_strip("__"), "1")) == "_0"


def test_a_change_that_changes_nothing_is_refused() -> None:
    """And one of a page or an item that is not there."""
    strip = _strip("0_1")
    for wrong in (
        lambda: parted(strip, "0"),
        lambda: parted(strip, "1"),
        lambda: joined(strip, 0),
        lambda: joined(strip, 2),
        lambda: put_aside(strip, "1", "blank"),
        lambda: put_aside(strip, "0", "rejected"),
        lambda: restored(strip, "0"),
        lambda: restored(strip, "7"),
    ):
        with pytest.raises(StripUnfitError):
            wrong()


def test_every_kind_of_exception_has_words_and_answers() -> None:
    """In both languages; every alarm of separators is one."""
    kinds = [*KINDS.values(), *(kind_of(f"separator_{name}") for name in MESSAGES)]
    assert all(kind is not None and kind.title.zh and kind.title.en and kind.step.zh and kind.step.en for kind in kinds)
    assert all(kind is not None and kind.answers and set(kind.answers) <= set(ANSWERS) for kind in kinds)
