"""The same request makes one upload, however often it is sent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import update

from intake.errors import IdempotencyMismatchError
from models import uploads
from models.base import now
from models.jobs import Job
from models.uploads import Idempotency, IdempotencyKey, Received
from tests.models.office import Incoming, Office

KEY = Idempotency("key", "a" * 64)


def test_the_same_request_again_gives_the_same_upload(office: Office, incoming: Incoming) -> None:
    """A client that lost the answer may ask again: nothing new is made, nothing is rung."""
    first = office.hand_in([incoming("a")], idempotency=KEY)
    again = office.hand_in([incoming("a")], idempotency=KEY)
    assert (again.upload.id, again.job_ids, again.replayed) == (first.upload.id, (), True)
    assert (first.replayed, office.count(Job)) == (False, 1)


def test_a_known_key_with_another_body_is_refused(office: Office, incoming: Incoming) -> None:
    """Nothing is kept of it."""
    office.hand_in([incoming("a")], idempotency=KEY)
    with pytest.raises(IdempotencyMismatchError):
        office.hand_in([incoming("b")], idempotency=Idempotency(KEY.key, "b" * 64))
    assert office.count(Job) == 1


def test_keys_belong_to_their_users(office: Office, incoming: Incoming) -> None:
    """Two clients may use the same key."""
    first = office.hand_in([incoming("a")], idempotency=KEY)
    assert office.hand_in([incoming("b")], user="clerk-2", idempotency=KEY).upload.id != first.upload.id


def test_the_same_request_many_times_at_once_makes_one_upload(office: Office, incoming: Incoming) -> None:
    """Eight copies of a request race; one is received, seven are told of it."""
    begin = Barrier(8)

    def hand_in(_: int) -> Received:
        begin.wait()
        return office.hand_in([incoming("a")], idempotency=KEY)

    with ThreadPoolExecutor(8) as pool:
        received = list(pool.map(hand_in, range(8)))
    assert len({each.upload.id for each in received}) == 1
    assert sorted(each.replayed for each in received) == [False] + [True] * 7


def test_a_key_is_forgotten_after_a_day(office: Office, incoming: Incoming) -> None:
    """Used again after its 24 hours it makes a new upload; the sweeper removes the others."""
    first = office.hand_in([incoming("a")], idempotency=KEY)
    yesterday = now() - timedelta(hours=25)
    with office.database.unit() as unit:
        unit.session.execute(update(IdempotencyKey).values(created_at=yesterday))
    again = office.hand_in([incoming("b")], idempotency=Idempotency(KEY.key, "b" * 64))
    assert again.upload.id != first.upload.id
    with office.database.unit() as unit:
        unit.session.execute(update(IdempotencyKey).values(created_at=yesterday))
    with office.database.unit() as unit:
        assert uploads.forget_keys(unit) == 1
