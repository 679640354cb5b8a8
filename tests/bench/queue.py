"""The queue with 100,000 drafts on PostgreSQL: what listing, filtering and opening the next cost the server.

``python -m tests.bench.queue [--drafts N]`` starts a PostgreSQL of its own, fills it by SQL, asks for pages over HTTP
inside the process (no network, no browser) and prints medians in milliseconds and the plans of the statements.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path

from apiflask import APIFlask
from sqlalchemy import text

from intake.settings import Settings
from models import queue, queue_views
from models.base import now
from models.database import Database
from models.queue import QueueFilter
from tests import conftest, made_up
from tests.plans import plans
from tests.web.conftest import Portal
from web.app import create_app

ROUNDS = 31
HELD = 2000
"""Drafts at the head of the queue that others hold just now."""

_DRAFTS = """
INSERT INTO cases (SELECT (jsonb_populate_record(c, jsonb_build_object(
  'id', 'C' || lpad(n::text, 25, '0'), 'slip_number', NULL))).*
  FROM cases c, generate_series(1, :count) n WHERE c.id = (SELECT case_id FROM drafts WHERE id = :first));
INSERT INTO drafts (SELECT (jsonb_populate_record(d, jsonb_build_object(
    'id', '01K' || lpad(n::text, 23, '0'), 'case_id', 'C' || lpad(n::text, 25, '0'),
    'created_at', now() - make_interval(mins => (:count - n)::int), 'errors', (n % 50 = 0)::int,
    'doubtful', CASE WHEN n % 3 = 0 THEN n % 7 ELSE 0 END,
    'types', CASE WHEN n % 2000 = 0 THEN ',tax_registration,' WHEN n % 4 = 0 THEN ',business_license,contract,'
             ELSE ',business_license,id_card_front,id_card_back,' END,
    'claimed_by', CASE WHEN n <= :held THEN CAST(:other AS text) END,
    'claimed_until', CASE WHEN n <= :held THEN now() + interval '1 hour' END,
    'assigned_to', CASE WHEN n % 10 = 0 THEN CAST(:other AS text) WHEN n % 1000 = 1 THEN CAST(:me AS text) END))).*
  FROM drafts d, generate_series(1, :count) n WHERE d.id = :first);
"""

QUESTIONS = {
    "list": "/reviews",
    "list, from the middle": "/reviews?cursor=01K{half:023}",
    "filter: contracts (a quarter of all)": "/reviews?type=contract",
    "filter: tax registrations (1 in 2,000)": "/reviews?type=tax_registration",
    "filter: a type of which none waits": "/reviews?type=bank_account_permit",
    "filter: with errors (1 in 50)": "/reviews?doubt=errors",
    "filter: tax registrations without doubt, nobody's": "/reviews?type=tax_registration&doubt=none&assigned=nobody",
    "filter: older than a day": "/reviews?hours=24",
    "filter: assigned to me (1 in 1,000)": "/reviews?assigned=me",
    "filter: assigned to somebody": "/reviews?assigned=somebody",
}


@contextmanager
def office(count: int) -> Iterator[tuple[APIFlask, Database, str]]:
    """The portal on a PostgreSQL with so many open drafts; and the identifier of a reviewer."""
    with contextmanager(conftest.postgres_server.__wrapped__)() as server, tempfile.TemporaryDirectory() as folder:
        url = server.url("template_intake")
        database = Database(url)
        me = made_up.people(database, "clerk", "reviewer", "reviewer")
        first = made_up.enter_draft(database, me["clerk"], [made_up.license_reading(), made_up.card_reading()])
        words = {"count": count, "first": first, "held": HELD, "other": me["other reviewer"], "me": me["reviewer"]}
        with database.unit() as unit:
            for statement in _DRAFTS.strip().rstrip(";").split(";\n"):
                used = {name: value for name, value in words.items() if f":{name}" in statement}
                unit.session.execute(text(statement), used)
        with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("VACUUM ANALYZE"))
        app = create_app(Settings(data_dir=Path(folder), secret_key="0" * 64, database_url=url))
        yield app, database, me["reviewer"]
        app.extensions["intake"].database.close()
        database.close()


def asked(act: Callable[[], object]) -> str:
    """Milliseconds: the median and the longest of the rounds, after one to warm up."""
    taken = []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return f"{statistics.median(taken[1:]):.0f} | {max(taken[1:]):.0f}"


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{text}\n")


def _keep_views(database: Database, user_id: str) -> None:
    """As many views as one person may keep, each another filter."""
    papers = ("business_license", "contract", "tax_registration", "id_card_front", "bank_account_permit")
    doubts = ("errors", "doubtful", "none", "")
    wanted = [{"type": paper, "doubt": doubt, "assigned": "nobody"} for paper in papers for doubt in doubts]
    with database.unit() as unit:
        for place, filters in enumerate(wanted[: queue_views.MOST]):
            queue_views.save(unit, user_id, f"view {place}", filters)


def measure(app: APIFlask, database: Database, user_id: str, count: int) -> None:
    """Print each question's medians, and then how the server goes about it."""
    portal = Portal(app, {"reviewer": user_id})
    browser, opener = portal.browser("reviewer"), portal.browser("reviewer")
    say(f"{count} open drafts, {HELD} of them held by others; median and longest of {ROUNDS} rounds in ms")
    for name, address in QUESTIONS.items():
        assert browser.get(address.format(half=count // 2)).status_code == HTTPStatus.OK
        say(f"| {name} | {asked(partial(browser.get, address.format(half=count // 2)))} |")
    _keep_views(database, user_id)
    say(f"| the counts of {queue_views.MOST} views at once | {asked(lambda: browser.get('/reviews/views/counts'))} |")
    say(f"| open the next: claim it and be sent there | {asked(lambda: opener.post('/reviews/next'))} |")
    say(f"| the page of pictures to fetch before | {asked(lambda: browser.get('/reviews/upcoming'))} |")
    with plans(database, "(ANALYZE)") as seen, database.unit() as unit:
        for wanted in (QueueFilter(), QueueFilter(type="tax_registration"), QueueFilter(doubt="errors")):
            queue.queue(unit.session, wanted)
        queue.following(unit.session, user_id, now(), hold=True)
    say("\n\n".join(seen))


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drafts", type=int, default=100_000)
    count = parser.parse_args().drafts
    with office(count) as (app, database, user_id):
        measure(app, database, user_id, count)


if __name__ == "__main__":
    main()
