"""``intake user add``, ``intake token create`` and ``intake token revoke``: accounts from the command line."""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer

from intake.settings import Settings, load
from models import accounts, tokens
from models.database import Database

USAGE = 2
_ROLES = "One of " + ", ".join(accounts.ROLES)


def add_user(
    name: Annotated[str, typer.Argument(help="Name to sign in with.")],
    role: Annotated[list[str], typer.Option("--role", help=f"{_ROLES}; may be given again.")],
    *,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> None:
    """Add an account; without a password, a link that signs in once within 24 hours is printed."""
    _refuse_unknown(role)
    settings = load()
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    with Database(settings.database).unit() as unit:
        if accounts.find_by_name(unit.session, name) is not None:
            _refuse(f"the account {name} exists already")
        user = accounts.add_user(unit, name, role, password=password)
        token = None if password_stdin else accounts.make_sign_in_link(unit, user.id)
    typer.echo(f"{name}: {', '.join(role)}")
    if token is not None:
        typer.echo(sign_in_address(settings, token))


def create_token(
    name: Annotated[str, typer.Argument(help="Account that the token speaks for.")],
    role: Annotated[
        list[str] | None, typer.Option("--role", help=f"{_ROLES}: makes a service account if NAME is new.")
    ] = None,
) -> None:
    """Make an API token; it stands on the last line and is shown only this once."""
    _refuse_unknown(role or [])
    with Database(load().database).unit() as unit:
        user = accounts.find_by_name(unit.session, name)
        if user is None and not role:
            _refuse(f"there is no account {name}; --role makes a service account")
        if user is not None and role and set(role) != user.roles:  # a token may do all that its account may
            _refuse(f"the account {name} has other roles: {', '.join(sorted(user.roles))}")
        user = user or accounts.add_user(unit, name, role or [], service=True)
        token = tokens.make_token(unit, user.id, "command line")
    typer.echo(token)


def revoke_token(
    name: Annotated[str, typer.Argument(help="Account whose tokens shall open nothing any more.")],
) -> None:
    """Revoke every API token of an account, from its next request on; sessions stay."""
    with Database(load().database).unit() as unit:
        user = accounts.find_by_name(unit.session, name)
        if user is None:
            _refuse(f"there is no account {name}")
        revoked = tokens.revoke_tokens(unit, user.id)
    typer.echo(f"{name}: {revoked}")


def sign_in_address(settings: Settings, token: str) -> str:
    """Address at which a one-time link signs its account in."""
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    return f"{base.rstrip('/')}/sign-in/link/{token}"


def _refuse_unknown(roles: list[str]) -> None:
    unknown = [role for role in roles if role not in accounts.ROLES]
    if unknown:
        _refuse(f"no such role: {', '.join(unknown)}; there are {', '.join(accounts.ROLES)}")


def _refuse(reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(USAGE)
