"""Reading a place again and pointing at words: by the pages, for those who may see the paper."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from intake import wire
from intake.types import FlatGeometry, Line, PageText, PixelBox, Word
from models.audit import AuditRow
from models.cases import Document, Page
from models.cases import PageText as PageTextRow
from models.region_readings import RegionReading
from tests.web.conftest import PICTURE, Portal

CORNERS = [[0.1, 0.1], [0.4, 0.1], [0.4, 0.2], [0.1, 0.2]]


def _document(portal: Portal) -> str:
    draft = portal.draft()
    answer = portal.browser("reviewer").get(f"/api/v1/drafts/{draft}").get_json()
    return str(answer["documents"][0]["id"])


def _form(document: str, **changes: str) -> dict[str, str]:
    return {"document": document, "page": "1", "kind": "date", "region": json.dumps(CORNERS)} | changes


def test_a_region_is_asked_for_and_its_text_told_once_it_was_read(portal: Portal) -> None:
    """Waiting at first, then as read and as people type it; for another reviewer it does not exist."""
    reviewer = portal.browser("reviewer")
    asked = reviewer.post("/regions", _form(_document(portal)))
    address = asked.get_json()["address"]
    assert (asked.status_code, reviewer.get(address).get_json()["state"]) == (202, "waiting")
    with portal.database.read() as rows:
        told = rows.scalars(select(AuditRow).where(AuditRow.action == "region.asked")).one()
        (document,) = rows.scalars(select(Document.id))
    assert (told.actor, told.subject_kind, told.subject_id) == (portal.accounts["reviewer"], "document", document)
    assert told.details == {"page": 1}
    with portal.database.unit() as unit:
        row = unit.session.scalars(select(RegionReading)).one()
        row.text, row.confidence = "2016年3月8日", 0.9
    told = reviewer.get(address).get_json()
    assert (told["state"], told["text"], told["typed"]) == ("read", "2016年3月8日", "2016-03-08")
    assert portal.browser("other reviewer").get(address).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "no such"},
        {"page": "x"},
        {"region": "["},
        {"region": "[[0,0],[1,0],[1,1]]"},
        {"region": "[[0,0],[2,0],[1,1],[0,1]]"},
        {"region": '[[0,0],["a",0],[1,1],[0,1]]'},
        {"region": "[" * 400},
    ],
)
def test_what_is_no_region_is_refused(portal: Portal, changes: dict[str, str]) -> None:
    """422 for an unknown kind, for a page that is no number, and for anything but four corners inside the page."""
    assert portal.browser("reviewer").post("/regions", _form(_document(portal), **changes)).status_code == 422


def test_a_region_of_a_page_that_is_not_there_is_not_found(portal: Portal) -> None:
    """404, as for everything that does not exist."""
    reviewer = portal.browser("reviewer")
    assert reviewer.post("/regions", _form(_document(portal), page="9")).status_code == 404
    assert reviewer.post("/regions", _form("no such document")).status_code == 404


def test_the_words_of_a_page_are_told_with_their_places_and_lines(portal: Portal) -> None:
    """As the first reader of a sheet read them; second looks at single places are no words of the page."""
    document = _document(portal)
    geometry = FlatGeometry(0, 0, 100, 50, 100, 50, (1, 0, 0, 0, 1, 0, 0, 0, 1))
    lines = tuple(Line((Word(text, 0.9, PixelBox(10, 10 * row, 20, 10)),)) for row, text in enumerate("甲乙"))
    with portal.database.unit() as unit:
        page = unit.session.scalars(select(Page)).one()
        for reader, said in (("tesseract", lines), ("rapidocr/crops", lines[:1])):
            body = wire.dump(PageText(geometry, said, reader))
            unit.session.add(PageTextRow(page_id=page.id, sheet=0, reader=reader, body=body))
    told = portal.browser("reviewer").get(f"/documents/{document}/pages/1/words").get_json()["words"]
    assert [(word["text"], word["line"]) for word in told] == [("甲", 0), ("乙", 1)]
    assert told[1]["region"] == [[0.1, 0.2], [0.3, 0.2], [0.3, 0.4], [0.1, 0.4]]


def test_the_picture_with_every_pixel_is_there_where_it_was_kept(portal: Portal) -> None:
    """404 where the usual picture has them all; the page names the larger one for the viewer."""
    document = _document(portal)
    reviewer = portal.browser("reviewer")
    assert reviewer.get(f"/documents/{document}/pages/1/full").status_code == 404
    with portal.database.unit() as unit:
        unit.session.scalars(select(Page)).one().full = portal.context.store.put_picture("pages/full.jpg", PICTURE)
    assert reviewer.get(f"/documents/{document}/pages/1/full").get_data() == PICTURE
