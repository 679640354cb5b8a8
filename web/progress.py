"""What an upload's page shows of its files, and which rows of it a browser does not have yet.

Five hundred files make a page of a megabyte: a browser that keeps it up to date says what it has, by a mark per row,
and is sent the rows that are otherwise now, some at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from models.upload_views import FileStatus
from models.uploads import UploadStatus

MOST_ROWS = 30
"""Rows of one answer: what a browser lays out, and the portal writes, without anybody noticing a halt."""

DRAFTED = ("drafted", "confirmed", "returned", "discarded")
"""States of a case behind which its files' way has ended."""


@dataclass(frozen=True, slots=True)
class Row:
    """One file of an upload as the page shows it; ``drafted``: its case has a draft. ``mark`` changes with the row."""

    file: FileStatus
    drafted: bool

    @property
    def mark(self) -> str:
        """A few letters that are others once anything of the row is."""
        return hashlib.blake2s(repr((self.file, self.drafted)).encode(), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows to show now; ``rest``: there are more that the browser does not have."""

    items: tuple[Row, ...]
    rest: bool = False


def whole(upload: UploadStatus) -> Rows:
    """All rows, for a page that is opened."""
    return Rows(tuple(Row(file, upload.case_state in DRAFTED) for file in upload.files))


def changed(upload: UploadStatus, known: Sequence[str]) -> Rows:
    """The first rows whose marks are not those that the browser has, which come in the order of the files."""
    padded = (*known, *("",) * len(upload.files))
    rows = [row for row, mark in zip(whole(upload).items, padded, strict=False) if row.mark != mark]
    return Rows(tuple(rows[:MOST_ROWS]), rest=len(rows) > MOST_ROWS)
