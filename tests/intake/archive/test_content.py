"""Where no separator lies, the pages themselves suggest where a paper begins; a person confirms it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from intake.archive.beginnings import beginning
from intake.archive.boundaries import items
from intake.archive.pages import Sheet, sheet
from intake.archive_options import ArchiveOptions
from intake.types import PageText
from intake.understanding import understand
from intake.wire import load

Make = Callable[..., Sheet]
RECORDED = Path(__file__).resolve().parents[2] / "recorded"
TODAY = date(2026, 11, 22)
TEXT = "各单位应当按照本规程的要求做好档案的收集整理工作并且按时移交给档案部门"


def recorded() -> tuple[list[Sheet], set[str]]:
    """All recorded readings as one stack of one file, and the pages on which a paper truly begins."""
    stack: list[Sheet] = []
    begin: set[str] = set()
    for path in sorted(RECORDED.glob("*.json")):
        kept = json.loads(path.read_text(encoding="utf-8"))
        texts = [load(PageText, text) for text in kept["texts"]]
        types: dict[int, list[str]] = {}
        for document in understand(texts, today=TODAY):
            types.setdefault(document.page_indexes[0], []).extend([document.type] if document.type else [])
        for index in sorted({text.geometry.page_index for text in texts}):
            own = [text for text in texts if text.geometry.page_index == index]
            size = own[0].geometry.scan_width, own[0].geometry.scan_height
            stack.append(sheet(f"{path.stem}#{index}", "f", index, size, own, types=types.get(index, ())))
        begin |= {f"{path.stem}#{document['pages'][0] - 1}" for document in kept["documents"]}
    return stack, begin


def test_of_all_recorded_papers_each_begins_where_it_does() -> None:
    """Licenses, cards, contracts of two pages and old certificates in a row: no boundary too many, none too few."""
    stack, begin = recorded()
    found = items(stack, "content")
    assert {item.pages[0].page for item in found.items} == begin
    assert all(item.suggested and item.sure > 0.8 for item in found.items)
    assert found.alarms == ()


@pytest.mark.parametrize(
    ("before", "after", "begins", "reason"),
    [
        ({"number": 3}, {"number": 1}, True, "number"),
        ({"number": 1, "count": 3}, {"number": 2, "count": 3}, False, ""),
        ({"number": 3, "count": 3}, {}, True, "number"),
        ({"number": 2, "count": 3}, {"number": 4, "count": 9}, True, "number"),
        ({"number": 5}, {"number": 2}, True, "number"),
        ({}, {"types": ("contract",)}, True, "type"),
        ({"types": ("id_card_front",)}, {"types": ("id_card_back",)}, False, ""),
        ({}, {"text": "某某局文件\n关于印发规程的通知\n" + TEXT}, True, "heading"),
        ({"text": "第三条 付款"}, {"text": "第四条 交货通知", "width": 2400, "height": 3500}, False, "heading"),
        ({"text": TEXT}, {"text": TEXT}, False, ""),
        ({}, {"width": 4961, "height": 3508}, True, "size"),
        ({}, {"width": 3508, "height": 2480}, False, ""),
        ({}, {}, False, ""),
    ],
)
def test_each_kind_of_evidence_speaks(
    sheet: Make, before: dict[str, object], after: dict[str, object], *, begins: bool, reason: str
) -> None:
    """Numbers, kinds of paper, headings, sizes; what goes on speaks against it."""
    told = beginning(sheet("a", **before), sheet("b", **after), ArchiveOptions())
    assert (told.sure >= 0.5) == begins
    assert told.reason == reason


def test_blank_backs_lie_with_the_paper_before_them(sheet: Make) -> None:
    """They are kept apart, in the item that they were scanned with; evidence looks past them."""
    stack = [
        sheet("a1", number=1, count=2),
        sheet("a2", blank=True),
        sheet("a3", number=2, count=2),
        sheet("a4", blank=True),
        sheet("b1", number=1, count=1),
    ]
    found = items(stack, "content")
    assert [[page.page for page in item.pages] for item in found.items] == [["a1", "a3"], ["b1"]]
    assert [[page.page for page in item.blanks] for item in found.items] == [["a2", "a4"], []]
    assert [page.page for page in found.blanks] == ["a2", "a4"]


def test_where_a_lost_separator_most_likely_lay_is_told(sheet: Make, stack: Callable[[str], list[Sheet]]) -> None:
    """Between its neighbours, before the page on which a paper begins; nothing where no page tells."""
    between = [sheet("p1", number=1), sheet("p2", number=2), sheet("p3", number=1), sheet("p4", number=2)]
    (alarm,) = items([*stack("#1"), *between, *stack("#3 x")], "separators").alarms
    assert (alarm.kind, alarm.number, alarm.likely) == ("missing", 2, "p3")
    (blind,) = items([*stack("#1 a b"), *stack("#3 x")], "separators").alarms
    assert (blind.kind, blind.likely) == ("missing", None)
