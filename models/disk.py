"""What every writer of files needs: names that survive a power cut, and errors of ours instead of the disk's."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from intake.errors import StoreUnavailableError


def sync(folder: Path) -> None:
    """Make the names in a folder durable: a file that was fsynced may else be without its name after a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def errors_as_ours() -> Iterator[None]:
    """Turn the disk's errors into StoreUnavailableError, without the path."""
    try:
        yield
    except OSError as error:
        raise StoreUnavailableError from error


def clear(folder: Path, names: re.Pattern[str], hours: float) -> int:
    """Remove the files of such names to which nobody has written for so many hours; gives how many."""
    oldest, gone = time.time() - hours * 3600, 0
    with errors_as_ours():
        for path in folder.iterdir() if folder.is_dir() else ():
            with suppress(FileNotFoundError):  # its writer, or another who clears, was quicker
                if names.fullmatch(path.name) and path.stat().st_mtime < oldest:
                    path.unlink()
                    gone += 1
    return gone
