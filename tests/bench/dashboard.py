"""The dashboard over 100,000 decided drafts on PostgreSQL: what its page costs the server, period by period.

``python -m tests.bench.dashboard [--drafts N]`` fills a PostgreSQL of its own (drafts that wait, an effort for each and
thirteen decisions on each, spread over a year) and asks for the page over HTTP inside the process.
"""

from __future__ import annotations

import argparse
from functools import partial
from http import HTTPStatus

from sqlalchemy import text

from models.database import Database
from tests.bench.queue import asked, office, say
from tests.web.conftest import Portal
from web.dashboard import PERIODS

_DONE = """
INSERT INTO efforts (id, draft_id, user_id, outcome, at, papers, papers_untouched, facts, untouched, seconds,
    keystrokes, pointer_moves)
  (SELECT 'E' || substr(id, 2), id, CASE WHEN n % 3 = 0 THEN CAST(:me AS text) ELSE :other END,
    CASE WHEN n % 20 = 0 THEN 'returned' ELSE 'confirmed' END, now() - make_interval(secs => n * 31536000.0 / :count),
    3, 3 - (n % 4 = 0)::int, 13, 13 - (n % 4 = 0)::int, 5 + n % 90, 1 + n % 30, n % 3
  FROM (SELECT id, row_number() OVER (ORDER BY id DESC) n FROM drafts) d);
INSERT INTO decisions (id, draft_id, fact, action, value, read_value, read_text, read_confidence, field, reader,
    acknowledged, user_id, decided_at) (SELECT 'D' || lpad((n * 13 + f)::text, 25, '0'), id, 'fact_' || f,
    CASE WHEN (n + f) % 40 = 0 THEN 'correct' ELSE 'accept' END, 'kept', 'read', 'read as it stood on the paper',
    1 - 0.5 * power(((n * 7 + f) % 1000) / 1000.0, 4), 'field_' || f, 'tesseract', '[]', :me,
    now() - make_interval(secs => n * 31536000.0 / :count)
  FROM (SELECT id, row_number() OVER (ORDER BY id DESC) n FROM drafts) d, generate_series(1, 13) f);
"""


def fill(database: Database, count: int) -> None:
    """Decide every draft of the office; what they hold stays as it was."""
    with database.unit() as unit:
        people = (
            unit.session.execute(text("SELECT id FROM users WHERE name LIKE 'reviewer%' ORDER BY id")).scalars().all()
        )
        words = {"count": count, "me": people[0], "other": people[1]}
        for statement in _DONE.strip().rstrip(";").split(";\n"):
            used = {name: value for name, value in words.items() if f":{name}" in statement}
            unit.session.execute(text(statement), used)
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))


def main() -> None:
    """Fill, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drafts", type=int, default=100_000)
    count = parser.parse_args().drafts
    with office(count) as (app, database, user_id):
        fill(database, count)
        browser = Portal(app, {"reviewer": user_id}).browser("reviewer")
        say(f"{count} decided drafts over a year, {13 * count} decisions; median and longest in ms")
        for days in PERIODS:
            assert browser.get(f"/dashboard?days={days}").status_code == HTTPStatus.OK
            say(f"| {days} days | {asked(partial(browser.get, f'/dashboard?days={days}'))} |")


if __name__ == "__main__":
    main()
