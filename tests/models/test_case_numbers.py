"""The number by which people speak of a case."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import select, text

from intake.customers import slips as numbers
from models import slips, uploads
from models.cases import Case
from models.database import Database
from models.schema import alembic_config, upgrade
from models.slips import JOINED
from models.uploads import IncomingFile
from tests.conftest import People


def hand_in(database: Database, user_id: str, *files: IncomingFile) -> Case:
    """The case that an upload makes."""
    with database.unit() as unit:
        return unit.session.get_one(
            Case, uploads.receive(unit, user_id=user_id, files=files, via="portal").upload.case_id
        )


def test_every_case_has_a_number_of_its_own_from_the_start(
    any_database: Database, people: People, incoming: Callable[..., IncomingFile]
) -> None:
    """One after another, each with its check digit, and each leads back to its case however it is typed."""
    made = [hand_in(any_database, people.clerk, incoming(content)) for content in ("one", "two", "three")]
    assert [case.slip_number for case in made] == [numbers.number(count) for count in (1, 2, 3)]
    with any_database.read() as rows:
        assert [(slips.by_number(rows, f" {str(case.slip_number)[:3]} {str(case.slip_number)[3:]}") or case).id
                for case in made] == [case.id for case in made]  # fmt: skip
        assert slips.by_number(rows, numbers.number(4)) is None


def test_a_case_that_is_left_is_found_by_its_number_no_more(
    any_database: Database, people: People, incoming: Callable[..., IncomingFile]
) -> None:
    """Nobody adds papers to one whose papers went to another."""
    made = hand_in(any_database, people.clerk, incoming("one"))
    with any_database.unit() as unit:
        unit.session.get_one(Case, made.id).state = JOINED
    with any_database.read() as rows:
        assert slips.by_number(rows, str(made.slip_number)) is None


def test_cases_from_before_get_their_numbers_and_the_next_one_goes_on(
    any_database: Database, people: People, incoming: Callable[..., IncomingFile]
) -> None:
    """Those that were returned keep the one that their slip shows."""
    database = any_database
    first, second = (hand_in(database, people.clerk, incoming(content)) for content in ("one", "two"))
    command.downgrade(alembic_config(database.url), "0026")
    with database.unit() as unit:
        unit.session.execute(text("UPDATE cases SET slip_number = NULL WHERE id = :id"), {"id": first.id})
    upgrade(database.url)
    third = hand_in(database, people.clerk, incoming("three"))
    with database.read() as rows:
        kept = {case.id: case.slip_number for case in rows.scalars(select(Case))}
    assert kept[second.id] == second.slip_number
    assert len({str(number) for number in kept.values()}) == len(kept) == len({first.id, second.id, third.id})
    assert all(numbers.typed(str(number)) for number in kept.values())
