"""Group verification by the pages: the column, its answers, and its crops."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image, ImageDraw

from models import answers
from models.draft_rows import Draft
from tests import made_up
from tests.web.conftest import Portal


def _picture() -> bytes:
    image = Image.new("RGB", (1000, 500), "white")
    ImageDraw.Draw(image).rectangle((110, 55, 390, 95), fill="black")
    body = io.BytesIO()
    image.save(body, "JPEG")
    return body.getvalue()


@pytest.fixture
def draft(portal: Portal) -> str:
    """A draft in which every value is doubtful, with a real picture."""
    key = portal.context.store.put_picture("pages/real.jpg", _picture())
    readings = [made_up.license_reading(confidence=0.6)]
    return made_up.enter_draft(portal.database, portal.accounts["clerk"], readings, key)


def _doubt(page: str, value: str) -> str:
    found = re.search(
        rf'name="doubt" value="(\w+)">(?:(?!name="doubt").)*?name="value" value="{value}"', page, re.DOTALL
    )
    assert found is not None
    return found.group(1)


def test_the_kinds_are_shown_with_their_numbers(portal: Portal, draft: str) -> None:
    """A kind that waits leads to its column; nothing waiting says so."""
    del draft
    page = portal.browser("reviewer").get("/reviews/groups").get_data(as_text=True)
    assert 'href="/reviews/groups/amounts"' in page
    assert 'href="/reviews/groups/dates"' not in page
    portal.browser("reviewer").get("/reviews/groups/amounts")
    other = portal.browser("other reviewer").get("/reviews/groups").get_data(as_text=True)
    assert 'href="/reviews/groups/amounts"' not in other


def test_an_answer_of_the_column_stands_on_its_draft(portal: Portal, draft: str) -> None:
    """As it was proposed it is accepted, typed over it is corrected; undone it waits again."""
    reviewer = portal.browser("reviewer", "zh")
    doubt = _doubt(reviewer.get("/reviews/groups/amounts").get_data(as_text=True), "5000000.00")
    address = "/reviews/groups/amounts/answers"
    for value, action in (("5000000.00", "accept"), ("600万元", "correct")):
        sent = reviewer.post(address, {"doubt": doubt, "action": "take", "value": value}, Accept="application/json")
        assert sent.status_code == 200
        with portal.database.read() as session:
            kept = answers.holding(session, session.get_one(Draft, draft))["registered_capital"]
        assert (kept.word.action, kept.via) == (action, "group")
    assert reviewer.post(address, {"doubt": doubt, "action": "undo"}).location == "/reviews/groups/amounts"
    with portal.database.read() as session:
        assert answers.holding(session, session.get_one(Draft, draft)) == {}


def test_what_cannot_be_kept_is_told(portal: Portal, draft: str) -> None:
    """A malformed value 422, a draft that another took 409, a reading that is gone 404; a form is told in words."""
    reviewer = portal.browser("reviewer")
    doubt = _doubt(reviewer.get("/reviews/groups/amounts").get_data(as_text=True), "5000000.00")
    address, json = "/reviews/groups/amounts/answers", {"Accept": "application/json"}

    def send(**form: str) -> int:
        return reviewer.post(address, {"doubt": doubt, "action": "take"} | form, **json).status_code

    assert send(value="many") == 422
    assert send(action="burn") == 422
    assert send(doubt="none", value="1") == 404
    portal.browser("other reviewer").post(f"/reviews/{draft}/claim")
    assert send(value="5000000.00") == 409
    assert reviewer.post(address, {"doubt": doubt, "action": "take", "value": "1"}).status_code == 302
    assert "Another reviewer is working" in reviewer.get("/reviews/groups").get_data(as_text=True)
    assert reviewer.get("/reviews/groups/no-such-kind").status_code == 404


def test_a_crop_shows_the_place_upright_and_small(portal: Portal, draft: str) -> None:
    """From the page's address: a JPEG with the ink of the place; no browser keeps it on its disk."""
    del draft
    reviewer = portal.browser("reviewer")
    page = reviewer.get("/reviews/groups/amounts").get_data(as_text=True)
    address = re.search(r'<img src="(/documents/[^"]+)"', page)
    assert address is not None
    answer = reviewer.get(address.group(1).replace("&amp;", "&"))
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == "private, no-store"
    cut = Image.open(io.BytesIO(answer.data)).convert("L")
    assert cut.width > cut.height
    assert cut.getpixel((cut.width // 2, cut.height // 2)) < 60
    assert cut.getpixel((2, 2)) > 200


def test_a_crop_is_for_those_who_may_see_the_page(portal: Portal, draft: str) -> None:
    """The owner's clerk sees it, another clerk does not; a place that is none is refused."""
    with portal.database.read() as session:
        document = made_up.drafts.load(session, draft)
        assert document is not None
    address = f"/documents/{document.documents[0].id}/pages/1/crop"
    place = "?at=0.1,0.1,0.4,0.1,0.4,0.2,0.1,0.2"
    assert portal.browser("clerk").get(address + place).status_code == 200
    assert portal.browser("other clerk").get(address + place).status_code == 404
    reviewer = portal.browser("reviewer")
    for wrong in ("", "?at=1,2,3", "?at=a,b,c,d,e,f,g,h", "?at=9,9,9,9,9,9,9,9", "?at=nan,0,0,0,0,0,0,0"):
        assert reviewer.get(address + wrong).status_code == 422, wrong


@pytest.mark.parametrize("kept", [b"no picture", b"\xff\xd8\xff\xe0 cut off", _picture()[:400]])
def test_a_page_whose_picture_is_damaged_has_no_crops(portal: Portal, kept: bytes) -> None:
    """404 as where there is no picture, never an error of ours."""
    key = portal.context.store.put_picture("pages/damaged.jpg", kept)
    draft = made_up.enter_draft(portal.database, portal.accounts["clerk"], [made_up.license_reading()], key)
    with portal.database.read() as session:
        document = made_up.drafts.load(session, draft)
        assert document is not None
    address = f"/documents/{document.documents[0].id}/pages/1/crop?at=0,0,1,0,1,1,0,1"
    assert portal.browser("clerk").get(address).status_code == 404
