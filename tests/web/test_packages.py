"""Handing a batch over in the portal: asked for, watched, fetched as a ZIP, taken away; and who may."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import bagit
import pytest
from sqlalchemy import select, update

from intake.settings import Settings
from models import packages
from models.batch_rows import Batch
from models.job_rows import EXPORT_BATCH, Job
from models.package_rows import Package
from tests.models.archive_office import Archive, through
from tests.web.conftest import Portal


@pytest.fixture
def archive(portal: Portal) -> Archive:
    """A closed batch that nobody accepted."""
    made = through(Archive(portal.database, person=portal.accounts["archivist"]), {"盒1/a/1.pdf": ("p",)}, "files")
    with portal.database.unit() as unit:
        unit.session.execute(update(Batch).values(state="closed", closed_at=datetime(2026, 11, 22, tzinfo=UTC)))
    return made


def asked(portal: Portal, archive: Archive) -> Package:
    """A package that was asked for by the form."""
    portal.browser("archivist").post(f"/archive/{archive.batch_id}/packages", {"unaccepted": "on"})
    with portal.database.read() as session:
        return session.scalars(select(Package)).one()


def ready(portal: Portal, archive: Archive, settings: Settings) -> tuple[str, Path]:
    """A package that a worker has made; its address and its folder."""
    row = asked(portal, archive)
    folder = packages.place(settings.exports, row)
    (folder / "盒1-a").mkdir(parents=True)
    (folder / "盒1-a" / "盒1-a-0001.pdf").write_bytes(b"%PDF-" + bytes(600_000))
    bagit.make_bag(str(folder), checksums=["sha256"])
    with portal.database.unit() as unit:
        packages.settle(unit, row.id, "ready", size=600_005)
    return f"/archive/{archive.batch_id}/packages/{row.id}", folder


def test_a_batch_that_nobody_accepted_is_refused_unless_the_form_says_so(portal: Portal, archive: Archive) -> None:
    """The page says what lacks; asked for all the same, the package bears it, and a job waits for a worker."""
    browser, path = portal.browser("archivist", "en"), f"/archive/{archive.batch_id}"
    assert "Make a package" in browser.get(path).get_data(as_text=True)
    answer = browser.post(f"{path}/packages")
    assert (answer.status_code, answer.location) == (HTTPStatus.SEE_OTHER, f"{path}#packages")
    assert "archive.unconfirmed" in browser.get(path).get_data(as_text=True)
    row = asked(portal, archive)
    assert (row.accepted, row.state) == (False, "making")
    shown = browser.get(f"{path}/packages").get_data(as_text=True)
    assert 'data-running="yes"' in shown
    assert "Without acceptance" in shown
    assert "0 of 1 items written" in shown
    with portal.database.read() as session:
        assert session.scalars(select(Job.kind).where(Job.subject_id == row.id)).all() == [EXPORT_BATCH]
    browser.post(f"{path}/packages", {"unaccepted": "on"})
    assert "archive.package_busy" in browser.get(path).get_data(as_text=True)


def test_a_package_is_fetched_as_one_zip_that_is_a_valid_bag(
    portal: Portal, archive: Archive, settings: Settings, tmp_path: Path
) -> None:
    """By the archivist alone, under its batch alone; whoever fetched it stands in the audit."""
    path, _folder = ready(portal, archive, settings)
    answer = portal.browser("archivist").get(path)
    assert (answer.mimetype, answer.headers["Content-Disposition"][-12:]) == ("application/zip", "UTF-8''b.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as taken:
        taken.extractall(tmp_path / "there")
    assert bagit.Bag(str(tmp_path / "there" / "b")).is_valid()
    assert portal.browser("auditor").get(path).status_code == HTTPStatus.FORBIDDEN
    elsewhere = path.replace(archive.batch_id, "none")
    assert portal.browser("archivist").get(elsewhere).status_code == HTTPStatus.NOT_FOUND
    audit = portal.browser("auditor", "zh").get("/audit").get_data(as_text=True)
    assert "下载移交包" in audit
    assert "导出移交包" in audit


def test_an_auditor_sees_packages_and_makes_none(portal: Portal, archive: Archive, settings: Settings) -> None:
    """Neither the place on the server nor a button."""
    _path, folder = ready(portal, archive, settings)
    page = portal.browser("auditor", "en").get(f"/archive/{archive.batch_id}").get_data(as_text=True)
    assert "Ready" in page
    assert not any(words in page for words in ("Fetch (ZIP)", "Make a package", "Take away", str(folder)))
    mine = portal.browser("archivist", "en").get(f"/archive/{archive.batch_id}").get_data(as_text=True)
    assert all(words in mine for words in ("Fetch (ZIP)", "Make a package", "Take away", str(folder)))


def test_a_package_is_taken_away_by_a_worker(portal: Portal, archive: Archive, settings: Settings) -> None:
    """From then on nobody fetches it; one whose folder the portal does not have is told as gone, too."""
    path, folder = ready(portal, archive, settings)
    browser = portal.browser("archivist", "en")
    (folder / "bagit.txt").rename(folder / "elsewhere")
    assert browser.get(path).status_code == HTTPStatus.SEE_OTHER
    assert "archive.package_gone" in browser.get(f"/archive/{archive.batch_id}").get_data(as_text=True)
    assert browser.post(f"{path}/remove").status_code == HTTPStatus.SEE_OTHER
    assert "Being taken away" in browser.get(f"/archive/{archive.batch_id}").get_data(as_text=True)
    assert browser.get(path).status_code == HTTPStatus.SEE_OTHER
    assert browser.post(f"/archive/none/packages/{path[-26:]}/remove").status_code == HTTPStatus.NOT_FOUND


def test_an_open_batch_shows_nothing_of_packages(portal: Portal) -> None:
    """Before its ledger is closed there is nothing to hand over, and asking for it says so."""
    made = through(Archive(portal.database, person=portal.accounts["archivist"]), {"盒1/a/1.pdf": ("p",)}, "files")
    browser, path = portal.browser("archivist", "en"), f"/archive/{made.batch_id}"
    assert "Make a package" not in browser.get(path).get_data(as_text=True)
    browser.post(f"{path}/packages", {"unaccepted": "on"})
    assert "archive.not_closed" in browser.get(path).get_data(as_text=True)
