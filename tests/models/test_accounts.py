"""Accounts: passwords and links are kept as hashes, and roles are known ones."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.errors import NameTakenError, PasswordTooShortError, UnknownRoleError
from models import accounts, audit, tokens
from models.accounts import SignInLink, User
from models.database import Database

PASSWORD = "a long enough word"


def test_a_password_is_kept_as_an_argon2_hash_and_checked(any_database: Database) -> None:
    """The right one gives the account, the wrong one and an unknown name give nothing."""
    with any_database.unit() as unit:
        made = accounts.add_user(unit, "lin", ["clerk"], password=PASSWORD)
    with any_database.read() as rows:
        assert rows.scalars(select(User.password_hash)).one().startswith("$argon2id$")
        assert accounts.check_password(rows, "lin", PASSWORD) == made
        assert accounts.check_password(rows, "lin", "wrong") is None
        assert accounts.check_password(rows, "nobody", PASSWORD) is None


def test_an_account_without_a_password_cannot_sign_in_by_one(database: Database) -> None:
    """Neither an empty nor any other password opens it."""
    with database.unit() as unit:
        accounts.add_user(unit, "lin", ["clerk"])
    with database.read() as rows:
        assert accounts.check_password(rows, "lin", "") is None


def test_names_are_unique_roles_are_known_and_passwords_are_long(database: Database) -> None:
    """Each mistake has its own error, and nothing is added."""
    with database.unit() as unit:
        accounts.add_user(unit, "lin", ["clerk"])
    with database.unit() as unit, pytest.raises(NameTakenError):
        accounts.add_user(unit, "lin", ["clerk"])
    with database.unit() as unit, pytest.raises(UnknownRoleError):
        accounts.add_user(unit, "zhou", ["boss"])
    with database.unit() as unit, pytest.raises(UnknownRoleError):
        accounts.add_user(unit, "zhou", [])
    with database.unit() as unit, pytest.raises(PasswordTooShortError):
        accounts.add_user(unit, "zhou", ["clerk"], password="short")
    with database.read() as rows:
        assert [person.name for person in accounts.people(rows)] == ["lin"]


def test_a_link_is_used_up_by_its_use(any_database: Database) -> None:
    """The first use gives the account, the second nothing; only its hash is kept."""
    with any_database.unit() as unit:
        made = accounts.add_user(unit, "lin", ["clerk"])
        token = accounts.make_sign_in_link(unit, made.id, 1)
    with any_database.unit() as unit:
        assert accounts.use_sign_in_link(unit, token) == made
    with any_database.unit() as unit:
        assert accounts.use_sign_in_link(unit, token) is None
        assert token not in unit.session.scalars(select(SignInLink.token_hash)).all()


def test_a_session_ends_with_the_password_that_it_began_with(database: Database) -> None:
    """Sessions name an account by a word that changes with the password and with closing."""
    with database.unit() as unit:
        made = accounts.add_user(unit, "lin", ["clerk"], password=PASSWORD)
        accounts.set_password(unit, made.id, PASSWORD + "!", actor=made.id)
    with database.read() as rows:
        assert accounts.find_by_uniquifier(rows, made.uniquifier) is None
        renewed = accounts.find(rows, made.id)
    assert renewed is not None
    assert renewed.uniquifier != made.uniquifier


def test_every_change_of_an_account_is_audited(database: Database) -> None:
    """Adding, closing, opening, links, tokens and passwords leave a row each, in an unbroken chain."""
    with database.unit() as unit:
        made = accounts.add_user(unit, "lin", ["clerk"])
        accounts.make_sign_in_link(unit, made.id)
        tokens.make_token(unit, made.id)
        accounts.set_password(unit, made.id, PASSWORD, actor="test")
        accounts.set_active(unit, made.id, active=False, actor="test")
        accounts.set_active(unit, made.id, active=True, actor="test")
        accounts.note_sign_in(unit, made.id, by="link")
    with database.read() as rows:
        actions = rows.scalars(select(audit.AuditRow.action).order_by(audit.AuditRow.id)).all()
        assert audit.verify(rows).whole
    assert actions == [
        "account.added",
        "account.link_made",
        "account.token_made",
        "account.password_set",
        "account.closed",
        "account.opened",
        "account.signed_in",
    ]
