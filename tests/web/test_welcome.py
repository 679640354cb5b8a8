"""The first minutes of an installation happen once, however often it is started."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from intake.settings import Settings
from models import accounts
from models.database import Database
from models.uploads import Upload, UploadFile
from web import welcome

CASES = Path(__file__).resolve().parents[2] / "sample_docs" / "cases"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two small cases of the sample papers."""
    for name in ("06-branch-office", "03-tenant"):
        shutil.copytree(CASES / name, tmp_path / "cases" / name)
    return tmp_path / "cases"


def test_the_first_administrator_is_made_once(database: Database) -> None:
    """A new installation gets one link; one with accounts gets none."""
    first = welcome.first_administrator(database)
    assert list(first) == ["administrator"]
    assert welcome.first_administrator(database) == {}


def test_each_start_of_a_trial_gives_a_fresh_link_per_role(database: Database) -> None:
    """The accounts are made once, the links anew, because each signs in only once."""
    first, second = welcome.demo_links(database), welcome.demo_links(database)
    assert list(first) == list(second) == list(accounts.ROLES)
    assert set(first.values()).isdisjoint(second.values())
    with database.read() as session:
        assert len(accounts.people(session)) == len(accounts.ROLES)


def test_each_folder_of_samples_is_one_upload_and_is_handed_in_once(
    settings: Settings, database: Database, folder: Path
) -> None:
    """Papers of one customer come in together; a second start repeats nothing."""
    welcome.demo_links(database)
    assert welcome.seed(settings, database, folder) == 2
    assert welcome.seed(settings, database, folder) == 0
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Upload)) == 2
        assert session.scalar(select(func.count()).select_from(UploadFile)) == sum(
            1 for path in folder.rglob("*") if path.is_file()
        )


def test_a_first_start_that_was_cut_off_is_completed_by_the_next(
    settings: Settings, database: Database, folder: Path, tmp_path: Path
) -> None:
    """What is in place is not handed in again; what is missing is."""
    welcome.demo_links(database)
    shutil.copytree(folder / "03-tenant", tmp_path / "half" / "03-tenant")
    assert welcome.seed(settings, database, tmp_path / "half") == 1
    assert welcome.seed(settings, database, folder) == 1
