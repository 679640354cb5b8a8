"""A batch with everything that goes wrong in a scanning room, killed ten times: its ledger closes, nothing is lost."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import func, select

from intake.settings import Settings
from models import acceptance, acceptance_report, audit, batch_answers, batch_exceptions, batch_items, batch_ledger
from models.accounts import User
from models.audit import AuditRow
from models.base import now
from models.batch_rows import Batch, BatchException, BatchFile, BatchFolder, BatchItem, LedgerPage
from models.database import Database
from models.draft_rows import Draft
from models.jobs import Job
from models.uploads import UploadFile
from tests.archive.torture import BROKEN, Tree, build, context
from tests.faults.floor import children
from web import acceptance_documents
from workers.serve import environment_of
from workers.tasks import run_job

SECONDS = 600.0
ANSWERS = {
    "unreadable": "reject",
    "duplicate": "reject",
    "quarantined": "retry",
    "folder_stuck": "retry",
    "duplex_gap": "checked",
    "separator_unreadable": "checked",
    "manifest_pages": "checked",
}
"""What the script answers to each kind of question; what it cannot answer fails the test."""

WORDS = {
    "zh": ("验收合格", "台账平衡", "正反面页数不符", "文件加密", "X001-004", "原件如此"),
    "en": ("Accepted", "The ledger balances", "The file is encrypted", "X001-004", "The original is so"),
}
"""What the report says of the batch, among much else."""

pytestmark = [pytest.mark.faults, pytest.mark.ocr, pytest.mark.timeout(1800)]


@dataclass
class Room:
    """A scanning room: a tree, the command that takes it in, and somebody who kills and somebody who answers."""

    settings: Settings
    root: Path
    tree: Tree
    log: Path

    def __post_init__(self) -> None:
        """Open the books."""
        self.database = Database(self.settings.database)

    def start(self) -> subprocess.Popen[bytes]:
        """The command, with two workers of its own."""
        words = [sys.executable, "-m", "tests.archive.torture", "run", str(self.root), "--workers", "2", "--json"]
        words += ["--manifest", str(self.root.with_suffix(".csv"))]
        with self.log.open("ab") as log:
            return subprocess.Popen(words, env=environment_of(self.settings), stdout=log, stderr=log)

    def pages(self) -> int:
        """How many pages stand in the ledger."""
        with self.database.read() as session:
            return session.scalar(select(func.count()).select_from(LedgerPage)) or 0

    def state(self) -> str:
        """The state of the only batch."""
        with self.database.read() as session:
            return session.scalars(select(Batch.state)).one()

    def answer(self) -> None:
        """Answer every question, then confirm every folder that waits for it."""
        with self.database.read() as session:
            batch = session.scalars(select(Batch)).one()
            person = session.scalars(select(User.id)).first()
            asked = batch_exceptions.open_ones(session, batch.id)
        assert person is not None
        for one in asked:
            if one.code != "boundaries":
                with self.database.unit() as unit:
                    batch_answers.settle(unit, one.id, person, ANSWERS[one.code], now())
        with self.database.read() as session:
            waiting = session.scalars(select(BatchFolder.id).where(BatchFolder.state == "asks")).all()
        for folder in waiting:
            with self.database.unit() as unit:
                batch_items.confirm(unit, folder, person, now())

    def count(self, *what: object) -> int:
        """How many rows of a kind there are."""
        with self.database.read() as session:
            return session.scalar(select(func.count()).select_from(what[0]).where(*what[1:])) or 0  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def room(settings: Settings, tmp_path: Path) -> Room:
    """A room with short leases, so that what was killed is missed soon."""
    short = {"lease_seconds": 3, "archive_free_mb": 0, "redis_url": f"redis+socket://{tmp_path / 'none'}"}
    root = tmp_path / "来源"
    return Room(settings.model_copy(update=short), root, build(root), tmp_path / "run.log")


def _hashes(root: Path) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in root.rglob("*") if path.is_file()}


def _kill(process: subprocess.Popen[bytes], dice: random.Random) -> bool:
    """Kill the command (three times in ten) or one of its workers, at any point of its work."""
    found = [process.pid] if dice.random() < 0.3 else [pid for pid in children(process.pid) if _is_worker(pid)]
    if not found or process.poll() is not None:
        return False
    with suppress(ProcessLookupError):
        os.kill(dice.choice(found), signal.SIGKILL)
    return True


def _is_worker(pid: int) -> bool:
    """Not the tools that the command asks for their versions before it begins.

    What is forked and not yet another program bears the words of the command itself: it can be such a tool, and a
    command whose tools do not answer says rightly that the installation is unfit.
    """
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().endswith(b"\0tests.archive.torture\0")
    return False


def _run(room: Room, kills: int) -> tuple[int, int]:
    """Run to the end, starting again what was killed; gives how often it was killed and the last exit status."""
    dice, pause, killed = random.Random(20261122), Event(), 0  # noqa: S311  # repeatable mischief
    process, deadline = room.start(), time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            if process.returncode >= 0:
                break
            process.wait()
            process = room.start()
        pause.wait(dice.uniform(0.2, 1.2))
        # No further ahead with killing than with the work.
        if killed < kills * min(room.pages() / room.tree.received + 0.1, 1.0):
            killed += _kill(process, dice)
    return killed, process.wait(SECONDS)


def test_the_torture_batch_closes_with_nothing_lost_and_nothing_doubled(
    room: Room, pytestconfig: pytest.Config, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is killed ten times (40 with ``--faults-long``) while it runs, and goes on by the same command.

    About 300 pages: 12 separators of which 2 are damaged, 3 duplex stacks with one back missing, 40 blanks, 5 damaged
    files and an encrypted one, 2 files twice. Every question is in the queue with its reason, the sources are as they
    were, and the ledger tells each page.
    """
    kills = 40 if pytestconfig.getoption("--faults-long") else 10
    before, begun = _hashes(room.root), time.monotonic()
    killed, status = _run(room, kills)
    assert status == 1, f"some files failed, each named: {room.log.read_text('utf-8')[-2000:]}"
    assert killed >= kills - 2, "two may come too late on a machine that sleeps while the batch goes on"
    for _ in range(4):
        if room.state() == "closed":
            break
        room.answer()
        _, status = _run(room, 0)
    with capsys.disabled():
        print(f"\ntorture: kills={killed} seconds={time.monotonic() - begun:.0f}")  # noqa: T201  # the figures
    assert (room.state(), status) == ("closed", 0), room.log.read_text("utf-8")[-2000:]
    assert _hashes(room.root) == before
    _every_page_has_one_place(room)
    _every_question_was_asked(room)
    _nothing_is_doubled(room)
    last = json.loads(room.log.read_text("utf-8").splitlines()[-1])
    assert (last["event"], last["exceptions"]) == ("closed", {})
    _its_acceptance_is_told_in_both_languages(room)


def _every_page_has_one_place(room: Room) -> None:
    with room.database.read() as session:
        (batch_id,) = session.scalars(select(Batch.id)).all()
        found = batch_ledger.balance_of(session, batch_id)
        rows = session.execute(
            select(BatchFile.path, func.count())
            .join(LedgerPage, LedgerPage.file_id == BatchFile.id)
            .group_by(BatchFile.path)
        )
        held = {row[0]: row[1] for row in rows}
    twice = 2 * 4
    rejected = BROKEN + 1 + twice
    kinds = room.tree.kinds
    filed = room.tree.received - rejected - kinds["separator"] - kinds["blank"]
    assert held == room.tree.pages
    assert (found.received, found.waiting, found.filed) == (room.tree.received, 0, filed)
    assert (found.blank, found.separator, found.rejected) == (kinds["blank"], kinds["separator"], rejected)


def _every_question_was_asked(room: Room) -> None:
    with room.database.read() as session:
        rows = session.execute(
            select(BatchException.code, BatchFolder.name, BatchFile.path)
            .outerjoin(BatchFolder, BatchFolder.id == BatchException.folder_id)
            .outerjoin(BatchFile, BatchFile.id == BatchException.file_id)
            .where(BatchException.answer != "withdrawn", BatchException.code.not_in(("quarantined", "folder_stuck")))
        )
        asked = Counter((code, path or folder) for code, folder, path in rows)
        reasons = Counter(session.scalars(select(LedgerPage.reason).where(LedgerPage.reason.is_not(None))))
    assert set(asked) == {
        ("separator_unreadable", "盒1/有分隔页"),
        ("duplex_gap", "盒1/双面3"),
        ("manifest_pages", "盒1/双面3"),
        *(("boundaries", f"盒1/双面{number}") for number in (1, 2, 3)),
        ("boundaries", "盒2/散页"),
        ("unreadable", "盒2/散页/加密.pdf"),
        *(("unreadable", f"盒2/散页/损坏{number}.pdf") for number in range(BROKEN)),
        *(("duplicate", f"盒2/散页/文件{number}.tif") for number in (3, 4)),
    }
    assert asked["separator_unreadable", "盒1/有分隔页"] == 2
    assert reasons == {"damaged": BROKEN, "encrypted": 1, "duplicate": 8}


def _nothing_is_doubled(room: Room) -> None:
    items = room.count(BatchItem)
    with room.database.read() as session:
        drafted = session.scalars(select(Draft.case_id)).all()
        cases = set(session.scalars(select(BatchItem.case_id)))
        pages = session.scalars(select(LedgerPage.page_id).where(LedgerPage.page_id.is_not(None))).all()
        whole = audit.verify(session).whole
    assert (len(drafted), set(drafted), whole) == (items, cases, True)
    assert len(pages) == len(set(pages))
    assert room.count(AuditRow, AuditRow.action == "file.read") == room.count(UploadFile, UploadFile.state == "read")
    assert room.count(Job, Job.state.in_(("queued", "running"))) == 0


def _its_acceptance_is_told_in_both_languages(room: Room) -> None:
    """Both reports, as HTML and PDF, beside the log: every question with its answer, every count of the ledger."""
    with room.database.unit() as unit:
        batch, person = unit.session.scalars(select(Batch.id)).one(), unit.session.scalars(select(User.id)).first()
        assert person is not None
        row, jobs = acceptance.begin(unit, batch, person, aql="1.5", share=5.0, seed="torture")
    tools = context(room.settings)
    for job in jobs:
        run_job(tools, job)
    tools.close()
    with room.database.read() as session:
        sampled = acceptance.sample(session, row.id)
    for page in sampled:
        with room.database.unit() as unit:
            acceptance.judge(unit, row.id, page.id, person, matched=True)
    with room.database.unit() as unit:
        acceptance.let_stand(unit, row.id, "missing", "original_so", person)
        accepted = acceptance.sign(unit, row.id, person)
    with room.database.read() as session:
        told = acceptance_report.report(session, row.id, now())
        for language in ("zh", "en"):
            page = acceptance_documents.html(told, language, room.settings.timezone)
            body = acceptance_documents.pdf(told, language, room.settings.timezone)
            (room.log.parent / f"report-{language}.html").write_text(page, "utf-8")
            (room.log.parent / f"report-{language}.pdf").write_bytes(body)
            assert all(word in page for word in WORDS[language])
    failed = {rule.code: rule.failed for rule in told.rules if rule.failed}
    rejects = Counter((line.reason, line.pages) for line in told.rejects)
    assert (accepted, failed) == (True, {"missing": 1})
    assert rejects == {("damaged", 1): BROKEN, ("encrypted", 1): 1, ("duplicate", 4): 2}
