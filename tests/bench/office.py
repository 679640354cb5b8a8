"""A real service with a clerk who hands papers in over HTTP and a reviewer at a browser, for what is measured there."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from sqlalchemy import func, select

from intake.evaluation.truth import FileTruth
from intake.settings import Settings
from models.accounts import find_by_name
from models.database import Database
from models.job_rows import Job
from models.schema import upgrade
from tests import made_up
from tests.browser.conftest import Site, serving, started
from tests.conftest import wait_for

READ_SECONDS = 1800.0
"""For a paper to become a draft, the others before it included."""
AHEAD = 4
"""Jobs that wait while the reviewer works, so that no worker is ever idle."""
ROLES = ("clerk", "reviewer")


class Counter:
    """The clerk's side over HTTP: papers handed in, each a case of its own."""

    def __init__(self, site: Site, page: Page, token: str) -> None:
        """Send with ``page``'s own client, by a bearer token."""
        self._site, self._page = site, page
        self._headers = {"Authorization": f"Bearer {token}"}

    def hand_in(self, path: Path, tail: bytes = b"") -> str:
        """Send one file, with ``tail`` behind its bytes (so that it is another file); gives the upload's identifier."""
        part = {"name": path.name, "mimeType": "application/octet-stream", "buffer": path.read_bytes() + tail}
        answer = self._page.request.post(
            f"{self._site.address}/api/v1/uploads", multipart={"files": part}, headers=self._headers
        )
        assert answer.status == HTTPStatus.ACCEPTED, answer.text()
        return str(answer.json()["id"])

    def draft_of(self, upload_id: str) -> str | None:
        """Wait until an upload is settled; gives its draft, if it became one."""
        found: dict[str, Any] = {}

        def settled() -> bool:
            address = f"{self._site.address}/api/v1/uploads/{upload_id}"
            found.update(self._page.request.get(address, headers=self._headers).json())
            return bool(found["settled"])

        wait_for(settled, READ_SECONDS, step=0.5)
        return found["draft"]


def waiting(database: Database) -> int:
    """Jobs that no worker has begun."""
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Job).where(Job.state == "queued")) or 0


class Busy:
    """Papers that come in while the reviewer works, so that workers always have something to read."""

    def __init__(self, counter: Counter, database: Database, paths: Sequence[Path]) -> None:
        """Hand in ``paths`` over and over, each time as other bytes."""
        self._counter, self._database, self._paths = counter, database, itertools.cycle(paths)
        self.sent = 0

    def keep(self) -> None:
        """See to it that some jobs wait."""
        while waiting(self._database) < AHEAD:
            self._counter.hand_in(next(self._paths), tail=f"\n%{time.time_ns()}\n".encode())
            self.sent += 1


@contextmanager
def office(folder: Path, workers: int) -> Iterator[tuple[Site, Counter, Page]]:
    """The service on a data folder with a clerk and a reviewer; and the reviewer's window."""
    settings = Settings(data_dir=folder, secret_key="0" * 64)
    upgrade(settings.database)
    database = Database(settings.database)
    with database.read() as session:
        known = {role: find_by_name(session, f"{role}-{place}") for place, role in enumerate(ROLES)}
    people = {role: one.id for role, one in known.items() if one} or made_up.people(database, *ROLES)
    token = made_up.tokens(database, people)["clerk"]
    database.close()
    with started() as browser, serving(settings, browser, people, workers) as site:
        clerk = browser.new_context().new_page()
        yield site, Counter(site, clerk, token), site.enter("reviewer", still=False)


def read_in(folder: Path, corpus: Path, chosen: Sequence[FileTruth], workers: int) -> dict[str, FileTruth]:
    """Hand the papers in and have them read; gives the truth of each draft."""
    with office(folder, workers) as (_, counter, __):
        sent = {counter.hand_in(corpus / one.file): one for one in chosen}
        found = {counter.draft_of(upload_id): one for upload_id, one in sent.items()}
    return {draft_id: one for draft_id, one in found.items() if draft_id is not None}
