"""The queue: in order, filtered, quick with any number of drafts; and who is given which draft next."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, text, update

from models import drafts, queue, taking
from models.base import Base, now
from models.cases import Case
from models.database import Database
from models.draft_rows import Draft
from models.queue import QueueFilter
from tests import made_up
from tests.made_up import CODES, card_reading, enter_draft, license_reading
from tests.plans import mind_indexes, plans, read_whole


@pytest.fixture
def database(any_database: Database) -> Database:
    """Every test here runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def people(database: Database) -> dict[str, str]:
    """A clerk and two reviewers."""
    return made_up.people(database, "clerk", "reviewer", "reviewer")


@pytest.fixture
def waiting(database: Database, people: dict[str, str]) -> list[str]:
    """Four open drafts, the oldest first."""
    return [enter_draft(database, people["clerk"], [license_reading(code)]) for code in CODES]


def _assign(database: Database, draft_id: str, user_id: str) -> None:
    with database.unit() as unit:
        unit.session.execute(update(Draft).where(Draft.id == draft_id).values(assigned_to=user_id))


def _next(database: Database, user_id: str, **others: Any) -> str | None:
    with database.unit() as unit:
        return taking.claim_next(unit, user_id, 15, **others)


def test_the_queue_gives_the_oldest_first_page_by_page(database: Database, people: dict[str, str]) -> None:
    """Every open draft comes once over all pages; the last page says that it is the last."""
    made = [enter_draft(database, people["clerk"], [license_reading(code)]) for code in CODES]
    seen: list[str] = []
    cursor: str | None = None
    with database.read() as session:
        for _ in range(2):
            page = drafts.queue(session, QueueFilter(), cursor, 2)
            seen += [item.id for item in page.items]
            cursor = page.next
    assert (seen, cursor) == (sorted(made), None)


def test_the_queue_is_filtered_by_type_doubt_and_state(database: Database, people: dict[str, str]) -> None:
    """Each filter keeps what it names; a type's name is taken whole and literally."""
    sure = enter_draft(database, people["clerk"], [license_reading(CODES[0])])
    unsure = enter_draft(database, people["clerk"], [license_reading(CODES[1], confidence=0.4)])
    wrong = enter_draft(database, people["clerk"], [card_reading("330106199003078210")])

    def found(**filters: str) -> list[str]:
        with database.read() as session:
            return [item.id for item in drafts.queue(session, QueueFilter(**filters)).items]

    assert found(type="business_license") == [sure, unsure]
    assert found(type="business%") == []
    assert found(doubt="none") == [sure]
    assert found(doubt="doubtful") == [unsure, wrong]
    assert found(doubt="errors") == [wrong]
    assert found(state="confirmed") == []


def test_filters_are_counted_together_in_one_pass_of_each_state(
    database: Database, people: dict[str, str], waiting: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As each counts alone, also the same one twice; where a state has more drafts than are looked at, that is told."""
    enter_draft(database, people["clerk"], [card_reading("330106199003078210")])
    _assign(database, waiting[0], people["reviewer"])
    made_up.confirmed(database, waiting[1], people["reviewer"])
    mine = people["reviewer"]
    wanted = [
        QueueFilter(reviewer=mine),
        QueueFilter(type="business_license", doubt="none", reviewer=mine),
        QueueFilter(state="confirmed", reviewer=mine),
        QueueFilter(doubt="errors", reviewer=mine),
        QueueFilter(assigned="me", reviewer=mine),
        QueueFilter(hours=24, reviewer=mine),
        QueueFilter(reviewer=mine),
    ]
    with database.read() as session:
        found = queue.counts(session, wanted)
        assert [one.number for one in found] == [queue.count(session, one) for one in wanted] == [4, 3, 1, 1, 1, 0, 4]
        assert not any(one.more for one in found)
        monkeypatch.setattr(queue, "MOST_COUNTED", 2)
        assert [(one.number, one.more) for one in queue.counts(session, wanted[:3])] == [
            (2, True),
            (2, True),
            (1, False),
        ]
        assert queue.counts(session, []) == []


def test_the_queue_is_filtered_by_age_and_by_whose_work_it_is(
    database: Database, people: dict[str, str], waiting: list[str]
) -> None:
    """Older than some hours; assigned to me, to nobody, to somebody."""
    _assign(database, waiting[0], people["reviewer"])
    _assign(database, waiting[1], people["other reviewer"])
    later = now() + timedelta(hours=5)

    def found(**filters: Any) -> list[str]:
        wanted = QueueFilter(reviewer=people["reviewer"], **filters)
        with database.read() as session:
            return [item.id for item in queue.queue(session, wanted, at=later).items]

    assert found(hours=4) == waiting
    assert found(hours=6) == []
    assert found(assigned="me") == waiting[:1]
    assert found(assigned="somebody") == waiting[:2]
    assert found(assigned="nobody") == waiting[2:]


def test_the_next_draft_is_one_held_or_the_oldest_free_one(
    database: Database, people: dict[str, str], waiting: list[str]
) -> None:
    """What one holds comes again, what another holds does not, and what has lapsed is free."""
    mine, other = people["reviewer"], people["other reviewer"]
    assert _next(database, mine) == waiting[0]
    assert _next(database, other) == waiting[1]
    assert _next(database, mine) == waiting[0]
    with database.read() as session:
        assert queue.following(session, mine, now(), beside=waiting[0]) == waiting[2]
    with database.unit() as unit:
        drafts.touch(unit, waiting[0], mine, 60)
    assert _next(database, mine, at=now() + timedelta(minutes=20)) == waiting[0]
    assert _next(database, other, at=now() + timedelta(minutes=70)) == waiting[0]


def test_what_is_assigned_goes_first_to_its_person_and_to_nobody_else(
    database: Database, people: dict[str, str], waiting: list[str]
) -> None:
    """A newer draft of mine goes before an older one of nobody's; another is given none of mine."""
    _assign(database, waiting[0], people["other reviewer"])
    _assign(database, waiting[3], people["reviewer"])
    given = []
    for _ in range(3):
        with database.unit() as unit:
            found = queue.following(unit.session, people["reviewer"], now())
            assert found is not None
            unit.session.execute(update(Draft).where(Draft.id == found).values(claimed_by=people["clerk"]))
            unit.session.execute(
                update(Draft).where(Draft.id == found).values(claimed_until=now() + timedelta(minutes=9))
            )
            given.append(found)
    assert given == [waiting[3], waiting[1], waiting[2]]
    assert _next(database, people["reviewer"]) is None
    assert _next(database, people["other reviewer"]) == waiting[0]


def test_reviewers_who_ask_at_once_are_given_different_drafts(database: Database, waiting: list[str]) -> None:
    """Four ask together: each gets one, no two the same, and nobody goes away with nothing."""
    who = list(made_up.people(database, "security", "administrator", "archivist", "auditor").values())
    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(lambda user_id: _next(database, user_id), who))
    assert sorted(given, key=str) == waiting


@pytest.fixture
def many(database: Database, waiting: list[str], people: dict[str, str]) -> None:
    """A thousand open drafts more, so that an index pays; the first hundred are held."""
    with database.unit() as unit:
        first = unit.session.get_one(Draft, waiting[0])
        case = unit.session.get_one(Case, first.case_id)
        unit.session.execute(insert(Case), [_copy(case, f"00{number:024}", slip_number=None) for number in range(1000)])
        rows = [_copy(first, f"00{number:024}", case_id=f"00{number:024}") for number in range(1000)]
        for row in rows[:100]:
            row |= {"claimed_by": people["other reviewer"], "claimed_until": now() + timedelta(hours=1)}
        unit.session.execute(insert(Draft), rows)
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("ANALYZE"))


def _copy(row: Base, new: str, **others: str | None) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns} | {"id": new} | others


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    "filters",
    [{}, {"type": "contract"}, {"doubt": "errors"}, {"assigned": "me"}, {"assigned": "nobody"}, {"hours": 3}],
    ids=lambda found: next(iter(found), "all"),
)
def test_the_queue_goes_through_its_index(database: Database, people: dict[str, str], filters: dict[str, Any]) -> None:
    """Whatever it is filtered by, lines are found inside the index and nothing is sorted but the page itself."""
    wanted = QueueFilter(reviewer=people["reviewer"], **filters)
    with plans(database) as seen, database.read() as session:
        mind_indexes(session)
        queue.queue(session, wanted)
    assert "index" in seen[0].lower()
    assert "Seq Scan on drafts" not in seen[0]
    assert "SCAN drafts" not in seen[0]


@pytest.mark.usefixtures("many")
def test_the_next_draft_is_found_by_its_indexes(database: Database, people: dict[str, str]) -> None:
    """None of the three statements reads the table; what is free is found without what others hold."""
    with plans(database) as seen, database.unit() as unit:
        mind_indexes(unit.session)
        queue.following(unit.session, people["reviewer"], now(), hold=True)
    assert len(seen) == 3
    assert read_whole(seen, "drafts") == []
