"""Units of work: all or nothing, and what waits for the commit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select, text

from models.base import now
from models.database import Database, lock
from models.heartbeats import Heartbeat, beat, latest


class OwnError(Exception):
    """What a test breaks a unit with."""


def test_actions_after_the_commit_run_once_and_see_the_rows(any_database: Database) -> None:
    """The doorbell rings only when another connection can see what it rings about."""
    seen = list[list[str]]()

    def look() -> None:
        with any_database.read() as session:
            seen.append(sorted(latest(session)))

    with any_database.unit() as unit:
        beat(unit, "one")
        unit.on_commit(look)
        assert seen == []
    assert seen == [["one"]]


def test_a_broken_unit_keeps_nothing_and_rings_nobody(any_database: Database) -> None:
    """An exception inside a unit rolls its rows back, and its actions never run."""
    rung = list[str]()

    def break_it() -> None:
        with any_database.unit() as unit:
            beat(unit, "one")
            unit.on_commit(lambda: rung.append("rung"))
            raise OwnError

    with pytest.raises(OwnError):
        break_it()
    with any_database.read() as session:
        assert latest(session) == {}
    assert rung == []


def test_a_broken_last_statement_breaks_the_unit(any_database: Database) -> None:
    """What runs before the commit is part of the transaction."""

    def break_it() -> None:
        raise OwnError

    def unit_with_it() -> None:
        with any_database.unit() as unit:
            beat(unit, "one")
            unit.before_commit(break_it)

    with pytest.raises(OwnError):
        unit_with_it()
    with any_database.read() as session:
        assert latest(session) == {}


def test_units_that_read_and_then_write_lose_no_update(any_database: Database) -> None:
    """Eight threads that each add to a counter under a lock add up, on SQLite without a 'database is locked'."""
    with any_database.unit() as unit:
        unit.session.execute(text("CREATE TABLE counting (value INTEGER)"))
        unit.session.execute(text("INSERT INTO counting VALUES (0)"))
    begin = Barrier(8)

    def add() -> None:
        begin.wait()
        for _ in range(5):
            with any_database.unit() as unit:
                lock(unit.session, "counting")
                value = unit.session.execute(text("SELECT value FROM counting")).scalar_one()
                unit.session.execute(text("UPDATE counting SET value = :value"), {"value": value + 1})

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(add) for _ in range(8)]:
            done.result()
    with any_database.read() as session:
        assert session.execute(text("SELECT value FROM counting")).scalar_one() == 40


def test_times_come_back_aware(any_database: Database) -> None:
    """A time is the same instant after keeping, in UTC, on every database."""
    moment = now()
    with any_database.unit() as unit:
        unit.session.add(Heartbeat(name="one", at=moment))
    with any_database.read() as session:
        assert session.scalars(select(Heartbeat)).one().at == moment


def test_the_embedded_database_survives_a_power_cut(database: Database) -> None:
    """SQLite writes ahead, syncs every commit, and minds foreign keys."""
    with database.engine.connect() as connection:
        answers = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert answers == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}


def test_an_error_of_the_database_tells_no_values(database: Database) -> None:
    """What was being written must not reach a log through an exception's text."""
    with pytest.raises(Exception, match="no such table") as caught, database.unit() as unit:
        unit.session.execute(text("INSERT INTO nowhere VALUES (:value)"), {"value": "张三"})
    assert "张三" not in str(caught.value)
