"""Batches of archives by their pages: what archivists see, answer and confirm, and who may not."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

import pytest
from sqlalchemy import select

from models import batch_feeding
from models.batch_rows import Batch
from tests.models.archive_office import DAMAGED, Archive, through
from tests.web.conftest import Portal

TREE = {
    "盒1/a/1.pdf": ["#1", "p1", "p2", "_", "#2", "q1"],
    "盒1/b/1.pdf": ["某某通知", "第一条 内容", "_", "某某报告"],
    "盒2/c/1.pdf": DAMAGED,
}


@pytest.fixture
def archive(portal: Portal) -> Archive:
    """A batch that was read: one folder is filed, one asks for its boundaries, one holds a damaged file."""
    made = Archive(portal.database, person=portal.accounts["archivist"])
    through(made, dict(TREE))
    return made


def _text(portal: Portal, path: str, role: str = "archivist", language: str = "en") -> str:
    return portal.browser(role, language).get(path).get_data(as_text=True)


def test_a_batch_shows_its_ledger_its_questions_and_its_folders(portal: Portal, archive: Archive) -> None:
    """Every page in its state, every question with its answers, the folders box by box."""
    assert archive.batch_id in _text(portal, "/archive")
    path = f"/archive/{archive.batch_id}"
    page = _text(portal, path)
    assert re.findall(r'<dd class="figure">(\d+)</dd>', page) == ["11", "1", "6", "2", "2", "0"]
    assert page.count('class="question"') == 2
    assert "A file cannot be read" in page
    assert "The file is damaged or incomplete" in page
    assert "boundaries" in page
    first, second = (f'class="line-main" href="{path}/folders/{archive.folder(name)}"' for name in ("盒1/a", "盒2/c"))
    assert (first in page, second in page) == (True, False)
    assert second in _text(portal, f"{path}?box=1")
    assert "台账" in _text(portal, f"/archive/{archive.batch_id}", language="zh")


def test_a_question_names_what_cannot_be_opened_and_the_file_that_is_the_same(portal: Portal) -> None:
    """Else nobody could answer it."""
    made = Archive(portal.database, person=portal.accounts["archivist"])
    through(made, {"盒1/a/1.pdf": ["p1"], "盒2/b/2.pdf": ["p1"]}, "files")
    with portal.database.unit() as unit:
        batch_feeding.note_walk(unit, made.batch_id, {}, ["盒1/locked"])
    page = re.sub(r"<[^>]+>", "", _text(portal, f"/archive/{made.batch_id}"))
    assert "盒2/b/2.pdf · = 盒1/a/1.pdf" in page
    assert "Check its permissions and its name, then go on with the batch. 盒1/locked" in " ".join(page.split())


def test_where_a_page_is_is_told_by_its_box_and_number(portal: Portal, archive: Archive) -> None:
    """Pages count through the folders of a box; beyond the last there is none, and nonsense is none."""
    asked = f"/archive/{archive.batch_id}/where?box=0&page="
    assert "item 1" in _text(portal, f"{asked}3")
    assert "Blank" in _text(portal, f"{asked}4")
    assert "the folder is not put together yet" in _text(portal, f"{asked}7")
    for beyond in ("11", "0", "x"):
        assert "This box has no such page." in _text(portal, asked + beyond)


def test_the_strip_is_parted_joined_and_confirmed(portal: Portal, archive: Archive) -> None:
    """By plain forms; afterwards it is read only, and the items have their cases."""
    browser, folder = portal.browser("archivist"), archive.folder("盒1/b")
    path = f"/archive/{archive.batch_id}/folders/{folder}"
    before = browser.get(path).get_data(as_text=True).count("<h2 id=")
    assert browser.post(path, {"do": "part", "tile": "2"}).status_code == HTTPStatus.SEE_OTHER
    assert browser.get(path).get_data(as_text=True).count("<h2 id=") == before + 1
    for act, told in (("join", "Joined."), ("blank", "Marked as blank."), ("restore", "Filed again.")):
        browser.post(path, {"do": act, "tile": "2"})
        assert told in browser.get(path).get_data(as_text=True)
    browser.post(path, {"do": "reject", "tile": "4", "reason": "useless"})
    assert "Not worth keeping" in browser.get(path).get_data(as_text=True)
    browser.post(path, {"do": "confirm"})
    archive.work()
    page = browser.get(path).get_data(as_text=True)
    assert 'value="confirm"' not in page
    assert "/cases/" in page
    browser.post(path, {"do": "part", "tile": "2"})
    assert "note tone-bad" in browser.get(path).get_data(as_text=True)
    assert browser.post(path, {"do": "burn"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert browser.post(path, {"do": "part", "tile": "x"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_batch_closes_when_every_question_is_answered(portal: Portal, archive: Archive) -> None:
    """Before that the page says why not; a reason is given where a page is rejected."""
    browser, path = portal.browser("archivist"), f"/archive/{archive.batch_id}"
    browser.post(path, {"do": "close"})
    assert "note tone-bad" in browser.get(path).get_data(as_text=True)
    asked = next(one for one in archive.asked() if one.code == "unreadable")
    browser.post(f"{path}/exceptions/{asked.id}", {"answer": "reject", "reason": "damaged"})
    waits = f'href="{path}/folders/{archive.folder("盒2/c")}"'
    assert waits in browser.get(path).get_data(as_text=True)
    for name in (name for name, state in archive.folders().items() if state == "asks"):
        browser.post(f"{path}/folders/{archive.folder(name)}", {"do": "confirm"})
        archive.work()
    browser.post(path, {"do": "close"})
    assert "each of 11 pages is accounted for" in browser.get(path).get_data(as_text=True)
    assert "Closed" in browser.get("/archive").get_data(as_text=True)


def test_a_batch_is_paused_and_goes_on(portal: Portal, archive: Archive) -> None:
    """The page says who paused it, and its counts are asked for alone."""
    browser, path = portal.browser("archivist"), f"/archive/{archive.batch_id}"
    browser.post(path, {"do": "pause"})
    assert "Paused by a person" in browser.get(path).get_data(as_text=True)
    browser.post(path, {"do": "resume"})
    assert 'data-running="yes"' in browser.get(f"{path}/counts").get_data(as_text=True)


def test_a_tree_that_is_read_can_be_looked_through_again(portal: Portal, archive: Archive) -> None:
    """For what could not be looked into before, and for what was added since."""
    browser, path = portal.browser("archivist"), f"/archive/{archive.batch_id}"
    page = browser.get(path).get_data(as_text=True)
    assert 'value="resume"' in page[: page.index("Look for further files")]
    browser.post(path, {"do": "resume"})
    assert 'data-running="yes"' in browser.get(f"{path}/counts").get_data(as_text=True)


def test_a_batch_that_nobody_would_feed_does_not_go_on(portal: Portal, archive: Archive, tmp_path: Path) -> None:
    """Its folder is not one of those that the installation names: a command runs it."""
    browser, path = portal.browser("archivist"), f"/archive/{archive.batch_id}"
    with portal.database.unit() as unit:
        batch = unit.session.get_one(Batch, archive.batch_id)
        batch.root, batch.state = str(tmp_path), "paused"
        batch_feeding.note_walk(unit, archive.batch_id, {"hidden": 3, "manifest": 1}, ())
    browser.post(path, {"do": "resume"})
    page = browser.get(path).get_data(as_text=True)
    assert ("archive.root_refused" in page, 'data-running="no"' in page) == (True, True)
    assert "1 × manifests (hold them against the folders below), 3 × hidden or of an operating system" in page


def test_a_list_is_held_against_the_folders_and_a_corrected_one_takes_its_place(
    portal: Portal, archive: Archive
) -> None:
    """Numbers go in, what differs is asked about both ways; a list with errors changes nothing and says what is wrong.

    It is offered when the tree was looked through: folders that nobody looked for are not missing.
    """
    browser, path = portal.browser("archivist"), f"/archive/{archive.batch_id}"
    listed = "档号,题名,文件夹\nX-001,甲,盒1/a\nX-002,乙,盒1/b\nX-009,丙,盒9/z\n"

    def give(text: str) -> str:
        given = {"manifest": (io.BytesIO(text.encode()), "list.csv")}
        return browser.get(browser.post(f"{path}/manifest", given).location).get_data(as_text=True)

    assert browser.post(f"{path}/manifest", {}).status_code == HTTPStatus.CONFLICT
    assert "manifest" not in browser.get(path).get_data(as_text=True)
    with portal.database.unit() as unit:
        batch_feeding.note_walk(unit, archive.batch_id, {}, ())
    page = give(listed)
    assert "it lists 2 of them" in page
    assert ("X-001" in page, "X-002" in page) == (True, True)
    assert {"manifest_missing", "manifest_extra"} <= set(archive.codes())
    assert "manifest.unfit" in give("题名\n甲\n")
    assert {"manifest_missing", "manifest_extra"} <= set(archive.codes())
    give("档号,题名,文件夹\nX-001,甲,盒1/a\nX-002,乙,盒1/b\nX-003,丙,盒2/c\n")
    assert not {"manifest_missing", "manifest_extra"} & set(archive.codes())
    assert portal.browser("auditor").post(f"{path}/manifest", {}).status_code == HTTPStatus.FORBIDDEN


def test_auditors_read_and_others_see_nothing_of_it(portal: Portal, archive: Archive) -> None:
    """No form for who may not act; what is not there, or another batch's, is 404."""
    path, folder = f"/archive/{archive.batch_id}", archive.folder("盒1/b")
    page = _text(portal, path, "auditor")
    assert ('value="close"' in page, 'name="answer"' in page) == (False, False)
    assert portal.browser("auditor").post(path, {"do": "pause"}).status_code == HTTPStatus.FORBIDDEN
    for role in ("clerk", "reviewer", "administrator", "security"):
        assert portal.browser(role).get(path).status_code == HTTPStatus.FORBIDDEN
    browser, other = portal.browser("archivist"), "0" * 26
    asked = archive.asked()[0].id
    for missing in (f"/archive/{other}", f"/archive/{other}/folders/{folder}", f"/archive/pages/{other}/small"):
        assert browser.get(missing).status_code == HTTPStatus.NOT_FOUND
    for missing in (f"/archive/{other}", f"/archive/{other}/folders/{folder}"):
        assert browser.post(missing, {"do": "confirm" if "folders" in missing else "pause"}).status_code == 404
    assert browser.post(f"/archive/{other}/exceptions/{asked}", {"answer": "checked"}).status_code == 404


def test_a_batch_is_begun_over_an_allowed_folder_only(portal: Portal, tmp_path: Path) -> None:
    """Folders are looked into by the form; one outside of those allowed is refused with its code."""
    (tmp_path / "allowed" / "盒1").mkdir(parents=True)
    context = portal.context
    setting = context.settings.model_copy(update={"archive_roots": str(tmp_path / "allowed")})
    portal.app.extensions["intake"] = replace(context, settings=setting)
    browser = portal.browser("archivist")
    assert str(tmp_path / "allowed") in browser.get("/archive/new").get_data(as_text=True)
    looked = browser.post("/archive/new", {"path": str(tmp_path / "allowed")}).get_data(as_text=True)
    assert f'value="{tmp_path / "allowed" / "盒1"}"' in looked
    refused = browser.post("/archive/new", {"path": str(tmp_path), "do": "begin"})
    assert (refused.status_code, "archive.root_refused" in refused.get_data(as_text=True)) == (409, True)
    for nowhere in ("none", "x" * 300):
        assert browser.post("/archive/new", {"path": f"{tmp_path}/allowed/{nowhere}", "do": "begin"}).status_code == 409
    form = {"path": str(tmp_path / "allowed"), "do": "begin", "boundaries": "files", "watched": "on"}
    page = browser.get(browser.post("/archive/new", form).location).get_data(as_text=True)
    assert "Begun: its files are looked for." in page
    with portal.database.read() as rows:
        (batch,) = rows.scalars(select(Batch)).all()
    assert (batch.name, batch.boundaries, batch.move, batch.state) == ("allowed", "files", False, "running")
    for path in (tmp_path / "allowed", tmp_path / "allowed" / "盒1"):
        taken = browser.post("/archive/new", {**form, "path": str(path)}).location
        assert "archive.root_taken" in browser.get(taken).get_data(as_text=True), "pressed twice, or one level deeper"
    with portal.database.read() as rows:
        assert len(rows.scalars(select(Batch)).all()) == 1
