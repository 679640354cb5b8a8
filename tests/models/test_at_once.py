"""What is looked for and then added is added once, however many people do so at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from intake.errors import NameTakenError
from models import accounts, policies, preferences, queue_views
from models.accounts import User
from models.base import Base
from models.database import Database, Unit
from models.policies import Policy
from models.preferences import Preference
from models.queue_views import QueueView
from tests import made_up

PEOPLE = 6


def _account(unit: Unit, _user_id: str) -> None:
    try:
        accounts.add_user(unit, "somebody new", ["clerk"])
    except NameTakenError:
        return


@pytest.mark.parametrize(
    ("act", "kind", "more"),
    [
        (lambda unit, user: policies.change(unit, "blind", {"facts": ["id_number"]}, user_id=user), Policy, 0),
        (lambda unit, user: preferences.keep(unit, user, preferences.QUEUE_COLUMNS, ["age"]), Preference, 0),
        (lambda unit, user: queue_views.save(unit, user, "mine", {"doubt": "errors"}), QueueView, 0),
        (_account, User, 1),
    ],
    ids=["policy", "preference", "view", "account"],
)
def test_it_is_there_once_and_nobody_is_told_of_a_fault(
    any_database: Database, act: Callable[[Unit, str], object], kind: type[Base], more: int
) -> None:
    """The second finds what the first has added: a double click is no error of the house."""
    (user,) = made_up.people(any_database, "administrator").values()
    begin = Barrier(PEOPLE)

    def together(_: int) -> None:
        begin.wait()
        with any_database.unit() as unit:
            act(unit, user)

    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(together, range(PEOPLE)))
    with any_database.read() as session:
        assert session.scalar(select(func.count()).select_from(kind)) == 1 + more
