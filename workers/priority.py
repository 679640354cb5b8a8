"""How the processes of one machine share its processor: who reads papers gives way to what people wait for."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_GROUP = Path("/proc/self/autogroup")


def give_way(steps: int) -> None:
    """Run this process, and those that it starts, ``steps`` of niceness (1 to 19) below the others.

    Where Linux shares by sessions first (``sched(7)``, autogroup), niceness counts inside a session only: a process
    that leads its own, as the supervisor starts them, lowers that session too.
    """
    os.nice(steps)
    if os.getsid(0) == os.getpid():
        with suppress(OSError):  # another system, or a kernel without sessions' shares
            _GROUP.write_text(str(steps))
