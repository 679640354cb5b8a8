"""The first minutes of an installation: the first administrator; for a trial, a sign-in per role and sample papers."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import exists, select
from werkzeug.datastructures import FileStorage

from intake.settings import Settings
from models import accounts
from models.accounts import ROLES, User, UserView
from models.database import Database, Unit
from models.uploads import Upload
from web.app import create_app
from web.receiving import receive

_ACTOR = "installation"


def first_administrator(database: Database) -> dict[str, str]:
    """Make the administrator of a new installation; gives ``{role: token}``, empty where there are accounts already."""
    with database.unit() as unit:
        if unit.session.scalar(select(exists().select_from(User))):
            return {}
        return {"administrator": _link(unit, "administrator")}


def demo_links(database: Database) -> dict[str, str]:
    """Make one account per role where it is missing, and a fresh link for each; gives ``{role: token}``."""
    with database.unit() as unit:
        return {role: _link(unit, role) for role in ROLES}


def seed(settings: Settings, database: Database, folder: Path) -> int:
    """Hand in each folder of sample papers as one upload, once per installation; gives the number of uploads made."""
    with database.read() as session:
        clerk = accounts.find_by_name(session, "clerk")
        if clerk is None or session.scalar(select(exists().where(Upload.via == "sample"))):
            return 0
    cases = sorted(path for path in folder.iterdir() if path.is_dir())
    with create_app(settings).app_context():
        for case in cases:
            _hand_in(clerk, case)
    return len(cases)


def _hand_in(clerk: UserView, case: Path) -> None:
    with ExitStack() as open_files:
        papers = sorted(path for path in case.iterdir() if path.is_file())
        receive(
            [FileStorage(open_files.enter_context(path.open("rb")), filename=path.name) for path in papers],
            user=clerk,
            via="sample",
        )


def _link(unit: Unit, role: str) -> str:
    user = accounts.find_by_name(unit.session, role)
    user = user or accounts.add_user(unit, role, [role], actor=_ACTOR)
    return accounts.make_sign_in_link(unit, user.id, actor=_ACTOR)
