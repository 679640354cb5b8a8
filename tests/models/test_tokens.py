"""API tokens: kept as hashes, used until they are revoked, their last use known to the minute."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from models import accounts, audit, tokens
from models.accounts import UserView
from models.base import now
from models.database import Database
from models.tokens import ApiToken


@pytest.fixture
def robot(any_database: Database) -> UserView:
    """A service account."""
    with any_database.unit() as unit:
        return accounts.add_user(unit, "robot", ["clerk"], service=True)


def _token(database: Database, account: UserView) -> str:
    with database.unit() as unit:
        return tokens.make_token(unit, account.id, "nightly")


def _last_used(database: Database) -> datetime | None:
    with database.read() as rows:
        return rows.scalars(select(ApiToken.last_used_at)).one()


def test_a_token_opens_until_the_account_is_closed(any_database: Database, robot: UserView) -> None:
    """Only its hash is kept; a wrong one opens nothing."""
    token = _token(any_database, robot)
    assert tokens.use_token(any_database, token) == robot
    assert tokens.use_token(any_database, token + "x") is None
    with any_database.read() as rows:
        assert token not in rows.scalars(select(ApiToken.token_hash)).all()
    with any_database.unit() as unit:
        accounts.set_active(unit, robot.id, active=False, actor="test")
    assert tokens.use_token(any_database, token) is None


def test_revoking_ends_every_token_of_the_account_and_no_other(any_database: Database, robot: UserView) -> None:
    """The number of those that were in force is told and audited; a second time there is nothing to revoke."""
    with any_database.unit() as unit:
        other = accounts.add_user(unit, "printer", ["clerk"], service=True)
    mine, others = [_token(any_database, robot) for _ in range(2)], _token(any_database, other)
    with any_database.unit() as unit:
        assert tokens.revoke_tokens(unit, robot.id, actor="test") == 2
        assert tokens.revoke_tokens(unit, robot.id, actor="test") == 0
    assert [tokens.use_token(any_database, token) for token in mine] == [None, None]
    assert tokens.use_token(any_database, others) == other
    with any_database.read() as rows:
        assert set(tokens.in_force(rows)) == {other.id}
        trail = rows.scalars(select(audit.AuditRow).where(audit.AuditRow.action == "account.tokens_revoked")).all()
    assert [(row.actor, row.subject_id, row.details) for row in trail] == [("test", robot.id, {"tokens": 2})]


def test_the_last_use_is_kept_once_a_minute(any_database: Database, robot: UserView) -> None:
    """A program that asks every second does not write every second."""
    token = _token(any_database, robot)
    assert _last_used(any_database) is None
    for age, written in ((0, True), (tokens.USE_SECONDS - 5, False), (tokens.USE_SECONDS + 5, True)):
        before = now() - timedelta(seconds=age)
        if age:
            with any_database.unit() as unit:
                unit.session.scalars(select(ApiToken)).one().last_used_at = before
        tokens.use_token(any_database, token)
        last = _last_used(any_database)
        assert last is not None
        assert (last != before) == written
    with any_database.read() as rows:
        assert tokens.in_force(rows) == {robot.id: last}
