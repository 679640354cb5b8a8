"""The machine's part of acceptance: each rule fails what it should, notes what it may, and passes the rest."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from intake import geometry
from intake.archive import checks
from intake.archive.checks import FileLine, FolderLine, Lines, PageLine
from intake.archive.rules import RULES
from intake.pictures import PageMeasures
from intake.types import FlatGeometry, Line, PageText, PixelBox, Word

GOOD = PageMeasures(2480, 3508, 300.0, 300.0, "colour", red=True, ring=False, look="0" * 16, skew=0.4)

_MEASURED = {field.name for field in fields(PageMeasures)}


def page(place: int, **changes: object) -> PageLine:
    """A good page of folder A with its own look."""
    look = f"{(place * 0x9E3779B97F4A7C15) % 2**64:016x}"
    own: dict[str, Any] = {"look": look} | {name: value for name, value in changes.items() if name in _MEASURED}
    line = PageLine(f"p{place}", "A", place, "filed", 1 + place // 3, "f", replace(GOOD, **own))
    others: dict[str, Any] = {name: value for name, value in changes.items() if name not in _MEASURED}
    return replace(line, **others)


def look_of(line: PageLine) -> str:
    """The hash of a page."""
    assert line.measures is not None
    return line.measures.look


def lines(pages: list[PageLine], **changes: Any) -> Lines:
    """A batch of one folder and one file."""
    start = Lines([FolderLine("A", "J001-01", len(pages))], [FileLine("f", "A", whole=True)], pages)
    return replace(start, **changes)


def failing(batch: Lines) -> dict[str, list[str]]:
    """What fails which rule."""
    return {one.rule.code: [found.subject for found in one.failed] for one in checks.check(batch) if one.failed}


def test_a_good_batch_passes_every_rule() -> None:
    """And every rule was asked, in the order of the report."""
    found = checks.check(lines([page(1), page(2), page(3)]))
    assert [one.rule.code for one in found] == list(RULES)
    assert all(one.passes and not one.noted for one in found)
    assert next(one for one in found if one.rule.code == "skew").looked_at == 3


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"scan_dpi": 150.0}, "resolution"),
        ({"print_height": 25.0, "scan_dpi": 200.0}, "small_print"),
        ({"mode": "grey", "ring": True}, "colour"),
        ({"mode": "bilevel", "head": True}, "colour"),
        ({"skew": -3.4}, "skew"),
        ({"state": "waiting", "item": None}, "ledger"),
        ({"measures": None}, "resolution"),
        ({"number": 7}, "order"),
        ({"item": 9}, "order"),
    ],
)
def test_a_page_fails_the_rule_that_it_breaks(changes: dict[str, object], rule: str) -> None:
    """And no other page is named."""
    found = failing(lines([page(1), page(2, **changes), page(3)], folders=[FolderLine("A", "J001-01")]))
    assert list(found) == [rule]
    assert found[rule] in (["p2"], ["A"])


def test_what_is_only_not_as_aimed_is_noted() -> None:
    """A lean of two degrees, a resolution that only the paper's size tells, and one that nothing tells."""
    guessed = page(2, width=2480, height=3508, dpi=None, scan_dpi=None)
    unknown = page(3, width=900, height=800, dpi=None, scan_dpi=None, print_height=None)
    found = {one.rule.code: one for one in checks.check(lines([page(1, skew=2.0), guessed, unknown]))}
    assert [one.subject for one in found["skew"].noted] == ["p1"]
    assert [(one.subject, one.details["dpi"]) for one in found["resolution"].noted] == [("p2", 300), ("p3", 0)]
    assert all(one.passes for one in found.values())


def test_the_same_paper_twice_is_found_and_blanks_are_never_duplicates() -> None:
    """The second is named, with the first beside it."""
    twice = page(3, look=look_of(page(1)))
    blank = page(4, look=look_of(page(2)), state="blank", item=None)
    (found,) = [one for one in checks.check(lines([page(1), page(2), twice, blank])) if one.failed]
    assert (found.rule.code, found.failed[0].subject, found.failed[0].details) == ("duplicates", "p3", {"like": "p1"})


@pytest.mark.parametrize(
    ("expected", "passes"), [(2, True), (4, True), (1, False), (3, False), (5, False), (None, True)]
)
def test_a_manifest_may_count_blank_backs_or_not(expected: int | None, *, passes: bool) -> None:
    """Pages with something on them, or all: no list counts some backs and others not."""
    pages = [page(1), page(2), *(replace(page(number), state="blank", item=None) for number in (3, 4))]
    batch = lines(pages, folders=[FolderLine("A", "J001-01", expected)])
    assert ("missing" not in failing(batch)) is passes


def test_a_rule_that_nothing_concerns_says_nothing() -> None:
    """Without a manifest nobody counted, and nobody compared entries with folders: that is no rule passed."""
    concerned = {
        one.rule.code: one.looked_at for one in checks.check(lines([page(1)], folders=[FolderLine("A", None)]))
    }
    assert [concerned[code] for code in ("missing", "index", "exceptions", "order")] == [0, 0, 0, 1]
    listed = lines([page(1)], folders=[FolderLine("A", "J001", 1, listed=True), FolderLine("B", None)], asked=2)
    concerned = {one.rule.code: one.looked_at for one in checks.check(listed)}
    assert [concerned[code] for code in ("missing", "index", "exceptions", "order")] == [1, 1, 2, 2]


def test_files_folders_and_exceptions_are_held_to_their_rules() -> None:
    """A damaged file without a reason, a kept one that changed, folders without number or entry, an open question."""
    files = [FileLine("f", "A", whole=False), FileLine("g", "A", whole=None, error="file.damaged")]
    folders = [FolderLine("A", "J001"), FolderLine("B", "J001", listed=False), FolderLine("C", None)]
    found = failing(lines([page(1)], files=files, folders=folders, exceptions=[("A", "separator_missing")]))
    assert found == {
        "readable": ["g"],
        "index": ["B"],
        "names": ["A", "B", "C"],
        "hashes": ["f", "g"],
        "exceptions": ["A"],
    }
    settled = [FileLine("g", "A", whole=None, error="file.damaged", reason="original_lost")]
    assert failing(lines([page(1)], files=settled)) == {}


def test_words_complete_the_measures_of_their_page() -> None:
    """The lean is that of the print on the scan; a card on a larger sheet says nothing of the page."""
    way = geometry.compose(geometry.rotation(2.0, (500, 700)))
    flat = FlatGeometry(0, 0, 1000, 1400, 1000, 1400, way)
    line = Line((Word("营业执照" * 10, 0.9, PixelBox(0, 0, 10, 10)),))
    found = checks.completed(GOOD, [PageText(flat, (line,), "rapidocr"), PageText(flat, (line,), "rapidocr/crops")])
    assert (abs(found.skew), found.letters, len(found.said)) == (2.0, 40, 16)
    card = replace(flat, width=300, height=200)
    assert checks.completed(GOOD, [PageText(card, (line,), "rapidocr")]).skew == 0.0
    assert checks.completed(GOOD, []) == GOOD
