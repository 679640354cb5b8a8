"""How much memory and time taking a huge tree in costs: ``python -m tests.archive.feeding --files 100000``.

Made: a tree of so many tiny files in folders of 200. Measured: walking it, feeding all of it, 32 files ahead of a
reading that is only pretended (each file is called settled at once), a walk again. The memory is the kernel's figure,
``VmHWM`` of the process; there is no other.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import update

from intake import log
from intake.settings import Settings
from models import batches
from models.accounts import User
from models.base import now
from models.database import Database
from models.schema import upgrade
from models.store import open_store
from models.upload_rows import UploadFile
from workers.archive import Feeder, walk

FOLDER = 200
PDF = b"%%PDF-1.4 %d"


def peak_mb() -> float:
    """The most memory that this process ever held, in MB."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1000


def make(root: Path, files: int) -> None:
    """Make the tree."""
    for number in range(files):
        folder = root / str(number // (FOLDER * 50)) / str(number // FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.pdf").write_bytes(PDF % number)


def main() -> None:
    """Make, walk, feed, walk again; print a line of figures after each."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--files", type=int, default=100_000)
    files = asked.parse_args().files
    log.configure("error")
    with tempfile.TemporaryDirectory(prefix="intake-feeding-") as name:
        folder = Path(name)
        make(folder / "tree", files)
        settings = Settings(data_dir=folder / "data", archive_free_mb=0)
        settings.data_dir.mkdir()
        upgrade(settings.database)
        database = Database(settings.database)
        with database.unit() as unit:
            unit.session.add(User(id="archivist-1", name="a", roles=["archivist"]))
            unit.session.flush()
            batch = batches.begin(unit, name="b", root=str(folder / "tree"), user_id="archivist-1")
        _told("ready", time.monotonic(), 0)
        begun = time.monotonic()
        _told("walked", begun, walk(database, batch.id).added)
        feeder, begun = Feeder(settings, database, open_store(settings.store), batch.id), time.monotonic()
        while feeder.step() == "running":
            with database.unit() as unit:
                read = update(UploadFile).where(UploadFile.id.in_(feeder.on_the_way))
                unit.session.execute(read.values(settled_at=now()))
        _told("fed", begun, files)
        begun = time.monotonic()
        _told("walked again", begun, walk(database, batch.id).files)
        database.close()


def _told(what: str, begun: float, files: int) -> None:
    seconds = time.monotonic() - begun
    sys.stdout.write(f"{what}: {files} files, {seconds:.1f} s, {peak_mb():.0f} MB at most\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
