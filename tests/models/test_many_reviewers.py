"""Many reviewers over one queue, desks held open meanwhile: no draft is given twice, nobody's word is lost."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select
from stdnum.cn import uscc

from intake.errors import StaleVersionError
from models import audit, drafts, taking
from models.accounts import add_user
from models.audit import AuditRow
from models.customer_rows import CustomerFact
from models.database import Database
from models.draft_rows import Decision, Draft
from models.draft_views import DraftView
from tests.made_up import accept_all, enter_draft, license_reading


@dataclass
class Shift:
    """What the reviewers did: who was given which draft, what each confirmed beside what, who came with an old one."""

    database: Database
    opened: threading.Barrier
    given: list[tuple[str, str]] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str | None] = field(default_factory=dict)
    stale: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def work(self, user_id: str) -> None:
        """Open the next draft's desk and confirm it with a word of one's own, until none is free.

        Nobody confirms before everybody has a desk open: half of these are of a customer whom the other half changes.
        """
        first = True
        while (draft_id := self._take(user_id)) is not None:
            with self.lock:
                self.given.append((draft_id, user_id))
            desk = self._seen(draft_id)
            if first:
                self.opened.wait()
            first = False
            self._settle(desk, user_id)

    def _settle(self, desk: DraftView, user_id: str) -> None:
        """Confirm what stands on the desk; where that is old by now, what stands there then."""
        address = f"浙江省杭州市西湖区云岫路{len(self.said)}号{desk.id[-4:]}"
        while not self._confirm(desk, user_id, address):
            with self.lock:
                self.stale += 1
            desk = self._seen(desk.id)
        with self.lock:
            self.said[desk.id] = address
            self.beside[desk.id] = next(one.present for one in desk.facts if one.fact == "registered_address")

    def _take(self, user_id: str) -> str | None:
        with self.database.unit() as unit:
            return taking.claim_next(unit, user_id, 60)

    def _seen(self, draft_id: str) -> DraftView:
        with self.database.read() as session:
            view = drafts.load(session, draft_id)
        assert view is not None
        return view

    def _confirm(self, desk: DraftView, user_id: str, address: str) -> bool:
        """Whether it was confirmed; where the customer changed meanwhile, the draft is made anew."""
        keys = frozenset(finding.key for finding in desk.findings)
        words = accept_all(desk, registered_address=address)
        try:
            with self.database.unit() as unit:
                drafts.confirm(unit, desk.id, user_id, desk.version, words, acknowledged=keys)
        except StaleVersionError:
            with self.database.unit() as unit:
                drafts.catch_up(unit, desk.id)
            return False
        return True


def _code(number: int) -> str:
    """The credit code of a company that does not exist; its check character holds."""
    stem = f"91330106MA{number:07d}"
    return stem + uscc.calc_check_digit(stem)


def _waiting(database: Database, clerk: str, count: int) -> list[str]:
    """Open drafts, two for each company: the second one confirmed changes the file that the first one made."""
    return [enter_draft(database, clerk, [license_reading(_code(number // 2))]) for number in range(count)]


def test_no_draft_is_given_twice_and_no_word_is_lost(any_database: Database, request: pytest.FixtureRequest) -> None:
    """Six reviewers and 24 drafts; with ``--reviewers-long`` twenty and 500."""
    reviewers, count = (20, 500) if request.config.getoption("--reviewers-long") else (6, 24)
    with any_database.unit() as unit:
        people = [add_user(unit, f"colleague-{number}", ["reviewer"]).id for number in range(reviewers)]
        clerk = add_user(unit, "clerk", ["clerk"]).id
    waiting = _waiting(any_database, clerk, count)
    shift = Shift(any_database, threading.Barrier(reviewers))
    with ThreadPoolExecutor(reviewers) as pool:
        list(pool.map(shift.work, people))
    assert Counter(draft_id for draft_id, _ in shift.given) == Counter(waiting)
    assert shift.stale >= reviewers // 2
    _nothing_lost(shift)


def _nothing_lost(shift: Shift) -> None:
    """Each draft was confirmed once, by whom it was given, with his word; each customer's file holds every word.

    And each word took the place of the very one that its reviewer had before his eyes.
    """
    by = dict(shift.given)
    with shift.database.read() as session:
        rows = session.scalars(select(Draft)).all()
        assert {row.id: (row.state, row.settled_by) for row in rows} == {
            draft_id: ("confirmed", user_id) for draft_id, user_id in by.items()
        }
        words = select(Decision.draft_id, Decision.value).where(Decision.fact == "registered_address")
        assert {row[0]: row[1] for row in session.execute(words)} == shift.said
        filed = select(CustomerFact.draft_id, CustomerFact.value).where(CustomerFact.fact == "registered_address")
        assert {row[0]: row[1] for row in session.execute(filed)} == shift.said
        assert _replaced(session.scalars(select(CustomerFact).where(CustomerFact.fact == "registered_address"))) == (
            shift.beside
        )
        told = select(func.count()).select_from(AuditRow).where(AuditRow.action == "draft.confirmed")
        assert session.scalar(told) == len(by)
        assert audit.verify(session).whole


def _replaced(rows: Iterable[CustomerFact]) -> dict[str, str | None]:
    """By draft, the value that its own took the place of; ``None`` where it was a customer's first."""
    found: dict[str, str | None] = {}
    last: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: row.version):
        found[row.draft_id] = last.get(row.customer_number)
        last[row.customer_number] = row.value
    return found
