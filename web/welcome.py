"""The first minutes of an installation: the first administrator; for a trial, a sign-in per role and sample papers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import exists, select
from werkzeug.datastructures import FileStorage

from intake.settings import Settings
from models import accounts
from models.accounts import ROLES, User, UserView
from models.database import Database, Unit
from models.uploads import Upload, UploadFile
from web import words
from web.app import create_app
from web.receiving import receive

_ACTOR = "installation"
_VIA = "sample"


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
    """Hand in each folder of sample papers as one upload, once per installation; gives the number of uploads made.

    A folder whose papers are there is passed over, so that a first start that was cut off is completed by the next.
    """
    with database.read() as session:
        clerk = accounts.find_by_name(session, "clerk")
        kept = set(session.scalars(select(UploadFile.sha256).join(Upload).where(Upload.via == _VIA)))
    if clerk is None:
        return 0
    cases = [_papers(path) for path in sorted(folder.iterdir()) if path.is_dir()]
    new = [papers for papers in cases if not kept.issuperset(map(_address, papers))]
    with create_app(settings).app_context():
        for papers in new:
            _hand_in(clerk, papers)
    return len(new)


def _papers(case: Path) -> list[Path]:
    return sorted(path for path in case.iterdir() if path.is_file())


def _address(paper: Path) -> str:
    return hashlib.sha256(paper.read_bytes()).hexdigest()


def _hand_in(clerk: UserView, papers: Sequence[Path]) -> None:
    with ExitStack() as open_files:
        sent = [FileStorage(open_files.enter_context(path.open("rb")), filename=path.name) for path in papers]
        receive(sent, user=clerk, via=_VIA)


def _link(unit: Unit, role: str) -> str:
    user = accounts.find_by_name(unit.session, role)
    user = user or accounts.add_user(unit, role, [role], display_name=words.ROLES[role].zh, actor=_ACTOR)
    return accounts.make_sign_in_link(unit, user.id, actor=_ACTOR)
