"""Acceptance: machines look at everything, a person at the sample the seed draws, and signs what follows from both."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from intake.errors import (
    AcceptancePlanError,
    BatchOpenError,
    LotStateError,
    MissingReasonError,
    SampleUnfinishedError,
)
from models import acceptance, acceptance_checks, acceptance_report
from models.acceptance_rows import Acceptance
from models.accounts import User
from models.audit import AuditRow
from models.base import now
from models.batch_rows import BatchFile, LedgerPage
from models.database import Database
from tests.made_up import license_reading
from tests.models.batch_office import MEASURES, Office, code, opened

LOOKS = [f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}" for number in range(1, 60)]


@pytest.fixture
def office(any_database: Database) -> Office:
    """A batch of three good pages, on SQLite and on PostgreSQL."""
    found = opened(any_database)
    for number in range(3):
        found.item(license_reading(code(number)), replace(MEASURES, look=LOOKS[number]))
    with found.database.unit() as unit:
        for file in unit.session.scalars(select(BatchFile)):
            file.sha256 = file.id.ljust(64, "0")
    found.close()
    return found


def begun(office: Office, aql: str = "6.5", *, whole: bool = True, seed: str = "s") -> str:
    """An acceptance whose checks are done; gives its identifier."""
    with office.database.unit() as unit:
        row, jobs = acceptance.begin(unit, office.batch, office.people["archivist"], aql=aql, share=5.0, seed=seed)
        assert len(jobs) == 1
    with office.database.unit() as unit:
        originals = acceptance_checks.unhashed(unit.session, row.id)
        acceptance_checks.keep_hashed(unit, row.id, originals[-1], [] if whole else originals)
        acceptance_checks.check(unit, row.id)
    return row.id


def row_of(office: Office, acceptance_id: str) -> Acceptance:
    """The row."""
    with office.database.read() as session:
        return session.get_one(Acceptance, acceptance_id)


def judge_all(office: Office, acceptance_id: str, *, matched: bool = True, fault: str | None = None) -> None:
    """Say the same of every page of the sample."""
    with office.database.read() as session:
        pages = acceptance.sample(session, acceptance_id)
    for page in pages:
        with office.database.unit() as unit:
            archivist = office.people["archivist"]
            acceptance.judge(unit, acceptance_id, page.id, archivist, matched=matched, fault=fault)


def sign(office: Office, acceptance_id: str) -> bool:
    """Sign as the archivist."""
    with office.database.unit() as unit:
        return acceptance.sign(unit, acceptance_id, office.people["archivist"])


def test_a_good_batch_is_accepted_with_time_and_person(office: Office) -> None:
    """All checks pass, all pages of the sample are judged good, and what was signed is what was found."""
    found = begun(office)
    row = row_of(office, found)
    assert (row.state, row.size, row.drawn, row.letter, [one["failed"] for one in row.checks]) == (
        "sampled", 3, 2, "A", [0] * 13,
    )  # fmt: skip
    assert len(row.manifest or "") == 64
    with pytest.raises(SampleUnfinishedError):
        sign(office, found)
    judge_all(office, found)
    assert sign(office, found) is True
    row = row_of(office, found)
    assert (row.state, row.signed_by, row.reasons) == ("accepted", office.people["archivist"], [])
    with office.database.read() as session:
        rows = {one.action: one for one in session.scalars(select(AuditRow))}
    assert {"batch.checked", "batch.looked_at", "batch.accepted"} <= set(rows)
    begin, plan = rows["batch.acceptance_begun"], {"number": 1, "aql": row.aql, "share": row.share, "seed": row.seed}
    assert (begin.actor, begin.subject_id, begin.details) == (office.people["archivist"], office.batch, plan)


def test_one_page_that_the_index_does_not_lead_to_refuses_the_batch(office: Office) -> None:
    """All entries have to match; a new acceptance may follow, the signed one stands."""
    found = begun(office)
    judge_all(office, found)
    with office.database.read() as session:
        page = acceptance.sample(session, found)[0]
    with office.database.unit() as unit:
        acceptance.judge(unit, found, page.id, office.people["archivist"], matched=False)
    assert sign(office, found) is False
    reasons = row_of(office, found).reasons or []
    assert any("100%" in reason["zh"] for reason in reasons)
    with pytest.raises(LotStateError):
        judge_all(office, found)
    assert row_of(office, begun(office)).number == 2


def test_nobody_draws_until_a_sample_is_good(office: Office) -> None:
    """Nothing changed, the same seed; and the report tells what was signed before. Another batch is another sample."""
    first = begun(office, seed="s")
    judge_all(office, first, fault="incomplete")
    assert sign(office, first) is False
    second = begun(office, seed="another")
    assert row_of(office, second).seed == "s"
    judge_all(office, second, fault="incomplete")
    assert sign(office, second) is False
    with office.database.unit() as unit:
        unit.session.execute(text("UPDATE batch_folders SET title = 'another'"))
    third = begun(office, seed="another")
    assert row_of(office, third).seed == "another"
    with office.database.read() as session:
        told = acceptance_report.report(session, third, now())
        account = session.get_one(User, office.people["archivist"]).name
    assert [
        (line.row.number, line.row.state, line.row.seed, line.rejected, line.signed_by) for line in told.earlier
    ] == [
        (1, "refused", "s", 2, account),
        (2, "refused", "s", 2, account),
    ]


def test_what_machines_do_not_pass_refuses_unless_a_named_person_lets_it_stand(office: Office) -> None:
    """With a reason; but a page that waits or an original that changed can never be let stand."""
    office.item(license_reading(code(9)), replace(MEASURES, look=LOOKS[9], scan_dpi=150.0))
    with office.database.unit() as unit:
        unit.session.execute(text("UPDATE batch_files SET sha256 = 'x' WHERE sha256 IS NULL"))
    found = begun(office)
    judge_all(office, found)
    archivist = office.people["archivist"]
    with office.database.unit() as unit, pytest.raises(MissingReasonError):
        acceptance.let_stand(unit, found, "resolution", "because", archivist)
    with office.database.unit() as unit, pytest.raises(LookupError):
        acceptance.let_stand(unit, found, "ledger", "original_so", archivist)
    with office.database.unit() as unit:
        acceptance.let_stand(unit, found, "resolution", "no_rescan", archivist)
    assert sign(office, found) is True
    other = begun(office)
    judge_all(office, other)
    assert sign(office, other) is False
    assert [reason["en"] for reason in row_of(office, other).reasons or []] == ["Machines do not pass it: Resolution."]


def test_originals_that_changed_and_pages_that_wait_are_found(office: Office) -> None:
    """The places of what fails are kept."""
    with office.database.unit() as unit:
        page = unit.session.scalars(select(LedgerPage).order_by(LedgerPage.id)).first()
        assert page is not None
        page.state, page.item_id = "waiting", None
    row = row_of(office, begun(office, whole=False))
    failing = {one["rule"]: one["failed"] for one in row.checks if one["failed"]}
    assert failing == {"hashes": 3, "ledger": 1}
    assert [one["failures"] for one in row.checks if one["rule"] == "ledger"] == [[{"subject": page.id}]]
    assert row.size == 2


def test_a_batch_that_is_not_closed_is_neither_checked_nor_signed(office: Office) -> None:
    """Its pages may still come and move."""
    found = begun(office)
    judge_all(office, found)
    office.close("read")
    with pytest.raises(BatchOpenError):
        sign(office, found)
    office.close()
    assert sign(office, found) is True
    office.close("read")
    with pytest.raises(BatchOpenError):
        begun(office)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_pages SET state = 'rejected', reason = 'useless', item_id = NULL WHERE number = 2",
        "UPDATE batch_items SET number = 9 WHERE number = 3",
        "UPDATE batch_folders SET archival_number = 'J002'",
        "UPDATE batch_files SET sha256 = NULL WHERE position = 1",
    ],
)
def test_pages_that_changed_after_machines_looked_are_not_what_is_signed(office: Office, change: str) -> None:
    """A page that left its item, another number, another entry, another original: nobody looked at that."""
    found = begun(office)
    judge_all(office, found)
    with office.database.unit() as unit:
        unit.session.execute(text(change))
    assert sign(office, found) is False
    told = [reason["en"] for reason in row_of(office, found).reasons or []]
    assert told == ["Pages or sources changed after machines checked them."]


def test_a_plan_that_the_standard_does_not_know_is_refused(office: Office) -> None:
    """And so is a second acceptance beside one that is not signed."""
    with office.database.unit() as unit, pytest.raises(AcceptancePlanError):
        acceptance.begin(unit, office.batch, office.people["archivist"], aql="3", share=5.0, seed="s")
    begun(office)
    with office.database.unit() as unit, pytest.raises(LotStateError):
        acceptance.begin(unit, office.batch, office.people["archivist"], aql="1.0", share=5.0, seed="s")


def test_the_database_itself_accepts_nothing_that_nobody_judged(office: Office) -> None:
    """Nor does it let a signed verdict be changed."""
    found = begun(office)
    signed = f"state = 'accepted', signed_by = '{office.people['archivist']}', signed_at = created_at"
    with pytest.raises(DBAPIError), office.database.unit() as unit:
        unit.session.execute(text(f"UPDATE batch_acceptances SET {signed}"))  # noqa: S608 - no input
    judge_all(office, found)
    sign(office, found)
    for said in ("UPDATE batch_acceptances SET reasons = NULL", "DELETE FROM acceptance_pages"):
        with pytest.raises(DBAPIError), office.database.unit() as unit:
            unit.session.execute(text(said))
