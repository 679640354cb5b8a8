"""What is asked again and again is found by an index: it takes as long among a million papers as among a hundred."""

from __future__ import annotations

from models import operations, overviews, readings, retention, structure, upload_views, viewings
from models.database import Database
from models.draft_rows import Draft
from tests import made_up
from tests.models.office import READING, Incoming, Office
from tests.plans import mind_indexes, plans, read_whole

TABLES = ("upload_files", "documents", "drafts", "uploads", "cases")


def test_where_an_upload_stands_reads_no_table_whole(office: Office, incoming: Incoming) -> None:
    """It is asked every second while somebody waits."""
    first = office.hand_in([incoming("a"), incoming("b")])
    office.read(first.job_ids[0])
    with plans(office.database) as seen, office.database.read() as session:
        mind_indexes(session)
        upload_views.status(session, first.upload.id)
    assert seen
    assert read_whole(seen, *TABLES) == []


def test_a_case_takes_as_many_statements_however_often_papers_were_brought(office: Office, incoming: Incoming) -> None:
    """Its files are fetched together, not upload by upload."""
    first, asked = office.hand_in([incoming("a")]), list[int]()
    for _ in range(2):
        with plans(office.database) as seen, office.database.read() as session:
            overviews.case(session, first.upload.case_id)
        asked.append(len(seen))
        for _again in range(3):
            office.hand_in([incoming("a")])
    assert asked[0] == asked[1]


def test_a_content_that_came_often_is_told_once_and_by_its_latest_upload(office: Office, incoming: Incoming) -> None:
    """An account is told of its own alone, whoever looks after all papers of anybody's."""
    for _ in range(3):
        mine = office.hand_in([incoming("a"), incoming("b")])
    other = office.hand_in([incoming("a")], "clerk-2")
    hashes = [str(incoming(name).sha256) for name in ("a", "b", "c")]
    with office.database.read() as session:
        own = upload_views.known(session, hashes, "clerk-1")
        every = upload_views.known(session, hashes, None)
    assert {one.sha256: one.upload_id for one in own} == dict.fromkeys(hashes[:2], mine.upload.id)
    assert {one.sha256: one.upload_id for one in every} == {hashes[0]: other.upload.id, hashes[1]: mine.upload.id}
    assert (len(own), own[0].created_at) == (2, mine.upload.created_at)


def test_settling_a_file_reads_no_table_whole(office: Office, incoming: Incoming) -> None:
    """Every file of an archive asks who else handed in the same bytes."""
    first = office.hand_in([incoming("a")])
    linked = office.hand_in([incoming("a"), incoming("b")])
    claim = office.claim(first.job_ids[0])
    with plans(office.database) as seen, office.database.unit() as unit:
        mind_indexes(unit.session)
        readings.keep(unit, claim, READING, {})
    assert read_whole(seen, *TABLES) == []
    assert office.states(linked) == ["linked", "queued"]


def test_the_drafts_of_a_case_and_of_a_customer_are_found_by_an_index(any_database: Database) -> None:
    """The page on which papers are arranged asks for both."""
    people = made_up.people(any_database, "clerk", "reviewer")
    draft = made_up.enter_draft(any_database, people["clerk"], [made_up.license_reading()])
    made_up.confirmed(any_database, draft, people["reviewer"])
    with any_database.read() as session:
        case_id = session.get_one(Draft, draft).case_id
    with plans(any_database) as seen, any_database.read() as session:
        mind_indexes(session)
        structure.load(session, case_id)
        structure.targets(session, case_id, people["clerk"])
    assert read_whole(seen, "drafts", "documents", "upload_files") == []


def test_the_figures_read_no_draft(any_database: Database) -> None:
    """They are asked every few seconds, by what watches the service, and by everybody's home page."""
    people = made_up.people(any_database, "clerk")
    made_up.enter_draft(any_database, people["clerk"], [made_up.license_reading()])
    with plans(any_database) as seen, any_database.read() as session:
        mind_indexes(session)
        found = operations.figures(session)
        assert (found.drafts_open, operations.drafts_waiting(session)) == (1, 1)
    assert found.oldest_draft_seconds > 0
    assert read_whole(seen, "drafts") == []
    assert not [plan for plan in seen if "drafts USING INDEX ix_" in plan], "rows are fetched that an index counts"


def test_the_audit_is_filtered_by_an_index(any_database: Database) -> None:
    """Nothing of it is ever deleted, and a rare deed may lie far back."""
    with plans(any_database) as seen, any_database.read() as session:
        mind_indexes(session)
        for wanted in ({"actor": "a"}, {"action": "b"}, {"subject": "c"}):
            operations.audit_rows(session, **wanted)
    assert read_whole(seen, "audit") == []


def test_whether_a_view_is_noted_is_found_by_an_index(any_database: Database) -> None:
    """It is asked for every picture of a paper, and the audit is the longest table of all."""
    shown = viewings.document("paper")
    viewings.note_picture(any_database, "ann", shown, within=viewings.case("case"))
    with plans(any_database) as seen, any_database.read() as session:
        mind_indexes(session)
        viewings._noted(session, "ann", [shown])  # the question itself, on a session that minds
    assert seen
    assert read_whole(seen, "audit") == []


def test_jobs_past_their_days_are_found_by_an_index(office: Office, incoming: Incoming) -> None:
    """An archive leaves millions of them, and every hour is asked."""
    office.read(office.hand_in([incoming("a")]).job_ids[0])
    with plans(office.database) as seen, office.database.unit() as unit:
        mind_indexes(unit.session)
        retention.forget(unit, retention.Days(jobs=90, regions=0))
    assert seen
    assert read_whole(seen, "jobs") == []
