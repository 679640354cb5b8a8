"""Turns to write: in the order in which they were asked for, and none that waits for somebody who is gone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import pytest
from sqlalchemy import text

from intake.errors import DatabaseBusyError
from models import database as rows
from models import turns
from models.database import Database
from models.heartbeats import beat, latest
from models.turns import Turn

_WRITER = """
import sys, time
from models.database import Database
from models.heartbeats import beat

database, written = Database(sys.argv[1]), []
sys.stdout.write("ready\\n"), sys.stdout.flush(), sys.stdin.readline()
end = time.monotonic() + float(sys.argv[2])
while time.monotonic() < end:
    with database.unit() as unit:
        beat(unit, sys.argv[3])
    written.append(time.monotonic())
print(*written)
"""

_HOLDER = """
import sys
from pathlib import Path
from models.turns import Turn

first = Turn(Path(sys.argv[1])).come(5)
second = Turn(Path(sys.argv[1]))
print("holds one and waits for the other", flush=True)
sys.stdin.readline()
"""


def _started(script: str, *words: str) -> subprocess.Popen[str]:
    """A Python of its own that has said its first line."""
    command = [sys.executable, "-c", script, *words]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline()
    return process


def test_turns_come_in_the_order_in_which_they_were_drawn(tmp_path: Path) -> None:
    """Five who drew while another wrote write in that order, whoever looks first; the file is for the owner alone."""
    path, order, guard = tmp_path / "turns", list[int](), Lock()
    writing = Turn(path).come(5)
    drawn = [Turn(path) for _ in range(5)]

    def write(number: int) -> None:
        turn = drawn[number].come(20)
        with guard:
            order.append(number)
        turn.over()

    with ThreadPoolExecutor(5) as pool:
        done = [pool.submit(write, number) for number in reversed(range(5))]
        assert order == []
        writing.over()
        for one in done:
            one.result()
    assert order == [0, 1, 2, 3, 4]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_killed_writer_and_a_killed_waiter_stop_nobody(tmp_path: Path) -> None:
    """The kernel gives back what a process held that was killed."""
    path = tmp_path / "turns"
    process = _started(_HOLDER, str(path))
    mine = Turn(path)
    process.kill()
    process.communicate()
    mine.come(10).over()
    Turn(path).come(0).over()


def test_who_waits_too_long_is_told_so_and_stops_nobody(tmp_path: Path) -> None:
    """An error of our own with the seconds; the next one is served all the same."""
    path = tmp_path / "turns"
    writing = Turn(path).come(5)
    with pytest.raises(DatabaseBusyError) as told:
        Turn(path).come(0.01)
    assert told.value.details == {"seconds": 0.01}
    writing.over()
    writing.over()
    Turn(path).come(5).over()


def test_a_database_that_somebody_else_keeps_locked_is_an_error_of_ours(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tool that writes without waiting in turn is met by SQLite's own lock."""
    monkeypatch.setattr(rows, "BUSY_SECONDS", 0)
    other = Database(database.url)
    with database.engine.connect() as stranger:
        stranger.exec_driver_sql("COMMIT")
        stranger.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusyError), other.unit() as unit:
            beat(unit, "one")
        stranger.exec_driver_sql("ROLLBACK")
        stranger.exec_driver_sql("BEGIN")
    with other.unit() as unit:
        beat(unit, "one")
    other.close()


def test_a_broken_unit_gives_its_turn_back(database: Database) -> None:
    """Whatever ends a unit, the next one writes; and one connection may have several transactions."""

    def break_it() -> None:
        with database.unit() as unit:
            beat(unit, "one")
            raise LookupError

    with pytest.raises(LookupError):
        break_it()
    with database.unit() as unit:
        beat(unit, "two")
        unit.session.commit()
        beat(unit, "three")
    with database.read() as session:
        assert sorted(latest(session)) == ["three", "two"]


def test_where_nobody_can_take_turns_sqlites_own_lock_is_enough(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Units are kept as ever, and no file of turns is made."""
    monkeypatch.setattr(turns, "AVAILABLE", False)
    with database.unit() as unit:
        beat(unit, "one")
    with database.read() as session:
        assert list(latest(session)) == ["one"]
    assert not Path(f"{database.engine.url.database}-turns").exists()


def test_more_units_than_a_pool_usually_holds_wait_side_by_side(database: Database) -> None:
    """Forty threads that all wait for one writer each write in the end."""

    def write(number: int) -> None:
        with database.unit() as unit:
            beat(unit, f"thread-{number}")

    with ThreadPoolExecutor(40) as pool:
        with database.unit() as unit:
            unit.session.execute(text("SELECT 1"))
            done = [pool.submit(write, number) for number in range(40)]
        for one in done:
            one.result()
    with database.read() as session:
        assert len(latest(session)) == 40


def test_processes_that_write_steadily_all_get_their_share(database: Database, eventually: Callable[..., None]) -> None:
    """Four processes write without a pause: while all do, none writes less than half as often as another."""
    seconds = 1.5
    writers = [_started(_WRITER, database.url, str(seconds), f"writer-{number}") for number in range(4)]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    eventually(lambda: all(writer.poll() is not None for writer in writers), 60 + seconds)
    written = [[float(at) for at in writer.communicate()[0].split()] for writer in writers]
    first, last = max(each[0] for each in written), min(each[-1] for each in written)
    shares = [sum(first <= at <= last for at in each) for each in written]
    assert min(shares) > 0
    assert min(shares) * 2 >= max(shares), shares
