"""Which files the words of a command line mean: folders are walked, named files always count."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from intake.errors import InputError
from intake.media import MEDIA_TYPES, identify

HEAD = 65536
"""Bytes that are looked at to know a file."""

SUFFIXES = frozenset({f".{kind.extension}" for kind in MEDIA_TYPES} | {".jpeg", ".jpe", ".jfif", ".tiff", ".dib"})
"""Names that claim to be paper: such a file of a walked folder is never passed over in silence, whatever its bytes."""


def files(named: Iterable[Path]) -> Iterator[Path]:
    """Each named file, and each paper of each named folder, sorted, folders after the files beside them.

    In a folder, hidden files and folders are passed over, and so is what is neither a picture or PDF by its bytes nor
    claims to be one by its name (``truth.jsonl``, ``README.md``).
    """
    for path in named:
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def _walk(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(where, name)
            if not name.startswith(".") and is_paper(path):
                yield path


def is_paper(path: Path) -> bool:
    """Whether a file of a walked folder is taken."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        identify(head(path))
    except (InputError, OSError):
        # A file that cannot be opened and does not look like paper is no business of ours.
        return False
    return True


def head(path: Path) -> bytes:
    """The first bytes of a file; raises ``OSError``."""
    with path.open("rb") as file:
        return file.read(HEAD)
