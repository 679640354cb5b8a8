"""Whose turn it is to write: on SQLite, where one writes at a time, in the order in which they asked.

SQLite lets those who wait try again now and then, and who tries at the wrong moments may wait for ever while others
write steadily. Here each writer draws a number and waits for the one before it, across threads and processes. A number
is a locked byte of a file beside the database: the kernel lets go of it when its holder ends in whatever way, so nobody
has to be cleared away. Should the one before vanish while it waits, the next goes early and meets SQLite's own lock:
the turns make waiting fair, they guard nothing. Locks of an open file are Linux's: elsewhere nobody takes turns.
"""

from __future__ import annotations

import fcntl
import os
import struct
import sys
import time
from pathlib import Path
from threading import Event
from typing import Self

from intake.errors import DatabaseBusyError

AVAILABLE = sys.platform == "linux"
"""Whether writers can take turns here."""

STEP_SECONDS = 0.002
"""Between two looks of the next in turn; who has more before him looks more rarely."""

LONGEST_STEP = 0.05

_NUMBERS = struct.Struct("@qq")  # drawn last, and admitted last: the first bytes of the file
_FLOCK = struct.Struct("@hhqqi4x")  # struct flock on 64 bits: type, whence, start, length, pid
_DOOR = 0
_FIRST = 64


class Turn:
    """One writer's place in the row: drawn when made, and given back by :meth:`over`."""

    def __init__(self, path: Path) -> None:
        """Draw the next number of the file at ``path``, which is made where there is none."""
        self._file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)
        self._number = self._draw()

    def _draw(self) -> int:
        """The number, its byte locked before anybody can draw the next one."""
        self._lock(_DOOR, wait=True)
        kept = os.pread(self._file.fileno(), _NUMBERS.size, 0)
        number = 1 + (_NUMBERS.unpack(kept)[0] if len(kept) == _NUMBERS.size else 0)
        os.pwrite(self._file.fileno(), struct.pack("@q", number), 0)
        self._lock(_FIRST + number)
        self._lock(_DOOR, kind=fcntl.F_UNLCK)
        return number

    def come(self, patience: float) -> Self:
        """Wait until the one before has finished; raises DatabaseBusyError after ``patience`` seconds."""
        pause, deadline = Event(), time.monotonic() + patience
        while not self._lock(_FIRST + self._number - 1):
            if time.monotonic() > deadline:
                self.over()
                raise DatabaseBusyError(seconds=patience)
            pause.wait(min(STEP_SECONDS * self._before(), LONGEST_STEP))
        os.pwrite(self._file.fileno(), struct.pack("@q", self._number), _NUMBERS.size // 2)
        self._lock(_FIRST + self._number - 1, kind=fcntl.F_UNLCK)
        return self

    def _before(self) -> int:
        """How many have to write first; only a hint."""
        kept = os.pread(self._file.fileno(), _NUMBERS.size, 0)
        admitted: int = _NUMBERS.unpack(kept)[1] if len(kept) == _NUMBERS.size else 0
        return max(self._number - admitted, 1)

    def over(self) -> None:
        """Let the next one write; harmless when said twice."""
        self._file.close()

    def _lock(self, byte: int, *, kind: int = fcntl.F_WRLCK, wait: bool = False) -> bool:
        """Lock one byte (or let go of it) for this open file, not for the process: threads are apart as well."""
        command = fcntl.F_OFD_SETLKW if wait else fcntl.F_OFD_SETLK
        try:
            fcntl.fcntl(self._file, command, _FLOCK.pack(kind, os.SEEK_SET, byte, 1, 0))
        except BlockingIOError:
            return False
        return True
