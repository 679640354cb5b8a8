"""Handing papers in by the page, and watching them."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from sqlalchemy import select

from intake import wire
from intake.pictures import Glance
from models import glances
from models.cases import Case, Document
from models.jobs import Job
from models.upload_rows import Upload, UploadFile
from tests import made_up
from tests.web.conftest import Browser, Portal

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def _files(*named: tuple[str, bytes]) -> dict[str, Any]:
    return {"files": [(BytesIO(body), name) for name, body in named]}


def _hand_in(browser: Browser, *named: tuple[str, bytes], accept: str = "text/html") -> Any:
    browser.get("/uploads/new")
    return browser.post("/uploads", _files(*named), Accept=accept)


def test_a_plain_form_leads_to_the_uploads_page(portal: Portal) -> None:
    """Without any script, the files are kept, a job waits for each, and the browser is led to where they stand."""
    clerk = portal.browser("clerk")
    answer = _hand_in(clerk, ("license.png", PNG), ("card.png", PNG + b"1"))
    assert answer.status_code == 302
    page = clerk.get(answer.location).get_data(as_text=True)
    assert "license.png" in page
    assert page.count('data-file-state="queued"') == 2
    with portal.database.read() as rows:
        assert len(rows.scalars(select(Job)).all()) == 2
        assert rows.scalars(select(UploadFile.name)).all() == ["license.png", "card.png"]


def test_a_script_is_told_where_the_upload_stands(portal: Portal) -> None:
    """202 with the address, for the page that shows a bar while it sends."""
    answer = _hand_in(portal.browser("clerk"), ("a.png", PNG), accept="application/json")
    assert answer.status_code == 202
    assert answer.get_json()["address"] == answer.headers["Location"] == f"/uploads/{answer.get_json()['id']}"


def test_each_refused_file_says_why_and_stops_none_of_its_neighbours(portal: Portal) -> None:
    """Unknown, empty and too large files are told with cause and next step; the good one is queued."""
    clerk = portal.browser("clerk")
    large = PNG + b"\0" * 1_000_001
    answer = _hand_in(clerk, ("note.txt", b"hello"), ("empty.pdf", b""), ("large.png", large), ("good.png", PNG))
    page = clerk.get(answer.location).get_data(as_text=True)
    assert page.count('data-file-state="rejected"') == 3
    assert page.count('data-file-state="queued"') == 1
    assert "This kind of file is not known." in page
    assert "The file is empty (0 bytes)." in page
    assert "over the limit of 1 MB" in page
    assert "Scan at a lower resolution" in page


def test_an_upload_without_a_file_is_refused(portal: Portal) -> None:
    """400 with what to do, as a page and for the script."""
    clerk = portal.browser("clerk")
    clerk.get("/uploads/new")
    assert clerk.post("/uploads").status_code == 400
    told = clerk.post("/uploads", Accept="application/json")
    assert told.get_json()["code"] == "upload.empty"


def test_folders_in_a_name_are_not_kept(portal: Portal) -> None:
    """Some browsers send the path on the clerk's disk; only the last part is kept."""
    clerk = portal.browser("clerk")
    _hand_in(clerk, ("C:/Users/lin/scan.png", PNG))
    with portal.database.read() as rows:
        assert rows.scalars(select(UploadFile.name)).all() == ["scan.png"]


def test_my_uploads_are_mine_and_the_archivist_sees_all(portal: Portal) -> None:
    """A clerk's list holds what he handed in; an archivist's and an administrator's holds every upload."""
    portal.draft(owner="clerk")
    assert "杭州云岫测试有限公司" in portal.browser("clerk").get("/uploads").get_data(as_text=True)
    assert "Nothing here yet" in portal.browser("other clerk").get("/uploads").get_data(as_text=True)
    assert "杭州云岫测试有限公司" in portal.browser("archivist").get("/uploads").get_data(as_text=True)


def test_an_administrator_sees_states_and_no_names_of_customers(portal: Portal) -> None:
    """The administrator's list says how many files there are, not whose."""
    portal.draft()
    page = portal.browser("administrator").get("/uploads").get_data(as_text=True)
    assert "1 file" in page
    assert "杭州云岫" not in page


def test_a_long_list_goes_on_behind_its_cursor(portal: Portal) -> None:
    """The list shows a page at a time and leads on; nothing is shown twice or left out."""
    clerk = portal.browser("clerk")
    for number in range(31):
        _hand_in(clerk, (f"{number}.png", PNG + bytes([number])))
    first = clerk.get("/uploads").get_data(as_text=True)
    link = first.split('class="more"')[1].split('href="')[1].split('"')[0]
    rest = clerk.get(link).get_data(as_text=True)
    assert (first.count('class="line"'), rest.count('class="line"')) == (30, 1)


def test_the_changing_part_of_the_page_tells_when_all_is_settled(portal: Portal) -> None:
    """The part that a script fetches again is marked as moving until nothing more happens by itself."""
    clerk = portal.browser("clerk")
    answer = _hand_in(clerk, ("a.png", PNG))
    part = clerk.get(f"{answer.location}/progress").get_data(as_text=True)
    assert 'data-state="moving"' in part
    assert "<html" not in part
    with portal.database.unit() as unit:
        file = unit.session.scalars(select(UploadFile)).one()
        file.state, file.error_code, file.settled_at = "failed", "file.damaged", file.upload.created_at
        unit.session.get_one(Case, file.upload.case_id).state = "failed"
    part = clerk.get(f"{answer.location}/progress").get_data(as_text=True)
    assert 'data-state="settled"' in part
    assert "The file is damaged or incomplete" in part


def test_the_page_tells_what_the_first_look_saw_and_what_to_do(portal: Portal) -> None:
    """Each page with its faults, seeming type and what lies under glare; what nobody could tell is called not known."""
    clerk = portal.browser("clerk")
    answer = _hand_in(clerk, ("a.png", PNG))
    with portal.database.unit() as unit:
        file = unit.session.scalars(select(UploadFile)).one()
        glances.keep(unit, file.id, Glance(0, 0, ("glare",), "business_license", 0.97, upright=True, hidden=("uscc",)))
        glances.keep(unit, file.id, Glance(1, 0, (), None, 0.0, upright=None))
    page = clerk.get(answer.location).get_data(as_text=True)
    assert page.count("data-glance=") == 2
    assert "take it again from another angle" in page
    assert "Under the glare" in page
    assert "not known" in page


def _changes(browser: Browser, address: str, marks: list[str]) -> str:
    answer = browser.client.post(f"{address}/progress", json={"marks": marks}, headers={"X-CSRFToken": browser.token})
    return answer.get_data(as_text=True)


def test_only_rows_that_the_browser_does_not_have_are_sent(portal: Portal) -> None:
    """With the marks of the page no row comes; once a file moves on, its row alone; what is no list of marks is 400."""
    clerk = portal.browser("clerk")
    address = _hand_in(clerk, ("a.png", PNG), ("b.png", PNG + b"1")).location
    marks = re.findall('data-mark="([0-9a-f]+)"', clerk.get(address).get_data(as_text=True))
    assert len(marks) == 2
    assert 'class="file"' not in _changes(clerk, address, marks)
    with portal.database.unit() as unit:
        second = unit.session.scalars(select(UploadFile).where(UploadFile.name == "b.png")).one()
        second.state = "reading"
    part = _changes(clerk, address, marks)
    assert (part.count('class="file"'), "b.png" in part, 'data-part="outcome"' in part) == (1, True, True)
    assert "data-rest" not in part
    token = {"X-CSRFToken": clerk.token}
    for wrong in ([], {"marks": "x"}, {"marks": [1]}):
        assert clerk.client.post(f"{address}/progress", json=wrong, headers=token).status_code == 400
    assert portal.browser("other clerk").get(f"{address}/progress").status_code == 404


def test_hundreds_of_rows_come_some_at_a_time(portal: Portal) -> None:
    """Thirty rows, and word that there are more."""
    clerk = portal.browser("clerk")
    address = _hand_in(clerk, *((f"{number}.png", PNG + bytes([number])) for number in range(31))).location
    part = _changes(clerk, address, [])
    assert part.count('class="file"') == 30
    assert "data-rest" in part
    marks = re.findall('data-mark="([0-9a-f]+)"', part)
    assert _changes(clerk, address, marks).count('class="file"') == 1


def test_the_clerk_sees_right_after_handing_in_what_is_missing(portal: Portal) -> None:
    """From the first look on the list stands on the upload's page; what is not seen yet is missing once all is read."""
    clerk = portal.browser("clerk")
    address = _hand_in(clerk, ("a.png", PNG)).location
    assert "follows as soon as the first paper is known" in clerk.get(address).get_data(as_text=True)
    with portal.database.unit() as unit:
        file = unit.session.scalars(select(UploadFile)).one()
        glances.keep(unit, file.id, Glance(0, 0, (), "business_license", 0.97, upright=True))
    page = clerk.get(address).get_data(as_text=True)
    assert (page.count('data-paper-state="seen"'), page.count('data-paper-state="awaited"')) == (1, 3)
    assert 'data-complete="reading"' in page
    with portal.database.unit() as unit:
        file = unit.session.scalars(select(UploadFile)).one()
        reading = made_up.license_reading()
        unit.session.add(
            Document(
                case_id=file.upload.case_id,
                upload_file_id=file.id,
                position=0,
                type=reading.type,
                type_confidence=1,
                reading=wire.dump(reading),
            )
        )
        file.state, file.settled_at = "read", file.upload.created_at
        unit.session.get_one(Case, file.upload.case_id).state = "drafted"
    part = clerk.get(f"{address}/progress").get_data(as_text=True)
    assert (part.count('data-paper-state="there"'), part.count('data-paper-state="missing"')) == (1, 3)
    assert "3 papers have to be brought." in part


def test_who_may_not_see_the_case_is_not_told_its_papers(portal: Portal) -> None:
    """An administrator follows an upload's files without the list of its papers."""
    portal.draft(owner="clerk")
    with portal.database.read() as rows:
        upload_id = rows.scalars(select(Upload.id)).one()
    address = f"/uploads/{upload_id}"
    assert "data-paper-state" in portal.browser("clerk").get(address).get_data(as_text=True)
    assert "data-paper-state" not in portal.browser("administrator").get(address).get_data(as_text=True)
