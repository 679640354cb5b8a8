"""The floor on which things go wrong: real workers and a real sweeper that a test kills, watches and replaces."""

from __future__ import annotations

import io
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import func, select

from intake.settings import Settings
from models import audit, jobs, uploads
from models.accounts import User
from models.audit import AuditRow
from models.cases import Document, Page
from models.database import Database
from models.draft_rows import Draft
from models.jobs import Job
from models.store import open_store
from models.uploads import IncomingFile, UploadFile
from workers.queue import make_celery, ring
from workers.serve import environment_of

FONT = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
LIMIT = 1_000_000


def permit(number: int) -> bytes:
    """A small bank account permit with a number of its own: the least paper that is really read."""
    image = Image.new("RGB", (900, 330), "white")
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, 36)
    for line, text in enumerate(("开户许可证", f"核准号 J{number:013d}", "存款人名称 样例商贸有限公司")):
        pen.text((40, 30 + line * 90), text, fill="black", font=font)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def children(pid: int) -> list[int]:
    """The processes that ``pid`` started and that still are."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def alive(pid: int) -> bool:
    """Whether the process runs (a zombie does not)."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@dataclass
class Floor:
    """Workers, a sweeper, and the ledger of what was handed in."""

    settings: Settings
    log: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    sweeper: subprocess.Popen[bytes] | None = None
    readers: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Open what the portal would have open."""
        self.database = Database(self.settings.database)
        self.store = open_store(self.settings.store)
        self.celery = make_celery(self.settings)
        with self.database.unit() as unit:
            unit.session.add(User(id="clerk-1", name="clerk-1", roles=["clerk"], display_name=""))

    def hand_in(self, body: bytes, media_type: str = "image/png") -> str:
        """Take in one paper as the portal does: kept, committed, rung; gives the job's id."""
        kept = self.store.put(io.BytesIO(body), LIMIT)
        file = IncomingFile("scan", kept.size, kept.sha256, media_type)
        with self.database.unit() as unit:
            received = uploads.receive(unit, user_id="clerk-1", files=[file], via="test")
            unit.on_commit(lambda: ring(self.celery, received.job_ids))
        return received.job_ids[0]

    def start(self, command: str) -> subprocess.Popen[bytes]:
        """Start one process of the service."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "web.cli", command], env=environment_of(self.settings), stdout=log, stderr=log
            )

    def tend(self, workers: int) -> None:
        """Be the supervisor: replace what has died, and remember every child that was ever seen."""
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        self.workers += [self.start("worker") for _ in range(workers - len(self.workers))]
        if self.sweeper is None or self.sweeper.poll() is not None:
            self.sweeper = self.start("sweeper")
        self.readers.update(pid for worker in self.workers for pid in children(worker.pid))

    def kill_one(self, dice: random.Random) -> bool:
        """Kill a child (seven times in ten) or a whole worker, at any point of its work; ``False`` without a target."""
        targets = [worker.pid for worker in self.workers if worker.poll() is None]
        if dice.random() < 0.7:
            targets = [pid for worker in targets for pid in children(worker)]
        if not targets:
            return False
        with suppress(ProcessLookupError):
            os.kill(dice.choice(targets), signal.SIGKILL)
            return True
        return False

    def states(self) -> Counter[str]:
        """How many jobs are in which state."""
        with self.database.read() as session:
            return Counter(session.scalars(select(Job.state)).all())

    def retry_quarantined(self) -> int:
        """Press the button for every job that was put aside."""
        with self.database.read() as session:
            found = session.scalars(select(Job.id).where(Job.state == "quarantined")).all()
        for job_id in found:
            with self.database.unit() as unit:
                jobs.retry(unit, job_id, "clerk-1")
        return len(found)

    def drafted(self) -> int:
        """How many cases have a draft."""
        with self.database.read() as session:
            return session.scalar(select(func.count(func.distinct(Draft.case_id)))) or 0

    def ledger(self) -> dict[str, int]:
        """What stands in the database when all is over; doubled are drafts, documents, pages and readings too many."""
        with self.database.read() as session:

            def count(*what: object) -> int:
                return session.scalar(select(func.count()).select_from(what[0]).where(*what[1:])) or 0  # type: ignore[call-overload,no-any-return]

            files = count(UploadFile)
            read = count(UploadFile, UploadFile.state == "read")
            rows = (count(Draft), count(Document), count(Page), count(AuditRow, AuditRow.action == "file.read"))
            saved = count(AuditRow, AuditRow.action == "draft.saved")
            return {
                "files": files,
                "lost": files - min(read, *rows),
                "doubled": sum(max(number - files, 0) for number in (*rows, saved)),
                "unsettled": count(Job, Job.state != "done"),
                "broken_audit": 0 if audit.verify(session).whole else 1,
            }

    def close(self) -> None:
        """End every process that was started here."""
        processes = [*self.workers, *([self.sweeper] if self.sweeper else [])]
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.celery.close()
        self.database.close()
