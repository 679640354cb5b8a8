"""Many machines read one batch with nothing but PostgreSQL, Redis and a bucket in common; one of them dies."""

from __future__ import annotations

import logging
import os
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import obstore
import pytest
import redis
from sqlalchemy import func, select, text

from intake.settings import Settings
from models import audit, batch_ledger, batches
from models.accounts import User
from models.audit import AuditRow
from models.batch_rows import Batch, BatchItem, LedgerPage
from models.database import MISSED, Database
from models.draft_rows import Draft
from models.job_rows import Job
from models.store import BucketStore, open_store
from models.upload_rows import StoredFile, UploadFile
from tests.archive.hosts import Host, Network
from tests.archive.torture import paper
from tests.conftest import running_bucket, running_postgres, wait_for

READERS = 3
SECONDS = 240.0
PERSON = "archivist-1"
KEYS = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.ocr, pytest.mark.timeout(900)]


@dataclass
class Site:
    """Hosts that read, one that feeds, and the machine with what they share, which is the test's own."""

    database: Database
    store: BucketStore
    feeder: Host
    sweeper: Host
    readers: list[Host]
    root: Path
    files: int

    def begin(self) -> str:
        """Begin the batch; the feeder finds it."""
        with self.database.unit() as unit:
            unit.session.add(User(id=PERSON, name=PERSON, roles=["archivist"], display_name=""))
            unit.session.flush()
            return batches.begin(unit, name="批次", root=str(self.root), user_id=PERSON, boundaries="files").id

    def count(self, *what: Any) -> int:
        """How many rows of a kind there are."""
        with self.database.read() as session:
            return session.scalar(select(func.count()).select_from(what[0]).where(*what[1:])) or 0

    def is_done(self) -> bool:
        """Whether machines have nothing left to do; hosts are kept running meanwhile."""
        for host in (self.feeder, self.sweeper, *self.readers):
            host.tend()
        return self.state() == "read" and not self.count(Job, Job.state.in_(("queued", "running")))

    def state(self) -> str:
        """The batch's state."""
        with self.database.read() as session:
            return session.scalars(select(Batch.state)).one()

    def told(self) -> str:
        """Where all stands, and the last words of every host, for whoever looks for the cause of a failure."""
        with self.database.read() as session:
            jobs = Counter(tuple(row) for row in session.execute(select(Job.kind, Job.state, Job.lost, Job.error_code)))
            left = dict(Counter(session.scalars(select(UploadFile.state))))
        lines = [f"batch {self.state()}; files {left}; jobs {dict(jobs)}"]
        for host in (self.feeder, self.sweeper, *self.readers):
            lines += [f"--- {host.log.stem}", *host.log.read_text("utf-8", "replace").splitlines()[-12:]]
        return "\n".join(lines)


def _tree(root: Path, files: int) -> None:
    for number in range(files):
        folder = root / f"盒{number // 20 + 1}" / f"卷{number // 10 + 1}"
        folder.mkdir(parents=True, exist_ok=True)
        paper(f"{number}").save(folder / f"{number}.png")


@pytest.fixture
def site(tmp_path: Path, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """PostgreSQL, Redis and a bucket on one address of a network, and hosts that know no more than it."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    files = 600 if pytestconfig.getoption("--faults-long") else 60
    root = tmp_path / "来源"
    _tree(root, files)
    with ExitStack() as stack:
        network = Network(stack)
        shared = _shared(stack, network)
        own = {"secret_key": "0" * 64, "reader_policy": "never", "archive_free_mb": 0}
        short = {"lease_seconds": 3, "sweep_seconds": 0.5}

        def host(number: int, name: str, hidden: tuple[Path, ...] = (), **more: Any) -> Host:
            settings = Settings(data_dir=tmp_path / name, **shared, **own, **short, **more)
            return Host(network, number, settings, hidden)

        feeder = host(1, "feeder", archive_roots=str(root))
        sweeper = host(2, "sweeper", (root,))
        readers = [host(number + 3, f"reader-{number}", (root,)) for number in range(READERS)]
        database, store = Database(feeder.settings.database), open_store(feeder.settings.store)
        stack.callback(database.close)
        assert isinstance(store, BucketStore)
        yield Site(database, store, feeder, sweeper, readers, root, files)


def _port() -> int:
    """PostgreSQL's; that of Redis lies 10,000 above. Both below those that connections take by themselves."""
    return 10_000 + os.getpid() % 10_000


@contextmanager
def _explained(site: Site) -> Iterator[None]:
    """Let a failure say where the hosts stood."""
    try:
        yield
    except Exception as error:
        error.add_note(site.told())
        raise


def _pings(url: str) -> bool:
    with redis.Redis.from_url(url) as client, suppress(redis.ConnectionError):
        return bool(client.ping())
    return False


@contextmanager
def _redis(address: str, port: int) -> Iterator[str]:
    """A Redis on a network that keeps nothing."""
    words = ["redis-server", "--bind", address, "--port", str(port), "--protected-mode", "no", "--save", ""]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"redis://{address}:{port}/0"
    try:
        wait_for(partial(_pings, url))
        yield url
    finally:
        process.kill()
        process.wait()


def _shared(stack: ExitStack, network: Network) -> dict[str, str]:
    """Start what is shared; gives its addresses as settings."""
    port = _port()
    server = stack.enter_context(running_postgres(network.address, port))
    server.run("CREATE DATABASE archive TEMPLATE template_intake")
    doorbell = stack.enter_context(_redis(network.address, port + 10_000))
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # a line for every object would hide what a failure says
    bucket = stack.enter_context(running_bucket(network.address))
    return {
        "database_url": server.url("archive"),
        "redis_url": doorbell,
        "store_url": bucket,
    }


def test_a_host_that_dies_mid_batch_loses_nothing_and_doubles_nothing(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three hosts read what a fourth feeds; one of the three loses power when a third of the batch is read.

    60 files (600 with ``--faults-long``). Every page is filed once, the ledger closes, the audit is whole, and no
    host kept anything of the papers in its own folder.
    """
    with _explained(site):
        _run_through(site, capsys)


def _run_through(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    batch_id, begun = site.begin(), time.monotonic()
    for host in site.readers:
        host.start("-m", "tests.archive.hosts")
    site.sweeper.start("-m", "web.cli", "sweeper")
    site.feeder.start("-m", "web.cli", "feeder")
    lost = site.readers[1]
    wait_for(lambda: site.count(LedgerPage) >= site.files / 3 and all(host.read() for host in site.readers), SECONDS)
    before = site.count(LedgerPage)
    lost.die()
    wait_for(site.is_done, SECONDS, 0.2)
    with site.database.unit() as unit:
        balance = batch_ledger.close(unit, batch_id, PERSON)
    shares = [host.read() for host in site.readers]
    taken_over = site.count(Job, Job.lost > 0)
    with capsys.disabled():
        told = f"hosts={len(site.readers)} namespaces={bool(site.feeder.network.switch)} files={site.files}"
        print(f"\n{told} shares={shares} taken_over={taken_over} seconds={time.monotonic() - begun:.0f}")  # noqa: T201  # the figures
    assert before < site.files, "it died while there was work"
    assert (balance.received, balance.filed, balance.waiting) == (site.files, site.files, 0)
    _nothing_is_doubled(site)
    assert [list(host.settings.data_dir.iterdir()) for host in site.readers] == [[]] * READERS


def _nothing_is_doubled(site: Site) -> None:
    rows = {kind: site.count(kind) for kind in (LedgerPage, BatchItem)}
    read = site.count(AuditRow, AuditRow.action == "file.read")
    with site.database.read() as session:
        drafts = Counter(session.scalars(select(Draft.case_id)))
        whole = audit.verify(session).whole
        pages = session.scalars(select(LedgerPage.page_id)).all()
        kept = set(session.scalars(select(StoredFile.sha256)))
    listed = [one["path"].rpartition("/")[2] for part in obstore.list(site.store.bucket, "originals") for one in part]
    assert (set(rows.values()), read, sorted(listed)) == ({site.files}, site.files, sorted(kept))
    assert (len(drafts), max(drafts.values()), len(set(pages)), whole) == (site.files, 1, site.files, True)


def test_a_server_misses_a_host_that_lost_power_within_half_a_minute() -> None:
    """The locks of its last transaction go with it; by itself a server finds out after a quarter of an hour."""
    with running_postgres("127.0.0.1", _port()) as server:
        database = Database(server.url("template_intake"))
        with database.read() as session:
            rows = session.execute(text("SELECT name, setting FROM pg_settings WHERE name LIKE 'tcp_%'"))
            asked = {name: int(setting) for name, setting in rows}
        database.close()
    assert asked == MISSED
    assert asked["tcp_keepalives_idle"] + asked["tcp_keepalives_interval"] * asked["tcp_keepalives_count"] <= 30
    assert asked["tcp_user_timeout"] <= 30_000
