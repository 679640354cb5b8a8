"""Accounts and tokens from the command line, as an administrator on the machine makes them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from intake.settings import Settings
from models import accounts, tokens
from models.database import Database
from web.cli import build


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run ``intake`` with the given words on the data folder of the test."""
    monkeypatch.setenv("INTAKE_DATA_DIR", str(settings.data_dir))

    def call(*words: str, given: str | None = None) -> Result:
        return CliRunner().invoke(build(list(words)), list(words), input=given)

    return call


def test_an_account_without_a_password_gets_a_link_that_signs_in_once(
    run: Callable[..., Result], database: Database
) -> None:
    """The printed link works once and belongs to the account."""
    told = run("user", "add", "ming", "--role", "clerk", "--role", "reviewer")
    assert told.exit_code == 0, told.output
    token = told.output.strip().rsplit("/sign-in/link/", 1)[1]
    with database.unit() as unit:
        first, second = accounts.use_sign_in_link(unit, token), accounts.use_sign_in_link(unit, token)
    assert first is not None
    assert (first.name, first.roles, second) == ("ming", frozenset({"clerk", "reviewer"}), None)


def test_a_password_comes_by_standard_input_and_never_by_an_argument(
    run: Callable[..., Result], database: Database
) -> None:
    """The password counts at once and is not printed."""
    told = run("user", "add", "hua", "--role", "auditor", "--password-stdin", given="a long enough sentence\n")
    assert told.exit_code == 0, told.output
    assert "sentence" not in told.output
    with database.read() as session:
        assert accounts.check_password(session, "hua", "a long enough sentence") is not None


@pytest.mark.parametrize(
    "words", [("user", "add", "x", "--role", "king"), ("token", "create", "nobody"), ("token", "revoke", "nobody")]
)
def test_wrong_usage_makes_nothing_and_ends_with_status_2(run: Callable[..., Result], words: tuple[str, ...]) -> None:
    """An unknown role, or the token of an account that is not there, is refused."""
    assert run(*words).exit_code == 2


def test_no_token_is_made_that_may_do_more_than_its_roles_say(run: Callable[..., Result], database: Database) -> None:
    """A token may do all that its account may: asked for one of other roles than an account has, nothing is made."""
    run("user", "add", "ming", "--role", "clerk", "--role", "reviewer")
    told = run("token", "create", "ming", "--role", "clerk")
    assert (told.exit_code, "clerk, reviewer" in told.output) == (2, True)
    with database.read() as session:
        assert tokens.in_force(session) == {}
    assert run("token", "create", "ming", "--role", "reviewer", "--role", "clerk").exit_code == 0


def test_a_name_is_given_once(run: Callable[..., Result]) -> None:
    """The second account of a name is refused with status 2."""
    assert run("user", "add", "ming", "--role", "clerk").exit_code == 0
    assert run("user", "add", "ming", "--role", "clerk").exit_code == 2


def test_a_token_stands_on_the_last_line_and_speaks_for_a_service_account(
    run: Callable[..., Result], database: Database
) -> None:
    """With a role the service account is made; a second token speaks for the same account."""
    made = [run("token", "create", "scanner", "--role", "clerk").output.splitlines()[-1] for _ in range(2)]
    found = [tokens.use_token(database, token) for token in made]
    assert all(one is not None and one.service and one.roles == {"clerk"} for one in found)
    assert len(set(made)) == 2


def test_revoking_ends_all_tokens_of_an_account(run: Callable[..., Result], database: Database) -> None:
    """How many they were is printed; the account itself stays open."""
    made = [run("token", "create", "scanner", "--role", "clerk").output.splitlines()[-1] for _ in range(2)]
    told = run("token", "revoke", "scanner")
    assert (told.exit_code, told.output) == (0, "scanner: 2\n")
    assert [tokens.use_token(database, token) for token in made] == [None, None]
    assert run("token", "create", "scanner").exit_code == 0
