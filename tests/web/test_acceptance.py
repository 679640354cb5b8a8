"""Acceptance and lots by their pages: who may what, the way from machines to a signed report, and the report itself."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PIL import ImageFile
from sqlalchemy import select
from typer.testing import CliRunner

from intake.settings import Settings
from models import acceptance, acceptance_checks, batch_lots, policies
from models.acceptance_report import Place, RuleLine
from models.acceptance_rows import Acceptance
from models.audit import AuditRow
from models.batch_rows import BatchFile, BatchFolder
from models.draft_rows import Draft
from models.job_rows import CHECK_BATCH, Job
from models.lot_rows import Lot
from tests.made_up import license_reading
from tests.models.batch_office import MEASURES, ON, Office, code, opened
from tests.web.conftest import Browser, Portal
from tests.web.desk_forms import draft_of, form_of
from web import cli, report_parts


@pytest.fixture
def office(portal: Portal) -> Office:
    """A batch of two pages that machines pass."""
    found = opened(portal.database, portal.accounts)
    found.set(replace(ON, aql="6.5"))
    for number in range(2):
        found.item(license_reading(code(number)), replace(MEASURES, look=f"{number * 0x0F1E2D3C4B5A6978:016x}"))
    with portal.database.unit() as unit:
        for file in unit.session.scalars(select(BatchFile)):
            file.sha256 = file.id.ljust(64, "0")
    found.close()
    return found


def begun(portal: Portal, archivist: Browser, office: Office) -> str:
    """An acceptance begun by its page whose checks are done; gives its identifier."""
    answer = archivist.post(f"/archive/{office.batch}/acceptance", {"aql": "6.5", "share": "5", "seed": "s"})
    assert answer.location == f"/archive/{office.batch}/acceptance"
    with portal.database.read() as session:
        found = session.scalars(select(Acceptance.id).order_by(Acceptance.id.desc())).first()
    assert found is not None
    with portal.database.unit() as unit:
        acceptance_checks.check(unit, found)
    return found


def signed(portal: Portal, office: Office, verdict: str = "good") -> str:
    """An acceptance judged page by page and signed by its pages; gives its identifier."""
    archivist = portal.browser("archivist")
    found = begun(portal, archivist, office)
    while True:
        page = archivist.get(f"/archive/acceptances/{found}/sample").get_data(as_text=True)
        named = re.search(r'name="page" value="([^"]+)"', page)
        assert named is not None
        form = {"page": named.group(1), "verdict": verdict}
        answer = archivist.post(f"/archive/acceptances/{found}/sample", form)
        if answer.location.endswith("#sign"):
            break
    assert archivist.post(f"/archive/acceptances/{found}/sign").status_code == 302
    return found


def test_an_archivist_begins_judges_signs_and_has_the_report(portal: Portal, office: Office) -> None:
    """In both languages, as a page and as PDF; a signed one says who signed, by account, and names nobody else."""
    found = signed(portal, office)
    auditor = portal.browser("auditor")
    told = auditor.get(f"/archive/acceptances/{found}/report?language=zh").get_data(as_text=True)
    for words in (
        "纸质档案数字化成果验收报告",
        "验收合格",
        "J001-2020-D10-0001",
        "archivist-",
        "DA/T 31-2017",
        "12.3*",
    ):
        assert words in told
    assert "杭州" not in told
    assert "1/A" not in told
    english = auditor.get(f"/archive/acceptances/{found}/report?language=en").get_data(as_text=True)
    assert "Report of acceptance" in english
    assert "<style>" not in english
    pdf = auditor.get(f"/archive/acceptances/{found}/report.pdf?language=zh")
    assert (pdf.mimetype, pdf.data[:5]) == ("application/pdf", b"%PDF-")
    assert not ImageFile.LOAD_TRUNCATED_IMAGES  # the library that draws it sets this for the whole process
    page = portal.browser("archivist").get(f"/archive/{office.batch}/acceptance").get_data(as_text=True)
    assert "Accept again" in page


def test_what_was_judged_bad_refuses_the_batch_and_stands_in_the_report(
    portal: Portal, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the reason in words; also in the report of the next one, whose sample is the same.

    The page tells so without a look at every page of the batch.
    """
    found = signed(portal, office, "mismatch")
    archivist = portal.browser("archivist")
    told = archivist.get(f"/archive/acceptances/{found}/report?language=en").get_data(as_text=True)
    assert "Not accepted" in told
    assert "Does not match" in told
    assert "Acceptances signed before" not in told
    with monkeypatch.context() as patched:
        patched.delattr("models.acceptance_lines.ledger")
        page = archivist.get(f"/archive/{office.batch}/acceptance").get_data(as_text=True)
    assert 'value="s" readonly' in page
    found = begun(portal, archivist, office)
    told = archivist.get(f"/archive/acceptances/{found}/report?language=en").get_data(as_text=True)
    assert "Acceptances signed before" in told
    assert "Not accepted" in told


def test_failures_of_machines_are_let_stand_by_name_only_with_a_reason(portal: Portal, office: Office) -> None:
    """And not before the sample is whole can anybody sign."""
    with portal.database.unit() as unit:
        unit.session.scalars(select(BatchFolder)).one().archival_number = None
    archivist = portal.browser("archivist")
    found = begun(portal, archivist, office)
    path = f"/archive/acceptances/{found}"
    assert ">N/A<" in archivist.get(f"{path}/report?language=en").get_data(as_text=True), "no manifest came"
    assert "box 1" in archivist.get(f"/archive/{office.batch}/acceptance").get_data(as_text=True)
    assert archivist.post(f"{path}/sign").status_code == 409
    assert archivist.post(f"{path}/stand", {"rule": "names", "reason": "because"}).status_code == 422
    assert archivist.post(f"{path}/stand", {"rule": "ledger", "reason": "original_so"}).status_code == 404
    assert archivist.post(f"{path}/stand", {"rule": "names", "reason": "index_elsewhere"}).status_code == 302
    shown = archivist.get(f"/archive/{office.batch}/acceptance").get_data(as_text=True)
    assert "Let stand: Kept in another index" in shown


def test_places_and_answers_are_told_in_words_in_both_languages() -> None:
    """An entry without a folder is told by its number; what was taken back is no code."""
    place = Place(None, None, None, None, {"archival_number": "J9"})
    line = RuleLine("index", 3, 1, 0, (place,))
    assert report_parts.found(line, place, "zh") == "批次 (J9: 有目录条目，没有对应的卷)"
    assert report_parts.found(line, place, "en") == "batch (J9: an entry without a folder)"
    assert report_parts.answers({"withdrawn": 2, "checked": 1}, "zh") == "已撤回 × 2；已核对 × 1"


def test_checks_that_stopped_are_told_and_go_on(portal: Portal, office: Office) -> None:
    """With the reason, how far they are, and a button for the archivist."""
    archivist = portal.browser("archivist")
    page, form = f"/archive/{office.batch}/acceptance", {"aql": "6.5", "share": "5", "seed": "s"}
    archivist.post(page, form)
    assert "0 of 2 originals so far" in archivist.get(page).get_data(as_text=True)
    with portal.database.unit() as unit:
        job = unit.session.scalars(select(Job).where(Job.kind == CHECK_BATCH)).one()
        job.state, job.error_code = "quarantined", "store.unavailable"
    told = archivist.get(page).get_data(as_text=True)
    again = f"/archive/acceptances/{job.subject_id}/checks"
    assert ("store.unavailable" in told, again in told) == (True, True)
    assert again not in portal.browser("auditor").get(page).get_data(as_text=True)
    assert archivist.post(again).status_code == 302
    assert archivist.post(again).status_code == 409


def test_a_batch_is_closed_before_it_is_accepted(portal: Portal, office: Office) -> None:
    """Its page says so and offers nothing; asked all the same, the portal refuses."""
    office.close("read")
    archivist = portal.browser("archivist")
    page = archivist.get(f"/archive/{office.batch}/acceptance").get_data(as_text=True)
    assert ("A batch is accepted once it is closed" in page, 'name="aql"' in page) == (True, False)
    answer = archivist.post(f"/archive/{office.batch}/acceptance", {"aql": "6.5", "share": "5", "seed": "s"})
    assert (answer.status_code, "archive.not_closed" in answer.get_data(as_text=True)) == (409, True)


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("clerk", "/archive/{batch}/acceptance", 403),
        ("reviewer", "/archive/{batch}/acceptance", 403),
        ("clerk", "/archive/{batch}/lots", 403),
        ("archivist", "/archive/nothing/acceptance", 404),
        ("archivist", "/archive/acceptances/nothing/report", 404),
        ("archivist", "/archive/acceptances/nothing/sample", 404),
        ("archivist", "/archive/lots/nothing", 404),
    ],
)
def test_others_are_refused_and_what_is_not_there_is_not_found(
    portal: Portal, office: Office, role: str, path: str, status: int
) -> None:
    """Each route says for whom it is."""
    assert portal.browser(role).get(path.format(batch=office.batch)).status_code == status


def test_a_lot_is_drawn_judged_field_by_field_and_concluded(portal: Portal, office: Office) -> None:
    """The archivist draws; the reviewer judges each value beside its crop, and concludes in his name."""
    lot = office.lot().id
    archivist, reviewer = portal.browser("archivist"), portal.browser("reviewer")
    assert archivist.post(f"/archive/lots/{lot}/draw").status_code == 302
    assert archivist.post(f"/archive/lots/{lot}/settle").status_code == 403
    with portal.database.read() as session:
        drawn = [line.draft_id for line in batch_lots.sample(session, lot)]
    assert f"/archive/lots/{lot}" in reviewer.get("/reviews/samples").get_data(as_text=True)
    for draft in drawn:
        path = f"/archive/lots/{lot}/sample/{draft}"
        page = reviewer.get(path).get_data(as_text=True)
        facts = set(re.findall(r'name="(fact\.[^"]+)"', page))
        assert len(facts) == 7
        assert reviewer.post(path, {"fact.company_name": "right"}).status_code == 409
        assert reviewer.post(path, dict.fromkeys(facts, "right")).status_code == 302
    assert portal.browser("other reviewer").post(f"/archive/lots/{lot}/settle").status_code == 409
    assert reviewer.post(f"/archive/lots/{lot}/settle").status_code == 302
    with portal.database.read() as session:
        assert session.get_one(Lot, lot).state == "accepted"
        assert session.scalars(select(Draft.state)).all() == ["open", "open"]
    assert "Accepted" in reviewer.get(f"/archive/lots/{lot}").get_data(as_text=True)


def test_the_sample_of_a_refused_lot_tells_nothing_to_who_keys_its_draft_blind(portal: Portal, office: Office) -> None:
    """Back in the queue a draft may need a second person by now, who must not find what was read with the lot."""
    lot = office.lot().id
    portal.browser("archivist").post(f"/archive/lots/{lot}/draw")
    with portal.database.unit() as unit:
        draft = batch_lots.sample(unit.session, lot)[0].draft_id
        policies.change(unit, "blind", {"facts": ["company_name"]}, user_id=portal.accounts["administrator"])
        batch_lots.put_back(unit, unit.session.get_one(Lot, lot), draft, "changed")
    first, path = portal.browser("reviewer"), f"/archive/lots/{lot}/sample/{draft}"
    first.post(f"/reviews/{draft}/claim")
    assert first.post(f"/reviews/{draft}/confirm", form_of(draft_of(portal, draft))).status_code == 302
    assert portal.browser("other reviewer").get(path).status_code == 404
    assert first.get(path).status_code == 200


def test_a_policy_is_set_by_the_archivist_within_the_offices_line(portal: Portal, office: Office) -> None:
    """A lower threshold is refused with the reason; a reviewer may look and not change."""
    archivist = portal.browser("archivist", "zh")
    form = {"on": "on", "threshold": "90", "aql": "1.0", "share": "5", "seed": "a"}
    refused = archivist.post(f"/archive/{office.batch}/lots", form)
    assert refused.status_code == 422
    assert "95" in refused.get_data(as_text=True)
    assert archivist.post(f"/archive/{office.batch}/lots", form | {"threshold": "99.5"}).status_code == 302
    assert 'value="99.5"' in archivist.get(f"/archive/{office.batch}/lots").get_data(as_text=True)
    reviewer = portal.browser("reviewer")
    assert reviewer.get(f"/archive/{office.batch}/lots").status_code == 200
    assert reviewer.post(f"/archive/{office.batch}/lots", form).status_code == 403


def test_the_report_is_written_by_command(
    portal: Portal, office: Office, settings: Settings, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HTML with its styles inside, and PDF; a batch without an acceptance has none."""
    from web.commands import archive_report  # noqa: PLC0415 - a command is loaded when it is called

    monkeypatch.setattr(archive_report, "load", lambda: settings)
    run = CliRunner().invoke
    app = cli.build(["archive", "report"])
    assert run(app, ["archive", "report", office.batch]).exit_code == 1
    begun(portal, portal.browser("archivist"), office)
    for form, beginning in (("html", b"<!doctype html>"), ("pdf", b"%PDF-")):
        told = run(
            app, ["archive", "report", "B", "--format", form, "--language", "en", "--out", f"{tmp_path}/r.{form}"]
        )
        assert told.exit_code == 0
        with open(f"{tmp_path}/r.{form}", "rb") as file:  # noqa: PTH123 - as the command wrote it
            body = file.read()
        assert body.startswith(beginning)
        assert (b"@page" in body) == (form == "html")


def test_looking_at_a_sample_is_a_view_of_the_folder_of_its_page(portal: Portal, office: Office) -> None:
    """Once for the pages of one folder, whoever judges them; a picture by itself is the same."""
    found = signed(portal, office)
    with portal.database.read() as rows:
        folder = rows.scalars(select(BatchFolder.id)).one()
        views = rows.scalars(select(AuditRow).where(AuditRow.action == "folder.viewed")).all()
        page = acceptance.sample(rows, found)[0]
    assert [(view.actor, view.subject_id, view.details) for view in views] == [
        (portal.accounts["archivist"], folder, {"via": "acceptance"})
    ]
    with portal.browser("auditor").get(f"/archive/acceptances/{found}/pages/{page.id}") as answer:
        given = answer.status_code == 200
    with portal.database.read() as rows:
        views = rows.scalars(select(AuditRow).where(AuditRow.actor == portal.accounts["auditor"])).all()
    assert [view.details for view in views if view.action == "folder.viewed"] == [{"via": "picture"}] * given
