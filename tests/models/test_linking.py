"""The same bytes are read once, whoever hands them in, whenever and with whatever else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from sqlalchemy import update

from models import jobs, readings
from models.cases import Case, Document, Page, hold
from models.uploads import Received
from tests.models.office import READING, Incoming, Office


def test_the_same_file_again_joins_the_earlier_case(office: Office, incoming: Incoming) -> None:
    """Nothing is read twice and no second draft is made, whether the first is read already or still waits."""
    first = office.hand_in([incoming("a")])
    waiting = office.hand_in([incoming("a", "again.png")], user="clerk-2")
    office.read(first.job_ids[0])
    later = office.hand_in([incoming("a", "once more.png")])
    for linked in (waiting, later):
        status = office.status(linked)
        assert (linked.job_ids, status.case_id) == ((), first.upload.case_id)
        assert [(file.state, file.linked_to, file.documents) for file in status.files] == [
            ("linked", first.upload.files[0].id, 1)
        ]
        assert status.files[0].settled_at is not None
    assert len(office.draft_jobs()) == 1
    assert office.count(Document) == 1
    assert [row.subject_id for row in office.trail("file.settled")] == [waiting.upload.files[0].id]


@pytest.mark.parametrize("read_before", [True, False])
def test_a_known_file_among_new_ones_lends_its_reading(
    office: Office, incoming: Incoming, *, read_before: bool
) -> None:
    """The new case has the documents of both, one of them copied, now or as soon as it is read."""
    first = office.hand_in([incoming("a")])
    if read_before:
        office.read(first.job_ids[0])
    mixed = office.hand_in([incoming("a"), incoming("b")])
    assert len(mixed.job_ids) == 1
    drafts = office.read(mixed.job_ids[0])
    if not read_before:
        assert drafts == []
        drafts = office.read(first.job_ids[0])
        assert len(drafts) == 2
    assert sorted(office.draft_jobs()) == sorted([first.upload.case_id, mixed.upload.case_id])
    assert [file.documents for file in office.status(mixed).files] == [1, 1]
    assert (office.count(Document), office.count(Page)) == (3, 9)


def test_an_upload_of_known_files_from_two_cases_gets_its_draft_without_reading(
    office: Office, incoming: Incoming
) -> None:
    """Both readings are copied at once, and the draft job is what is rung."""
    for content in ("a", "b"):
        office.read(office.hand_in([incoming(content)]).job_ids[0])
    received = office.hand_in([incoming("a"), incoming("b")])
    assert office.states(received) == ["linked", "linked"]
    assert [office.claim(job_id).kind for job_id in received.job_ids] == [jobs.DRAFT_CASE]


def test_one_file_twice_in_an_upload_is_read_once(office: Office, incoming: Incoming) -> None:
    """The second is linked to the first, and its documents stand in the case once."""
    received = office.hand_in([incoming("a"), incoming("a", "copy.png")])
    assert len(received.job_ids) == 1
    office.read(received.job_ids[0])
    assert office.states(received) == ["read", "linked"]
    assert office.count(Document) == 1


def test_a_linked_file_shares_its_origins_fate(office: Office, incoming: Incoming) -> None:
    """Damaged is damaged; and after that the same bytes are read anew, since a setting may have changed."""
    first = office.hand_in([incoming("a")])
    linked = office.hand_in([incoming("a"), incoming("b")])
    office.read(linked.job_ids[0])
    assert len(office.refuse(first.job_ids[0])) == 1
    assert office.states(linked) == ["failed", "read"]
    (row,) = office.trail("file.settled")
    assert (row.actor, row.subject_id) == ("worker", linked.upload.files[0].id)
    assert row.details == {"state": "failed", "origin": first.upload.files[0].id, "code": "file.damaged"}
    assert office.states(office.hand_in([incoming("a")])) == ["queued"]


def test_a_linked_file_is_put_aside_and_tried_again_with_its_origin(office: Office, incoming: Incoming) -> None:
    """The button on the origin's job brings both back."""
    first = office.hand_in([incoming("a")])
    linked = office.hand_in([incoming("a"), incoming("b")])
    office.put_aside(first.job_ids[0])
    assert office.states(linked) == ["quarantined", "queued"]
    office.retry(first.job_ids[0])
    assert office.states(linked) == ["linked", "queued"]
    office.read(first.job_ids[0])
    office.read(linked.job_ids[0])
    assert [file.documents for file in office.status(linked).files] == [1, 1]


@pytest.mark.parametrize("state", ["returned", "discarded"])
def test_a_closed_case_is_not_joined(office: Office, incoming: Incoming, state: str) -> None:
    """Papers of a returned or discarded case that are handed in again get a case and a draft of their own."""
    first = office.hand_in([incoming("a")])
    office.read(first.job_ids[0])
    with office.database.unit() as unit:
        unit.session.execute(update(Case).values(state=state))
    again = office.hand_in([incoming("a")])
    assert again.upload.case_id != first.upload.case_id
    assert len(again.job_ids) == 1


def test_a_case_of_another_customer_is_not_joined(office: Office, incoming: Incoming) -> None:
    """The same paper may be evidence in the matters of two customers."""
    first = office.hand_in([incoming("a")], customer_number="C00000001")
    assert office.hand_in([incoming("a")], customer_number="C00000001").upload.case_id == first.upload.case_id
    assert office.hand_in([incoming("a")], customer_number="C00000002").upload.case_id != first.upload.case_id


def test_clerks_who_hand_in_the_same_file_at_once_have_it_read_once(office: Office, incoming: Incoming) -> None:
    """Eight uploads of the same bytes at the same moment make one job and one case."""
    begin = Barrier(8)

    def hand_in(_: int) -> Received:
        begin.wait()
        return office.hand_in([incoming("a")])

    with ThreadPoolExecutor(8) as pool:
        received = list(pool.map(hand_in, range(8)))
    assert len([job_id for each in received for job_id in each.job_ids]) == 1
    assert len({each.upload.case_id for each in received}) == 1


def test_a_file_linked_while_it_is_being_settled_is_settled_too(office: Office, incoming: Incoming) -> None:
    """Whoever comes first, the reading reaches the second case: fifteen times a race between settling and linking."""
    for number in range(15):
        first = office.hand_in([incoming(f"raced {number}")])
        claim = office.claim(first.job_ids[0])
        begin = Barrier(2)

        def keep(held: jobs.Claim = claim, begin: Barrier = begin) -> None:
            begin.wait()
            with office.database.unit() as unit:
                readings.keep(unit, held, READING, {})

        def link(number: int = number, begin: Barrier = begin) -> Received:
            begin.wait()
            return office.hand_in([incoming(f"raced {number}"), incoming(f"new {number}")])

        with ThreadPoolExecutor(2) as pool:
            kept, linked = pool.submit(keep), pool.submit(link)
            kept.result()
        assert [file.documents for file in office.status(linked.result()).files] == [1, 0]
        assert office.status(linked.result()).files[0].settled_at is not None


@pytest.mark.parametrize("state", ["discarded", "joined"])
def test_a_case_that_is_being_closed_takes_no_known_file(office: Office, incoming: Incoming, state: str) -> None:
    """Whoever hands the same file in just then waits for what becomes of the case, and gets a case of his own."""
    first = office.hand_in([incoming("a")])
    office.read(first.job_ids[0])
    again = _meanwhile(office, first, state, lambda: office.hand_in([incoming("a")], user="clerk-2"))
    assert isinstance(again, Received)
    assert again.upload.case_id != first.upload.case_id
    assert office.states(again) == ["linked"]


@pytest.mark.parametrize("state", ["discarded", "joined"])
def test_a_case_that_is_being_closed_takes_no_upload_by_its_name(
    office: Office, incoming: Incoming, state: str
) -> None:
    """What was meant for it is refused, and nothing of it is kept."""
    first = office.hand_in([incoming("a")])
    refused = _meanwhile(office, first, state, lambda: office.hand_in([incoming("b")], into=first.upload.case_id))
    assert isinstance(refused, LookupError)
    assert office.count(Case) == 1
    assert len(office.trail("upload.received")) == 1


def _meanwhile(office: Office, first: Received, state: str, act: Callable[[], Received]) -> Received | LookupError:
    """What comes of ``act`` while somebody else is about to close the case of an upload."""
    begun, done = Event(), Event()

    def acted() -> Received | LookupError:
        begun.wait()
        try:
            return act()
        except LookupError as error:
            return error
        finally:
            done.set()

    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(acted)
        with office.database.unit() as unit:
            hold(unit.session, first.upload.case_id).state = state
            unit.session.flush()
            begun.set()
            done.wait(0.5)  # whoever does not wait for this unit is through by then
        return answer.result()
