"""How fast a batch is taken in, and when it stops by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaceOptions:
    """How many files are taken in at once, and how often what fails is tried."""

    chunk: int = 16
    """Files of one folder that enter in one transaction: each is on the disk before; a commit costs as much as one."""
    attempts: int = 3
    """Failures to take a source in (a disk or a share that does not answer) before it is put aside."""
    again_seconds: float = 5.0
    """Between two attempts at a source that failed: a share that comes back, a scanner that is done."""
    like_failures: int = 20
    """Files in a row that fail alike before the batch is paused: the cause lies outside of them by then."""
    look_seconds: float = 0.2
    """Between two looks at how much of what was taken in is read."""
    rescan_seconds: float = 30.0
    """Between two walks through a watched tree."""
    quiet_seconds: float = 20.0
    """A folder of a watched tree is taken in when nothing in it has changed for so long: a scanner is done with it."""


def room(ahead: int, on_the_way: int, options: PaceOptions) -> int:
    """How many further files may be taken in, with ``on_the_way`` of at most ``ahead`` not settled yet.

    >>> room(32, 30, PaceOptions()), room(32, 0, PaceOptions()), room(32, 40, PaceOptions())
    (2, 16, 0)
    """
    return max(min(ahead - on_the_way, options.chunk), 0)


def is_run_of_failures(codes: Sequence[str | None], options: PaceOptions) -> bool:
    """Whether the latest files (``None`` for one that was read) all failed alike, and there were enough of them.

    >>> is_run_of_failures(["file.damaged"] * 20, PaceOptions())
    True
    >>> is_run_of_failures(["file.damaged"] * 19 + [None], PaceOptions())
    False
    """
    latest = codes[: options.like_failures]
    return len(latest) == options.like_failures and latest[0] is not None and len(set(latest)) == 1
