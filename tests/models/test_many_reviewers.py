"""Many reviewers over one queue: no draft is given twice, and nobody's word is lost."""

from __future__ import annotations

import threading
from collections import Counter
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
from tests.made_up import accept_all, enter_draft, license_reading


@dataclass
class Shift:
    """What the reviewers did: who was given which draft, what each confirmed, and who came with an old version."""

    database: Database
    given: list[tuple[str, str]] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    stale: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def work(self, user_id: str) -> None:
        """Take the next draft and confirm it with a word of one's own, until none is free."""
        while (draft_id := self._take(user_id)) is not None:
            with self.lock:
                self.given.append((draft_id, user_id))
            address = f"浙江省杭州市西湖区云岫路{len(self.given)}号{user_id[-4:]}"
            while not self._confirm(draft_id, user_id, address):
                self.stale += 1
            with self.lock:
                self.said[draft_id] = address

    def _take(self, user_id: str) -> str | None:
        with self.database.unit() as unit:
            return taking.claim_next(unit, user_id, 60)

    def _confirm(self, draft_id: str, user_id: str, address: str) -> bool:
        """Whether it was confirmed; where the customer changed meanwhile, the draft is claimed in its next version."""
        with self.database.unit() as unit:
            drafts.claim(unit, draft_id, user_id, 60)
        with self.database.read() as session:
            view = drafts.load(session, draft_id)
        assert view is not None
        keys = frozenset(finding.key for finding in view.findings)
        words = accept_all(view, registered_address=address)
        try:
            with self.database.unit() as unit:
                drafts.confirm(unit, draft_id, user_id, view.version, words, acknowledged=keys)
        except StaleVersionError:
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
    shift = Shift(any_database)
    with ThreadPoolExecutor(reviewers) as pool:
        list(pool.map(shift.work, people))
    assert Counter(draft_id for draft_id, _ in shift.given) == Counter(waiting)
    _nothing_lost(shift)


def _nothing_lost(shift: Shift) -> None:
    """Each draft was confirmed once, by whom it was given, with his word; each customer's file holds every word."""
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
        told = select(func.count()).select_from(AuditRow).where(AuditRow.action == "draft.confirmed")
        assert session.scalar(told) == len(by)
        assert audit.verify(session).whole
