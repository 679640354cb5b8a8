"""Files that have their names only when they are whole and on the disk, and the lock of who writes them."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from intake.archive import package
from intake.errors import PackageHeldError
from models.disk import sync


class LinesFile:
    """A list that is written line by line under another name and takes its own when it is whole."""

    def __init__(self, path: Path, heading: tuple[str, ...]) -> None:
        """A list for ``path`` with its heading."""
        self._path, self._heading = path, heading

    def __enter__(self) -> Self:
        """Begin it."""
        self._file = self._path.with_name(f".{self._path.name}").open("wb")
        self._file.write(package.BYTE_ORDER_MARK)
        self.add([self._heading])
        return self

    def add(self, rows: Iterable[Sequence[str | int | None]]) -> None:
        """Further lines."""
        self._file.write(package.lines(rows))

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Force it to the disk; broken off, it is none."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        if kind is None:
            Path(self._file.name).replace(self._path)


@contextmanager
def held(partial: Path) -> Iterator[None]:
    """Let no other process write the same package; the lock goes with its holder, however that one ends.

    Raises PackageHeldError.
    """
    with (partial / "lock").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise PackageHeldError from error
        yield


def folder_at(folder: Path) -> Path:
    """A folder, made with those above it where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write(path: Path, chunks: Iterable[bytes]) -> None:
    """A file that has its name only when it is whole and on the disk."""
    beside = path.with_name(f".{path.name}")
    with beside.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync(path.parent)


def linked(source: Path, target: Path) -> None:
    """Give a file a second name; where the file system cannot, copy it."""
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copy2(source, target)
