"""Files on their way in, piece by piece: what a broken connection leaves behind is kept, and sending goes on there.

A part is a row and a file of the same identifier in one folder. The row's ``offset`` counts the bytes that are surely
on the disk: a piece is written at the offset and fsynced first, and the row moves on after it, only from the offset at
which the piece began. So a power cut loses no byte that was acknowledged, and of two writers one is told that he is
late. Bytes beyond the offset are written over. A part that belongs to an upload (``upload_id``) keeps its row for a
while, so that finishing twice gives one upload; its bytes are gone.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import BigInteger, ForeignKey, Index, String, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake.errors import TooMuchOnTheWayError
from models import disk
from models.base import Base, identifier, now
from models.database import Unit, lock
from models.disk import errors_as_ours, sync

_MB = 1_000_000
_NAME = re.compile(r"[0-9A-Z]{26}")


@dataclass(frozen=True, slots=True)
class CounterOptions:
    """What one person may have on its way to the service at once, and how long it waits for the rest."""

    parts: int = 1000
    """Files that an account may have on their way: twice the largest batch that the page is made for."""
    parts_megabytes: int = 5000
    """MB of them together: a day's scans of one counter, far below the disk of a small server."""
    part_hours: int = 24
    """A file whose sender does not come back within a day is forgotten."""
    piece: int = 1 << 19
    """Bytes after which a file's progress is kept: what a killed server may ask for again at most."""


class Partial(Base):
    """A file of which ``offset`` of ``size`` bytes are here. ``name`` is shown to people only, never logged.

    ``looks`` is what a look at the whole file told (:mod:`models.looks`).
    """

    __tablename__ = "partials"

    id: Mapped[str] = identifier()
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(255))
    size: Mapped[int] = mapped_column(BigInteger)
    offset: Mapped[int] = mapped_column(BigInteger, default=0)
    sha256: Mapped[str | None] = mapped_column(String(64))
    upload_id: Mapped[str | None] = mapped_column(ForeignKey("uploads.id"))
    looks: Mapped[dict[str, Any] | None]
    touched_at: Mapped[datetime] = mapped_column(default=now, index=True)

    __table_args__ = (Index(None, "user_id", "upload_id"),)


@dataclass(frozen=True, slots=True)
class Part:
    """How far a file is; ``sha256`` is what its sender says that the whole will be."""

    id: str
    name: str
    size: int
    offset: int
    sha256: str | None
    upload_id: str | None
    expires_at: datetime

    @property
    def whole(self) -> bool:
        """Whether every byte is here."""
        return self.offset == self.size


def begin(
    unit: Unit, user_id: str, name: str, size: int, *, sha256: str | None = None, options: CounterOptions
) -> Part:
    """Enter a file of ``size`` bytes of which none is here yet.

    Raises TooMuchOnTheWayError where the account has too many files or bytes on their way already.
    """
    session = unit.session
    lock(session, f"partials:{user_id}")
    count, total = open_parts(session, user_id)
    if count >= options.parts or total + size > options.parts_megabytes * _MB:
        raise TooMuchOnTheWayError(parts=options.parts, megabytes=options.parts_megabytes)
    row = Partial(user_id=user_id, name=name, size=size, sha256=sha256, offset=0, touched_at=now())
    session.add(row)
    session.flush()
    return _part(row, options)


def open_parts(session: Session, user_id: str) -> tuple[int, int]:
    """How many files an account has on their way, and how many bytes these will have."""
    mine = select(func.count(), func.coalesce(func.sum(Partial.size), 0))
    row = session.execute(mine.where(Partial.user_id == user_id, Partial.upload_id.is_(None))).one()
    return int(row[0]), int(row[1])


def find(session: Session, part_id: str, user_id: str, options: CounterOptions) -> Part | None:
    """The part of this identifier if it is this account's."""
    row = session.get(Partial, part_id)
    return None if row is None or row.user_id != user_id else _part(row, options)


def several(session: Session, part_ids: Sequence[str], user_id: str, options: CounterOptions) -> tuple[Part, ...]:
    """The parts of these identifiers that are this account's, in the order asked for."""
    mine = select(Partial).where(Partial.id.in_(set(part_ids)), Partial.user_id == user_id)
    found = {row.id: row for row in session.scalars(mine.execution_options(populate_existing=True))}
    return tuple(_part(found[one], options) for one in dict.fromkeys(part_ids) if one in found)


def advance(unit: Unit, part_id: str, expected: int, offset: int) -> bool:
    """Say that all bytes before ``offset`` are on the disk; ``False`` where another writer was quicker."""
    mine = update(Partial).where(Partial.id == part_id, Partial.offset == expected, Partial.upload_id.is_(None))
    moved = unit.session.execute(
        mine.values(offset=offset, touched_at=now()).returning(Partial.id).execution_options(synchronize_session=False)
    )
    return moved.scalar_one_or_none() is not None


def settle(unit: Unit, part_ids: Sequence[str], upload_id: str) -> None:
    """Say that these parts are files of an upload now."""
    mine = update(Partial).where(Partial.id.in_(part_ids)).values(upload_id=upload_id, touched_at=now())
    unit.session.execute(mine.execution_options(synchronize_session=False))


def restart(unit: Unit, part_id: str) -> None:
    """Say that no byte of a part is here: what came is not what was sent."""
    mine = update(Partial).where(Partial.id == part_id, Partial.upload_id.is_(None))
    mine = mine.values(offset=0, looks=None, touched_at=now())
    unit.session.execute(mine.execution_options(synchronize_session=False))


def remove(unit: Unit, part_id: str) -> None:
    """Forget a part; its bytes are removed by the caller after the commit."""
    unit.session.execute(delete(Partial).where(Partial.id == part_id, Partial.upload_id.is_(None)))


def sweep(unit: Unit, options: CounterOptions) -> int:
    """Forget the parts that nobody touched for their hours; gives how many. Their bytes: :meth:`Folder.clear`."""
    oldest = now() - timedelta(hours=options.part_hours)
    return len(unit.session.scalars(delete(Partial).where(Partial.touched_at < oldest).returning(Partial.id)).all())


def _part(row: Partial, options: CounterOptions) -> Part:
    until = row.touched_at + timedelta(hours=options.part_hours)
    return Part(row.id, row.name, row.size, row.offset, row.sha256, row.upload_id, until)


def folder(data_dir: Path) -> Folder:
    """Where the bytes of parts lie below the service's own folder."""
    return Folder(data_dir / "parts")


class Folder:
    """Where the bytes of parts lie until they are whole: on the portal's own disk, apart from the originals."""

    def __init__(self, root: Path) -> None:
        """Use ``root``, which is made when first written to."""
        self.root = root

    def write(self, part_id: str, offset: int, piece: bytes) -> None:
        """Put ``piece`` at ``offset``, cut off whatever stood behind, and return when it is on the disk."""
        with errors_as_ours():
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.path(part_id), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.ftruncate(descriptor, offset)
                _write_all(descriptor, piece, offset)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            if not offset:
                sync(self.root)  # the file's name too must outlast a power cut

    @contextmanager
    def hold(self, part_id: str) -> Iterator[None]:
        """Let no other writer of this part in: between writing a piece and saying so, nobody else may write."""
        with ExitStack() as stack:
            with errors_as_ours():
                self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
                file = stack.enter_context(self.path(part_id).open("ab"))
                fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def open(self, part_id: str) -> BinaryIO:
        """The bytes, to read; raises FileNotFoundError where they were handed on or removed."""
        return self.path(part_id).open("rb")

    def holds(self, part: Part) -> bool:
        """Whether the bytes that the row counts are here: after a move to another machine they are not."""
        path = self.path(part.id)
        return not part.offset or (path.exists() and path.stat().st_size >= part.offset)

    def remove(self, part_id: str) -> None:
        """Remove the bytes, if they are still there."""
        self.path(part_id).unlink(missing_ok=True)

    def clear(self, options: CounterOptions) -> None:
        """Remove what nobody has written to for the hours of a part: rows and bytes may lie on two machines."""
        disk.clear(self.root, _NAME, options.part_hours)

    def path(self, part_id: str) -> Path:
        """The file that holds a part's bytes, if any are here."""
        if not _NAME.fullmatch(part_id):
            raise ValueError("a part's identifier is 26 digits and capitals")
        return self.root / part_id


def _write_all(descriptor: int, piece: bytes, offset: int) -> None:
    view = memoryview(piece)
    while view:
        written = os.pwrite(descriptor, view, offset)
        view, offset = view[written:], offset + written
