"""Signs of life are kept one per kind of process."""

from __future__ import annotations

from models.database import Database
from models.heartbeats import beat, latest


def test_the_latest_sign_of_life_counts(any_database: Database) -> None:
    """Beating again moves the time and adds no row."""
    times = []
    for _ in range(2):
        with any_database.unit() as unit:
            beat(unit, "sweeper")
        with any_database.read() as session:
            times.append(latest(session))
    assert [list(each) for each in times] == [["sweeper"], ["sweeper"]]
    assert times[0]["sweeper"] < times[1]["sweeper"]
