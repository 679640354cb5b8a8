"""What every writer of files needs: names that survive a power cut, and errors of ours instead of the disk's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
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
